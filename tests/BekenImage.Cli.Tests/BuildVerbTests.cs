using System.Globalization;
using BekenImage.Cli.Tests.Support;
using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

public class BuildVerbTests
{
    private const string Tuya = "510fb093 a3cbeadc 5993a17e c7adeb03";

    /// <summary>A published image taken apart: what its build began with.</summary>
    private sealed record Parts(byte[] Image, RblHeader BootHeader, byte[] Bootloader, RblHeader AppHeader, byte[] AppPayload, byte[] App)
    {
        public static Parts Take(string file, BekenChip chip, string key)
        {
            byte[] bytes = Corpus.Read(file);
            var image = FlashImage.Parse(bytes);
            var (bootHeader, bootloader) = Section(image, "bootloader", 0);
            var (appHeader, payload) = Section(image, "app", 0x11000);
            Assert.True(BekenKey.TryParse(key, out var words));
            return new Parts(bytes, bootHeader, bootloader, appHeader, payload, FirmwareRecipe.For(chip)!.RecoverApp(payload, words));
        }

        public int BootHeaderOffset => (BootHeader.Version == "1.00" ? 0x11000 : 0xFF00) - 102;

        public string[] Texts =>
        [
            "--timestamp", AppHeader.Timestamp.ToString(CultureInfo.InvariantCulture), "--app-version", AppHeader.Version,
            "--boot-timestamp", BootHeader.Timestamp.ToString(CultureInfo.InvariantCulture), "--boot-version", BootHeader.Version,
        ];

        private static (RblHeader Header, byte[] Payload) Section(FlashImage image, string name, int start)
        {
            var header = image.Containers.Single(container => container.IsStriped && container.Partition == name).Header;
            int pages = ((int)header.RawSize + 31) / 32;
            var data = new byte[pages * 32];
            Assert.Equal(pages, FlashPages.Decode(image.Bytes.Span.Slice(start, pages * 34), data).Valid);
            return (header, data.AsSpan(0, (int)header.RawSize).ToArray());
        }
    }

    [Fact]
    public void BuildQio_OfThePartsOf7238_GivesTheImage()
    {
        var parts = Parts.Take("OpenBK7238_QIO_1.18.300.bin", BekenChip.BK7238, "zero");
        Assert.Equal(parts.AppPayload.Length - 16, parts.App.Length);
        using var verbs = new TestFolder();
        string app = verbs.Write("app.bin", parts.App), bootloader = verbs.Write("boot.bin", parts.Bootloader);
        verbs.Do(["build", "qio", "--chip", "T1", "--app", app, "--bootloader", bootloader, "--key", "zero", "-o", verbs["qio.bin"], .. parts.Texts]);
        BytesAssert.Equal(parts.Image, verbs.Read("qio.bin"));
        Assert.DoesNotContain("warning", verbs.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin", BekenChip.BK7231N, Tuya)]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin", BekenChip.BK7231M, "zero")]
    [InlineData("OpenBK7231T_QIO_1.18.300.bin", BekenChip.BK7231T, Tuya)]
    public void BuildQio_OfThePartsOfATuyaLayout_GivesTheImageButForJunkInHeaders(string file, BekenChip chip, string key)
    {
        var parts = Parts.Take(file, chip, key);
        using var verbs = new TestFolder();
        string app = verbs.Write("app.bin", parts.App), bootloader = verbs.Write("boot.bin", parts.Bootloader), image = Corpus.PathOf(file);
        string[] common = ["--chip", chip.ToString(), "--app", app, "--key", key];
        string[] qio = ["build", "qio", .. common, "--bootloader", bootloader];
        verbs.Do([.. qio, "--headers-from", image, "-o", verbs["kept.bin"]]);
        BytesAssert.Equal(parts.Image, verbs.Read("kept.bin"));
        verbs.Do([.. qio, "--headers-from", image, "-o", verbs["both.bin"], .. parts.Texts]);
        BytesAssert.Equal(parts.Image, verbs.Read("both.bin"));

        verbs.Do([.. qio, "-o", verbs["made.bin"], .. parts.Texts]);
        byte[] made = verbs.Read("made.bin");
        Assert.Equal(parts.Image.Length, made.Length);
        int[] headers = [parts.BootHeaderOffset, parts.Image.Length - 102];
        var different = Enumerable.Range(0, made.Length).Where(at => made[at] != parts.Image[at]).ToArray();
        Assert.All(different, at => Assert.Contains(headers, header => at >= header && at < header + 102));
        Assert.NotEmpty(different);
        Assert.All(FlashImage.Parse(made).Containers, container => Assert.True(container is { HeaderCrcOk: true, PayloadCrcOk: true, PayloadHashOk: true }));

        verbs.Do(["build", "ua", .. common, "--headers-from", image, "-o", verbs["ua.bin"]]);
        BytesAssert.Equal(parts.Image.AsSpan(0x11000), verbs.Read("ua.bin"));
        verbs.Do(["build", "app", .. common, "-o", verbs["pages.bin"]]);
        int pages = (parts.AppPayload.Length + 31) / 32 * 34;
        BytesAssert.Equal(parts.Image.AsSpan(0x11000, pages), verbs.Read("pages.bin"));
    }

