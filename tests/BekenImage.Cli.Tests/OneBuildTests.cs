using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary>
/// The four files of one build of a Tuya SDK: each is made of the others, byte for byte but for the deflate stream in the update package,
/// which depends on the zlib that made it.
/// </summary>
public class OneBuildTests
{
    private const string Name = "more/Timer0_2_tuya_demo_template_";

    private static string PathOf(string form)
    {
        string path = Corpus.PathOf($"{Name}{form}1.0.0.bin");
        Assert.SkipUnless(File.Exists(path), "The files of one build are not here.");
        return path;
    }

    private static byte[] Read(string form) => File.ReadAllBytes(PathOf(form));

    [Fact]
    public void PlainApplication_IsInEachOfThem()
    {
        using var verbs = new TestFolder();
        verbs.Do("extract", PathOf("UA_"), "app", "--app-only", "-o", verbs["ua"]);
        verbs.Do("extract", PathOf("QIO_"), "app", "--app-only", "-o", verbs["qio"]);
        verbs.Do("ota", "unpack", PathOf("UG_"), "-o", verbs["ug"]);
        foreach (string name in new[] { "ua", "qio", "ug" })
            BytesAssert.Equal(Read(""), verbs.Read(name));
    }

    [Fact]
    public void UaAndQio_AreMadeOfThePlainApplication()
    {
        using var verbs = new TestFolder();
        verbs.Do("build", "ua", "--chip", "BK7231N", "--app", PathOf(""), "--key", "tuya", "--headers-from", PathOf("UA_"), "-o", verbs["ua"]);
        BytesAssert.Equal(Read("UA_"), verbs.Read("ua"));
        verbs.Do("extract", PathOf("QIO_"), "bootloader", "-o", verbs["bootloader"]);
        verbs.Do("build", "qio", "--chip", "BK7231N", "--app", PathOf(""), "--bootloader", verbs["bootloader"], "--key", "tuya",
            "--headers-from", PathOf("QIO_"), "-o", verbs["qio"]);
        BytesAssert.Equal(Read("QIO_"), verbs.Read("qio"));
        BytesAssert.Equal(Read("UA_"), Read("QIO_").AsSpan(0x11000));
    }

    [Fact]
    public void UgFile_IsMadeOfItsPackage_AndThePackageOfThePlainApplication()
    {
        using var verbs = new TestFolder();
        verbs.Do("ug", "unpack", PathOf("UG_"), "-o", verbs["rbl"]);
        verbs.Do("ug", "pack", verbs["rbl"], "--app-version", "1.0.0", "-o", verbs["ug"]);
        BytesAssert.Equal(Read("UG_"), verbs.Read("ug"));
        verbs.Do("ota", "pack", PathOf(""), "--compress", "gzip", "--encrypt", "aes256", "--app-version=-o", "--timestamp", "2024-07-22T03:48:35Z", "-o", verbs["mine"]);
        // Everything the header says but the package's own length and sums, which stand from 0x4C on: CRC, then length; hash and raw size lie between.
        BytesAssert.Equal(verbs.Read("rbl").AsSpan(0, 0x4C), verbs.Read("mine").AsSpan(0, 0x4C));
        BytesAssert.Equal(verbs.Read("rbl").AsSpan(0x50, 8), verbs.Read("mine").AsSpan(0x50, 8));
        verbs.Do("ota", "unpack", verbs["mine"], "-o", verbs["app"]);
        BytesAssert.Equal(Read(""), verbs.Read("app"));
    }

    [Fact]
    public void Inspect_OfEach_TellsTheSameFirmware()
    {
        using var verbs = new TestFolder();
        foreach (string form in new[] { "", "QIO_", "UA_", "UG_" })
        {
            verbs.Do("inspect", PathOf(form), "--json");
            Assert.Equal(("BK7231N", "tuya"), (verbs.Json.GetProperty("chip").GetString()!, verbs.Json.GetProperty("flavor").GetString()!));
        }
    }
}
