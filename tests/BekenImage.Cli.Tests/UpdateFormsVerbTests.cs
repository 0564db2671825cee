using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary><c>ota</c> with the update files of BK7236 and its kin: the form is told by the file.</summary>
public class UpdateFormsVerbTests
{
    [Theory]
    [InlineData("rbl/app_pack.rbl", "rbl/app.bin")]
    [InlineData("container/secure-plain/ota.bin", "container/secure-plain/primary_all_signed.bin")]
    [InlineData("ug/app_ug.bin", "ug/ua_file.bin")]
    [InlineData("compress/compress.bin", "compress/in.bin")]
    public void OtaUnpack_OfTheVendorsFiles_TellsTheFormByItself(string file, string expected)
    {
        using var verbs = new TestFolder();
        string input = verbs.Write("in.bin", Corpus.ReadVector("armino/" + file));
        verbs.Do("ota", "unpack", input, "-o", verbs["out.bin"]);
        BytesAssert.Equal(Corpus.ReadVector("armino/" + expected), verbs.Read("out.bin"));
        verbs.Do("ota", "info", input);
        verbs.Do("ota", "info", input, "--json");
        Assert.Equal("ota info", verbs.Json.GetProperty("verb").GetString());
    }

    [Fact]
    public void OtaPack_OfTheVendorsInputs_UnpacksToThem()
    {
        using var verbs = new TestFolder();
        string app = verbs.Write("app.bin", Corpus.ReadVector("armino/rbl/app.bin")), signed = verbs.Write("signed.bin", Corpus.ReadVector("armino/container/secure-plain/primary_all_signed.bin"));
        string plain = verbs.Write("plain.bin", Corpus.ReadVector("armino/compress/in.bin"));
        verbs.Do("ota", "pack", app, "--app-version", "2", "-o", verbs["app.rbl"]);
        verbs.Do("ota", "unpack", verbs["app.rbl"], "-o", verbs["1.bin"]);
        BytesAssert.Equal(verbs.Read("app.bin"), verbs.Read("1.bin"));
        verbs.Do("ota", "pack", signed, "--format", "mcuboot", "--flash-address", "0x19000", "-o", verbs["ota.bin"]);
        BytesAssert.Equal(Corpus.ReadVector("armino/container/secure-plain/ota.bin"), verbs.Read("ota.bin"));
        verbs.Do("ota", "pack", plain, "--format", "overwrite", "-o", verbs["packed.bin"]);
        verbs.Do("ota", "unpack", verbs["packed.bin"], "-o", verbs["2.bin"]);
        BytesAssert.Equal(verbs.Read("plain.bin"), verbs.Read("2.bin"));
    }

