using BekenImage.Crypto;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Uf2;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Documents.Tests.Support;

/// <summary>Synthetic images that between them have everything a document can say, parsed once.</summary>
internal static class Samples
{
    public const string Parameters =
        "{rl1_pin:5,rl1_lv:1,bt1_pin:10,bt1_lv:0,iicscl:24,iicsda:26,iicr:1,iicg:2,iicb:0,ehccur:3,iicccur:9,campere:50,ehwcur:4," +
        "module:CBU,auth_key:abcdef,}";

    private static readonly Lazy<FlashImage> LazyTuyaN = new(() => FlashImage.Parse(SyntheticImage.TuyaNDevice().Dump()));
    private static readonly Lazy<FlashImage> LazyObkN = new(() => FlashImage.Parse(SyntheticImage.ObkNFirmware().Qio()));
    private static readonly Lazy<FlashImage> LazyObkDevice = new(() => FlashImage.Parse(ObkDeviceBytes()));
    private static readonly Lazy<FlashImage> LazySecrets = new(() => FlashImage.Parse(DataImages.Full()));
    private static readonly Lazy<FlashImage> LazyWired = new(() => FlashImage.Parse(WiredBytes()));
    private static readonly Lazy<FlashImage> LazyPackage = new(() => FlashImage.Parse(OtaWriter.Pack(SyntheticImage.ObkNFirmware().App)));

    public static FlashImage TuyaN => LazyTuyaN.Value;

    public static FlashImage ObkN => LazyObkN.Value;

    /// <summary>An N device that runs OpenBeken, with configuration and files.</summary>
    public static FlashImage ObkDevice => LazyObkDevice.Value;

    /// <summary>A chip with every kind of secret.</summary>
    public static FlashImage Secrets => LazySecrets.Value;

    /// <summary>A Tuya device whose storage holds a <c>user_param_key</c>.</summary>
    public static FlashImage Wired => LazyWired.Value;

    public static FlashImage Package => LazyPackage.Value;

    /// <summary>A UF2 file with an update package and the packed app of the same build.</summary>
    public static Uf2Package Uf2 => Uf2Package.TryRead(Uf2Bytes(), out var package) ? package : throw new InvalidOperationException();

    public static FlashImage Uf2File { get; } = FlashImage.Parse(Uf2Bytes());

    /// <summary>A zip file with two images and a text.</summary>
    public static FlashImage Archive { get; } = FlashImage.Parse(SyntheticArchive.Zip(
        ("a.bin", SyntheticImage.ObkNFirmware().Qio()), ("b.bin", SyntheticImage.ObkTFirmware().Qio()), ("readme.txt", [65, 66])));

    /// <summary>A zip file with one image.</summary>
    public static FlashImage Zip { get; } = FlashImage.Parse(SyntheticArchive.Zip(("a.bin", SyntheticImage.TuyaNDevice().Dump())));

    /// <summary>A BK7236 under an AES key of its own.</summary>
    public static FlashImage Armino { get; } = FlashImage.Parse(ArminoBytes(), new FlashImageOptions { AesKey = new AesFlashKey(ArminoKey()) });

    public static FlashImage Garbage { get; } = FlashImage.Parse(new byte[] { 1, 2, 3 });

    public static FlashImage Blank { get; } = FlashImage.Parse(Enumerable.Repeat((byte)0xFF, 0x200000).ToArray());

    public static CombinePlan Combined(CombineOptions? options = null) => new ImageCombiner(TuyaN, ObkN, options).Plan();

