using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Verifying.CheckLines;

namespace BekenImage.Tests.Verifying;

/// <summary>Bootloader and app of one family, or of two; and the programs of the newer chips.</summary>
public class VerifiedFamilyTests
{
    private const int App = 0x11000;

    private static VerifyResult Verify(byte[] bytes) => ImageVerifier.Verify(FlashImage.Parse(bytes));

    [Fact]
    public void App_OfAnotherFamily_Fails()
    {
        byte[] flash = SyntheticImage.TuyaNDevice().Dump();
        SyntheticImage.ObkTFirmware().Ua().CopyTo(flash, App);

        var result = Verify(flash);

        Says(result, "same-family Fail ChipsDisagree @11000", "no chip runs both");
        Assert.False(result.Boots);
    }

    [Theory]
    [InlineData(true, SyntheticImage.TuyaN, "Pass ChipsDisagree @11000",
        "nothing contradicts that bootloader and app are both for BK7231N")]
    [InlineData(true, SyntheticImage.Sdk, "Pass ChipsDisagree @11000", "nothing contradicts that bootloader and app are both for BK7231N")]
    [InlineData(false, SyntheticImage.Sdk, "Skipped ChipsDisagree", "the app does not name its chip, and nothing in it contradicts")]
    public void Family_OfAnApp_IsToldByItsMarkOrItsTexts(bool isN, string text, string line, string words)
    {
        byte[] flash = new SyntheticImage
        {
            Boot = isN ? SyntheticBoot.N : SyntheticBoot.T, App = SyntheticPrograms.App(0x9A75, text, isN),
        }.Dump();

        Says(Verify(flash), "same-family " + line, words);
    }

    // The mark BK7236 is in the loaders of four chips: beside an app that names another of them it forbids nothing.
    [Theory]
    [InlineData("OpenBK7239N_1.18.300", "Skipped ChipsDisagree", "the app is for BK7239N, and nothing in the two contradicts")]
    [InlineData("OpenBK7236_1.18.300", "Pass ChipsDisagree @11000", "nothing contradicts that bootloader and app are both for BK7236")]
    [InlineData("nothing", "Skipped ChipsDisagree", "the app does not name its chip")]
    public void Family_OfALoaderWhoseMarkIsThatOfSeveral_IsNoContradiction(string text, string line, string words) =>
        Says(Verify(SyntheticArmino.DeviceBK7236(SyntheticArmino.App(0x9001, 6, text))), "same-family " + line, words);

    // ---- Armino ------------------------------------------------------------------------------------------------------------------------

    private static byte[] T5(byte[] app1, int length = 0x800000) => SyntheticArmino.Dump(SyntheticArmino.Linear(
        null, (0, SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5)), (App, SyntheticArmino.App(0x9001, 6, "OpenT5")), (0x121000,
            app1)), length);

    [Fact]
    public void Armino_HasMoreProgramsAndNoHeader()
    {
        var result = Verify(T5(SyntheticArmino.Program(0x5000, 0x110000, 8)));

        Assert.Equal(
        [
            "bootloader-vectors", "bootloader-pages", "app-vectors", "same-key", "stored-key", "same-family", "app-pages", "app1-pages",
                "app-header",
            "staged-package", "origin",
        ], result.BootChecks.Select(check => check.Name));
        Says(result, "app1-pages Pass BadPage @121000", "all 640 pages in use are sound");
        Says(result, "app-header Skipped RblHeaderMissing", "the loaders of these chips ask for no RBL header");
        Assert.Null(result.BootloaderAccepts);
        Assert.True(result.Boots);
    }

    [Fact]
    public void Armino_WrongPageOfTheSecondProgram_DoesNotBoot()
    {
        byte[] flash = T5(SyntheticArmino.Program(0x5000, 0x110000, 8));
        flash[0x121000 + 34 * 3] ^= 1;

        var result = Verify(flash);

        Says(result, "app1-pages Fail BadPage @121066", "1 of the 640 pages in use has a wrong CRC, the first is page 3");
        Assert.False(result.Boots);
    }

    [Fact]
    public void Armino_SecondProgramThatIsNotThere_IsNotAsked() =>
        Says(Verify(SyntheticArmino.DeviceBK7236(SyntheticArmino.App(0x9001, 6, "OpenBK7236_1.18.300"))), "app-pages Pass BadPage @11000",
            "sound");
}