    [Fact]
    public void OtaPackAndUnpack_OfEveryForm_AreTheInverseOfEachOther()
    {
        using var signer = new SyntheticSecureBoot();
        using var verbs = new TestFolder();
        string app = verbs.Write("app.bin", SyntheticArmino.Program(0x3001, 0x10000, 6)), signed = verbs.Write("signed.bin", signer.McuBoot(SyntheticPrograms.Noise(0x2000, 1), 0x1000));
        foreach (var (input, options) in new (string, string)[]
        {
            (app, "--format ab --slot-size 64K"), (signed, "--format mcuboot --flash-address 0x19000"), (signed, "--format mcuboot --flash-address 0x19000 --security-counter 9"),
            (signed, "--format overwrite"),
        })
        {
            verbs.Do(["ota", "pack", input, .. options.Split(' '), "-o", verbs["p"], "--force"]);
            verbs.Do("ota", "unpack", verbs["p"], "-o", verbs["u"], "--force");
            BytesAssert.Equal(File.ReadAllBytes(input), verbs.Read("u"));
            verbs.Do("ota", "info", verbs["p"], "--json");
            Assert.Contains(verbs.Json.GetProperty("form").GetString()!, options, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ota_OfDamagedOrForeignFiles_SaysWhatIsWrong()
    {
        using var signer = new SyntheticSecureBoot();
        using var verbs = new TestFolder();
        verbs.Do("ota", "pack", verbs.Write("signed.bin", signer.McuBoot(SyntheticPrograms.Noise(0x2000, 1), 0x1000)), "--format", "mcuboot", "--flash-address", "0", "-o", verbs["ota.bin"]);
        byte[] package = verbs.Read("ota.bin");
        package[0x800] ^= 1;
        string damaged = verbs.Write("damaged.bin", package);
        Tool.Run("ota", "unpack", damaged, "-o", verbs["x"]).Fails(3, "BKI" + (int)FindingCode.McuUpdateImageCrc, "image 1");
        Assert.Equal(1, verbs.Run("ota", "info", damaged));
        Tool.Run("ota", "unpack", verbs.Write("cut.bin", package[..0x900]), "-o", verbs["x"]).Fails(3, "BKI" + (int)FindingCode.McuUpdateTruncated, "0x900");
        var difference = new byte[128];
        "MMM\0"u8.CopyTo(difference);
        Tool.Run("ug", "unpack", verbs.Write("diff.bin", difference), "-o", verbs["x"]).Fails(3, "BKI2227", "difference update");
        Tool.Run("ota", "pack", verbs.Write("noise.bin", SyntheticPrograms.Noise(0x1000, 1)), "--format", "mcuboot", "--flash-address", "0", "-o", verbs["x"]).Fails(3, "BKI2225", "no signed image");
        Assert.False(File.Exists(verbs["x"]));
    }

    [Theory]
    [InlineData(9, "package-header", FindingCode.McuUpdateHeaderCrc)]
    [InlineData(45, "package-images", FindingCode.McuUpdateImageCrc)]
    [InlineData(0x1100, "package-images", FindingCode.McuUpdateImageCrc)]
    [InlineData(0x1100, "app-hash", FindingCode.McuBootHash)]
    public void Verify_OfAChangedByteInAnUpdatePackage_NamesTheCheckThatFails(int at, string name, FindingCode code)
    {
        using var signer = new SyntheticSecureBoot();
        using var verbs = new TestFolder();
        verbs.Do("ota", "pack", verbs.Write("signed.bin", signer.McuBoot(SyntheticPrograms.Noise(0x2000, 1), 0x1000)), "--format", "mcuboot", "--flash-address", "0", "-o", verbs["ota.bin"]);
        var sound = Checks(verbs["ota.bin"]);
        foreach (string check in new[] { "package-header", "package-images", "app-hash", "app-signature" })
            Assert.Equal("pass", sound[check].GetProperty("status").GetString());
        byte[] package = verbs.Read("ota.bin");
        package[at] ^= 1;
        var changed = Checks(verbs.Write("changed.bin", package))[name];
        Assert.Equal("fail", changed.GetProperty("status").GetString());
        Assert.Equal("BKI" + (int)code, changed.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(0x900)]
    public void Merge_OfAnUpdatePackageCutAnywhere_GivesTheFileBack(int length)
    {
        using var signer = new SyntheticSecureBoot();
        using var verbs = new TestFolder();
        verbs.Do("ota", "pack", verbs.Write("signed.bin", signer.McuBoot(SyntheticPrograms.Noise(0x2000, 1), 0x1000)), "--format", "mcuboot", "--flash-address", "0", "-o", verbs["ota.bin"]);
        string cut = verbs.Write("cut.bin", verbs.Read("ota.bin")[..length]);
        verbs.Do("split", cut, "-o", verbs["parts"]);
        verbs.Do("merge", verbs["parts"], "-o", verbs["joined.bin"]);
        BytesAssert.Equal(verbs.Read("cut.bin"), verbs.Read("joined.bin"));
    }

    private static Dictionary<string, JsonElement> Checks(string file) => Tool.Run("verify", file, "--json").Json.GetProperty("checks")
        .EnumerateArray().GroupBy(check => check.GetProperty("name").GetString()!).ToDictionary(group => group.Key, group => group.First());
}
