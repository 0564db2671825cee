using System.Security.Cryptography;
using System.Text.Json;
using BekenImage.Formats.Rf;
using BekenImage.Images;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Formats.Rf;

/// <summary>Tables that flashers write: known by content, and never taken for a device's own.</summary>
public class RfGenericTests
{
    /// <summary>The table for BK7231N as it is written: the SDK's chip information, Tuya's prefix, a tail made up.</summary>
    public static byte[] ForN(string mac = "381F8DA1B2C3")
    {
        byte[] table = RfTestData.WorkedTable;
        Convert.FromHexString(mac).CopyTo(table, RfTable.UsualMacOffset);
        return table;
    }

    /// <summary>A calibration that stands for one a flasher carries, as long as the test runs.</summary>
    internal static IDisposable AsGeneric(byte[] table, params string[] chips)
    {
        byte[] hashed = table.ToArray();
        hashed.AsSpan(RfTable.UsualMacOffset + 3, 3).Clear();
        string prefix = Convert.ToHexStringLower(table.AsSpan(RfTable.UsualMacOffset, 3));
        return RfGenericTables.With(new RfGenericTable(prefix, Convert.ToHexStringLower(SHA256.HashData(hashed)), table.Length, chips));
    }

    private static RfTable Read(byte[] table, long offset = 0x1D0000)
    {
        Assert.True(RfReader.TryRead(RfTestData.Sector(table), offset, null, out var read));
        return read;
    }

    private static FindingCode[] FindingsOf(byte[] table)
    {
        var findings = new List<Finding>();
        RfReader.TryRead(RfTestData.Sector(table), 0x1D0000, findings, out _);
        return findings.Select(finding => finding.Code).ToArray();
    }

    [Fact]
    public void List_IsThatOfThePublicCases()
    {
        Corpus.Require();
        string file = Path.GetFullPath(Path.Combine(Corpus.Folder!, "..", "cases", "generic-rf.json"));
        Assert.SkipUnless(File.Exists(file), "The public cases are not here.");
        using var document = JsonDocument.Parse(File.ReadAllText(file));

        var expected = document.RootElement.GetProperty("tables").EnumerateArray().Select(table => string.Join(" ",
            table.GetProperty("oui").GetString()!.Replace(":", string.Empty, StringComparison.Ordinal), table.GetProperty("sha256").GetString(),
            table.GetProperty("tableLength").GetInt32(), string.Join(" ", table.GetProperty("chips").EnumerateArray().Select(chip => chip.GetString()))));

        Assert.Equal(expected, RfGenericTables.All.Select(table => $"{table.Prefix} {table.Sha256} {table.Length} {string.Join(" ", table.Chips)}"));
    }

    [Fact]
    public void TableForN_IsKnownByItsPrefix_TheFirmwaresOwnIsNot()
    {
        Assert.True(Read(ForN()).IsGeneric);
        Assert.Equal([FindingCode.RfGeneric], FindingsOf(ForN()));
        // The same values, made by the firmware of a device that lost its own; and a table with the device's MAC put in.
        Assert.False(Read(RfTestData.WorkedTable).IsGeneric);
        Assert.False(Read(ForN("020102030405")).IsGeneric);
    }

    [Fact]
    public void Calibration_OfAFlasher_StaysThatUnderAnyMac()
    {
        byte[] table = RfTestData.CompleteTable("84E342000000", seed: 7);
        using var known = AsGeneric(table, "BK7231N");

        foreach (string mac in new[] { "84E342123456", "020102030405" })
        {
            byte[] written = RfTestData.CompleteTable(mac, seed: 7);
            Assert.True(Read(written).IsGeneric);
            Assert.True(Read(written).IsCalibrated);
            Assert.Equal([FindingCode.RfGeneric], FindingsOf(written));
            Assert.Contains("another unit's calibration", Assert.Single(new RfSummary(Read(written)).Warnings), StringComparison.Ordinal);
            Assert.Contains("flasher", new RfSummary(Read(written)).Shape, StringComparison.Ordinal);
        }
        Assert.True(Read(table).WithMac(new MacAddress([2, 0, 0, 0, 0, 1])).IsGeneric);
        Assert.False(Read(RfTestData.CompleteTable("84E342123456", seed: 8)).IsGeneric);
    }

    [Fact]
    public void Calibration_OutsideTheList_IsTheDevicesOwn() =>
        Assert.False(Read(RfTestData.CompleteTable("84E342123456", seed: 7)).IsGeneric);

    [Fact]
    public void Select_RanksTheDevicesOwnAboveAFlashers_AndBothAboveNone()
    {
        using var known = AsGeneric(RfTestData.CompleteTable("84E342000000", seed: 7), "BK7231N");
        var flashers = Read(RfTestData.CompleteTable("84E342123456", seed: 7), 0x1D0000);
        var own = Read(RfTestData.CompleteTable(seed: 1), 0x1E0000);
        var none = Read(RfTestData.WorkedTable, 0x1D0000);
        var madeUp = Read(ForN(), 0x1D0000);

        Assert.Same(own, ImageAreas.SelectRf([flashers, own], 0x1D0000));
        Assert.Same(flashers, ImageAreas.SelectRf([none, flashers], 0x1D0000));
        Assert.Same(none, ImageAreas.SelectRf([madeUp, none], 0x1D0000));
        // A MAC that no station may have comes last; of several such the calibration still counts.
        var noMac = Read(RfTestData.CompleteTable("000000000000"), 0x1E0000);
        Assert.Same(none, ImageAreas.SelectRf([noMac, none], 0x1E0000));
        Assert.Same(noMac, ImageAreas.SelectRf([Read(ForN("000000000000")), noMac], 0x1D0000));
    }

    [Theory]
    [InlineData("381F8D000000", true)]
    [InlineData("C8478C428848", true)]
    [InlineData("C8478C428849", false)]
    [InlineData("381F8D000001", false)]
    [InlineData("380000000001", false)]
    public void Placeholder_IsAMacThatOthersHaveToo(string mac, bool expected) =>
        Assert.Equal(expected, new MacAddress(Convert.FromHexString(mac)).IsPlaceholder);

    [Fact]
    public void Type_IsToldByWhatEveryDeviceHas_OrNotAtAll()
    {
        Assert.Equal(RfType.N, RfTypes.Of(Read(RfTestData.CompleteTable())));
        Assert.Equal(RfType.T, RfTypes.Of(Read(RfTestData.CompleteTable(isT: true))));
        Assert.Equal(RfType.Unknown, RfTypes.Of(Read(RfTestData.WorkedTable)));
        byte[] mixed = RfTestData.CompleteTable();
        mixed[mixed.AsSpan().IndexOf(Convert.FromHexString("05222222")) + 8] = 2;
        Assert.Equal(RfType.Unknown, RfTypes.Of(Read(mixed)));
    }

    [Theory]
    [InlineData("BK7231N_LSPA9_Clone_First.bin", "N")]
    [InlineData("BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin", "N")]
    [InlineData("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", "N")]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin", "T")]
    [InlineData("BK7231T_Tuya_Globe_37783.bin", "T")]
    [InlineData("BK7231T_Tuya_LED_Moon_rotated.bin", "T")]
    [InlineData("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", "T")]
    [InlineData("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", "Unknown")]
    public void Type_OfEveryDevice_IsThatOfItsChip(string file, string type)
    {
        var table = Synthetic.Images.FromCorpus(file).Rf!;
        Assert.Equal(type, RfTypes.Of(table).ToString());
        Assert.False(table.IsGeneric);
    }
}
