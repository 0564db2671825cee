using BekenImage.Combining;
using BekenImage.Tests.Crypto;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>
/// What speaks for a bootloader that is to be put on a device that lost its own: chip and key, witness by witness. Firmware of BK7231N
/// alone looks for calibration at 0x1D0000, that of many chips at 0x1E0000.
/// </summary>
public class LostBootloaderJudgementTests
{
    private const int App = 0x11000;
    private const int AppEnd = 0x129F70;

    private static FlashImage Flash(params (int At, byte[] Bytes)[] parts)
    {
        byte[] flash = Enumerable.Repeat((byte)0xFF, 0x200000).ToArray();
        foreach (var (at, bytes) in parts)
            bytes.CopyTo(flash, at);
        return FlashImage.Parse(flash);
    }

    private static (int, byte[]) Rf(int at, string mac = "020102030405", bool isT = false) => (at,
        RfTestData.Sector(RfTestData.CompleteTable(mac, isT: isT)));

    private static (int, byte[]) AppUnder(SyntheticKey key) => (App, SyntheticImage.TuyaNDevice(key).Ua());

    private static (int, byte[]) At0(SyntheticImage firmware) => (0, firmware.Ua());

    private static readonly FlashImage SourceN = FlashImage.Parse(SyntheticImages.ObkN);
    private static readonly FlashImage SourceM = FlashImage.Parse(SyntheticImages.ObkM);

    private static FlashImage SourceWithRf(string mac) => FlashImage.Parse(SyntheticImage.ObkNFirmware(SyntheticKey.Zero).WithRf(0x1D0000,
        mac).Dump());

    private static BekenChip? Chip(FlashImage factory, FlashImage source, BekenChip told = BekenChip.Unknown)
    {
        try
        {
            return new LostBootloader(factory, source).Chip(told);
        }
        catch (ImageGuardException refusal)
        {
            Assert.Equal((FindingCode.ChipUnknown, "factory"), (refusal.Code, refusal.Subject));
            return null;
        }
    }

    // ---- the chip ----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Chip_ThatIsTold_IsThatOne()
    {
        Assert.Equal(BekenChip.BK7231T, Chip(Flash(Rf(0x1D0000)), SourceN, BekenChip.BK7231T));
        // Where there is no bootloader to take, nothing is held against the device.
        Assert.Equal(BekenChip.Unknown, Chip(Flash(Rf(0x1E0000)), FlashImage.Parse(SyntheticImage.ObkNFirmware().Ua())));
    }

    [Fact]
    public void Chip_ByTheHomeOfItsCalibration()
    {
        Assert.Equal(BekenChip.BK7231N, Chip(Flash(Rf(0x1D0000)), SourceN));
        Assert.Null(Chip(Flash(Rf(0x1E0000)), SourceN));
        Assert.Null(Chip(Flash(Rf(0x1D0000), Rf(0x1E0000, "020102030406")), SourceN));
        Assert.Null(Chip(Flash(Rf(0x55000), (0x1D1000, [0])), SourceN));
        // The type of the table is another family's.
        Assert.Null(Chip(Flash(Rf(0x1D0000, isT: true)), SourceN));
        Assert.Null(Chip(Flash(Rf(0x1D0000)), FlashImage.Parse(SyntheticImages.ObkT)));
    }

    [Theory]
    [InlineData("020102030405", "020102030405", true)]
    [InlineData("020102030405", "020102030406", false)]
    [InlineData("C8478C000000", "C8478C000000", false)]
    public void Chip_ByTheMacInAnOlderDump(string mac, string theirs, bool isOne) =>
        Assert.Equal(isOne ? BekenChip.BK7231N : null, Chip(Flash(Rf(0x1E0000, mac)), SourceWithRf(theirs)));

    [Fact]
    public void Chip_ByAMac_NeedsBothToBeOwn()
    {
        // One of several tables is enough; a placeholder beside it is nothing.
        Assert.Equal(BekenChip.BK7231N, Chip(Flash(Rf(0x1E0000, "C8478C000000"), Rf(0x1F0000)), SourceWithRf("020102030405")));
        Assert.Null(Chip(Flash(Rf(0x1E0000, "C8478C000000"), Rf(0x1F0000, "020102030499")), SourceWithRf("C8478C000000")));
        using var known = RfGenericTests.AsGeneric(RfTestData.CompleteTable("84E342000000", seed: 7), "BK7231N");
        (int, byte[]) flashers = (0x1E0000, RfTestData.Sector(RfTestData.CompleteTable("84E342123456", seed: 7)));
        var source = FlashImage.Parse(SyntheticImage.ObkNFirmware(SyntheticKey.Zero).WithRf(0x1D0000, "84E342123456", seed: 7).Dump());
        Assert.Null(Chip(Flash(flashers), source));
        // The one is the device's own, the other a flasher's with the same MAC: that proves nothing.
        var own = FlashImage.Parse(SyntheticImage.ObkNFirmware(SyntheticKey.Zero).WithRf(0x1D0000, "84E342123456", seed: 3).Dump());
        Assert.Null(Chip(Flash(flashers), own));
        Assert.Null(Chip(Flash((0x1E0000, RfTestData.Sector(RfTestData.CompleteTable("84E342123456", seed: 3)))), source));
        Assert.Equal(BekenChip.BK7231N, Chip(Flash((0x1E0000, RfTestData.Sector(RfTestData.CompleteTable("84E342123456", seed: 3)))), own));
    }

