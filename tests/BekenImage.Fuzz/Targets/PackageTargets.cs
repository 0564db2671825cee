using BekenImage.Formats.Download;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ua;
using BekenImage.Formats.Uf2;
using BekenImage.Formats.Ug;
using BekenImage.Fuzz.Engine;
using BekenImage.IO;
using BekenImage.Tests.Formats.Rbl;
using BekenImage.Tests.Formats.Uf2;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Fuzz.Targets;

/// <summary>What firmware travels in.</summary>
internal static class PackageTargets
{
    private static readonly byte[] Small = OtaTestData.Compressible(600);
    private static readonly OtaUnpackOptions Limited = new() { MaximumLength = 1 << 20 };

    public static IEnumerable<IFuzzTarget> All =>
    [
        new FuzzTarget("rbl/header", () => [OtaTestData.Package(0, Small, Small)], Header, typeof(RblHeader)) { Sealing = b => Seals.Rbl(b), Words = Rbl },
        new FuzzTarget("rbl/package", () => [.. Algorithms.Select(Ota)], Package, typeof(OtaPackage))
            { Sealing = b => Seals.Rbl(b), Words = Rbl, Cost = (4 << 20, 64) },
        new FuzzTarget("rbl/pair", () => [[0, .. Small], [1, 3, 5, .. Small]], RblPair, typeof(OtaWriter), typeof(RblWriter)) { ShortRuns = 400, Cost = (4 << 20, 64) },
        new FuzzTarget("download/package", () => [Download(DownloadKind.Bl1), Download(DownloadKind.Bkdl)], DownloadFile, typeof(DownloadPackage))
            { Sealing = b => Seals.Download(b), Words = FuzzTarget.Texts("BKDLV10.", "BL1DLV10", "BLXDLV10", "BL2DLV10") },
        new FuzzTarget("download/pack-header", () => [[.. "pack_header\0primary_cpu0_app\0\0\0\01.2.3\0\0\0\u0001\u0003\0\0"u8, .. new byte[52]]], PackedHeader, typeof(PackHeader))
            { Words = FuzzTarget.Texts("pack_header", "primary_cpu0_app", "bl2") },
        new FuzzTarget("download/pair", () => [SyntheticPrograms.Noise(300, 5)], DownloadPair, typeof(DownloadWriter)),
        new FuzzTarget("mcu-update/package", () => [McuUpdate()], McuUpdateFile, typeof(McuUpdatePackage)) { Sealing = b => Seals.McuUpdate(b) },
        new FuzzTarget("mcu-update/overwrite", () => [OverwriteBody.Pack(Small)], Overwrite, typeof(OverwriteBody)) { ShortRuns = 300, Cost = (4 << 20, 256) },
        new FuzzTarget("mcu-update/pair", () => [SyntheticPrograms.Noise(300, 6)], McuUpdatePair, typeof(McuUpdateWriter)) { ShortRuns = 200 },
        new FuzzTarget("ua/package", () => [UaWriter.Pack(Small, new UaTrailer(1, 2, 3, 4, 5, 6))], UaFile, typeof(UaPackage), typeof(UaTrailer), typeof(Diff2YaHeader))
            { Sealing = b => Seals.Ua(b), Words = FuzzTarget.Texts("tuya", "diff2ya") },
        new FuzzTarget("ua/pair", () => [SyntheticPrograms.Noise(120, 7)], UaPair, typeof(UaWriter)),
        new FuzzTarget("ug/package", () => [UgWriter.Pack(Ota(0x100), "1.0.0")], UgFile, typeof(UgPackage), typeof(UgHeader), typeof(UgWriter)) { Sealing = b => Seals.Ug(b), Words = Rbl },
        new FuzzTarget("uf2/package", () => [Uf2File([0x10, 0, 0, .. "download\0"u8]), Uf2File([1, 0x11, 0, .. "app\0"u8])], Uf2, typeof(Uf2Package))
            { Words = [.. Uf2Tags.Select(type => BitConverter.GetBytes(type << 8 | 8)), .. FuzzTarget.Texts("UF2\n", "WQ]\x9E", "app", "download")] },
        new FuzzTarget("uf2/pair", () => [SyntheticPrograms.Noise(400, 8)], Uf2Pair, typeof(Uf2Writer)),
        new FuzzTarget("update/file", () => [Ota(0), UgWriter.Pack(Ota(0x100), "1"), UaWriter.Pack(Small, new UaTrailer(1, 2, 3, 4, 5, 6)), McuUpdate(), Download(DownloadKind.Bl1)],
            Update, typeof(UpdateFile)) { Cost = (40 << 20, 256), ShortRuns = 300 },
    ];

