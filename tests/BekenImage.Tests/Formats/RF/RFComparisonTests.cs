using BekenImage.Formats.RF;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Formats.RF;

public class RFComparisonTests
{
    [Fact]
    public void Compare_TwoDevices_NamesWhatIsTheDevicesOwn()
    {
        var rows = RFComparison.Compare(Table(), Table("021122334466", thermal: 333, seed: 2));
        var different = rows.Where(row => !row.IsEqual).ToArray();
        Assert.Equal(29, rows.Count);
        Assert.Equal(("TXID_MAC", "another device", true), (different[0].Name, different[0].Remark, different[0].IsDeviceSpecific));
        Assert.Equal(("TXID_THERMAL", "320", "333"), (different[1].Name, different[1].First!.ValueText, different[1].Second!.ValueText));
        Assert.All(different.Where(row => row.Nature == RFItemNature.PowerTable), row => Assert.Equal("gain of the second differs by +2 to +2", row.Remark));
        Assert.Equal(4, different.Count(row => row.Nature == RFItemNature.PowerTable));
        Assert.False(rows.Single(row => row.Name == "TXID_ID").IsDeviceSpecific);
        Assert.All(rows.Where(row => row.IsEqual), row => Assert.Empty(row.Remark));
    }

    [Fact]
    public void Compare_WithAnUncalibratedTable_SaysWhatIsMissing()
    {
        RFReader.TryRead(RFTestData.WorkedTable, 0, null, out var bare);
        var rows = RFComparison.Compare(bare!, Table());
        Assert.Equal(29, rows.Count);
        Assert.Equal(22, rows.Count(row => row.Remark == "only in the second table"));
        Assert.Equal(22, RFComparison.Compare(Table(), bare!).Count(row => row.Remark == "only in the first table"));
    }

    [Fact]
    public void Compare_SameTableWithAnotherTail_IsEqual()
    {
        byte[] bytes = RFTestData.CompleteTable();
        int tail = Array.IndexOf(bytes, (byte)0x5A, 0x7E);
        bytes.AsSpan(tail, 22).Fill(0xA5);
        RFReader.TryRead(bytes, 0, null, out var other);
        Assert.All(RFComparison.Compare(Table(), other!), row => Assert.True(row.IsEqual));
    }

    [Fact]
    public void Summary_CompleteAndUncalibratedTable_SayWhatTheyAre()
    {
        var complete = new RFSummary(Table());
        Assert.Equal(("complete table of BK7231N type", "passed", 320u, 0x2Du), (complete.Shape, complete.PowerStatus, complete.Thermal!.Value, complete.Crystal!.Value));
        Assert.Equal(["b", "g", "n40", "ble"], complete.EnabledPowerTables);
        Assert.True(complete.HasSelfCalibration);
        Assert.Empty(complete.Warnings);

        RFReader.TryRead(RFTestData.WorkedTable, 0, null, out var bare);
        Assert.Equal(2, new RFSummary(bare!).Warnings.Count);
        Assert.Equal("", new RFSummary(bare!).PowerStatus);
    }

    [Fact]
    public void ValueText_PowerTable_GivesGainsAndMeasuredChannels()
    {
        Assert.True(RFPowerTable.TryRead(Table().Find(0x22222207)!, out var ble));
        Assert.Equal([19], ble!.MeasuredIndexes);
        Assert.All(ble.Gains, gain => Assert.Equal(0x2A, gain));
        Assert.EndsWith("(measured channels: 1, 7, 13)", Table().Find(0x22222202)!.ValueText, StringComparison.Ordinal);
        Assert.False(RFPowerTable.TryRead(Table().Find(RFTags.Mac)!, out _));
        Assert.Equal("0x0055, 0x0354", Table().Find(RFTags.Adc)!.ValueText);
        Assert.Equal("121 118", Table().Find(RFTags.LowPassFilter)!.ValueText);
    }

    [Fact]
    public void BuildRestoredSector_CalibratedSource_GivesItsTableAndWarnsOfAnotherMac()
    {
        var findings = new List<Finding>();
        byte[] sector = RFWriter.BuildRestoredSector(Table(), null, Table("021122334466"), false, findings);
        BytesAssert.Equal(RFTestData.Sector(RFTestData.CompleteTable()), sector);
        Assert.Equal(FindingCode.RFMacDiffers, Assert.Single(findings).Code);

        findings.Clear();
        MacAddress.TryParse("021122334466", out var mac);
        sector = RFWriter.BuildRestoredSector(Table(), mac, Table("021122334466"), false, findings);
        BytesAssert.Equal(RFTestData.Sector(RFTestData.CompleteTable("021122334466")), sector);
        Assert.Empty(findings);
    }

    [Fact]
    public void BuildRestoredSector_UncalibratedOrWithoutMac_IsRefusedUnlessAllowed()
    {
        RFReader.TryRead(RFTestData.WorkedTable, 0, null, out var bare);
        Assert.Equal(FindingCode.RFUncalibrated, Assert.Throws<BekenImageException>(() => RFWriter.BuildRestoredSector(bare!, null, null, false, null)).Code);
        var findings = new List<Finding>();
        BytesAssert.Equal(RFTestData.Sector(RFTestData.WorkedTable), RFWriter.BuildRestoredSector(bare!, null, null, true, findings));
        Assert.Equal(FindingCode.RFUncalibrated, Assert.Single(findings).Code);
        Assert.Equal(FindingCode.RFMacInvalid, Assert.Throws<BekenImageException>(() => RFWriter.BuildRestoredSector(Table("FFFFFFFFFFFF"), null, null, false, null)).Code);
    }

    private static RFTable Table(string mac = "021122334455", int thermal = 320, int seed = 0)
    {
        Assert.True(RFReader.TryRead(RFTestData.CompleteTable(mac, thermal, seed), 0x1D0000, null, out var table));
        return table!;
    }
}