    [Fact]
    public void Chip_ByTheKeyOfItsApp()
    {
        Assert.Equal(BekenChip.BK7231N, Chip(Flash(Rf(0x1E0000), AppUnder(SyntheticKey.Tuya)), SourceN));
        Assert.Null(Chip(Flash(Rf(0x1E0000), AppUnder(SyntheticKey.Uascent)), SourceN));
        // Chips without a key say nothing by that; nor does a plain file.
        Assert.Null(Chip(Flash(Rf(0x1E0000), AppUnder(SyntheticKey.Zero)), SourceM));
        Assert.Null(Chip(Flash(Rf(0x1E0000), AppUnder(SyntheticKey.Tuya)),
            FlashImage.Parse(SyntheticImage.ObkNFirmware().StoredBootloader())));
    }

    [Fact]
    public void Chip_ByTheAppThatStandsAtZero()
    {
        Assert.Equal(BekenChip.BK7231N, Chip(Flash(Rf(0x1E0000), At0(SyntheticImage.ObkNFirmware(SyntheticKey.Zero))), SourceM));
        Assert.Null(Chip(Flash(Rf(0x1E0000), At0(SyntheticImage.ObkTFirmware())), SourceN));
        // It does not outweigh a table of another family.
        Assert.Null(Chip(Flash(Rf(0x1E0000, isT: true), At0(SyntheticImage.ObkNFirmware(SyntheticKey.Zero))), SourceM));
    }

    [Theory]
    [InlineData("bk7231n", true)]
    [InlineData("bk7231x", false)]
    public void Chip_ByTuyasStorage(string platform, bool isKnown)
    {
        byte[] value = TuyaImages.Text(platform);
        byte[] chip = TuyaImages.Chip(TuyaImages.Block(0, 1).Index(1, "em_sys_env", value, (0, 2, 2)).Data(2, value));
        var device = Flash((TuyaImages.KeyOffset, chip.AsSpan(TuyaImages.KeyOffset, 0x3000).ToArray()), Rf(0x1E0000, isT: true));

        Assert.Equal(isKnown ? BekenChip.BK7231N : null, Chip(device, SourceM));
    }

    // ---- the key -----------------------------------------------------------------------------------------------------------------------

    private static string Key(FlashImage factory, FlashImage source, bool isClaimed)
    {
        try
        {
            return new LostBootloader(factory, source).Key(isClaimed).Name ?? "custom";
        }
        catch (BekenImageException refusal)
        {
            Assert.Equal("factory", refusal.Subject);
            return $"{refusal.Code}: {refusal.Message}";
        }
    }

    private const string Unknown = "KeyUnknown: the device's key is not known; give it";

    [Fact]
    public void Key_IsItsApps()
    {
        Assert.Equal("uascent", Key(Flash(Rf(0x1D0000), AppUnder(SyntheticKey.Uascent)), SourceN, isClaimed: true));
        Assert.Equal("uascent", Key(Flash(Rf(0x1D0000), AppUnder(SyntheticKey.Uascent)), SourceM, isClaimed: false));
    }

    [Fact]
    public void Key_OfTheBootloader_CountsWhereItIsSaidToBeTheDevices()
    {
        var device = Flash(Rf(0x1D0000));
        Assert.Equal("tuya", Key(device, SourceN, isClaimed: true));
        Assert.Equal(Unknown, Key(device, SourceN, isClaimed: false));
        // A plain file is for any key.
        // Without a table nothing says where the rest of an app would lie.
        Assert.Equal("tuya", Key(device, FlashImage.Parse(new SyntheticImage { Table = [] }.Qio()), isClaimed: true));
        var file = FlashImage.Parse(SyntheticImage.ObkNFirmware().PlainBootloader());
        Assert.Equal(Unknown, Key(device, file, isClaimed: true));
        Assert.Equal(UnknownByMistake, Key(Flash(Rf(0x1D0000), At0(SyntheticImage.ObkNFirmware())), file, isClaimed: true));
    }