    private static readonly uint[] Algorithms = [0, 0x100, 0x200, 0x300, 2, 0x102];

    private static readonly int[] Uf2Tags =
        [Uf2Tag.PartList, Uf2Tag.PartInfo, Uf2Tag.PartitionTable, Uf2Tag.BinaryPatch, Uf2Tag.Format1, Uf2Tag.Format2, Uf2Tag.Board, Uf2Tag.HasPart1, Uf2Tag.Part1];

    private static IReadOnlyList<byte[]> Rbl => FuzzTarget.Texts("RBL\0", "app", "bootloader", "\x1F\x8B\x08\0", "00010203040506070809", "\x01\x02", "\x02\x01", "\x02\x03");

    public static byte[] Ota(uint algorithm) => OtaWriter.Pack(Small, new OtaPackOptions
    {
        Compression = (RblCompression)(algorithm >> 8), Encryption = (RblEncryption)(algorithm & 0xFF),
    });

    private static void Header(ReadOnlyMemory<byte> input)
    {
        if (!RblHeader.TryRead(input.Span, out var header))
            return;
        Walk.Everything(header);
        Promise.Same(input.Span[..RblHeader.Size], header.Bytes.Span, "a header is not its bytes");
        var payload = input.Span[RblHeader.Size..];
        var described = RblWriter.Describe(header, payload);
        Promise.Holds(described.HeaderCrcOk && described.RawSize == payload.Length, "Describe makes no sound header");
        Promise.Answered(() => Walk.Everything(header.WithTexts("other", header.Version, 5)));
    }

    private static void Package(ReadOnlyMemory<byte> input)
    {
        if (!OtaPackage.TryRead(input, out var package))
            return;
        Walk.Everything(package);
        Promise.Same(input.Span, package.ToArray(), "a package is not its bytes");
        bool opened = package.TryUnpack(Limited, out byte[]? firmware, out var findings);
        Promise.Holds(opened == (firmware is not null), "TryUnpack says one thing and gives another");
        Promise.Holds(opened || findings.Any(finding => finding.Severity == FindingSeverity.Error), "nothing says why a package stays closed");
        if (opened)
            Promise.Holds(firmware!.Length == package.Header.RawSize && Fnv1a.Compute(firmware) == package.Header.PayloadHash, "what was unpacked is not what the header says");
    }

    private static void RblPair(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        var options = new OtaPackOptions
        {
            Compression = (RblCompression)data.Below(4), Encryption = data.Bool() ? RblEncryption.Aes256 : RblEncryption.None, Timestamp = data.Word(),
        };
        string name = data.Text(17), version = data.Text(25);
        byte[] firmware = data.Rest();
        byte[]? packed = null;
        if (!Promise.Answered(() => packed = OtaWriter.Pack(firmware, WithTexts(options, name, version))))
            return;
        Promise.Holds(OtaPackage.TryRead(packed!, out var package), "what Pack makes is no package");
        Promise.Same(firmware, package!.Unpack(), "Unpack of Pack");
        Promise.Same(packed, package.ToArray(), "a package is not its bytes");
        Promise.Holds(package.Header.Timestamp == options.Timestamp && package.Header.HeaderCrcOk && package.PayloadCrcOk == true, "the header is another");
        var header = RblWriter.CreateFlashHeader("app", "1", 1, firmware);
        byte[] section = RblWriter.WriteSection(firmware, header, (firmware.Length / 32 + 1) * 34 + RblHeader.StripedSize);
        Promise.Holds(section.Length == (firmware.Length / 32 + 1) * 34 + RblHeader.StripedSize, "a section has another length");
    }

    private static OtaPackOptions WithTexts(OtaPackOptions options, string name, string version)
    {
        (options.Name, options.Version) = (name, version);
        return options;
    }

    private static byte[] Download(DownloadKind kind) => DownloadWriter.Pack(
        kind, [new DownloadPart(new FlashRange(0x1000, 0x1000), Small[..64]), new DownloadPart(new FlashRange(0x3000, 0x2000), Small[..40])]);

