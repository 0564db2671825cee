using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>What the verbs say of a MAC or a calibration that is not the device's, and of one that is left behind.</summary>
public sealed class RfAnswersTests
{
    /// <summary>As a flasher writes it to BK7231N: the SDK's chip information under a prefix of Tuya's and a tail made up.</summary>
    private static byte[] FlashersTable()
    {
        byte[] table = RfTestData.WorkedTable;
        Convert.FromHexString("381F8DA1B2C3").CopyTo(table, 0x24);
        return RfTestData.Sector(table);
    }

    private static byte[] Device(byte[] sector) => SyntheticImage.ObkNFirmware().With(0x1D0000, sector).Dump();

    private static JsonElement Check(JsonElement checks, string name) =>
        checks.EnumerateArray().Single(check => check.GetProperty("name").GetString() == name);

    private static string[] Codes(JsonElement document) =>
        document.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()!).ToArray();

    [Theory]
    [InlineData("C8478C000000", "BKI4024")]
    [InlineData("000000000000", "BKI4003")]
    [InlineData("FFFFFFFFFFFF", "BKI4003")]
    [InlineData("030102030405", "BKI4003")]
    public void Verify_OfAMacThatIsNoDevices_WarnsAndNamesTheCure_AndTheCureHelps(string mac, string code)
    {
        using var folder = new TestFolder();
        string file = folder.Write("device.bin", new SyntheticImage().WithRf(0x1D0000, mac).Dump());

        string text = folder.Do("verify", file);
        Assert.Contains("rf set-mac", text, StringComparison.Ordinal);
        folder.Do("verify", file, "--json");
        var check = Check(folder.Json.GetProperty("checks"), "rf-mac");
        Assert.Equal(("warn", code), (check.GetProperty("status").GetString(), check.GetProperty("code").GetString()));
        Assert.True(folder.Json.GetProperty("backup").GetBoolean());
        Assert.Equal(1, folder.Run("verify", file, "--strict"));
        Assert.Contains("warning: ", folder.Do("rf", "show", file), StringComparison.Ordinal);

        folder.Do("rf", "set-mac", file, "02:01:02:03:04:05", "-o", folder["cured.bin"]);
        Assert.Equal(0, folder.Run("verify", folder["cured.bin"], "--strict"));
    }

    [Fact]
    public void FlashersTable_IsSaidByEveryVerb()
    {
        using var folder = new TestFolder();
        string file = folder.Write("device.bin", Device(FlashersTable()));
        string own = folder.Write("own.bin", RfTestData.Sector(RfTestData.CompleteTable()));

        Assert.Equal(1, folder.Run("verify", file));
        Assert.Contains("written by a flasher", folder.Output, StringComparison.Ordinal);
        Assert.Contains("rf restore", folder.Output, StringComparison.Ordinal);
        Assert.Contains("BKI4023", folder.Do("inspect", file), StringComparison.Ordinal);
        Assert.Contains("written by a flasher", folder.Do("rf", "show", file), StringComparison.Ordinal);
        Assert.Contains("warning: A: ", folder.Do("rf", "compare", file, own), StringComparison.Ordinal);
        folder.Do("rf", "show", file, "--json");
        Assert.True(folder.Json.GetProperty("rf").GetProperty("generic").GetBoolean());
        Assert.True(folder.Json.GetProperty("tables")[0].GetProperty("generic").GetBoolean());
        folder.Do("lint", folder.Write("obk-n.bin", Samples.ObkN), "--against", file, "--json");
        Assert.Equal("BKI4023", Check(folder.Json.GetProperty("checks"), "rf").GetProperty("code").GetString());
        string combined = folder.Do("combine", file, folder["obk-n.bin"], "-o", folder["out.bin"]);
        Assert.Contains("BKI4023", combined, StringComparison.Ordinal);
        Assert.Contains("--rf FILE", combined, StringComparison.Ordinal);

        folder.Do("rf", "restore", file, "--from", own, "-o", folder["cured.bin"]);
        Assert.Equal(0, folder.Run("verify", folder["cured.bin"]));
    }

    [Theory]
    [InlineData("app")]
    [InlineData("qio")]
    public void Combine_OfAPart_SaysThatTheCalibrationStaysElsewhere_AndJudgesTheDevice(string size)
    {
        using var folder = new TestFolder();
        string factory = folder.Write("dreo.bin", Samples.Dreo), firmware = folder.Write("obk-m.bin", Samples.ObkM);

        string text = folder.Do("combine", factory, firmware, "-o", folder["out.bin"], "--size", size);
        Assert.Contains("BKI4022", text, StringComparison.Ordinal);
        Assert.Contains("also written to 0x1d0000", text, StringComparison.Ordinal);
        Assert.Contains("--size chip", text, StringComparison.Ordinal);
        Assert.Contains("--rf FILE", text, StringComparison.Ordinal);

        folder.Do("combine", factory, firmware, "-o", folder["out2.bin"], "--size", size, "--json");
        Assert.Contains("BKI4022", Codes(folder.Json));
        var verify = folder.Json.GetProperty("verify");
        Assert.True(verify.GetProperty("boots").GetBoolean());
        Assert.Equal(JsonValueKind.Null, verify.GetProperty("backup").ValueKind);
        var rf = Check(folder.Json.GetProperty("lint").GetProperty("checks"), "rf");
        Assert.Equal(("warn", "BKI4022"), (rf.GetProperty("status").GetString(), rf.GetProperty("code").GetString()));

        // The cures it names.
        folder.Do("combine", factory, firmware, "-o", folder["chip.bin"]);
        Assert.DoesNotContain("BKI4022", folder.Output, StringComparison.Ordinal);
        folder.Do("combine", factory, firmware, "-o", folder["qio.bin"], "--size", "qio", "--rf", factory);
        Assert.DoesNotContain("BKI4022", folder.Output, StringComparison.Ordinal);
        BytesAssert.Equal(Samples.Dreo.AsSpan(0x1E0000, 0x1000), folder.Read("qio.bin").AsSpan(0x1D0000, 0x1000));
    }

    [Theory]
    [InlineData("app")]
    [InlineData("qio")]
    public void Combine_OfAPart_WhereTheCalibrationIsInPlace_SaysNothingOfIt(string size)
    {
        using var folder = new TestFolder();
        folder.Do("combine", folder.Write("tuya-n.bin", Samples.TuyaN), folder.Write("obk-n.bin", Samples.ObkN), "-o", folder["out.bin"], "--size", size, "--json");
        Assert.DoesNotContain(Codes(folder.Json), code => code.StartsWith("BKI40", StringComparison.Ordinal));
        Assert.Equal("pass", Check(folder.Json.GetProperty("lint").GetProperty("checks"), "rf").GetProperty("status").GetString());
    }

    [Fact]
    public void Combine_WithTheTableOfAnotherDeviceAndChip_NamesTheDonorAndTheCure()
    {
        using var folder = new TestFolder();
        string factory = folder.Write("tuya-n.bin", Samples.TuyaN), firmware = folder.Write("obk-n.bin", Samples.ObkN);
        string donor = folder.Write("tuya-t.bin", SyntheticImage.TuyaTDevice().WithRf(0x1E0000, "02aabbccddee").Dump());

        string text = folder.Do("combine", factory, firmware, "--rf", donor, "-o", folder["out.bin"]);
        foreach (string code in new[] { "BKI4008", "BKI4025" })
        {
            string line = Assert.Single(text.Split('\n'), line => line.Contains(code, StringComparison.Ordinal));
            Assert.Contains("tuya-t.bin", line, StringComparison.Ordinal);
            Assert.Contains("--rf keep", line, StringComparison.Ordinal);
        }
        text = folder.Do("combine", factory, firmware, "--rf", donor, "--mac", "02:01:02:03:04:05", "-o", folder["out2.bin"]);
        Assert.DoesNotContain("BKI4008", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Combine_WithADonorThatIsNotCalibrated_NamesTheDonor()
    {
        using var folder = new TestFolder();
        string donor = folder.Write("poor.bin", RfTestData.WorkedTable);
        string text = folder.Do("combine", folder.Write("tuya-n.bin", Samples.TuyaN), folder.Write("obk-n.bin", Samples.ObkN), "--rf", donor, "-o", folder["out.bin"]);
        Assert.Contains("poor.bin", Assert.Single(text.Split('\n'), line => line.Contains("BKI4004", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_OfTheTableOfAnotherDeviceAndChip_Warns()
    {
        using var folder = new TestFolder();
        string device = folder.Write("device.bin", Samples.ObkDevice);
        string donor = folder.Write("tuya-t.bin", SyntheticImage.TuyaTDevice().WithRf(0x1E0000, "02aabbccddee").Dump());

        folder.Do("rf", "restore", device, "--from", donor, "-o", folder["out.bin"]);
        Assert.Contains("BKI4008", folder.Error, StringComparison.Ordinal);
        Assert.Contains("--mac MAC", folder.Error, StringComparison.Ordinal);
        Assert.Contains("BKI4025", folder.Error, StringComparison.Ordinal);

        folder.Do("rf", "restore", device, "--from", device, "-o", folder["out2.bin"]);
        Assert.DoesNotContain("BKI40", folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_OfACalibrationWhereItsFirmwareDoesNotLook_NamesACureThatHelps()
    {
        using var folder = new TestFolder();
        string file = folder.Write("device.bin", SyntheticImage.ObkNFirmware().WithRf(0x1E0000).Dump());
        Assert.Contains("rf restore", folder.Do("verify", file), StringComparison.Ordinal);
        folder.Do("rf", "restore", file, "--from", file, "-o", folder["cured.bin"]);
        folder.Do("verify", folder["cured.bin"], "--json");
        Assert.Equal("pass", Check(folder.Json.GetProperty("checks"), "rf-table").GetProperty("status").GetString());
    }
}
