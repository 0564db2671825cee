using BekenImage.Cli.Demo;
using BenchmarkDotNet.Attributes;

namespace BekenImage.Benchmarks.Images;

/// <summary>What a whole 2 MB dump costs: parsing it, everything inspect asks, combining it with a firmware, taking it apart.</summary>
[MemoryDiagnoser]
public class ImageBenchmarks
{
    private readonly byte[] _dump = SyntheticDevice.FactoryDump();
    private readonly byte[] _firmware = SyntheticDevice.Firmware();
    private readonly byte[] _copy = new byte[0x200000];

    [Benchmark(Baseline = true)]
    public void Copy() => _dump.CopyTo(_copy, 0);

    [Benchmark]
    public FlashImage Parse() => FlashImage.Parse(_dump);

    [Benchmark]
    public int ParseAndJudge() => FlashImage.Parse(_dump).Findings.Count;

    [Benchmark]
    public bool Verify() => ImageVerifier.Verify(FlashImage.Parse(_dump)).Boots;

    [Benchmark]
    public int Split() => ImageSplitter.Split(FlashImage.Parse(_dump)).Manifest.Files.Count;

    [Benchmark]
    public byte[] Combine() => new ImageCombiner(FlashImage.Parse(_dump), FlashImage.Parse(_firmware)).Plan().ToArray();
}