    private static void DownloadFile(ReadOnlyMemory<byte> input)
    {
        if (!DownloadPackage.TryRead(input, out var package))
            return;
        Walk.Everything(package);
        Promise.Same(input.Span, package.ToArray(), "a package is not its bytes");
        Promise.Holds(package.FlashLength <= DownloadPackage.LargestFlash, "a flash larger than any");
        if (package.FlashLength <= 0x10000)
            Promise.Holds(package.ToFlash().Length == package.FlashLength, "a flash of another length");
        Promise.Holds(package.ToFlash(0x1010).Length == 0x1010, "a flash of another length than asked for");
    }

    private static void PackedHeader(ReadOnlyMemory<byte> input)
    {
        if (!PackHeader.TryRead(input.Span, out var header))
            return;
        Walk.Everything(header);
        Promise.Same(input.Span[..header.Bytes.Length], header.Bytes.Span, "a header is not its bytes");
    }

    private static void DownloadPair(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        var kind = (DownloadKind)data.Below(4);
        bool covers = data.Bool();
        var parts = new List<DownloadPart>();
        while (!data.IsEmpty && parts.Count < 300)
            parts.Add(new DownloadPart(new FlashRange(data.Word() & 0x1FFFFFF, data.Word() & 0xFFFFFF), data.Bytes(200), data.Half()));
        byte[]? packed = null;
        if (!Promise.Answered(() => packed = DownloadWriter.Pack(kind, parts, covers)))
            return;
        Promise.Holds(DownloadPackage.TryRead(packed!, out var package), "what Pack makes is no package");
        Promise.Holds(package!.HeaderCrcOk && package.Kind == kind && package.Images.Count == parts.Count, "the package is another");
        for (int i = 0; i < parts.Count; i++)
        {
            Promise.Same(parts[i].Data.Span, package.Images[i].Data.Span, "a part's data");
            Promise.Holds(package.Images[i].Type == parts[i].Type && package.Images[i].PartitionRange == parts[i].Partition, "a part's place");
        }
    }

    private static byte[] McuUpdate() => McuUpdateWriter.Pack(
        [new McuUpdatePart(0x23000, [0x3D, 0xB8, 0xF3, 0x96, .. Small[..64]], 5), new McuUpdatePart(0x40000, OverwriteBody.Pack(Small), 6, 1)]);

    private static void McuUpdateFile(ReadOnlyMemory<byte> input)
    {
        if (!McuUpdatePackage.TryRead(input, out var package))
            return;
        Walk.Everything(package);
        Promise.Same(input.Span, package.ToArray(), "a package is not its bytes");
    }

    private static void Overwrite(ReadOnlyMemory<byte> input)
    {
        if (!OverwriteBody.TryRead(input, out var body))
            return;
        Walk.Everything(body);
        Promise.Answered(() => Promise.Holds(body.Unpack().Length == body.PlainLength, "a body of another length"));
    }

    private static void McuUpdatePair(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        byte[] plain = data.Bytes(600);
        byte[] body = OverwriteBody.Pack(plain);
        if (plain.Length > 0)
        {
            Promise.Holds(OverwriteBody.TryRead(body, out var read), "what Pack makes is no body");
            Promise.Same(plain, read!.Unpack(), "Unpack of Pack");
        }
        var parts = new List<McuUpdatePart> { new(data.Word(), body, data.Word(), data.Word()) };
        while (!data.IsEmpty && parts.Count < 70)
            parts.Add(new McuUpdatePart(data.Word(), data.Bytes(100), data.Word(), data.Word()));
        byte[]? packed = null;
        if (!Promise.Answered(() => packed = McuUpdateWriter.Pack(parts)))
            return;
        Promise.Holds(McuUpdatePackage.TryRead(packed!, out var package), "what Pack makes is no package");
        Promise.Holds(package!.HeaderCrcOk && package.Images.Count == parts.Count, "the package is another");
        for (int i = 0; i < parts.Count; i++)
        {
            Promise.Same(parts[i].Body.Span, package.Images[i].Data.Span, "a part's body");
            Promise.Holds(package.Images[i].FlashAddress == parts[i].FlashAddress && package.Images[i].SecurityCounter == parts[i].SecurityCounter, "a part's words");
        }
    }