    [Fact]
    public void BuildConfig_OfThePackagersJson_GivesTheImage()
    {
        var parts = Parts.Take("OpenBK7238_QIO_1.18.300.bin", BekenChip.BK7238, "zero");
        using var verbs = new TestFolder();
        Directory.CreateDirectory(verbs["files"]);
        verbs.Write("files/boot.bin", parts.Bootloader);
        verbs.Write("files/app_enc.bin", parts.AppPayload);
        string config = verbs.Write("files/config.json", """
            { "magic": "beken", "version": "0.1", "count": 4, "section": [
              { "firmware": "boot.bin", "version": "2M.1220", "partition": "bootloader", "start_addr": "0x00000000", "size": 65280 },
              { "firmware": "app_enc.bin", "version": "2M.1220", "partition": "app", "start_addr": "0x00011000", "size": "1156K" } ] }
            """);
        string[] times = [.. parts.Texts[..2], .. parts.Texts[4..6]];
        verbs.Do(["build", "--config", config, "-o", verbs["qio.bin"], .. times]);
        BytesAssert.Equal(parts.Image, verbs.Read("qio.bin"));
        verbs.Do(["build", "ua", "--config", config, "-o", verbs["ua.bin"], .. times]);
        BytesAssert.Equal(parts.Image.AsSpan(0x11000), verbs.Read("ua.bin"));
        Assert.Equal(4, verbs.Run("build", "--config", config, "-o", verbs["files/boot.bin"], "--force"));
    }

    [Fact]
    public void BuildConfig_OfTheTLayout_PutsTheHeaderOffTheGrid()
    {
        var parts = Parts.Take("OpenBK7231T_QIO_1.18.300.bin", BekenChip.BK7231T, Tuya);
        using var verbs = new TestFolder();
        verbs.Write("boot.bin", parts.Bootloader);
        verbs.Write("app_enc.bin", parts.AppPayload);
        string config = verbs.Write("config.json", """
            { "section": [ { "firmware": "app_enc.bin", "version": "1.00", "partition": "app", "start_addr": 69632, "size": "978944" },
                           { "firmware": "boot.bin", "version": "1.00", "partition": "bootloader", "start_addr": 0, "size": "68K" } ] }
            """);
        verbs.Do("build", "--config", config, "--headers-from", Corpus.PathOf("OpenBK7231T_QIO_1.18.300.bin"), "-o", verbs["qio.bin"]);
        BytesAssert.Equal(parts.Image, verbs.Read("qio.bin"));
    }

    [Theory]
    [InlineData("{ }", "'section'")]
    [InlineData("{ \"section\": [ 5 ] }", "section 0 is no object")]
    [InlineData("{ \"section\": [ { \"firmware\": \"x\", \"partition\": \"app\", \"start_addr\": \"later\", \"size\": 1 } ] }", "'start_addr'")]
    [InlineData("{ \"section\": [ { \"firmware\": \"x\", \"partition\": \"app\", \"start_addr\": 0, \"size\": \"99999M\" } ] }", "'size'")]
    [InlineData("{ \"section\": [ { \"partition\": \"app\", \"start_addr\": 0, \"size\": 1 } ] }", "'firmware'")]
    [InlineData("{ \"section\": [ { \"firmware\": \"x\", \"partition\": \"app\", \"start_addr\": 0, \"size\": 400 } ] }", "no such file")]
    [InlineData("{ \"section\": [ { \"firmware\": \"app.bin\", \"partition\": \"app\", \"start_addr\": 1, \"size\": 400 } ] }", "page boundary")]
    [InlineData("{ \"section\": [ { \"firmware\": \"app.bin\", \"partition\": \"app\", \"start_addr\": 0, \"size\": 103 } ] }", "the section has")]
    public void BuildConfig_OfUnfitJson_SaysWhatIsWrong(string json, string says)
    {
        using var verbs = new TestFolder();
        verbs.Write("app.bin", new byte[64]);
        Assert.Equal(3, verbs.Run("build", "--config", verbs.Write("config.json", json), "-o", verbs["out.bin"]));
        Assert.Contains(says, verbs.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(verbs["out.bin"]));
    }

