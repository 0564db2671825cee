using BekenImage.Compression;
using BekenImage.Formats.Archives;
using BekenImage.Formats.Foreign;
using BekenImage.Fuzz.Engine;
using BekenImage.Tests.Formats.Rbl;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Fuzz.Targets;

/// <summary>Packers, unpackers, archives. What may come out is bounded by what is asked for.</summary>
internal static class CompressionTargets
{
    private const int Most = 0x10000;

    private static readonly byte[] Text = OtaTestData.Compressible(5000);

    public static IEnumerable<IFuzzTarget> All =>
    [
        new FuzzTarget("compression/gzip", () => [SyntheticArchive.Gzip(Text), Gzip.Encode(Text)], input => Bounded(Gzip.Decode(input.ToArray(), Most)), typeof(Gzip))
            { Words = FuzzTarget.Texts("\x1F\x8B\x08") },
        new FuzzTarget("compression/lzma", () => [LzmaEncoder.Encode(Text)], input => Bounded(LzmaDecoder.Decode(input.ToArray(), Most)), typeof(LzmaDecoder))
            { ShortRuns = 500 },
        new FuzzTarget("compression/quicklz", () => [PieceFraming.Encode(Text, QuickLz.MakeEncoder())],
            input => Bounded(PieceFraming.Decode(input.Span, Text.Length, QuickLz.TryDecode)), typeof(QuickLz)),
        new FuzzTarget("compression/fastlz", () => [PieceFraming.Encode(Text, FastLz.MakeEncoder())],
            input => Bounded(PieceFraming.Decode(input.Span, Text.Length, FastLz.TryDecode)), typeof(FastLz)),
        new FuzzTarget("compression/pair", () => [Text, new byte[5000], SyntheticPrograms.Noise(5000, 1)], Pair, typeof(LzmaEncoder)) { ShortRuns = 100, Cost = (8 << 20, 512) },
        // An erased flash packs to almost nothing: 16 MiB may always come out, once as bytes and once on the way.
        new FuzzTarget("archive/file", () => [SyntheticArchive.Zip(("a.bin", Text), ("folder/b.txt", [1, 2, 3])), SyntheticArchive.Gzip(Text), SyntheticArchive.Zip()],
            ReadArchive, typeof(Archive)) { Words = FuzzTarget.Texts("PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "PK\x06\x06", "\x1F\x8B\x08", "__MACOSX/", "../"), Cost = (64 << 20, 256) },
        new FuzzTarget("foreign/name", () => [.. FuzzTarget.Texts(":10010000214601360121470136007EFE09D2190140\n", "S00F000068656C6C6F202020202000003C\n"), [0x7F, (byte)'E', (byte)'L', (byte)'F']],
            input => ForeignFormats.Describe(input.Span), typeof(ForeignFormats)) { Words = FuzzTarget.Texts(":", "S1", "S0", "ustar", "Rar!\x1A\x07", "\r\n") },
    ];

    private static void Bounded(DecodeResult result)
    {
        Walk.Everything(result);
        Promise.Holds(result.Output.Length <= Most, "more came out than was asked for");
    }

    private static void Pair(ReadOnlyMemory<byte> input)
    {
        byte[] plain = input.ToArray();
        Same(Gzip.Decode(Gzip.Encode(plain), plain.Length), plain, "gzip");
        Same(LzmaDecoder.Decode(LzmaEncoder.Encode(plain), plain.Length), plain, "lzma");
        Same(PieceFraming.Decode(PieceFraming.Encode(plain, QuickLz.MakeEncoder()), plain.Length, QuickLz.TryDecode), plain, "QuickLZ");
        Same(PieceFraming.Decode(PieceFraming.Encode(plain, FastLz.MakeEncoder()), plain.Length, FastLz.TryDecode), plain, "FastLZ");
    }

    private static void Same(DecodeResult result, byte[] plain, string what)
    {
        Promise.Holds(result.Status == DecodeStatus.Complete, $"{what} does not unpack what it packed");
        Promise.Same(plain, result.Output, what);
    }

    private static void ReadArchive(ReadOnlyMemory<byte> input)
    {
        var archive = Archive.Read(input);
        long sum = 0;
        foreach (var member in archive.Members)
        {
            Walk.Everything(member);
            sum += member.Bytes.Length;
        }
        Promise.Holds(sum <= Archive.MaximumUnpacked, "an archive gives more than its limit");
    }
}
