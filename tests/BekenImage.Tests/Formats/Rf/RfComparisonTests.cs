using BekenImage.Formats.Rf;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Formats.Rf;

public class RfComparisonTests
{
    [Fact]
    public void Compare_TwoDevices_NamesWhatIsTheDevicesOwn()
    {
        var rows = RfComparison.Compare(Table(), Table("021122334466", thermal: 333, seed: 2));
        var different = rows.Where(row => !row.IsEqual).ToArray();
        Assert.Equal(29, rows.Count);
        Assert.Equal(("TXID_MAC", "another device", true), (different[0].Name, different[0].Remark, different[0].IsDeviceSpecific));
        Assert.Equal(("TXID_THERMAL", "320", "333"), (different[1].Name, different[1].First!.ValueText, different[1].Second!.ValueText));
        Assert.All(different.Where(row => row.Nature == RfItemNature.PowerTable), row => Assert.Equal("gain of the second differs by +2 to +2", row.Remark));
        Assert.Equal(4, different.Count(row => row.Nature == RfItemNature.PowerTable));
        Assert.False(rows.Single(row => row.Name == "TXID_ID").IsDeviceSpecific);
        Assert.All(rows.Where(row => row.IsEqual), row => Assert.Empty(row.Remark));
    }

    [Fact]
    public void Compare_WithAnUncalibratedTable_SaysWhatIsMissing()
    {
        RfReader.TryRead(RfTestData.WorkedTable, 0, null, out var bare);
        var rows = RfComparison.Compare(bare!, Table());
        Assert.Equal(29, rows.Count);
        Assert.Equal(22, rows.Count(row => row.Remark == "only in the second table"));
        Assert.Equal(22, RfComparison.Compare(Table(), bare!).Count(row => row.Remark == "only in the first table"));
    }

    [Fact]
    public void Compare_SameTableWithAnotherTail_IsEqual()
    {
        byte[] bytes = RfTestData.CompleteTable();
        int tail = Array.IndexOf(bytes, (byte)0x5A, 0x7E);
        bytes.AsSpan(tail, 22).Fill(0xA5);
        RfReader.TryRead(bytes, 0, null, out var other);
        Assert.All(RfComparison.Compare(Table(), other!), row => Assert.True(row.IsEqual));
    }

    [Fact]
    public void Summary_CompleteAndUncalibratedTable_SayWhatTheyAre()
    {
        var complete = new RfSummary(Table());
        Assert.Equal(("complete table of BK7231N type", "passed", 320u, 0x2Du), (complete.Shape, complete.PowerStatus, complete.Thermal!.Value, complete.Crystal!.Value));
        Assert.Equal(["b", "g", "n40", "ble"], complete.EnabledPowerTables);
        Assert.True(complete.HasSelfCalibration);
        Assert.Empty(complete.Warnings);

        RfReader.TryRead(RfTestData.WorkedTable, 0, null, out var bare);
        Assert.Equal(3, new RfSummary(bare!).Warnings.Count);
        Assert.Equal("", new RfSummary(bare!).PowerStatus);
    }

    [Fact]
    public void ValueText_PowerTable_GivesGainsAndMeasuredChannels()
    {
        Assert.True(RfPowerTable.TryRead(Table().Find(0x22222207)!, out var ble));
        Assert.Equal([19], ble!.MeasuredIndexes);
        Assert.All(ble.Gains, gain => Assert.Equal(0x2A, gain));
        Assert.EndsWith("(measured channels: 1, 7, 13)", Table().Find(0x22222202)!.ValueText, StringComparison.Ordinal);
        Assert.False(RfPowerTable.TryRead(Table().Find(RfTags.Mac)!, out _));
        Assert.Equal("0x0055, 0x0354", Table().Find(RfTags.Adc)!.ValueText);
        Assert.Equal("121 118", Table().Find(RfTags.LowPassFilter)!.ValueText);
    }

    [Fact]
    public void BuildRestoredSector_CalibratedSource_GivesItsTableAndWarnsOfAnotherMac()
    {
        var findings = new List<Finding>();
        byte[] sector = RfWriter.BuildRestoredSector(Table(), null, Other, false, findings);
        BytesAssert.Equal(RfTestData.Sector(RfTestData.CompleteTable()), sector);
        Assert.Equal(FindingCode.RfMacDiffers, Assert.Single(findings).Code);

        findings.Clear();
        MacAddress.TryParse("021122334466", out var mac);
        sector = RfWriter.BuildRestoredSector(Table(), mac, Other, false, findings);
        BytesAssert.Equal(RfTestData.Sector(RfTestData.CompleteTable("021122334466")), sector);
        Assert.Empty(findings);
    }

    [Fact]
    public void BuildRestoredSector_UncalibratedOrWithoutMac_IsRefusedUnlessAllowed()
    {
        RfReader.TryRead(RfTestData.WorkedTable, 0, null, out var bare);
        Assert.Equal(FindingCode.RfUncalibrated, Assert.Throws<BekenImageException>(() => RfWriter.BuildRestoredSector(bare!, null, null, false, null)).Code);
        var findings = new List<Finding>();
        BytesAssert.Equal(RfTestData.Sector(RfTestData.WorkedTable), RfWriter.BuildRestoredSector(bare!, null, null, true, findings));
        Assert.Equal([FindingCode.RfUncalibrated, FindingCode.RfMacPlaceholder], findings.Select(finding => finding.Code));
        Assert.Equal(FindingCode.RfMacInvalid, Assert.Throws<BekenImageException>(() => RfWriter.BuildRestoredSector(Table("FFFFFFFFFFFF"), null, null, false, null)).Code);
    }

    private static (MacAddress Mac, long Offset)? Other => (new MacAddress([0x02, 0x11, 0x22, 0x33, 0x44, 0x66]), 0x1D0000);

    private static RfTable Table(string mac = "021122334455", int thermal = 320, int seed = 0)
    {
        Assert.True(RfReader.TryRead(RfTestData.CompleteTable(mac, thermal, seed), 0x1D0000, null, out var table));
        return table!;
    }
}