    /// <summary>Every document of an image that it has what for: the name of its schema, and its text.</summary>
    public static IEnumerable<(string Schema, string Json)> DocumentsOf(FlashImage image)
    {
        foreach (bool indented in new[] { true, false })
        {
            yield return ("inspect", ImageDocuments.Inspect(image, "name.bin", showSecrets: indented, indented));
            yield return ("verify", ImageDocuments.Verify(image, "name.bin", indented: indented));
        }
        yield return ("lint", ImageDocuments.Lint(image, "firmware.bin", image, "dump.bin"));
        yield return ("lint", ImageDocuments.Lint(FirmwareLinter.Lint(image, BekenChip.BK7231N, BekenKey.Tuya), "firmware.bin"));
        yield return ("split", ImageDocuments.Split(ImageSplitter.Split(image), "name.bin"));
        yield return ("split", ImageDocuments.Split(ImageSplitter.Split(image), "name.bin", showSecrets: false));
        yield return ("normalize", ImageDocuments.Normalize(ImageNormalizer.Normalize(image), "name.bin", "out.bin"));
        yield return ("key recover", ImageDocuments.RecoverKey(image.RecoverKey(), "name.bin"));
        if (image.Fal is not null)
            yield return ("fal show", ImageDocuments.PartitionTable(image, "name.bin"));
        if (image.Rf is not null)
            yield return ("rf show", ImageDocuments.RfTables(image, "name.bin"));
        if (image.ObkConfig is not null)
        {
            yield return ("obk show", ImageDocuments.ObkConfig(image, "name.bin"));
            yield return ("obk template", ImageDocuments.ObkTemplate(image, "name.bin"));
            yield return ("device template", DeviceTemplates.FromConfig(image));
        }
        if (!image.TuyaContents.IsEmpty || image.UserParameters.Any())
        {
            yield return ("tuya show", ImageDocuments.Tuya(image, "name.bin"));
            yield return ("tuya show", ImageDocuments.Tuya(image, "name.bin", showSecrets: true));
            yield return ("tuya template", ImageDocuments.TuyaAsObk(image, "name.bin"));
            yield return ("device template", DeviceTemplates.FromTuya(image));
        }
        if (image.TuyaStorage is not null)
            yield return ("extract", ImageDocuments.TuyaValues(image, "name.bin", showSecrets: true));
        if (image.LittleFs is not null)
            yield return ("fs list", ImageDocuments.LittleFs(image, "name.bin"));
        if (image.UpdatePackage is { } package && image.Containers.Any(container =>
            !container.IsStriped && container.Offset == package.Offset))
            yield return ("ota info", ImageDocuments.UpdatePackage(image, "name.bin"));
    }

    public static byte[] ArminoKey() => Enumerable.Range(0, 32).Select(i => (byte)(i * 7 + 3)).ToArray();

    private static byte[] ArminoBytes() => SyntheticArmino.Linear(
        ArminoKey(), (0, SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236)), (SyntheticArmino.AppOffset, SyntheticArmino.Program(0x4000, 0x10000, 2)));

    private static byte[] Uf2Bytes() => Uf2Builder.Build(
        BekenChip.BK7231N, "generic-bk7231n-qfn32-tuya", Uf2Writer.Describe("generic-bk7231n-qfn32-tuya", "openbeken", "1.18.300", 1700000000),
        [Uf2Builder.PartOf(Package, BekenChip.BK7231N), Uf2Builder.PartOf(ObkN, BekenChip.BK7231N)]);

    private static byte[] ObkDeviceBytes()
    {
        byte[] dump = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, "OpenBK7231N_1.17.100") }
            .WithRf(0x1D0000).WithConfig(0x1D1000, "backlog led_enableAll 1; it's \u0001").Dump();
        return FlashImage.Parse(dump).Edit().EditFiles([LittleFsEntry.File("autoexec.bat", "echo 1"u8.ToArray()),
            LittleFsEntry.File("www/index.html", [60, 62])]).ToArray();
    }

    private static byte[] WiredBytes()
    {
        byte[] text = TuyaImages.Text(Parameters);
        byte[] image = TuyaImages.Chip(TuyaImages.Block(0, 1)
            .Index(1, "user_param_key", text, (0, 2, 3)).Data(2, text));
        RfTestData.CompleteTable().CopyTo(image, 0x1D0000);
        return image;
    }
}
