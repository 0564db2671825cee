using BekenImage.Chips;
using BekenImage.Firmware;
using BekenImage.Formats.LittleFs;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Firmware;

/// <summary>Does the app fit: linting and combining give one answer, the same code at the same place.</summary>
public class AppFitTests
{
    private const string ObkU = "OpenBK7231U_1.18.300";

    private static LittleFsEntry[] Files => [LittleFsEntry.File("autoexec.bat", "startDriver NTP"u8.ToArray())];

    /// <summary>Bytes of an app that ends with the last page in front of an address.</summary>
    private static int Reaching(int end) => (end - 0x11000) / 34 * 32;

    // Tables of Beken's SDK: the app's partition ends at 0x132000, its header begins at 0x131f9a.
    private static SyntheticImage Device(SyntheticBoot boot, string text, bool nMarker) => new()
    {
        Boot = boot, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0x9000, text, nMarker),
    };

    private static byte[] WithVolume(SyntheticImage device, int configuration, int end, int length) => device
        .With(configuration, ObkTestData.Sector(ObkTestData.Minimal(change: bytes => BitConverter.TryWriteBytes(bytes.AsSpan(0x4BC), length))))
        .With(end - length, LittleFsWriter.Create(length, Files)).Dump();

    private static void AssertSame(byte[] device, byte[] firmware, FindingCode? code, long offset, CombineOptions? options = null)
    {
        var (dump, file) = (FlashImage.Parse(device), FlashImage.Parse(firmware));
        var plan = new ImageCombiner(dump, file, options).Plan();
        var size = FirmwareLinter.Lint(file, dump).Checks.Where(check => check.Name == "size").ToArray();
        if (code is null)
        {
            Assert.True(plan.CanBuild, string.Join("; ", plan.Findings));
            Assert.Equal(CheckStatus.Pass, Assert.Single(size).Status);
            return;
        }
        var refusal = Assert.Throws<ImageGuardException>(() => plan.ToArray());
        Assert.Equal((code.Value, offset), (refusal.Code, refusal.Offset));
        Assert.All(size, check => Assert.Equal(CheckStatus.Fail, check.Status));
        Assert.Equal((code.Value, offset), (size[0].Code, size[0].Offset));
        Assert.StartsWith(size[0].Message, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, FindingCode.AppTooLarge)]
    public void App_OverItsPartitionsEnd_IsRefusedByBoth(int more, FindingCode? code) => AssertSame(
        SyntheticImages.TuyaT, SyntheticPrograms.App(Reaching(0x129F0A) + more, SyntheticImage.ObkT, nMarker: false), code, 0x11000);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, FindingCode.AppTooLarge)]
    public void App_IntoTheUpdateArea_IsRefusedByBoth(int more, FindingCode? code) => AssertSame(
        SyntheticImages.Dreo, SyntheticPrograms.App(Reaching(0x12A000) + more, SyntheticImage.ObkN), code, 0x12A000);

    [Theory]
    [InlineData(0x12B000, 0, FindingCode.RegionsOverlap)]
    [InlineData(0x12B000, 1, FindingCode.AppTooLarge)]
    [InlineData(0x132000, 0, null)]
    public void App_IntoTheDevicesLittleFs_IsRefusedByBoth(int start, int more, FindingCode? code)
    {
        // OpenBeken's volume on these chips ends at 0x1ab000; the largest begins inside the app's partition.
        byte[] device = WithVolume(Device(SyntheticBoot.U, ObkU, nMarker: false), 0x1E1000, 0x1AB000, 0x1AB000 - start);
        Assert.Equal(start, FlashImage.Parse(device).LittleFs!.Offset);
        AssertSame(device, SyntheticPrograms.App(Reaching(Math.Min(start, 0x131F9A)) + more, ObkU, nMarker: false), code, start);
    }

    [Fact]
    public void App_OverALittleFsThatIsErased_IsTakenByBoth()
    {
        // Only a configuration says that the firmware's volume would begin at 0x12b000.
        byte[] device = WithVolume(Device(SyntheticBoot.U, ObkU, nMarker: false), 0x1E1000, 0x1AB000, 0x1AB000 - 0x12B000);
        byte[] firmware = SyntheticPrograms.App(Reaching(0x12B000), ObkU, nMarker: false);
        var options = new CombineOptions();
        options.Erase.Add(PartitionNames.LittleFs);

        var plan = new ImageCombiner(FlashImage.Parse(device), FlashImage.Parse(firmware), options).Plan();

        byte[] image = plan.ToArray();
        AssertSame(image, firmware, null, 0);
        var lint = FirmwareLinter.Lint(FlashImage.Parse(image), FlashImage.Parse(image));
        Assert.True(lint.Runs, string.Join("; ", lint.Checks.Select(check => check.Message)));
    }

    [Fact]
    public void App_OfAConversion_EndsTheFormerFirmwaresLittleFsForBoth()
    {
        // OpenBeken for N looks for its volume at the end of 0x1d0000: one that ends elsewhere is of another firmware, and goes.
        byte[] device = Device(SyntheticBoot.Dreo, SyntheticImage.Sdk, nMarker: true).With(0x12B000, LittleFsWriter.Create(0x80000, Files)).Dump();
        Assert.NotNull(FlashImage.Parse(device).LittleFs);
        byte[] firmware = SyntheticPrograms.App(0x9000, SyntheticImage.ObkN);
        AssertSame(device, firmware, null, 0);

        var keep = new CombineOptions();
        keep.Keep.Add(PartitionNames.LittleFs);
        Assert.Equal(FindingCode.RegionsOverlap, Assert.Throws<ImageGuardException>(
            () => new ImageCombiner(FlashImage.Parse(device), FlashImage.Parse(firmware), keep).Plan().ToArray()).Code);
    }

    // The configuration lies behind the update area in every known map, so that only a long partition shows it.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Check_OfAnAppIntoTheConfiguration_NamesEveryPlaceTheFirmwareWrites(int more)
    {
        var map = ChipLayout.For(BekenChip.BK7231N, FirmwareFlavor.Tuya)!;

        var obstacles = AppFit.Check(Reaching(0x1D1000) + more, new FlashRange(0x11000, 0x1EF000), map, null, []).ToArray();

        Assert.Equal(more == 0 ? [0x12A000L] : [0x12A000L, 0x1D1000L], obstacles.Select(obstacle => obstacle.Offset));
        Assert.All(obstacles, obstacle => Assert.Equal((FindingCode.AppTooLarge, obstacle.Offset - 0x11000), (obstacle.Code, obstacle.Room)));
    }

    [Fact]
    public void App_IntoTheConfiguration_IsRefusedByBoth()
    {
        // A table whose app reaches to the end of the chip; the update area is met first.
        byte[] table = PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x1D0000, false);
        byte[] device = new SyntheticImage { Key = SyntheticKey.Zero, Table = table }.WithRf(0x1E0000).Dump();
        AssertSame(device, SyntheticPrograms.App(Reaching(0x1D1000) + 1, SyntheticImage.ObkN), FindingCode.AppTooLarge, 0x12A000);
        var checks = FirmwareLinter.Lint(FlashImage.Parse(SyntheticPrograms.App(Reaching(0x1D1000) + 1, SyntheticImage.ObkN)), FlashImage.Parse(device)).Checks;
        Assert.Contains(checks, check => check is { Name: "size", Status: CheckStatus.Fail, Offset: 0x1D1000 });
    }

    [Fact]
    public void Lint_OfChipAndKeyAlone_AsksTheSameRule()
    {
        var app = FlashImage.Parse(SyntheticPrograms.App(Reaching(0x12A000) + 1, SyntheticImage.ObkN));
        var size = FirmwareLinter.Lint(app, BekenChip.BL2028N, SyntheticKey.Zero.ToKey()).Checks.Single(check => check.Name == "size");
        Assert.Equal((CheckStatus.Fail, 0x12A000L), (size.Status, size.Offset));
    }
}
