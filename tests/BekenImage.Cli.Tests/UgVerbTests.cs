using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

public class UgVerbTests
{
    [Fact]
    public void UgPackAndUnpack_OfTheVendorsFiles_AreTheInverseOfEachOther()
    {
        byte[] rbl = Corpus.ReadVector("ota_gzip_aes.rbl"), ug = Corpus.ReadVector("ug_gzip_aes.bin");
        using var verbs = new TestFolder();
        verbs.Do("ug", "pack", verbs.Write("in.rbl", rbl), "--app-version", "1.2.3", "-o", verbs["out.ug"]);
        BytesAssert.Equal(ug, verbs.Read("out.ug"));
        verbs.Do("ug", "unpack", verbs.Write("in.ug", ug), "-o", verbs["out.rbl"]);
        BytesAssert.Equal(rbl, verbs.Read("out.rbl"));
        verbs.Do("inspect", verbs["in.ug"], "--json");
        Assert.Equal("ug", verbs.Json.GetProperty("kind").GetString());
        Assert.Equal(32, Assert.Single(verbs.Json.GetProperty("containers").EnumerateArray()).GetProperty("offset").GetInt32());
    }

    [Fact]
    public void OtaUnpackAndInfo_OfAUgFile_OpenThePackageInIt()
    {
        byte[] app = Corpus.ReadVector("app.bin"), ug = Corpus.ReadVector("ug_gzip_aes.bin");
        using var verbs = new TestFolder();
        verbs.Do("ota", "unpack", verbs.Write("in.ug", ug), "-o", verbs["app.bin"]);
        BytesAssert.Equal(app, verbs.Read("app.bin"));
        verbs.Do("ota", "info", verbs["in.ug"], "--json");
        Assert.True(verbs.Json.GetProperty("hashOk").GetBoolean());

        for (int at = 32; at < ug.Length; at += 97)
        {
            byte[] damaged = (byte[])ug.Clone();
            damaged[at] ^= 0x40;
            Assert.Equal(3, verbs.Run("ota", "unpack", verbs.Write("bad.ug", damaged), "-o", verbs["bad.bin"]));
            Assert.Contains("BKI2102", verbs.Error, StringComparison.Ordinal);
            Assert.Equal(3, verbs.Run("ug", "unpack", verbs["bad.ug"], "-o", verbs["bad.bin"]));
            Assert.InRange(verbs.Run("ota", "info", verbs["bad.ug"]), 1, 3);
            Assert.False(File.Exists(verbs["bad.bin"]));
        }
    }

    [Fact]
    public void Combine_WithAUgFirmware_IsCombineWithTheAppInIt()
    {
        using var verbs = new TestFolder();
        string factory = verbs.Write("factory.bin", Samples.TuyaN), app = verbs.Write("app.bin", Samples.PlainApp);
        verbs.Do("ota", "pack", app, "--compress", "gzip", "--app-version", "1.18.300", "--timestamp", "77", "-o", verbs["app.rbl"]);
        verbs.Do("ug", "pack", verbs["app.rbl"], "--app-version", "1.18.300", "-o", verbs["app.ug"]);
        verbs.Do("combine", factory, verbs["app.rbl"], "-o", verbs["of-rbl.bin"]);
        verbs.Do("combine", factory, verbs["app.ug"], "-o", verbs["of-ug.bin"]);
        BytesAssert.Equal(verbs.Read("of-rbl.bin"), verbs.Read("of-ug.bin"));
        verbs.Do("verify", verbs["of-ug.bin"]);
    }

    [Fact]
    public void Ug_OfOtherFiles_SaysWhatIsWrong()
    {
        using var folder = new TestFolder();
        string text = folder.Write("text.bin", "no package, but long enough for one header"u8.ToArray());
        Tool.Run("ug", "unpack", text, "-o", folder["out"]).Fails(3, "BKI8008", "no UG package");
        Assert.Equal(2, Tool.Run("ug", "pack", text, "-o", folder["out"]).ExitCode);
        Tool.Run("ug", "pack", text, "--app-version", "a version of more than 12", "-o", folder["out"]).Fails(2, "BKI2208", "12");
        Tool.Run("ug", "pack", text, "--app-version", "a version 12", "-o", folder["out"]).Succeeds();
        Tool.Run("ug", "unpack", folder["out"], "-o", folder["back"]).Succeeds();
        BytesAssert.Equal(folder.Read("text.bin"), folder.Read("back"));
        Tool.Run("ug", "unpack", folder["out"], "-o", folder["back"]).Fails(4, "BKI9009", "exists");
    }
}
