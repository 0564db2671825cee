using BekenImage.Formats.Fal;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.Fal;

public class FalRulesTests
{
    private const string Crc = FalPartition.StripedFlash, Raw = FalPartition.RawFlash;

    private static readonly FalPartition Bootloader = new("bootloader", Crc, 0, 0x10000), App = new("app", Crc, 0x10000, 0x108700), Download = new("download", Raw, 0x12A000, 0xA6000);

    /// <summary>What is wrong, and the table that says it. RF is at 0x1D0000, the flash has 2 MiB.</summary>
    public static TheoryData<string, FindingCode, FalPartition[]> Wrong => new()
    {
        { "'app' (0x11000..0x129f70) and 'download' (0x129000..0x1cf000) overlap", FindingCode.FalTableUnusual, [Bootloader, App, new("download", Raw, 0x129000, 0xA6000)] },
        { "lies over the bootloader", FindingCode.FalTableUnusual, [Bootloader, App, new("download", Raw, 0, 0x1000)] },
        { "lies over the bootloader", FindingCode.FalTableUnusual, [new("bootloader", Crc, 0, 0x8000), new("app", Crc, 0x8000, 0x108700), Download] },
        { "begins where the calibration lies", FindingCode.FalTableUnusual, [Bootloader, App, new("download", Raw, 0x1D0000, 0x10000)] },
        { "beyond the flash", FindingCode.FalEntryRange, [Bootloader, App, new("download", Raw, 0x132000, 0x100000)] },
        { "no length", FindingCode.FalTableUnusual, [Bootloader, App, new("download", Raw, 0x132000, 0)] },
        { "2 entries 'app'", FindingCode.FalTableUnusual, [Bootloader, App, new("app", Crc, 0x120000, 0x8000)] },
        { "no page boundary", FindingCode.FalEntryRange, [Bootloader, new("app", Crc, 0x10010, 0x100000), Download] },
        { "not whole pages", FindingCode.FalEntryRange, [Bootloader, new("app", Crc, 0x10000, 0x100001), Download] },
        { "no sector boundary", FindingCode.FalEntryRange, [Bootloader, App, new("download", Raw, 0x132100, 0x10000)] },
        { "no entry for the app", FindingCode.FalTableUnusual, [Bootloader, new("param", Raw, 0x1F0000, 0x1000), Download] },
        { "no entry for the bootloader", FindingCode.FalTableUnusual, [new("param", Raw, 0x1F0000, 0x1000), App, Download] },
        { "begins at physical 0", FindingCode.FalTableUnusual, [new("bootloader", Crc, 0x120000, 0x8000), App, Download] },
        { "'app' is code, which lies in pages", FindingCode.FalTableUnusual, [Bootloader, new("app", Raw, 0x11000, 0x100000), Download] },
        { "'bootloader' is code, which lies in pages", FindingCode.FalTableUnusual, [new("bootloader", Raw, 0, 0x11000), App, Download] },
        { "no entry for the download", FindingCode.FalTableUnusual, [Bootloader, App, new("param", Raw, 0x1F0000, 0x1000)] },
        { "not whole sectors", FindingCode.FalEntryRange, [Bootloader, App, new("download", Raw, 0x12A000, 0xA5F00)] },
        { "'app' has no room for a program", FindingCode.FalTableUnusual, [Bootloader, new("app", Crc, 0x10000, 0x20), Download] },
        { "'app' (0x11000..0x12100) ends before the program in it", FindingCode.FalTableUnusual, [Bootloader, new("app", Crc, 0x10000, 0x1000), Download] },
        { "'bootloader' has no room for a program", FindingCode.FalTableUnusual, [new("bootloader", Crc, 0, 0x800), App, Download] },
        { "'bootloader' (0x0..0x1100) ends before the program in it", FindingCode.FalTableUnusual, [new("bootloader", Crc, 0, 0x1000), App, Download] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Table_ThatNoDeviceCanUse_IsRefusedByTheDraft(string says, FindingCode code, FalPartition[] table)
    {
        var draft = FlashImage.Parse(Synthetic.Images.TuyaN).Edit();
        var refused = Assert.Throws<ImageGuardException>(() => draft.SetPartitionTable(table));
        Assert.Equal(code, refused.Code);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Empty(draft.Changes);
    }

    /// <summary>The same tables in an image that has them already are findings.</summary>
    [Theory]
    [MemberData(nameof(Wrong))]
    public void Table_ThatNoDeviceCanUse_IsReportedOnReading(string says, FindingCode code, FalPartition[] table)
    {
        byte[] image = new SyntheticImage { Table = [.. table.SelectMany(entry => PlainFormats.FalEntry(entry.Name, entry.Flash, entry.Offset, entry.Length, false))] }
            .WithRf(0x1D0000).Dump();
        var findings = FlashImage.Parse(image).Findings;
        // Where the app ends and where the chip does is read from the table itself: the image then lacks its header, or is a read cut short.
        var expected = says.StartsWith("'app' (0x11000..0x12100)", StringComparison.Ordinal) || says.Contains("calibration", StringComparison.Ordinal) ? (FindingCode?)null
            : code;
        if (says == "beyond the flash")
            Assert.Contains(findings, finding => finding.Code == FindingCode.Truncated);
        if (expected is null || says == "beyond the flash")
            return;
        Assert.Contains(findings, finding => finding.Code == code && finding.Message.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void Tables_OfRealDevices_HoldTheRules()
    {
        // Tuya N and T; the SDK's; BK7231Q and U, which run over the calibration; BK7252's of five entries, two of one name.
        FalPartition[][] tables =
        [
            [Bootloader, App, Download],
            [Bootloader, App, new("download", Raw, 0x132000, 0xA6000)],
            [new("download", Raw, 0x132000, 0xAE000), new("app", Crc, 0x10000, 0x110000), Bootloader],
            [Bootloader, new("app", Crc, 0x10000, 0x110000), new("download", Raw, 0x132000, 0xCC000)],
            [Bootloader, new("app", Crc, 0x10000, 0x110000), new("download", Raw, 0x132000, 0xC4000)],
            [
                new("bootloader", Crc, 0, 0xF000), new("app", Crc, 0x10000, 0x120000), new("download", Raw, 0x143000, 0xBB000),
                new("param1", Raw, 0x1FE000, 0x1000), new("param1", Raw, 0x1FF000, 0x1000),
            ],
        ];
        foreach (var table in tables)
        {
            Assert.Empty(FalRules.Check(table, 0x200000));
            FalRules.Guard(table, [], 0x200000, new FlashRange(0x1E0000, 0x1000));
        }
    }

    [Fact]
    public void Entry_TheDeviceHasAlready_IsItsOwnAffair_AndIsReported()
    {
        byte[] image = new SyntheticImage
        {
            Table =
            [
                .. PlainFormats.FalEntry("bootloader", Crc, 0, 0x10000, false), .. PlainFormats.FalEntry("app", Crc, 0x10000, 0x110000, false),
                .. PlainFormats.FalEntry("download", Raw, 0x12A000, 0xA6000, false),
            ],
        }.WithRf(0x1D0000).Dump();
        var parsed = FlashImage.Parse(image);
        var finding = Assert.Single(parsed.Findings, finding => finding.Code == FindingCode.FalTableUnusual);
        Assert.Contains("overlap", finding.Message, StringComparison.Ordinal);
        BytesAssert.Equal(image, parsed.Edit().SetPartitionTable(parsed.Fal!.Partitions).ToArray());
        parsed.Edit().SetPartitionTable([Bootloader, App, Download]);
    }

    [Fact]
    public void Download_OverTheCalibration_IsWrittenWithAWarning()
    {
        var draft = FlashImage.Parse(Synthetic.Images.TuyaN).Edit().SetPartitionTable([Bootloader, new("app", Crc, 0x10000, 0x110000), new("download", Raw, 0x132000, 0xAE000)]);
        Assert.Equal([FindingCode.RblHeaderMissing, FindingCode.FalTableUnusual], draft.Findings.Select(finding => finding.Code));
        Assert.Contains("0x9e000", draft.Findings[1].Message, StringComparison.Ordinal);
    }
}
