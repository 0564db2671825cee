using BekenImage.Cli.Tests.Support;
using BekenImage.Formats.Uf2;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

public class Uf2VerbTests
{
    private static string Package(TestFolder verbs)
    {
        verbs.Do("ota", "pack", verbs.Write("app.bin", Samples.PlainApp), "--app-version", "1.18.300", "--timestamp", "77", "-o", verbs["app.rbl"]);
        return verbs["app.rbl"];
    }

    private static string Pack(TestFolder verbs)
    {
        string package = Package(verbs);
        verbs.Do("uf2", "pack", package, verbs.Write("ua.bin", Samples.ObkNUa), "--chip", "BK7231N", "--board", "generic-bk7231n-qfn32-tuya",
            "--name", "openbeken", "--app-version", "1.18.300", "--timestamp", "2024-07-22T03:48:35Z", "-o", verbs["both.uf2"]);
        return verbs["both.uf2"];
    }

    [Fact]
    public void Uf2_PackedAndUnpacked_GivesWhatWasPacked()
    {
        using var verbs = new TestFolder();
        string file = Pack(verbs);
        verbs.Do("uf2", "unpack", file, "-o", verbs["parts"]);
        Assert.Equal(["app.bin", "download.rbl"], Directory.GetFiles(verbs["parts"]).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        BytesAssert.Equal(verbs.Read("app.rbl"), verbs.Read("parts/download.rbl"));
        byte[] pages = verbs.Read("parts/app.bin");
        BytesAssert.Equal(Samples.ObkNUa.AsSpan(0, pages.Length), pages);
        verbs.Do("uf2", "info", file, "--json");
        Assert.Equal("BK7231N", verbs.Json.GetProperty("chip").GetString());
        Assert.Equal("7b3ef230", verbs.Json.GetProperty("family").GetString());
        Assert.Equal("openbeken", verbs.Json.GetProperty("firmware").GetString());
        Assert.Equal("2024-07-22T03:48:35Z", verbs.Json.GetProperty("built").GetString());
        Assert.Equal(["app", "download"], verbs.Json.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("partition").GetString()!));
        Assert.Contains("flasher-single", verbs.Do("uf2", "info", file), StringComparison.Ordinal);
    }

    // For a flash of two halves; the device starts its app at logical 0x10000, so the half that is linked there counts.
    [Fact]
    public void Uf2_OfTwoHalves_IsFirmware_AndSaysWhichHalf()
    {
        using var verbs = new TestFolder();
        byte[] other = SyntheticPrograms.App(0xC010, SyntheticImage.ObkN, seed: 3, linkBase: 0x90000);
        byte[] file = Uf2Writer.Write(0x7B3EF230, Uf2Writer.Describe("generic-bk7231n-qfn32-tuya", "esphome", "1.0.0"),
        [
            new Uf2Part("ota1", [Uf2Scheme.DeviceDual1], 0, PlainFormats.UpdatePackage(other)),
            new Uf2Part("ota2", [Uf2Scheme.DeviceDual2], 0, PlainFormats.UpdatePackage(Samples.PlainApp)),
        ]);
        string dual = verbs.Write("dual.uf2", file), factory = verbs.Write("factory.bin", Samples.TuyaN);
        verbs.Do("combine", factory, verbs.Write("plain.bin", Samples.PlainApp), "-o", verbs["expected.bin"]);
        verbs.Do("combine", factory, dual, "-o", verbs["out.bin"]);
        Assert.Equal(verbs.Read("expected.bin")[..0x129F00], verbs.Read("out.bin")[..0x129F00]);
        Assert.Contains("'ota2' is used (scheme device dual 2)", verbs.Output, StringComparison.Ordinal);
        Assert.Contains("'ota2' is used", verbs.Do("inspect", dual), StringComparison.Ordinal);
        Assert.Equal(0, verbs.Run("lint", dual, "--against", verbs["expected.bin"]));
        string none = verbs.Write("none.uf2", Uf2Writer.Write(0x7B3EF230, [], [new Uf2Part("ota1", [Uf2Scheme.DeviceDual1], 0, PlainFormats.UpdatePackage(other))]));
        Tool.Run("combine", factory, none, "-o", verbs["no.bin"]).Fails(3, "BKI2303", "not exactly one of them holds an application linked for logical 0x10000");
    }

