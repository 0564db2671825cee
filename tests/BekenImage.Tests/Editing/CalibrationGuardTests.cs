using BekenImage.Tests.Formats.Net;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using Guard = BekenImage.Editing.CalibrationGuard;

namespace BekenImage.Tests.Editing;

/// <summary>What is said of a change that touched a device's calibration, and where nothing is to be said.</summary>
public class CalibrationGuardTests
{
    private const string Mac = "021122334455";
    private const string OtherMac = "021122334499";

    private static readonly FlashImage None = Device();
    private static readonly FlashImage Own = Device(RfTestData.CompleteTable(Mac));

    [Fact]
    public void Judge_TableThatIsGone_IsSaidAtItsPlace()
    {
        var finding = Assert.Single(Guard.Judge(Own, None));
        Assert.Equal((FindingSeverity.Warning, FindingCode.CalibrationLost, 0x1D0000L), (finding.Severity, finding.Code, finding.Offset));
        Assert.Contains("is gone", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_NothingLost_IsSilent()
    {
        Assert.Empty(Guard.Judge(None, None));
        Assert.Empty(Guard.Judge(None, Own));
        Assert.Empty(Guard.Judge(Own, Own));
        Assert.Empty(Guard.Judge(Own, Device(RfTestData.CompleteTable(Mac), app: 5)));
        // What is put onto a device whose chip is another's: the new programs tell which table is right.
        Assert.Empty(Guard.Judge(FlashImage.Parse(SyntheticImage.ObkTFirmware().Dump()), Own));
    }

    [Fact]
    public void Judge_AnotherCalibrationInItsPlace_IsAReplacement()
    {
        var finding = Assert.Single(Guard.Judge(Own, Device(RfTestData.CompleteTable(Mac, seed: 5))));
        Assert.Equal((FindingCode.CalibrationLost, 0x1D0000L), (finding.Code, finding.Offset));
        Assert.Contains("is replaced: ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_TableElsewhere_IsAReplacementThatNamesBothPlaces()
    {
        var finding = Assert.Single(Guard.Judge(Own, Device(RfTestData.CompleteTable(Mac), 0x1E0000)));
        Assert.Equal((FindingCode.CalibrationLost, 0x1D0000L), (finding.Code, finding.Offset));
        Assert.Contains("is replaced; the one at 0x1e0000 counts now", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_FaultOfTheNewTable_IsSaidInPlaceOfTheReplacement()
    {
        Assert.Equal([FindingCode.RfMacDiffers], Codes(Guard.Judge(Own, Device(RfTestData.CompleteTable(OtherMac)))));
        Assert.Equal([FindingCode.RfOtherChip], Codes(Guard.Judge(Own, Device(RfTestData.CompleteTable(Mac, isT: true)))));
        Assert.Equal([FindingCode.RfMacDiffers, FindingCode.CalibrationLost], Codes(Guard.Judge(Own, Device(RfTestData.CompleteTable(OtherMac), 0x1E0000))));
        Assert.Equal([FindingCode.RfUncalibrated], Codes(Guard.Judge(None, Device(Uncalibrated))));
        Assert.Equal([FindingCode.RfUncalibrated], Codes(Guard.Judge(Own, Device(Uncalibrated))));
    }

    [Fact]
    public void Judge_ImageThatTellsNoChipAfterwards_IsStillOfTheChipItWas()
    {
        byte[] bytes = Own.Bytes.ToArray();
        bytes.AsSpan(0, 0x11A000).Fill(0xFF);
        RfTestData.Sector(RfTestData.CompleteTable(Mac, isT: true)).CopyTo(bytes, 0x1D0000);
        var after = FlashImage.Parse(bytes);
        Assert.Equal(BekenChip.Unknown, after.Chip);
        Assert.Equal([FindingCode.RfOtherChip], Codes(Guard.Judge(Own, after)));
    }

    [Fact]
    public void Check_EditOfTheTable_SaysWhatItDid_AndOfOtherBytesNothing()
    {
        var edit = new BekenImage.Editing.DraftEdit(Own);
        Guard.Check(edit);
        edit.Replace(0x1F0000, [1], "data", "why");
        Guard.Check(edit);
        Assert.Empty(edit.Findings);
        edit.Replace(0x1D0000, new byte[16], "rf", "why");
        Guard.Check(edit);
        Assert.Equal([FindingCode.CalibrationLost], Codes(edit.Findings));
    }

    [Theory]
    [InlineData(0x1D0000, 0x1000, true)]
    [InlineData(0x1CF000, 0x1001, true)]
    [InlineData(0x1CF000, 0x1000, false)]
    [InlineData(0x1D0001, 0x1000, false)]
    public void JudgeNew_StretchWithOrWithoutTheTableThatCounts_SaysWhichItIs(int start, int length, bool holds)
    {
        var finding = Assert.Single(Guard.JudgeNew(Own, new FlashRange(start, length)));
        Assert.Equal((FindingSeverity.Warning, FindingCode.CalibrationLost), (finding.Severity, finding.Code));
        Assert.Equal(holds ? 0x1D0000 : start, finding.Offset);
        Assert.Contains(holds ? "the RF table was edited" : "holds none that counts now", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void JudgeNew_NoTableLeft_IsSaidWhereItWas()
    {
        var finding = Assert.Single(Guard.JudgeNew(None, new FlashRange(0x1D0000, 0x1000)));
        Assert.Equal((FindingCode.CalibrationLost, 0x1D0000L), (finding.Code, finding.Offset));
    }

    // The network parameters carry the device's MAC too; the table of NetParamTests has 02:11:22:33:44:55.
    [Theory]
    [InlineData(Mac, false)]
    [InlineData(OtherMac, true)]
    public void JudgeNew_MacOfTheNetworkParameters_IsComparedWithTheTables(string mac, bool differs)
    {
        byte[] dump = Device(RfTestData.CompleteTable(mac)).Bytes.ToArray();
        NetParamTests.Table().CopyTo(dump, 0x1D1000);
        FindingCode[] expected = differs ? [FindingCode.RfMacDiffers, FindingCode.CalibrationLost] : [FindingCode.CalibrationLost];
        Assert.Equal(expected, Codes(Guard.JudgeNew(FlashImage.Parse(dump), new FlashRange(0x1D0000, 0x1000))));
        // A placeholder is nobody's MAC.
        byte[] table = NetParamTests.Table();
        int at = table.AsSpan().IndexOf(Convert.FromHexString(Mac));
        Convert.FromHexString("C8478C428848").CopyTo(table, at);
        table.CopyTo(dump, 0x1D1000);
        Assert.Equal([FindingCode.CalibrationLost], Codes(Guard.JudgeNew(FlashImage.Parse(dump), new FlashRange(0x1D0000, 0x1000))));
    }

    // Chip information with a MAC of the device's own, and nothing calibrated.
    private static byte[] Uncalibrated
    {
        get
        {
            byte[] table = RfTestData.WorkedTable;
            Convert.FromHexString(Mac).CopyTo(table, table.AsSpan().IndexOf(Convert.FromHexString("C8478C000000")));
            return table;
        }
    }

    private static FlashImage Device(byte[]? table = null, int offset = 0x1D0000, int app = 1)
    {
        var device = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaN, seed: app) };
        return FlashImage.Parse((table is null ? device : device.With(offset, RfTestData.Sector(table))).Dump());
    }

    private static FindingCode[] Codes(IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.Code)];
}
