using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>Reads that begin anywhere: every verb takes what proves itself, and says of the rest that it is not there.</summary>
public class PartialReadVerbTests
{
    private static readonly Lazy<byte[]> Device = new(() =>
    {
        byte[] flash = Samples.TuyaN;
        flash.AsSpan(0x1D1000).Fill(0xFF);
        ObkTestData.Sector(ObkTestData.Minimal(startupCommand: "startDriver BL0942")).CopyTo(flash, 0x1D3000);
        TuyaImages.Superblock(1, ("coe_save_key", 5, [6]), ("measure_coe", 4, [7])).CopyTo(flash, 0x1D8000);
        TuyaImages.Text("v=230").CopyTo(flash, 0x1DE000);
        TuyaImages.Text("i=10").CopyTo(flash, 0x1DF000);
        TuyaImages.Piece(TuyaImages.DataKey(), TuyaImages.Block(0, 1)
            .Index(1, "baud_cfg", TuyaImages.Text("9600"), (0, 2, 2)).Data(2, TuyaImages.Text("9600"))).CopyTo(flash, TuyaImages.KeyOffset);
        return flash;
    });

    [Theory]
    [InlineData(0x1000)]
    [InlineData(0x12345)]
    [InlineData(0x1C0123)]
    public void Read_FromAnywhere_GivesItsDataToEveryVerb(int start)
    {
        using var verbs = new TestFolder();
        string piece = verbs.Write("piece.bin", Device.Value[start..]), whole = verbs.Write("whole.bin", Device.Value);
        verbs.Do("inspect", piece, "--json");
        Assert.Equal("piece", verbs.Json.GetProperty("kind").GetString());
        Assert.Equal(0x1D0000 - start, verbs.Json.GetProperty("rf").GetProperty("offset").GetInt32());
        Assert.Equal(TuyaImages.KeyOffset - start, verbs.Json.GetProperty("tuyaStorage").GetProperty("offset").GetInt32());
        Assert.Equal(0x1D3000 - start, verbs.Json.GetProperty("obkConfig").GetProperty("offset").GetInt32());

        Assert.Equal("9600", verbs.Do("tuya", "get", piece, "baud_cfg").Trim());
        Assert.Contains("startDriver BL0942", verbs.Do("obk", "show", piece), StringComparison.Ordinal);
        foreach (string what in new[] { "rf", "obk-config" })
        {
            verbs.Do("extract", piece, what, "-o", verbs["of-piece"], "--force");
            verbs.Do("extract", whole, what, "-o", verbs["of-whole"], "--force");
            BytesAssert.Equal(verbs.Read("of-whole"), verbs.Read("of-piece"));
        }
        verbs.Do("split", piece, "-o", verbs["parts"]);
        verbs.Do("merge", verbs["parts"], "-o", verbs["merged.bin"]);
        BytesAssert.Equal(verbs.Read("piece.bin"), verbs.Read("merged.bin"));

        string device = verbs.Write("device.bin", Samples.TuyaN), firmware = verbs.Write("firmware.bin", Samples.ObkN);
        verbs.Do("rf", "restore", device, "--from", piece, "-o", verbs["restored.bin"]);
        verbs.Do("combine", device, firmware, "--rf", piece, "--obk-config", piece, "-o", verbs["combined.bin"]);
        Assert.Equal(Device.Value[0x1D3000..0x1D4000], verbs.Read("combined.bin")[0x1D1000..0x1D2000]);
        Assert.Equal(Device.Value[0x1D0000..0x1D1000], verbs.Read("combined.bin")[0x1D0000..0x1D1000]);
        verbs.Do("obk", "set", firmware, "--from", piece, "-o", verbs["set.bin"]);
        Assert.Contains("startDriver BL0942", verbs.Do("obk", "show", verbs["set.bin"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FromTheMiddle_IsNoDevice_AndEachVerbSaysWhy()
    {
        using var verbs = new TestFolder();
        string piece = verbs.Write("piece.bin", Device.Value[0x12345..]), firmware = verbs.Write("firmware.bin", Samples.ObkN);
        Assert.Equal(1, verbs.Run("verify", piece, "--json"));
        Assert.False(verbs.Json.GetProperty("boots").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, verbs.Json.GetProperty("backup").ValueKind);
        Assert.Contains("not in this part of a dump", verbs.Output, StringComparison.Ordinal);
        Tool.Run("combine", piece, firmware, "-o", verbs["no.bin"]).Fails(3, "BKI8008", "nothing proves where in the chip it belongs");
        Tool.Run("combine", verbs.Write("device.bin", Samples.TuyaN), piece, "-o", verbs["no.bin"]).Fails(3, "BKI8008", "no application is in it");
        Tool.Run("doctor", piece).Fails(3, "BKI8008", "not a dump of a device");
        Tool.Run("extract", piece, "app", "-o", verbs["no.bin"]).Fails(3, "BKI8008", "there is no 'app' in it");
        Tool.Run("rf", "restore", piece, "--from", verbs["device.bin"], "-o", verbs["no.bin"]).Fails(4, "BKI9005", "not known");
        Assert.False(File.Exists(verbs["no.bin"]));
        string inspected = verbs.Do("inspect", piece);
        Assert.Contains("bytes behind the start of a sector", inspected, StringComparison.Ordinal);
        Assert.Contains("bytes behind the start of a page", inspected, StringComparison.Ordinal);
    }

    [Fact]
    public void ObkConfig_OfAFileWithoutOne_IsRefusedByName()
    {
        using var verbs = new TestFolder();
        string device = verbs.Write("device.bin", Samples.TuyaN), firmware = verbs.Write("firmware.bin", Samples.ObkN);
        Tool.Run("combine", device, firmware, "--obk-config", device, "-o", verbs["no.bin"]).Fails(3, "BKI5005", "no OpenBeken configuration in it");
        Tool.Run("obk", "set", firmware, "--from", device, "-o", verbs["no.bin"]).Fails(3, "BKI5005", "no OpenBeken configuration in it");
        byte[] wrong = Device.Value[0x1C0000..];
        wrong[0x13100] ^= 1;
        Tool.Run("combine", device, firmware, "--obk-config", verbs.Write("wrong.bin", wrong), "-o", verbs["no.bin"]).Fails(3, "BKI5001", "checksum");
    }

    // Beside the storage, in UF files; also where the file system lies in a part of a dump.
    [Theory]
    [InlineData(0)]
    [InlineData(0x12345)]
    public void ValuesOfUfFiles_AreGivenByName(int start)
    {
        using var verbs = new TestFolder();
        string dump = verbs.Write("dump.bin", Device.Value[start..]);
        Assert.Equal("v=230", verbs.Do("tuya", "get", dump, "coe_save_key").Trim());
        Assert.Equal("i=10", verbs.Do("tuya", "get", dump, "measure_coe").Trim());
        Assert.Contains("coe_save_key", verbs.Do("tuya", "list", dump), StringComparison.Ordinal);
        verbs.Do("tuya", "list", dump, "--json");
        var value = verbs.Json.GetProperty("values").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "coe_save_key");
        Assert.Equal(("file", 5, 0x1DE000 - start), (value.GetProperty("place").GetString(), value.GetProperty("length").GetInt32(), value.GetProperty("offset").GetInt32()));
        Assert.Equal(3, verbs.Run("tuya", "get", dump, "coe_save_kex"));
        Assert.Contains("coe_save_key", verbs.Error, StringComparison.Ordinal);
    }
}