    // The synthetic firmware is put together by other code than the library's.
    [Fact]
    public void BuildQio_OfASyntheticDevice_CanBeCheckedAndBoots()
    {
        var device = SyntheticImage.ObkNFirmware();
        using var verbs = new TestFolder();
        string app = verbs.Write("app.bin", device.App), plain = verbs.Write("boot.bin", device.PlainBootloader());
        string[] build = ["build", "qio", "--chip", "BK7231N", "--app", app, "--key", "tuya", "--timestamp", "5"];
        verbs.Do([.. build, "--bootloader", plain, "-o", verbs["a.bin"]]);
        verbs.Do([.. build, "--bootloader", verbs.Write("enc.bin", device.StoredBootloader()), "-o", verbs["b.bin"]]);
        BytesAssert.Equal(verbs.Read("a.bin"), verbs.Read("b.bin"));
        verbs.Do("verify", verbs["a.bin"]);
        var headers = FlashImage.Parse(verbs.Read("a.bin")).Containers.Select(container => (container.Header.Name, container.Header.Version, container.Header.Timestamp));
        Assert.Equal([("bootloader", "1.00", 5u), ("app", "1.00", 5u)], headers);
        Assert.Equal(4, verbs.Run([.. build, "--bootloader", plain, "-o", plain, "--force"]));
        Assert.Equal(3, verbs.Run([.. build, "--bootloader", app, "-o", verbs["c.bin"]]));
        Assert.Contains("boot.bin", RunWithWrongKey(), StringComparison.Ordinal);

        string RunWithWrongKey()
        {
            verbs.Write("boot.bin", device.StoredBootloader());
            Assert.Equal(3, verbs.Run("build", "qio", "--chip", "BK7231N", "--app", app, "--bootloader", plain, "--key", "uascent", "-o", verbs["c.bin"]));
            return verbs.Error;
        }
    }

    [Fact]
    public void BuildUa_OfWhatIsNoPlainApp_IsRefusedOrWarnsWhereItIsNothingKnown()
    {
        using var verbs = new TestFolder();
        string pages = verbs.Write("pages.bin", SyntheticImage.ObkNFirmware().AppPages());
        Assert.Equal(3, verbs.Run("build", "ua", "--chip", "BK7231N", "--app", pages, "--key", "tuya", "-o", verbs["ua.bin"]));
        Assert.Contains("pages.bin: BKI8008", verbs.Error, StringComparison.Ordinal);
        string noise = verbs.Write("noise.bin", SyntheticPrograms.Noise(0x2000, 3));
        verbs.Do("build", "ua", "--chip", "BK7231N", "--app", noise, "--key", "tuya", "-o", verbs["ua.bin"]);
        Assert.Contains("BKI2205", verbs.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build", "-o", "x")]
    [InlineData("build", "rbl", "-o", "x")]
    [InlineData("build", "qio", "--chip", "BK7231N", "--app", "a", "--key", "zero", "-o", "x")]
    [InlineData("build", "ua", "--chip", "BK7231N", "--app", "a", "-o", "x")]
    [InlineData("build", "ua", "--chip", "BK7231N", "--key", "zero", "-o", "x")]
    [InlineData("build", "ua", "--app", "a", "--key", "zero", "-o", "x")]
    [InlineData("build", "ua", "--chip", "BK7231N", "--app", "a", "--bootloader", "b", "--key", "zero", "-o", "x")]
    [InlineData("build", "--config", "c", "--key", "zero", "-o", "x")]
    [InlineData("build", "ua", "--chip", "BK7231N", "--app", "a", "--key", "zero", "--timestamp", "5000000000", "-o", "x")]
    public void Build_WithOptionsThatDoNotGoTogether_IsWrongUsage(params string[] arguments)
    {
        using var verbs = new TestFolder();
        Assert.Equal(2, verbs.Run(arguments.Select(argument => argument is "x" or "a" or "b" or "c" ? Existing(argument) : argument).ToArray()));

        string Existing(string name) => name == "x" ? verbs[name] : verbs.Write(name, new byte[64]);
    }
}