    private static void UaFile(ReadOnlyMemory<byte> input)
    {
        if (Diff2YaHeader.TryRead(input.Span, out var diff))
            Walk.Everything(diff);
        if (!UaPackage.TryRead(input, out var package))
            return;
        Walk.Everything(package);
        Promise.Same(input.Span, package.ToArray(), "a package is not its bytes");
        Promise.Answered(() => Promise.Same(package.Body.Span, package.Unpack(), "what was unpacked is not the body"));
    }

    private static void UaPair(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        var trailer = new UaTrailer(data.Word(), data.Word(), data.Word(), data.Word(), data.Word(), data.Word());
        byte[] first = data.Bytes(60);
        int room = data.Below(100);
        byte[] second = data.Rest();
        byte[]? body = null;
        if (!Promise.Answered(() => body = UaWriter.Join([new UaSlot(first, room), new UaSlot(second, second.Length)])))
            return;
        Promise.Same(second, body.AsSpan(room), "the second slot");
        Promise.Holds(UaPackage.TryRead(UaWriter.Pack(body!, trailer), out var package), "what Pack makes is no package");
        Promise.Same(body, package!.Unpack(), "Unpack of Pack");
        Promise.Holds(package.Trailer.FlashSize == trailer.FlashSize && package.Trailer.Attribute == trailer.Attribute, "the trailer is another");
    }

    private static void UgFile(ReadOnlyMemory<byte> input)
    {
        Promise.Answered(() =>
        {
            byte[] packed = UgWriter.Pack(input.Span, "1.2.3");
            Promise.Holds(UgPackage.TryRead(packed, out var made), "what Pack makes is no package");
            Promise.Same(input.Span, made!.Unpack(), "Unpack of Pack");
        });
        if (!UgPackage.TryRead(input, out var package))
            return;
        Walk.Everything(package);
        Promise.Same(input.Span, package.ToArray(), "a package is not its bytes");
        Promise.Answered(() => Promise.Same(package.Body.Span, package.Unpack(), "what was unpacked is not the body"));
        if (package.TryReadOta(out var ota))
            Walk.Everything(ota);
    }

    private static byte[] Uf2File(byte[] partInfo) => Uf2Reference.File(
        [Uf2Reference.Text(0x00DE43, "esphome"), Uf2Reference.Text(0xCA25C8, "generic-bk7231n-qfn32-tuya"), Uf2Reference.Tag(0x822F30, 0, 0x12, 0x34, 0x65),
            Uf2Reference.Tag(0x6C8492, 2), Uf2Reference.Tag(0x6EC68A, 0x10, 0, 0)], partInfo, Small);

    private static void Uf2(ReadOnlyMemory<byte> input)
    {
        if (!Uf2Package.TryRead(input, out var package))
            return;
        Walk.Everything(package);
        Promise.Same(input.Span, package.ToArray(), "a package is not its bytes");
        foreach (var scheme in Enum.GetValues<Uf2Scheme>())
            Walk.Everything(package.FindPart(scheme));
        Promise.Answered(() => Walk.Everything(Uf2Splitter.Split(package)));
    }

    private static void Uf2Pair(ReadOnlyMemory<byte> input)
    {
        var data = new FuzzData(input.Span);
        uint family = data.Word();
        string board = data.Text(260), firmware = data.Text(260);
        var parts = new List<Uf2Part>();
        while (!data.IsEmpty && parts.Count < 4)
            parts.Add(new Uf2Part(data.Text(260), [(Uf2Scheme)data.Below(6)], data.Word(), data.Bytes(700)));
        byte[]? packed = null;
        if (!Promise.Answered(() => packed = Uf2Writer.Write(family, Uf2Writer.Describe(board, firmware), parts)))
            return;
        Promise.Holds(Uf2Package.TryRead(packed!, out var package) && package.Family == family, "what Write makes is no package of that family");
        Promise.Same(packed, package!.ToArray(), "a package is not its bytes");
        foreach (var part in parts.Where(part => parts.Count == 1 && !part.Name.Contains('\0')))
        {
            Promise.Holds(package.FindPart(part.Schemes[0], part.Name) is { } read && read.Offset == part.Offset, "a part is missing");
            Promise.Same(part.Data.Span, package.FindPart(part.Schemes[0], part.Name)!.Data.Span, "a part's data");
        }
    }

    private static void Update(ReadOnlyMemory<byte> input)
    {
        if (!UpdateFile.TryRead(input, out var file))
            return;
        Walk.Everything(file);
        Promise.Same(input.Span, file.ToArray(), "a file is not its bytes");
        Promise.Answered(() => file.Unpack());
    }
}
