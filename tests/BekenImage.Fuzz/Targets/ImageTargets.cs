using BekenImage.Crypto;
using BekenImage.Documents;
using BekenImage.Formats.Fal;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Obk;
using BekenImage.Fuzz.Engine;
using BekenImage.Report;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Fuzz.Targets;

/// <summary>Whole images, and everything that is done with them. The seeds are as small as an image with these parts can be.</summary>
internal static class ImageTargets
{
    private const int Longest = 0x20000;

    private static readonly Lazy<byte[]> LazySmall = new(() => Make(SyntheticKey.Zero));
    private static readonly Lazy<byte[]> LazyKeyed = new(() => Make(SyntheticKey.Tuya));
    private static readonly Lazy<FlashImage> Device = new(() => FlashImage.Parse(SyntheticImages.TuyaN));
    private static readonly Lazy<FlashImage> SmallImage = new(() => FlashImage.Parse(Small));

    /// <summary>A bootloader, an app of a few pages, a configuration, calibration and an update package in 112 KiB.</summary>
    public static byte[] Small => LazySmall.Value;

    public static IEnumerable<IFuzzTarget> All =>
    [
        Image("image/parse", Read, 20),
        Image("image/key", input => Promise.Answered(() => Walk.Everything(FlashImage.Parse(input).RecoverKey())), 8),
        Image("image/split", Split, 8),
        Image("image/map", input => Walk.Everything(FlashMap.Of(FlashImage.Parse(input)).Strip(64)), 8),
        Image("image/lint", input => Walk.Everything(FirmwareLinter.Lint(FlashImage.Parse(input), Device.Value)), 8),
        Image("image/diff", Diff, 8),
        Image("image/sanitize", Sanitize, 8),
        Image("image/normalize", Normalize, 8),
        Image("image/plan", Plan, 6),
        Image("image/combine", Combine, 6),
        Image("image/documents", Document, 6),
        Image("image/report", Report, 4),
        Image("image/boot", input => Promise.Answered(() => Walk.Everything(ImageBooter.Boot(FlashImage.Parse(input)))), 2),
        Image("image/doctor", input => Promise.Answered(() => Walk.Everything(ImageDoctor.Examine(FlashImage.Parse(input)))), 4),
        new FuzzTarget("image/edit", () => [SyntheticPrograms.Noise(100, 1), [3, 7, .. "mqttHost"u8, 3, .. "abc"u8], [0, 1]], input => Edits(Device.Value, input), typeof(ImageDraft))
            { MaximumLength = 0x400, ShortRuns = 8, Cost = (256 << 20, 64) },
        new FuzzTarget("image/edit-small", () => [SyntheticPrograms.Noise(100, 1), [3, 7, .. "mqttHost"u8, 3, .. "abc"u8], [0, 1]], input => Edits(SmallImage.Value, input), typeof(ImageDraft))
            { MaximumLength = 0x400, ShortRuns = 30, Cost = (64 << 20, 64) },
        new FuzzTarget("image/firmware", () => [SyntheticPrograms.App(0x800, SyntheticImage.ObkN)], Firmware, typeof(FirmwareBuilder))
            { ShortRuns = 8, Cost = (64 << 20, 64) },
    ];

    private static FuzzTarget Image(string name, Action<ReadOnlyMemory<byte>> run, int runs) =>
        new(name, () => [Small, LazyKeyed.Value, .. Pieces()], run, typeof(FlashImage))
        {
            MaximumLength = Longest, ShortRuns = runs, Cost = (96 << 20, 64), Sealing = Seal,
            Words = FuzzTarget.Texts("RBL\0", "01PE", "CFG", "TLV\0", "BK7231", "OpenBK7231N_1.18.300", "BKDLV10.", "littlefs", "EF40", "tuya", "UF2\n"),
        };

    // What a file may be other than a whole image.
    private static IEnumerable<byte[]> Pieces() =>
    [
        PlainFormats.UpdatePackage(SyntheticPrograms.App(0x400, SyntheticImage.ObkN)), PlainFormats.Pages(SyntheticPrograms.App(0x800, SyntheticImage.ObkN)),
        SyntheticPrograms.App(0x800, SyntheticImage.ObkN), RfTestData.Sector(RfTestData.CompleteTable()), ObkTestData.Sector(ObkTestData.Minimal()),
        SyntheticArmino.Pages(SyntheticArmino.App(0x1000, 3, "OpenBK7236_1.18.300")),
    ];

