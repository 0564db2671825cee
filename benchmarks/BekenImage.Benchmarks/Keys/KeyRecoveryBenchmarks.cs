using BekenImage.Crypto;
using BenchmarkDotNet.Attributes;

namespace BekenImage.Benchmarks.Keys;

/// <summary>
/// A whole image, enciphered with a key in which every stage is on: with its vectors, without them, and by the dictionary search.
/// Needs a real image: BEKENIMAGE_CORPUS names the folder that holds OpenBK7231M_QIO_1.18.300.bin, a plain one.
/// </summary>
[MemoryDiagnoser]
public class KeyRecoveryBenchmarks
{
    private const string Image = "OpenBK7231M_QIO_1.18.300.bin";
    private const int AppOffset = 0x11000;
    private static readonly BekenKey Key = new(0x0f1e2d3c, 0x4b5a6978, 0x8796a5b4, 0x4feeaa00);

    private KeyRecoveryStretch bootloader = null!;
    private KeyRecoveryStretch app = null!;
    private KeyRecoveryStretch[] withVectors = [];
    private KeyRecoveryStretch[] withoutVectors = [];

    [GlobalSetup]
    public void ReadImage()
    {
        string folder = Environment.GetEnvironmentVariable("BEKENIMAGE_CORPUS")
            ?? throw new InvalidOperationException($"Set BEKENIMAGE_CORPUS to the folder that holds {Image}.");
        byte[] image = File.ReadAllBytes(Path.Combine(folder, Image));
        bootloader = Encrypt(image.AsSpan(0, AppOffset), 0);
        app = Encrypt(image.AsSpan(AppOffset, (image.Length - AppOffset) / FlashPages.PageSize * FlashPages.PageSize), 0x10000);
        withVectors = [bootloader, app];
        withoutVectors =
        [
            new KeyRecoveryStretch(bootloader.Ciphertext.Slice(64), 64),
            new KeyRecoveryStretch(app.Ciphertext.Slice(64), 0x10040),
        ];
        if (VectorsOfBoth().Key != Key.ToCanonical() || StatisticsOfBoth().Key != Key.ToCanonical())
            throw new InvalidOperationException("The key was not recovered: nothing to measure.");
    }

    [Benchmark]
    public KeyRecoveryResult VectorsOfBoth() => KeyRecovery.Recover(withVectors);

    [Benchmark]
    public KeyRecoveryResult VectorsOfApp() => KeyRecovery.Recover(app.Ciphertext.Span, app.LogicalAddress);

    [Benchmark]
    public KeyRecoveryResult StatisticsOfBoth() => KeyRecovery.Recover(withoutVectors);

    [Benchmark]
    public BekenKey? DictionaryInBootloader() => DictionaryKeySearch.Find(bootloader.Ciphertext.Span);

    private static KeyRecoveryStretch Encrypt(ReadOnlySpan<byte> pages, uint address)
    {
        var data = new byte[pages.Length / FlashPages.PageSize * FlashPages.DataSize];
        var scan = FlashPages.Decode(pages, data);
        Array.Resize(ref data, scan.LeadingValid * FlashPages.DataSize);
        FlashCipher.Apply(Key, address, data, data);
        return new KeyRecoveryStretch(data, address);
    }
}