    [Fact]
    public void Inspect_OfAUf2_TellsWhatIsInIt()
    {
        using var verbs = new TestFolder();
        verbs.Do("inspect", Pack(verbs), "--json");
        Assert.Equal("package", verbs.Json.GetProperty("kind").GetString());
        Assert.Equal("BK7231N", verbs.Json.GetProperty("chip").GetString());
        Assert.Equal("openbeken", verbs.Json.GetProperty("flavor").GetString());
        Assert.Equal("1.18.300", verbs.Json.GetProperty("appVersion").GetString());
        Assert.Equal("download", verbs.Json.GetProperty("member").GetString());
        Assert.Equal(["app", "ota"], verbs.Json.GetProperty("members").EnumerateArray().Select(part => part.GetProperty("kind").GetString()!));
        Assert.Equal(0, verbs.Json.GetProperty("findings").GetArrayLength());
        Assert.Contains("inside      download: ota", verbs.Do("inspect", verbs["both.uf2"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_OfAUf2_TakesApplicationAndParts()
    {
        using var verbs = new TestFolder();
        string file = Pack(verbs);
        verbs.Do("extract", file, "app", "-o", verbs["plain.bin"]);
        BytesAssert.Equal(Samples.PlainApp, verbs.Read("plain.bin"));
        verbs.Do("extract", file, "download", "-o", verbs["part.rbl"]);
        BytesAssert.Equal(verbs.Read("app.rbl"), verbs.Read("part.rbl"));
        verbs.Do("extract", file, "app", "--raw", "-o", verbs["pages.bin"]);
        BytesAssert.Equal(Samples.ObkNUa.AsSpan(0, 340), verbs.Read("pages.bin").AsSpan(0, 340));
        verbs.Do("extract", file, "ota", "-o", verbs["ota.bin"]);
        BytesAssert.Equal(Samples.PlainApp, verbs.Read("ota.bin"));
        verbs.Do("ota", "unpack", file, "-o", verbs["unpacked.bin"]);
        BytesAssert.Equal(Samples.PlainApp, verbs.Read("unpacked.bin"));
        verbs.Do("ota", "info", file, "--json");
        Assert.True(verbs.Json.GetProperty("hashOk").GetBoolean());
        Tool.Run("extract", file, "rf", "-o", verbs["rf.bin"]).Fails(3, "BKI8008", "it has app, download");
    }

    [Fact]
    public void Split_OfAUf2_MergesBack_AndTakesNoEditedPart()
    {
        using var verbs = new TestFolder();
        string file = Pack(verbs);
        verbs.Do("split", file, "-o", verbs["parts"]);
        verbs.Do("merge", verbs["parts"], "-o", verbs["back.uf2"]);
        BytesAssert.Equal(verbs.Read("both.uf2"), verbs.Read("back.uf2"));
        byte[] edited = verbs.Read("parts/download.rbl");
        edited[200] ^= 1;
        File.WriteAllBytes(verbs["parts/download.rbl"], edited);
        Tool.Run("merge", verbs["parts"], "-o", verbs["no.uf2"]).Fails(3, "BKI8008", "'uf2 pack' makes a UF2 file of it");
        Assert.False(File.Exists(verbs["no.uf2"]));
    }

    [Fact]
    public void Combine_WithAUf2_IsCombineWithThePackageInIt()
    {
        using var verbs = new TestFolder();
        string factory = verbs.Write("factory.bin", Samples.TuyaN), file = Pack(verbs);
        verbs.Do("combine", factory, verbs["app.rbl"], "-o", verbs["of-rbl.bin"]);
        verbs.Do("combine", factory, file, "-o", verbs["of-uf2.bin"]);
        BytesAssert.Equal(verbs.Read("of-rbl.bin"), verbs.Read("of-uf2.bin"));
        verbs.Do("uf2", "pack", verbs["ua.bin"], "--chip", "BK7231N", "-o", verbs["app.uf2"]);
        verbs.Do("combine", factory, verbs["app.uf2"], "-o", verbs["of-app.bin"]);
        verbs.Do("verify", verbs["of-app.bin"]);
        verbs.Run("lint", file, "--against", factory, "--json");
        Assert.DoesNotContain(verbs.Json.GetProperty("checks").EnumerateArray(), check => check.GetProperty("status").GetString() == "fail");
        Tool.Run("combine", verbs.Write("t.bin", Samples.TuyaT), file, "-o", verbs["no.bin"]).Fails(4, "BKI9006", "BK7231N");
        Tool.Run("combine", file, factory, "-o", verbs["no.bin"]).Fails(3, "BKI8008", "swapped");
    }

    [Fact]
    public void Uf2_OfOtherFilesAndDamagedOnes_SaysWhatIsWrong()
    {
        using var verbs = new TestFolder();
        string text = verbs.Write("text.bin", "no UF2 file"u8.ToArray());
        Tool.Run("uf2", "info", text).Fails(3, "BKI8008", "no UF2 file");
        Tool.Run("uf2", "unpack", text, "-o", verbs["out"]).Fails(3, "BKI8008", "no UF2 file");
        Tool.Run("uf2", "pack", text, "--chip", "BK7231N", "-o", verbs["out.uf2"]).Fails(3, "BKI8008", "no update package");
        string file = Pack(verbs);
        Tool.Run("uf2", "pack", verbs["app.rbl"], "--chip", "BK7231T", "-o", verbs["out.uf2"]).Fails(4, "BKI9006", "BK7231N");
        Tool.Run("uf2", "pack", verbs["ua.bin"], "--chip", "BK7231T", "-o", verbs["out.uf2"]).Fails(4, "BKI9006", "BK7231N");
        Tool.Run("uf2", "pack", verbs["app.rbl"], "--chip", "BK7231N", "--board", "generic-bk7231t-qfn32-tuya", "-o", verbs["out.uf2"]).Fails(4, "BKI9006", "BK7231T");
        Tool.Run("uf2", "pack", file, "--chip", "BK7231N", "-o", verbs["out.uf2"]).Fails(3, "BKI8008", "no update package");
        string cut = verbs.Write("cut.uf2", verbs.Read("both.uf2")[..^512]);
        Assert.Equal(1, verbs.Run("uf2", "info", cut));
        Tool.Run("uf2", "unpack", cut, "-o", verbs["out"]).Fails(3, "BKI2301", "blocks");
        Tool.Run("combine", verbs.Write("factory.bin", Samples.TuyaN), cut, "-o", verbs["no.bin"]).Fails(3, "BKI2301", "blocks");
        Tool.Run("uf2", "unpack", file, "-o", verbs["out"]).Succeeds();
        Tool.Run("uf2", "unpack", file, "-o", verbs["out"]).Fails(4, "BKI9009", "");
    }
}