    private static byte[] Make(SyntheticKey key)
    {
        byte[] table = [.. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, true),
            .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x2000, true), .. PlainFormats.FalEntry("download", "beken_onchip", 0x14000, 0x2000, true)];
        byte[] app = PlainFormats.Cipher(key, 0x10000, SyntheticPrograms.App(0x1875, SyntheticImage.ObkN));
        byte[] image = [.. Enumerable.Repeat((byte)0xFF, 0x1C000)];
        new SyntheticImage { Key = key, Table = table }.BootContainer().CopyTo(image, 0);
        PlainFormats.Container(app, PlainFormats.Header(app, "app", "1", 1), 0x2200).CopyTo(image, 0x11000);
        PlainFormats.UpdatePackage(SyntheticPrograms.App(0x800, "x")).CopyTo(image, 0x14000);
        LittleFsWriter.Create(0x2000, [LittleFsEntry.File("a.txt", "password=abcdef"u8.ToArray())]).CopyTo(image, 0x16000);
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(image, 0x18000);
        ObkTestData.Sector(DataImages.ObkConfig()).CopyTo(image, 0x19000);
        return image;
    }

    // Pages of the two programs, and the areas behind them; where a length was changed the places are others, and nothing is sealed there.
    private static void Seal(byte[] bytes)
    {
        var span = bytes.AsSpan();
        Seals.Pages(span[..Math.Min(span.Length, 0x13200)]);
        if (span.Length <= 0x1A000)
            return;
        Seals.Rbl(span[0x14000..0x16000]);
        Seals.LittleFs(span[0x16000..0x18000]);
        if (span[0x19000..].StartsWith("CFG"u8))
            Seals.Obk(span[0x19000..0x1A000]);
    }

    private static void Read(ReadOnlyMemory<byte> input)
    {
        var image = FlashImage.Parse(input);
        Walk.Everything(image);
        foreach (var partition in image.Partitions)
            Promise.Answered(() => _ = (image.Decode(partition).Length, image.Extract(partition).Length));
        Walk.Everything(ImageVerifier.Verify(image));
        Walk.Everything(image.TuyaContents);
        Promise.Holds(image.Source.Span.SequenceEqual(input.Span), "an image is not its bytes");
        Promise.Answered(() => image.UnpackUpdate());
        Promise.Answered(() => image.OpenPackage());
    }

    private static void Split(ReadOnlyMemory<byte> input)
    {
        var split = ImageSplitter.Split(FlashImage.Parse(input));
        Promise.Same(input.Span, ImageMerger.Merge(split.Manifest, name => split.Contents[name]), "Merge of Split");
        var read = InputDocuments.ParseSplitManifest(ImageDocuments.Split(split, "x"));
        Promise.Same(input.Span, ImageMerger.Merge(read, name => split.Contents[name]), "Merge of a manifest that was written and read");
    }

    private static void Diff(ReadOnlyMemory<byte> input)
    {
        var image = FlashImage.Parse(input);
        Walk.Everything(ImageDiffer.Compare(image, SmallImage.Value));
        Promise.Holds(ImageDiffer.Compare(image, image).IsIdentical, "an image differs from itself");
    }

    private static void Sanitize(ReadOnlyMemory<byte> input)
    {
        var image = FlashImage.Parse(input);
        Walk.Everything(ImageSecrets.Find(image));
        Promise.Answered(() =>
        {
            byte[] once = image.Edit().Sanitize().ToArray();
            Promise.Holds(once.Length == input.Length, "Sanitize changes the length");
            Promise.Answered(() => Promise.Same(once, FlashImage.Parse(once).Edit().Sanitize().ToArray(), "Sanitize of what was sanitized"));
        });
    }

    private static void Normalize(ReadOnlyMemory<byte> input) => Promise.Answered(() =>
    {
        var normalized = ImageNormalizer.Normalize(FlashImage.Parse(input));
        Walk.Everything(normalized);
    });

    private static void Plan(ReadOnlyMemory<byte> input) => Promise.Answered(() =>
    {
        var plan = FlashPlanner.Plan(SmallImage.Value, FlashImage.Parse(input), new FlashPlanOptions { IncludeBootloader = true, AllowOtherCalibration = true });
        Walk.Everything(plan.Findings);
        Walk.Everything(plan.Steps);
        Walk.Everything(plan.Kept);
    });

    private static void Combine(ReadOnlyMemory<byte> input) => Promise.Answered(() =>
    {
        var plan = new ImageCombiner(Device.Value, FlashImage.Parse(input)).Plan();
        Walk.Everything(plan.Findings);
        Walk.Everything(plan.Regions);
        if (plan.CanBuild)
            Promise.Holds(plan.ToArray().Length == plan.Output.Length, "an image of another length than planned");
    });

    private static void Document(ReadOnlyMemory<byte> input)
    {
        var image = FlashImage.Parse(input);
        _ = (ImageDocuments.Inspect(image, "x", showSecrets: true).Length, ImageDocuments.Verify(image, "x").Length);
        foreach (var write in new Func<string>[]
        {
            () => ImageDocuments.RfTables(image, "x"), () => ImageDocuments.ObkConfig(image, "x"), () => ImageDocuments.PartitionTable(image, "x"),
            () => ImageDocuments.LittleFs(image, "x"), () => ImageDocuments.Tuya(image, "x"), () => ImageDocuments.UpdatePackage(image, "x"),
            () => DeviceTemplates.FromConfig(image), () => DeviceTemplates.FromTuya(image),
        })
        {
            Promise.Answered(() => _ = write().Length);
        }
    }

    private static void Report(ReadOnlyMemory<byte> input) =>
        Promise.Answered(() => Promise.Holds(ImageReport.Html(FlashImage.Parse(input), "x", new ReportOptions { RunBootloader = false }).Contains("</html>", StringComparison.Ordinal), "a page without an end"));

    // Any edits in any order: each is made or refused, the bytes outside what it lists stay, and the result can be read.
    private static void Edits(FlashImage image, ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        var draft = image.Edit();
        for (int i = 0; i < 4 && !data.IsEmpty; i++)
        {
            int kind = data.Below(12);
            string name = data.Bool() ? data.Ascii(24) : ObkFields.All[data.Byte() % ObkFields.All.Count].Name, text = data.Text(40);
            byte[] bytes = data.Bytes(300);
            uint first = data.Word(), second = data.Word();
            Promise.Answered(() => Edit(draft, kind, name, text, bytes, first, second));
        }
        byte[] result = draft.ToArray();
        Promise.Holds(result.Length == image.Length, "an edit changes the length");
        byte[] before = image.Bytes.ToArray();
        foreach (var change in draft.Changes)
            result.AsSpan((int)change.Range.Start, (int)change.Range.Length).CopyTo(before.AsSpan((int)change.Range.Start));
        Promise.Same(before, result, "a byte outside the listed changes");
        Promise.Same(draft.ToImage().Bytes.Span, FlashImage.Parse(result).Bytes.Span, "ToImage is not ToArray");
    }

    private static void Edit(ImageDraft draft, int kind, string name, string text, byte[] bytes, uint first, uint second)
    {
        switch (kind)
        {
            case 0:
                draft.SetMac(new MacAddress([(byte)first, (byte)(first >> 8), (byte)(first >> 16), (byte)second, (byte)(second >> 8), (byte)(second >> 16)]));
                break;
            case 1 or 2:
                draft.SetObk(name, text);
                break;
            case 3:
                draft.SetTuya(name, text);
                break;
            case 4 when FlashRange.TryCreate(first & 0x1FFFFF, Math.Min(second & 0xFFFF, (uint)bytes.Length), int.MaxValue, out var range):
                draft.Put(range, bytes);
                break;
            case 5:
                draft.AddFile(text, bytes);
                break;
            case 6:
                draft.RemoveFile(text);
                break;
            case 7:
                draft.SetPartitionTable([new FalPartition("bootloader", "beken_onchip_crc", 0, 0x10000), new FalPartition("app", "beken_onchip_crc", first & 0x1FFFFF, second & 0x1FFFFF)]);
                break;
            case 8:
                draft.Rekey(new BekenKey(first, second, first ^ second, second & 0xFFFFFF));
                break;
            case 9:
                draft.Sanitize();
                break;
            case 10:
                draft.Put(first % 2 == 0 ? "app" : "rf", bytes, second % 2 == 0);
                break;
            default:
                draft.Normalize();
                break;
        }
    }

    private static void Firmware(ReadOnlyMemory<byte> input) => Promise.Answered(() =>
    {
        byte[] app = input.ToArray();
        foreach (var chip in new[] { BekenChip.BK7231N, BekenChip.BK7231T })
        {
            var builder = new FirmwareBuilder(chip);
            var built = FlashImage.Parse(builder.BuildUa(app));
            Walk.Everything(built.Containers);
        }
    });
}
