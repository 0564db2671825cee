using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary><c>build</c> for BK7258 and its kin: the vendor's files by the command, and synthetic ones.</summary>
public class BuildArminoVerbTests
{
    private static readonly byte[] Loader = SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5);

    private static readonly byte[] App = SyntheticArmino.Program(0x9001, 0x10000, 2);

    private static readonly byte[] App1 = SyntheticArmino.Program(0x5000, 0x110000, 3);

    private static byte[] Expected => SyntheticArmino.Linear(null, (0, Loader), (0x11000, App), (0x121000, App1));

    [Fact]
    public void BuildQio_OfTheVendorsParts_IsTheVendorsImage()
    {
        byte[] expected = Vector("linear_T5/all-app_crc.bin");
        using var verbs = new TestFolder();
        string loader = verbs.Write("bootloader.bin", Vector("linear_T5/bootloader.bin")), bare = verbs.Write("bl.bin", Vector("linear_T5/bl.bin"));
        string app = verbs.Write("app.bin", Vector("linear_T5/app.bin")), app1 = verbs.Write("app1.bin", Vector("linear_T5/app1.bin"));
        string table = verbs.Write("table.json", Vector("linear_T5/partition_bootloader.json")), config = verbs.Write("cfg.json", Vector("linear_T5/cfg.json"));

        verbs.Do("build", "qio", "--chip", "BK7258", "--bootloader", loader, "--app", app, "--app1", app1, "-o", verbs["1.bin"]);
        verbs.Do("build", "qio", "--chip", "T5", "--bootloader", bare, "--table", table, "--app", app, "--app1", app1, "-o", verbs["2.bin"]);
        verbs.Do("build", "--config", config, "-o", verbs["3.bin"]);
        verbs.Do("split", verbs["1.bin"], "-o", verbs["parts"]);
        verbs.Do("build", "qio", "--chip", "BK7258", "--bootloader", verbs["parts/bootloader.bin"], "--app", verbs["parts/app.bin"], "--app1", verbs["parts/app1.bin"], "-o", verbs["4.bin"]);
        Assert.All(["1.bin", "2.bin", "3.bin", "4.bin"], name => BytesAssert.Equal(expected, verbs.Read(name)));
    }

    [Fact]
    public void BuildUaAndUgPack_OfTheVendorsParts_AreTheVendorsFiles()
    {
        using var verbs = new TestFolder();
        verbs.Do("build", "ua", "--chip", "BK7258", "--bootloader", verbs.Write("bootloader.bin", Vector("linear_T5/bootloader.bin")),
            "--app", verbs.Write("app.bin", Vector("ug/app.bin")), "--app1", verbs.Write("app1.bin", Vector("ug/app1.bin")), "-o", verbs["ua.bin"]);
        BytesAssert.Equal(Vector("ug/ua_file.bin"), verbs.Read("ua.bin"));
        verbs.Do("ug", "pack", verbs["ua.bin"], "--chip", "BK7258", "-o", verbs["ug.bin"]);
        BytesAssert.Equal(Vector("ug/app_ug.bin"), verbs.Read("ug.bin"));
        verbs.Do("ug", "pack", verbs["ua.bin"], "--chip", "BK7236", "--like", verbs["ug.bin"], "-o", verbs["like.bin"]);
        BytesAssert.Equal(Vector("ug/app_ug.bin"), verbs.Read("like.bin"));
        verbs.Do("ug", "unpack", verbs["ug.bin"], "-o", verbs["out.bin"]);
        BytesAssert.Equal(Vector("ug/ua_file.bin"), verbs.Read("out.bin"));
    }

    [Theory]
    [InlineData("secure-plain")]
    public void BuildPackage_OfTheVendorsFolder_IsTheVendorsPackages(string folder)
    {
        using var verbs = new TestFolder();
        foreach (string name in new[] { "pack.json", "partitions.csv", "bl2.bin", "partition.bin", "primary_all_signed.bin", "wiz_mfr.bin", "nvs_key.bin" })
            verbs.Write(name, Vector($"container/{folder}/{name}"));
        Directory.CreateDirectory(verbs["out"]);

        verbs.Do("build", "--config", verbs["pack.json"], "-o", verbs["out/all-app.bin"]);
        verbs.Do("build", "--config", verbs["pack.json"], "-o", verbs["out/ota.bin"]);
        verbs.Do("build", "package", "--config", verbs["pack.json"], "--target", "ota.bin", "-o", verbs["x.bin"]);
        verbs.Do("build", "package", "--table", verbs["partitions.csv"], "--part", "bl2=" + verbs["bl2.bin"], "--part", "partition=" + verbs["partition.bin"],
            "--part", "primary_all=" + verbs["primary_all_signed.bin"], "--part", "wiz_mfr=" + verbs["wiz_mfr.bin"], "--part", "nvs=" + verbs.Write("empty.bin", []),
            "--part", "nvs_key=" + verbs["nvs_key.bin"], "-o", verbs["y.bin"]);

        BytesAssert.Equal(Vector($"container/{folder}/all-app.bin"), verbs.Read("out/all-app.bin"));
        BytesAssert.Equal(Vector($"container/{folder}/ota.bin"), verbs.Read("out/ota.bin"));
        BytesAssert.Equal(Vector($"container/{folder}/ota.bin"), verbs.Read("x.bin"));
        BytesAssert.Equal(Vector($"container/{folder}/all-app.bin"), verbs.Read("y.bin"));
    }

    [Fact]
    public void BuildQio_OfSyntheticParts_IsTheirImage()
    {
        using var verbs = new TestFolder();
        string[] parts = Parts(verbs);
        verbs.Do(["build", "qio", .. parts, "-o", verbs["qio.bin"]]);
        BytesAssert.Equal(Expected, verbs.Read("qio.bin"));
        verbs.Do(["build", "qio", .. parts, "--key", "zero", "-o", verbs["zero.bin"]]);
        BytesAssert.Equal(Expected, verbs.Read("zero.bin"));
        verbs.Do("verify", verbs["qio.bin"]);
        verbs.Do("build", "app", "--chip", "BK7258", "--app", verbs["app.bin"], "-o", verbs["pages.bin"]);
        BytesAssert.Equal(Expected.AsSpan(0x11000, (App.Length + 31) / 32 * 34), verbs.Read("pages.bin"));
    }

    [Fact]
    public void BuildConfig_WhosePlacesAreNotTheTables_IsRefused()
    {
        using var verbs = new TestFolder();
        Parts(verbs);
        string Config(int app) => verbs.Write("cfg.json", $$"""
            {"section":[{"firmware":"bootloader.bin","partition":"bootloader","start_addr":"0x0","size":"64K"},
            {"firmware":"app.bin","partition":"app","start_addr":{{app}},"size":"1024K"},{"firmware":"app1.bin","partition":"app1","start_addr":"0x121000","size":"3400K"}]}
            """);
        verbs.Do("build", "--config", Config(0x10000), "-o", verbs["1.bin"]);
        BytesAssert.Equal(Expected, verbs.Read("1.bin"));
        Assert.Equal(4, verbs.Run("build", "--config", Config(0x20000), "-o", verbs["2.bin"]));
        verbs.Last.Fails(4, "BKI2229", "physical 0x11000");
        Assert.False(File.Exists(verbs["2.bin"]));
    }

    [Theory]
    [InlineData("--bootloader bootloader.bin --app app.bin", 3, "BKI2223", "bootloader.bin", "--app1")]
    [InlineData("--bootloader bare.bin --app app.bin --app1 app1.bin", 3, "BKI2220", "bare.bin", "--table")]
    [InlineData("--bootloader app.bin --app app.bin --app1 app1.bin", 3, "BKI2201", "app.bin", "no bootloader")]
    [InlineData("--bootloader bootloader.bin --app app1.bin --app1 app1.bin", 4, "BKI2222", "app1.bin", "0x110")]
    [InlineData("--bootloader bootloader.bin --app app.bin --app1 app.bin", 4, "BKI2222", "app.bin", "'app1'")]
    [InlineData("--bootloader bootloader.bin --app big.bin --app1 app1.bin", 4, "BKI2221", "big.bin", "0x100001")]
    [InlineData("--bootloader bootloader.bin --app old.bin --app1 app1.bin", 4, "BKI9006", "old.bin", "ARM968E-S")]
    [InlineData("--bootloader bootloader.bin --app qio.bin --app1 app1.bin", 3, "BKI8008", "qio.bin", "extract")]
    public void BuildQio_OfWhatDoesNotGoTogether_NamesTheFileAndTheCure(string line, int exit, string code, string file, string says)
    {
        using var verbs = new TestFolder();
        Parts(verbs);
        verbs.Write("bare.bin", Loader[..0x6000]);
        verbs.Write("big.bin", SyntheticArmino.Program(0x100001, 0x10000, 4));
        verbs.Write("old.bin", SyntheticPrograms.App(0x8000, "app"));
        verbs.Write("qio.bin", Expected);

        var result = Tool.Run(["build", "qio", "--chip", "BK7258", .. line.Split(' ').Select(word => word.EndsWith(".bin", StringComparison.Ordinal) ? verbs[word] : word), "-o", verbs["out.bin"]]);

        result.Fails(exit, code, says);
        Assert.StartsWith($"bekenimage: {verbs[file]}: ", result.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(verbs["out.bin"]));
    }

    [Theory]
    [InlineData("build qio --chip BK7258 --app a -o x", "--bootloader")]
    [InlineData("build qio --chip BK7258 --bootloader a --app a --key tuya -o x", "AES")]
    [InlineData("build qio --chip BK7258 --bootloader a --app a --app2 a -o x", "--app1")]
    [InlineData("build qio --chip BK7258 --bootloader a --app a --name n -o x", "--name")]
    [InlineData("build app --chip BK7258 --app a --app1 a -o x", "--app1")]
    [InlineData("build qio --chip BK7231N --key zero --bootloader a --app a --app1 a -o x", "--app1")]
    [InlineData("build qio --chip BK7258 --bootloader a --app a --part a=b -o x", "--part")]
    [InlineData("build package -o x", "--config")]
    [InlineData("build package --table a -o x", "--part")]
    [InlineData("build package --table a --part a=a --chip BK7239N -o x", "BK7239N")]
    [InlineData("build package --table a --part a=a --app a -o x", "--app")]
    [InlineData("build package --table a --part a -o x", "NAME=FILE")]
    [InlineData("build package --table a --part a=a --magic BK -o x", "BL1DLV10")]
    [InlineData("build package --table a --part a=a --target b -o x", "--target")]
    [InlineData("ug pack a -o x", "--app-version")]
    [InlineData("ug pack a --chip BK7258 --app-version 1 -o x", "--app-version")]
    [InlineData("ug pack a --app-version 1 --like a -o x", "--like")]
    [InlineData("ota pack a --format zip -o x", "rbl")]
    [InlineData("ota pack a --format mcuboot -o x", "--flash-address")]
    [InlineData("ota pack a --format ab -o x", "--slot-size")]
    [InlineData("ota pack a --format overwrite --compress gzip -o x", "--compress")]
    [InlineData("ota pack a --slot-size 1M -o x", "--slot-size")]
    public void Options_ThatDoNotGoTogether_AreWrongUsage(string line, string says)
    {
        using var verbs = new TestFolder();
        verbs.Write("a", new byte[64]);
        var result = Tool.Run(line.Split(' ').Select(word => word is "a" or "x" ? verbs[word] : word).ToArray());
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void BuildPackage_WithFaultyParts_NamesTheirFiles()
    {
        using var signer = new SyntheticSecureBoot();
        using var verbs = new TestFolder();
        string table = verbs.Write("partitions.csv", "Name, Type, SubType, Offset, Size, Flags\nbl2, app, , , 96k,\npartition, data, , , 4k,\nprimary_cpu0_app, app, , , 64k,\n");
        string loader = verbs.Write("bl2.bin", SyntheticArmino.Program(0x1000, 0, 1));
        string signed = verbs.Write("primary_all_signed.bin", signer.McuBoot(SyntheticPrograms.Noise(0x2000, 1), 0x1000));
        string config = verbs.Write("pack.json", """{"all-app.bin":["bl2","partition","primary_all"],"ota.bin":["primary_all"]}""");

        verbs.Do("build", "--config", config, "-o", verbs["all-app.bin"]);
        verbs.Do("inspect", verbs["all-app.bin"]);
        Tool.Run("build", "package", "--table", table, "--part", "bl2=" + signed, "--part", "primary_all=" + loader, "-o", verbs["x"]).Fails(3, "BKI2225", "no signed image");
        Tool.Run("build", "package", "--table", table, "--part", "nothing=" + signed, "-o", verbs["x"]).Fails(3, "BKI2220", "'nothing'");
        Tool.Run("build", "package", "--table", loader, "--part", "bl2=" + loader, "-o", verbs["x"]).Fails(3, "BKI" + (int)FindingCode.SecureTableSource, "partitions.csv");
        Tool.Run("build", "package", "--config", config, "--target", "ota.bin", "-o", verbs["x"]).Fails(3, "BKI2223", "ota_signed.bin");
        Tool.Run("build", "package", "--config", config, "--target", "ota.bin", "--part", "primary_all=" + signed, "-o", verbs["x"]).Fails(3, "BKI2225", "overwrites");
        File.Delete(loader);
        Tool.Run("build", "--config", config, "-o", verbs["x"]).Fails(3, "BKI2223", "--part");
        Assert.False(File.Exists(verbs["x"]));
    }

    private static string[] Parts(TestFolder verbs) =>
    [
        "--chip", "BK7258", "--bootloader", verbs.Write("bootloader.bin", Loader), "--app", verbs.Write("app.bin", App), "--app1", verbs.Write("app1.bin", App1),
    ];

    private static byte[] Vector(string file) => Corpus.ReadVector("armino/" + file);
}
