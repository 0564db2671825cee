using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>Reads that are no dump from 0 on: without page CRCs, or without the bootloader.</summary>
public class BroughtReadsTests
{
    private static byte[] Strip(byte[] flash) => PlainFormats.Strip(flash, out _);

    [Fact]
    public void LogicalReads_AreInspectedSplitAndCombined()
    {
        using var verbs = new TestFolder();
        byte[] both = Strip(Samples.ObkN);
        string read = verbs.Write("both.bin", both), app = verbs.Write("app.bin", both[0x10000..]);
        verbs.Do("inspect", read, "--json");
        Assert.Equal("qio", verbs.Json.GetProperty("kind").GetString());
        Assert.Equal("logical", verbs.Json.GetProperty("stored").GetString());
        Assert.Equal(2, verbs.Json.GetProperty("containers").GetArrayLength());
        foreach (var container in verbs.Json.GetProperty("containers").EnumerateArray())
            Assert.True(container.GetProperty("payloadCrcOk").GetBoolean() && container.GetProperty("hashOk").GetBoolean());
        Assert.Contains("without page CRCs", verbs.Do("inspect", app), StringComparison.Ordinal);
        string qio = verbs.Write("qio.bin", Samples.ObkN);
        verbs.Do("inspect", qio, "--json");
        Assert.Equal("paged", verbs.Json.GetProperty("stored").GetString());

        string factory = verbs.Write("factory.bin", Samples.Dreo);
        verbs.Do("combine", factory, qio, "-o", verbs["expected.bin"]);
        foreach (string firmware in new[] { read, app })
        {
            verbs.Do("combine", factory, firmware, "-o", verbs["out.bin"], "--force");
            Assert.Equal(File.ReadAllBytes(verbs["expected.bin"]), File.ReadAllBytes(verbs["out.bin"]));
        }
        verbs.Do("put", factory, "app", app, "-o", verbs["put.bin"]);
        Assert.Equal(File.ReadAllBytes(verbs["expected.bin"])[0x11000..0x1C000], File.ReadAllBytes(verbs["put.bin"])[0x11000..0x1C000]);
        verbs.Do("split", read, "-o", verbs["parts"]);
        verbs.Do("extract", qio, "app", "-o", verbs["app-of-qio.bin"]);
        Assert.Equal(File.ReadAllBytes(verbs["app-of-qio.bin"]), File.ReadAllBytes(Path.Combine(verbs["parts"], "app.bin")));
        verbs.Do("merge", verbs["parts"], "-o", verbs["merged.bin"]);
        Assert.Equal(both, File.ReadAllBytes(verbs["merged.bin"]));

        Assert.Equal(3, verbs.Run("combine", read, qio, "-o", verbs["no.bin"]));
        Assert.Contains("logical read", verbs.Error, StringComparison.Ordinal);
        Assert.Equal(3, verbs.Run("combine", factory, verbs.Write("cut.bin", both[..0x18000]), "-o", verbs["no.bin"]));
        Assert.Equal(1, verbs.Run("verify", read));
        Assert.Contains("without page CRCs", verbs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadFrom0x11000_IsJudgedAndCombined()
    {
        using var verbs = new TestFolder();
        byte[] dump = Samples.TuyaN;
        string read = verbs.Write("read.bin", dump[0x11000..]), firmware = verbs.Write("firmware.bin", Samples.ObkN);
        verbs.Do("inspect", read, "--json");
        Assert.Equal("piece", verbs.Json.GetProperty("kind").GetString());
        Assert.Equal(0x11000, verbs.Json.GetProperty("physicalBase").GetInt32());
        Assert.Equal(1, verbs.Run("verify", read, "--json"));
        Assert.False(verbs.Json.GetProperty("backup").GetBoolean());
        Assert.Contains(verbs.Json.GetProperty("checks").EnumerateArray(), check =>
            check.GetProperty("name").GetString() == "complete" && check.GetProperty("status").GetString() == "fail");
        Assert.Equal(3, verbs.Run("combine", read, firmware, "-o", verbs["no.bin"]));
        Assert.Contains("BKI1004", verbs.Error, StringComparison.Ordinal);
        Assert.Contains("--bootloader", verbs.Error, StringComparison.Ordinal);

        verbs.Do("combine", verbs.Write("whole.bin", dump), firmware, "-o", verbs["expected.bin"]);
        verbs.Do("combine", read, firmware, "--bootloader", verbs.Write("bootloader.bin", dump[..0x11000]), "-o", verbs["out.bin"]);
        Assert.Equal(File.ReadAllBytes(verbs["expected.bin"]), File.ReadAllBytes(verbs["out.bin"]));
    }

    [Fact]
    public void DumpWithoutAPartitionTable_TellsWhereItsLayoutIsFrom()
    {
        using var verbs = new TestFolder();
        var device = new SyntheticImage
        {
            Boot = SyntheticBoot.BK7238, Key = SyntheticKey.Zero, Table = [], App = SyntheticPrograms.App(0x9A75, SyntheticImage.Sdk, nMarker: false),
        };
        string dump = verbs.Write("dump.bin", device.WithRf(0x1E0000).Dump());
        verbs.Do("inspect", dump, "--json");
        var app = verbs.Json.GetProperty("partitions").EnumerateArray().Single(partition => partition.GetProperty("name").GetString() == "app");
        Assert.Equal("scan", app.GetProperty("source").GetString());
        Assert.Contains("the RBL header that fits", verbs.Do("inspect", dump), StringComparison.Ordinal);
        verbs.Do("verify", dump, "--boots");
    }
}
