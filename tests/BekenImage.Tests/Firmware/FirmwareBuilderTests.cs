using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using static BekenImage.Tests.Programs.BuildTestData;

namespace BekenImage.Tests.Firmware;

public class FirmwareBuilderTests
{
    [Theory]
    [InlineData("OpenBK7238_QIO_1.18.300.bin", BekenChip.BK7238, 65280)]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin", BekenChip.BK7231N, 0x11000)]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin", BekenChip.BK7231M, 0x11000)]
    [InlineData("OpenBK7231T_QIO_1.18.300.bin", BekenChip.BK7231T, 0x11000)]
    public void BuildQio_OfAPublishedImagesParts_GivesTheImage(string file, BekenChip chip, int bootloaderLength)
    {
        byte[] image = Corpus.Read(file);
        var (bootHeader, bootloader) = TakeSection(image, 0, bootloaderLength);
        var (appHeader, payload) = TakeSection(image, 0x11000, image.Length - 0x11000);
        var recipe = FirmwareRecipe.For(chip)!;
        byte[] app = recipe.RecoverApp(payload, recipe.DefaultKey);
        Assert.Equal(payload.Length - 16, app.Length);
        Assert.Empty(FirmwareBuilder.CheckApp(app));

        var kept = new FirmwareBuildOptions { AppHeader = appHeader, BootloaderHeader = bootHeader };
        BytesAssert.Equal(image, new FirmwareBuilder(chip, kept).BuildQio(bootloader, app));

        // Without the headers: all but the junk in them, and the header CRCs that cover it. The SDK's packager leaves none.
        var made = new FirmwareBuildOptions
        {
            AppTimestamp = appHeader.Timestamp, AppVersion = appHeader.Version,
            BootloaderTimestamp = bootHeader.Timestamp, BootloaderVersion = bootHeader.Version,
        };
        byte[] built = new FirmwareBuilder(chip, made).BuildQio(bootloader, app);
        if (bootloaderLength == 65280)
            BytesAssert.Equal(image, built);
        int bootHeaderAt = bootloaderLength - 102, appHeaderAt = image.Length - 102;
        BytesAssert.Equal(image.AsSpan(0, bootHeaderAt), built.AsSpan(0, bootHeaderAt));
        BytesAssert.Equal(image.AsSpan(bootloaderLength, appHeaderAt - bootloaderLength), built.AsSpan(bootloaderLength, appHeaderAt - bootloaderLength));
        CheckSameButJunk(bootHeader, TakeSection(built, 0, bootloaderLength).Header);
        CheckSameButJunk(appHeader, TakeSection(built, 0x11000, image.Length - 0x11000).Header);

        // And of the bootloader as a plain file, or deciphered as a whole with its table.
        byte[] plain = BootloaderPayload.FromFile(bootloader, recipe.DefaultKey).Decipher();
        byte[] whole = Apply(bootloader, recipe.DefaultKey, 0);
        BytesAssert.Equal(image, new FirmwareBuilder(chip, kept).BuildQio(whole, app));
        if (chip != BekenChip.BK7231T)
            BytesAssert.Equal(image, new FirmwareBuilder(chip, kept).BuildQio(plain, app));

        BytesAssert.Equal(image.AsSpan(0x11000), new FirmwareBuilder(chip, kept).BuildUa(app));
        byte[] pages = new FirmwareBuilder(chip, kept).BuildApp(app);
        BytesAssert.Equal(image.AsSpan(0x11000, pages.Length), pages);
        Assert.Equal((payload.Length + 31) / 32 * 34, pages.Length);
    }

    // The enciphered T bootloader went through "encrypt" up to its table: without the filling and the 16 bytes that added, it is the plain file.
    [Fact]
    public void BuildQio_OfAPlainTBootloader_EnciphersItAsTheVendorDoes()
    {
        byte[] image = Corpus.Read("OpenBK7231T_QIO_1.18.300.bin");
        var (_, stored) = TakeSection(image, 0, 0x11000);
        int table = stored.Length - 192;
        byte[] code = Apply(stored.AsSpan(0, table).ToArray(), BekenKey.Tuya, 0);
        const int CodeLength = 56356; // formats document, 6.2
        byte[] plain = [.. code.AsSpan(0, CodeLength), .. stored.AsSpan(table)];
        BytesAssert.Equal(stored, BootloaderPayload.FromFile(plain, BekenKey.Tuya).Stored.Span);
    }

    [Theory]
    [InlineData(BekenChip.BK7231T, 0x100000, "1.00")]
    [InlineData(BekenChip.BK7231N, 0x129F70, "1.00")]
    [InlineData(BekenChip.BK7231M, 0x129F70, "1.00")]
    [InlineData(BekenChip.BK7231Q, 0x132000, "1.00")]
    [InlineData(BekenChip.BK7231U, 0x132000, "2M.1220")]
    [InlineData(BekenChip.BK7238, 0x132000, "2M.1220")]
    [InlineData(BekenChip.BK7252, 0x132000, "2M.1220")]
    [InlineData(BekenChip.BK7252N, 0x132000, "2M.1220")]
    [InlineData(BekenChip.BL2028N, 0x132000, "2M.1220")]
    public void BuildQio_OfEveryChip_CanBeTakenApart(BekenChip chip, int length, string version)
    {
        byte[] app = AppFor(chip, 100_001), bootloader = Bootloader(5000, withMarker: chip == BekenChip.BK7231N);
        var recipe = FirmwareRecipe.For(chip)!;
        foreach (var key in (BekenKey[])[recipe.DefaultKey, BekenKey.Tuya, BekenKey.Zero])
        {
            var builder = new FirmwareBuilder(chip, new FirmwareBuildOptions { Key = key, AppTimestamp = 5, BootloaderTimestamp = 6 });
            byte[] image = builder.BuildQio(bootloader, app);
            Assert.Equal(length, image.Length);
            BytesAssert.Equal(image, builder.BuildQio(bootloader, app));

            var (bootHeader, bootPayload) = TakeSection(image, 0, recipe.BootloaderLength);
            Assert.Equal(("bootloader", version, 6u), (bootHeader.Name, bootHeader.Version, bootHeader.Timestamp));
            Assert.True(bootHeader.HeaderCrcOk && RblChecks.PayloadCrcOk(bootHeader, bootPayload) && RblChecks.PayloadHashOk(bootHeader, bootPayload));
            Assert.True(BootloaderPayload.TryRead(bootPayload, key, out var read));
            Assert.Equal(3, read!.Fal.Partitions.Count);
            BytesAssert.Equal(bootloader.AsSpan(0, 5000), read.Decipher().AsSpan(0, 5000));

            var (appHeader, payload) = TakeSection(image, 0x11000, recipe.AppLength);
            Assert.Equal(("app", version, 5u), (appHeader.Name, appHeader.Version, appHeader.Timestamp));
            Assert.True(appHeader.HeaderCrcOk && RblChecks.PayloadCrcOk(appHeader, payload) && RblChecks.PayloadHashOk(appHeader, payload));
            BytesAssert.Equal(app, Apply(payload, key, 0x10000).AsSpan(0, app.Length));
            byte[] recovered = recipe.RecoverApp(payload, key);
            BytesAssert.Equal(app, recovered.AsSpan(0, app.Length));
            BytesAssert.Equal(payload, recipe.MakeAppPayload(recovered, key));
        }
    }

    [Theory]
    [InlineData(4095, 4127)]
    [InlineData(4096, 4128)]
    [InlineData(4097, 4097)]
    [InlineData(4064, 4064)]
    [InlineData(4065, 4097)]
    [InlineData(0, 32)]
    public void MakeAppPayload_ForT_MovesTheEndOutOfASectorsLastBytes(int length, int expected)
    {
        var recipe = FirmwareRecipe.For(BekenChip.BK7231T)!;
        byte[] app = App(length);
        byte[] padded = new byte[expected];
        app.CopyTo(padded, 0);
        byte[] payload = recipe.MakeAppPayload(app, BekenKey.Tuya);
        BytesAssert.Equal(VendorEncrypt.Encrypt(padded, BekenKey.Tuya, 0x10000), payload);
        BytesAssert.Equal(payload, recipe.MakeAppPayload(recipe.RecoverApp(payload, BekenKey.Tuya), BekenKey.Tuya));
    }

    [Fact]
    public void Build_OfWhatDoesNotFit_IsRefused()
    {
        var options = new FirmwareBuildOptions { AppLength = 34 * 10 + 102 };
        var builder = new FirmwareBuilder(BekenChip.BK7231Q, options);
        Assert.Equal(34 * 10 + 102, builder.BuildUa(App(320)).Length);
        Assert.Equal(FindingCode.RblSizes, Assert.Throws<BekenImageException>(() => builder.BuildUa(App(321))).Code);
        options.AppLength = -1;
        Assert.Equal(FindingCode.BuildSections, Assert.Throws<BekenImageException>(() => builder.BuildUa(App(320))).Code);
        options.AppLength = 10;
        Assert.Equal(FindingCode.RblSizes, Assert.Throws<BekenImageException>(() => builder.BuildUa(App(320))).Code);
        options.BootloaderLength = 0x11000 + 34;
        options.AppLength = 1000;
        Assert.Equal(FindingCode.BuildSections, Assert.Throws<BekenImageException>(() => builder.BuildQio(Bootloader(3000), App(320))).Code);
        Assert.Equal(FindingCode.BuildNoRecipe, Assert.Throws<BekenImageException>(() => new FirmwareBuilder(BekenChip.Unknown)).Code);
        Assert.Throws<ArgumentNullException>(() => builder.BuildUa(null!));
    }

    [Fact]
    public void Compose_OfSectionsInAnyOrder_FillsBetweenThem()
    {
        var first = new FirmwareSection("one", "1", 1, 0, 340, App(64));
        var second = new FirmwareSection("two", "2", 2, 680, 340, App(64));
        byte[] image = FirmwareSection.Compose([second, first]);
        Assert.Equal(1020, image.Length);
        BytesAssert.Equal(first.ToArray(), image.AsSpan(0, 340));
        Assert.All(image.Skip(340).Take(340), value => Assert.Equal(0xFF, value));
        BytesAssert.Equal(second.ToArray(), image.AsSpan(680));
        Assert.Empty(FirmwareSection.Compose([]));
        Assert.Equal(FindingCode.BuildSections, Assert.Throws<BekenImageException>(() => new FirmwareSection("x", "", 0, 33, 340, [])).Code);
        Assert.Equal(FindingCode.BuildSections, Assert.Throws<BekenImageException>(() => new FirmwareSection("x", "", 0, long.MaxValue - 1, 340, [])).Code);
    }

    [Fact]
    public void CheckApp_OfOtherFiles_SaysWhatTheyAre()
    {
        byte[] app = App(6400);
        Assert.Empty(FirmwareBuilder.CheckApp(app));
        Assert.Equal(FindingCode.BuildAppEnciphered, Assert.Single(FirmwareBuilder.CheckApp(VendorEncrypt.Encrypt(app, BekenKey.Tuya, 0x10000))).Code);
        Assert.Equal(FindingCode.BuildAppPaged, Assert.Single(FirmwareBuilder.CheckApp(RblWriter.ToPages(app))).Code);
        Assert.Equal(FindingCode.BuildAppUnfit, Assert.Single(FirmwareBuilder.CheckApp(Bootloader(3000))).Code);
        Assert.Equal(FindingCode.BuildAppUnfit, Assert.Single(FirmwareBuilder.CheckApp([])).Code);
        Assert.Empty(FirmwareBuilder.CheckApp(Corpus.ReadVector("app.bin").AsSpan(0, 32).ToArray()));
    }

    private static void CheckSameButJunk(RblHeader expected, RblHeader actual)
    {
        Assert.True(actual.HeaderCrcOk);
        Assert.Equal(
            (expected.Algorithm, expected.Timestamp, expected.Name, expected.Version, expected.PayloadCrc, expected.PayloadHash, expected.RawSize, expected.PackageSize),
            (actual.Algorithm, actual.Timestamp, actual.Name, actual.Version, actual.PayloadCrc, actual.PayloadHash, actual.RawSize, actual.PackageSize));
        BytesAssert.Equal(expected.Bytes.Span.Slice(0x34, 24), actual.Bytes.Span.Slice(0x34, 24));
    }
}