    private const string UnknownByMistake =
        "KeyUnknown: the device's key is not known, and the app that was written to 0 may be under another; give it";

    // A device without encryption over which the usual firmware was written at 0: the firmware's key is not the device's.
    [Fact]
    public void Key_OfTheAppThatStandsAtZero_SpeaksAgainstABootloader_AndForNone()
    {
        var device = Flash(Rf(0x1D0000), At0(SyntheticImage.ObkNFirmware()));
        Assert.Equal("tuya", Key(device, SourceN, isClaimed: true));
        Assert.Equal(UnknownByMistake, Key(device, SourceN, isClaimed: false));
        string differs = Key(device, SourceM, isClaimed: true);
        Assert.StartsWith("KeyDoesNotFit: the app that stands at 0 has key tuya", differs, StringComparison.Ordinal);
        Assert.Contains("has zero; say which is the device's", differs, StringComparison.Ordinal);
    }

    // ---- what is left of the app ------------------------------------------------------------------------------------------------------

    // Code with the statistics of a compiler's, which noise has not.
    private static readonly byte[] Code = KeyRecoverySyntheticCode.Program(0x60000, 0x10000, 5);

    /// <summary>Pages of an app from its page <paramref name="first"/> on, enciphered.</summary>
    private static (int, byte[]) Remains(SyntheticKey key, int first, int pages) => (App + first * 34,
        PlainFormats.Pages(PlainFormats.Cipher(key, 0x10000 + (uint)first * 32, Code.AsSpan(first * 32, pages * 32))));

    /// <summary>What overwrote the beginning: no page of it is right.</summary>
    private static (int, byte[]) Ruins(int pages) => (0, SyntheticPrograms.Noise(App + pages * 34, 12));

    [Theory]
    [InlineData(4096, "uascent")]
    [InlineData(511, null)]
    [InlineData(0, null)]
    public void Key_OfWhatIsLeftOfTheApp_IsAWitness(int pages, string? key)
    {
        const int first = 3000;
        var device = Flash(Ruins(first), Remains(SyntheticKey.Uascent, first, pages), Rf(0x1D0000));
        Assert.Null(device.Programs.App?.Key);

        string said = Key(device, SourceM, isClaimed: true);

        if (key is null)
            Assert.Equal("zero", said);
        else
            Assert.StartsWith($"KeyDoesNotFit: what is left of the dump's app has key {key}, the bootloader to supply has zero", said,
                StringComparison.Ordinal);
    }

    [Fact]
    public void Key_OfWhatIsLeft_IsLookedForBehindTheAppAtZeroOnly()
    {
        // An app under another key was written over the bootloader and far into the app, in the same grid of pages; behind it erased pages.
        var at0 = new SyntheticImage { Key = SyntheticKey.Tuya, App = KeyRecoverySyntheticCode.Program(0x40000, 0x10000, 9) };
        int first = (0x44000 - App) / 34 + 20;
        byte[] intruder = at0.AppPages();
        Assert.Equal(0x44000, intruder.Length);
        var device = Flash((0, intruder), Remains(SyntheticKey.Uascent, first, 0x60000 / 32 - first), Rf(0x1D0000));

        string said = Key(device, SourceN, isClaimed: true);

        Assert.StartsWith("KeyDoesNotFit: what is left of the dump's app has key uascent, the bootloader to supply has tuya", said,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Chip_ByTheKeyOfWhatIsLeft()
    {
        const int first = 3000;
        var device = Flash(Ruins(first), Remains(SyntheticKey.Tuya, first, 4096), Rf(0x1E0000));

        Assert.Equal(BekenChip.BK7231N, Chip(device, SourceN));
        Assert.Null(Chip(device, FlashImage.Parse(SyntheticImage.ObkNFirmware(SyntheticKey.Uascent).Qio())));
    }

    [Fact]
    public void Remains_BehindTheAppsPartition_AreNotTheApps()
    {
        // The same pages where the bootloader to supply has its download partition.
        int first = (AppEnd - App) / 34;
        byte[] code = KeyRecoverySyntheticCode.Code(0x20000, new Random(3));
        var device = Flash((AppEnd + 34 * 4, PlainFormats.Pages(PlainFormats.Cipher(SyntheticKey.Uascent, 0x10000 + (uint)(first + 4) * 32,
            code))), Rf(0x1D0000));

        Assert.Equal("zero", Key(device, SourceM, isClaimed: true));
    }
}
