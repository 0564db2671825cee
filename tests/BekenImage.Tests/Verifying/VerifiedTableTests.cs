using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Verifying.CheckLines;

namespace BekenImage.Tests.Verifying;

/// <summary>What verify says of the partition table, of staged packages, and of headers where a bootloader does not look.</summary>
public class VerifiedTableTests
{
    private const int App = 0x11000;

    // The N layout: 0x108700 logical bytes behind 0x11000, the header in the last three pages.
    private const int Header = 0x129F0A;

    private static VerifyResult Verify(byte[] bytes) => ImageVerifier.Verify(FlashImage.Parse(bytes));

    private static SyntheticImage Sound() =>
        new SyntheticImage { Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, SyntheticKey.Tuya) }.WithRf(0x1D0000);

    [Theory]
    [InlineData("staged", true)]
    [InlineData("header crc", false)]
    [InlineData("elsewhere", false)]
    [InlineData("a header in pages", false)]
    [InlineData("two", true)]
    public void Package_CountsWhereTheBootloaderLooksForIt(string how, bool isStaged)
    {
        byte[] flash = Sound().Dump();
        byte[] package = PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, SyntheticImage.TuyaN, seed: 77));
        if (how == "header crc")
            package[0x5C] ^= 1;
        if (how == "a header in pages")
            package = PlainFormats.Pages(PlainFormats.Header(package, "download", "1.00", 1));
        package.CopyTo(flash, how == "elsewhere" ? 0x1E0000 : 0x12A000);
        if (how == "two")
            package.CopyTo(flash, 0x140000);

        var check = Named(Verify(flash), "staged-package");

        Assert.Equal(isStaged ? "staged-package Warn PackageStaged @12a000" : "staged-package Pass PackageStaged", Line(check));
    }

    [Fact]
    public void Table_ADeviceCannotUse_IsSaidWithEveryFault()
    {
        // Both partitions reach beyond 2 MiB, and download lies over the app.
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false),
            .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x129000, 0xA6100, false),
        ];

        var image = FlashImage.Parse(new SyntheticImage { Table = table }.WithRf(0x1D0000).Dump());

        var check = Named(ImageVerifier.Verify(image), "partition-table");
        Assert.Equal(CheckStatus.Warn, check.Status);
        var faults = image.Findings.Where(finding => finding.Code is FindingCode.FalTableUnusual or FindingCode.FalEntryRange).ToArray();
        Assert.Equal(2, faults.Select(finding => finding.Code).Distinct().Count());
        Assert.Equal((faults[0].Code, faults[0].Offset), (check.Code, check.Offset));
        Assert.Contains("overlap", check.Message, StringComparison.Ordinal);
        Assert.Contains("whole sectors", check.Message, StringComparison.Ordinal);
        Assert.Contains("; ", check.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Verify(Sound().Dump()).Checks, other => other.Name == "partition-table");
        // What else is found is not the table's fault.
        byte[] other = new SyntheticImage { Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, SyntheticKey.Uascent) }.Dump();
        Assert.NotEmpty(FlashImage.Parse(other).Findings);
        Assert.DoesNotContain(Verify(other).Checks, found => found.Name == "partition-table");
    }

    [Fact]
    public void Table_WithOneFault_IsSaid()
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false), .. PlainFormats.FalEntry("app",
                "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("download", "beken_onchip", 0x12A000, 0xA5F00, false),
        ];

        var check = Named(Verify(new SyntheticImage { Table = table }.WithRf(0x1D0000).Dump()), "partition-table");

        Assert.Equal((CheckStatus.Warn, FindingCode.FalEntryRange), (check.Status, check.Code));
        Assert.DoesNotContain("; ", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loader_OfQ_DoesNotStartAnAppWithoutItsHeader()
    {
        var device = new SyntheticImage
        {
            Boot = SyntheticBoot.Q, Key = SyntheticKey.Zero, HasAppHeader = false, App = SyntheticPrograms.App(0x9A75, SyntheticImage.Sdk,
                nMarker: false),
        };

        var result = Verify(device.WithRf(0x1E0000).Dump());

        Says(result, $"app-header Warn RblHeaderMissing @{SyntheticLayout.Q.AppHeader:x}", "and does not start it");
        Assert.False(result.BootloaderAccepts);
    }

    [Fact]
    public void Header_OfAReadWithoutPages_IsOffNoGrid()
    {
        // Bootloader and app as the CPU sees them, the header a little before the end of its slot.
        var device = Sound();
        byte[] flash = device.Dump();
        flash.AsSpan(Header, 102).Fill(0xFF);
        byte[] logical = PlainFormats.Strip(flash.AsSpan(0, 0x129F70), out _);
        const int at = 0x10000 + 0x108700 - 0x60 - 0x4010;
        PlainFormats.Header(device.StoredApp(), "app", "1.00", 1).CopyTo(logical, at);

        var check = Named(Verify(logical), "app-header");

        Assert.NotEqual(FindingCode.RblHeaderOffGrid, check.Code);
        Assert.Equal(CheckStatus.Warn, check.Status);
    }

    [Fact]
    public void Header_OfAReadWithoutPages_CountsBeforeOneInPagesBehindIt()
    {
        var device = Sound();
        byte[] logical = PlainFormats.Strip(device.Dump().AsSpan(0, 0x129F70), out _);
        byte[] wrong = PlainFormats.Pages(PlainFormats.Header(new byte[device.App.Length], "app", "1.00", 1));

        var result = Verify([.. logical, .. Enumerable.Repeat((byte)0xFF, Header - logical.Length), .. wrong]);

        Says(result, "app-header Pass RblPayloadHash @1186a0", "where this bootloader looks, and fits");
    }

    // As every build of OpenBeken for BK7231T is closed: in the last three pages before 1 MiB, which are off the grid.
    [Fact]
    public void Header_OffTheGridAsOpenBekenOfTHasIt_IsNamedSo()
    {
        var firmware = SyntheticImage.ObkTFirmware();
        byte[] flash = firmware.WithRf(0x1E0000).Dump();
        flash.AsSpan(firmware.Layout.AppHeader, 102).Fill(0xFF);
        PlainFormats.Pages(PlainFormats.Header(firmware.StoredApp(), "app", "1.00", 1)).CopyTo(flash, 0xFFF9A);

        var result = Verify(flash);

        Says(result, "app-header Warn RblHeaderOffGrid @fff9a", "every build of OpenBeken for BK7231T closes its app there");
    }
}
