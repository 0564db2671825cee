using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Chips;

/// <summary>A chip needs one file and one line in the registry; here the line is <see cref="ChipRegistry.With"/>.</summary>
public class MadeUpChipTests
{
    // 0x154000 is 40960 pages of 34 bytes: logical 0x140000.
    private static readonly SyntheticLayout Layout = new(0x11000, 0x130000, 0x160000, 0x60000, true, false, "9.99");
    private static readonly SyntheticBoot Boot = new(Layout, 0xEA000111, false, "BK7299_2.0.0");

    private static byte[] App(string version, int length = 0x9010, int seed = 3)
    {
        byte[] app = SyntheticPrograms.App(length, "OpenBK7299_" + version, nMarker: false, seed: seed);
        "BK7299\0\0"u8.CopyTo(app.AsSpan(0x100));
        return app;
    }

    private static byte[] Device() =>
        new SyntheticImage { Boot = Boot, Key = SyntheticKey.Zero, App = App("1.0.0") }.WithRf(0x1E0000).Dump();

    [Fact]
    public void WithoutItsFile_NothingKnowsIt()
    {
        Assert.Equal(BekenChip.Unknown, FlashImage.Parse(Device()).Chip);
        Assert.False(BekenChips.TryParse("BK7299", out _));
        Assert.Null(ChipLayout.For(MadeUpChip.Chip, FirmwareFlavor.OpenBeken));
        Assert.Throws<BekenImageException>(() => new FirmwareBuilder(MadeUpChip.Chip));
    }

    [Fact]
    public void Registry_WithAChip_ForgetsItAfterwards()
    {
        using (ChipRegistry.With(MadeUpChip.Family))
            Assert.True(BekenChips.TryParse("t99", out var chip) && chip == MadeUpChip.Chip);
        Assert.Null(ChipRegistry.Find(MadeUpChip.Chip));
    }

    [Fact]
    public void Inspect_ItsDump_TellsChipFirmwareAndPartitions()
    {
        using var registered = ChipRegistry.With(MadeUpChip.Family);

        var image = FlashImage.Parse(Device());

        Assert.Equal(
            (MadeUpChip.Chip, FirmwareFlavor.OpenBeken, "BK7299_2.0.0", "1.0.0"),
            (image.Chip, image.Flavor, image.BootVersion, image.AppVersion));
        Assert.Contains(image.Partitions, partition => partition is { Name: "flash-vars", Offset: 0x1E5000 });
        Assert.Contains(image.Partitions, partition => partition is { Name: "net", Offset: 0x1C3000 });
        Assert.Equal("BK7299", ChipRegistry.NameOfTuyaModule("xy1"));
        Assert.Contains("BK7299", BekenChips.Names);
    }

    [Fact]
    public void Inspect_ItsAppUnderAnotherBootloader_SaysThatTheyDisagree()
    {
        using var registered = ChipRegistry.With(MadeUpChip.Family);
        byte[] mixed = new SyntheticImage { Boot = SyntheticBoot.U, Key = SyntheticKey.Zero, App = App("1.0.0") }.Dump();

        Assert.Equal(BekenChip.Unknown, FlashImage.Parse(mixed).Chip);
    }

    [Fact]
    public void Lint_ByChipAlone_KnowsTableKindAndLayout()
    {
        using var registered = ChipRegistry.With(MadeUpChip.Family);
        byte[] firmware = new SyntheticImage { Boot = Boot, Key = SyntheticKey.Zero, App = App("2.0.0", seed: 4) }.Qio();

        var result = FirmwareLinter.Lint(FlashImage.Parse(firmware), MadeUpChip.Chip, BekenKey.Zero);

        Assert.True(result.Runs, string.Join("; ", result.Checks.Select(check => check.Message)));
        Assert.Equal(CheckStatus.Pass, result.Checks.Single(check => check.Name == "chip").Status);
        var updates = result.Checks.Single(check => check.Name == "updates");
        Assert.Equal((CheckStatus.Pass, 0x160000L), (updates.Status, updates.Offset));
        Assert.Equal(CheckStatus.Pass, result.Checks.Single(check => check.Name == "app-header").Status);
        Assert.False(FirmwareLinter.Lint(FlashImage.Parse(firmware), BekenChip.BK7231U, BekenKey.Zero).Runs);
    }

    [Fact]
    public void Combine_ItsDumpAndItsFirmware_BootsWithRfWhereTheFirmwareLooks()
    {
        using var registered = ChipRegistry.With(MadeUpChip.Family);
        byte[] app = App("2.0.0", 0xB000, seed: 5);
        var options = new CombineOptions { PartitionTable = PartitionTableChoice.Firmware };

        var plan = new ImageCombiner(FlashImage.Parse(Device()), FlashImage.Parse(app), options).Plan();

        Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
        byte[] built = plan.ToArray();
        var boot = BootSimulator.Run(built, SyntheticKey.Zero);
        boot.AssertBoots();
        Assert.Equal(app, boot.App);
        Assert.Equal(0x154000 - PlainFormats.HeaderPages, boot.HeaderOffset);
        Assert.Equal(RfTestData.Sector(RfTestData.CompleteTable("020102030405", isT: true)), built.AsSpan(0x1C2000, 0x1000).ToArray());
        CombineAssertRefuses(SyntheticImage.ObkTFirmware().App);
    }

    [Fact]
    public void Build_ItsRecipe_GivesAnImageThatIsReadAsItsOwn()
    {
        using var registered = ChipRegistry.With(MadeUpChip.Family);
        byte[] bootloader = SyntheticPrograms.Bootloader(Boot.ResetBranch, Boot.Texts, Layout.Table(), nMarker: false);
        byte[] app = App("3.0.0", 0x8000);

        byte[] qio = new FirmwareBuilder(MadeUpChip.Chip).BuildQio(bootloader, app);

        Assert.Equal(0x154000, qio.Length);
        var boot = BootSimulator.Run(qio.Concat(Enumerable.Repeat((byte)0xFF, 0x200000 - qio.Length)).ToArray(), SyntheticKey.Zero);
        boot.AssertBoots();
        Assert.Equal(("9.99", app.Length), (boot.Version, boot.App.Length));
        Assert.Equal((MadeUpChip.Chip, ImageKind.Qio), (FlashImage.Parse(qio).Chip, FlashImage.Parse(qio).Kind));
    }

    private static void CombineAssertRefuses(byte[] firmwareOfAnotherChip)
    {
        var plan = new ImageCombiner(FlashImage.Parse(Device()), FlashImage.Parse(firmwareOfAnotherChip)).Plan();
        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.ChipsDiffer);
        Assert.False(plan.CanBuild);
    }
}
