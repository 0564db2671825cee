using BekenImage.Crypto.Kernels;
using BenchmarkDotNet.Attributes;

namespace BekenImage.Benchmarks;

/// <summary>How much slower than a copy is the cipher alone, by each kernel?</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class CipherBenchmarks
{
    private byte[] _source = [];
    private byte[] _destination = [];
    private PageKernel _kernel = PageKernel.Selected;

    /// <summary>Bytes: one page's data, a sector, the app partition, 2 MB.</summary>
    [Params(32, 4096, AppPartition.AppData, 2 * 1024 * 1024)]
    public int Length { get; set; }

    [ParamsSource(nameof(Kernels))]
    public string Kernel { get; set; } = "";

    public static IEnumerable<string> Kernels => PageKernel.Available.Select(kernel => kernel.Name);

    [GlobalSetup]
    public void SetUp()
    {
        _kernel = PageKernel.Available.Single(kernel => kernel.Name == Kernel);
        _source = AppPartition.MakeData(Length);
        _destination = new byte[Length];
    }

    [Benchmark(Baseline = true)]
    public void Copy() => _source.AsSpan().CopyTo(_destination);

    [Benchmark]
    public void Apply() => _kernel.Apply(AppPartition.Key, AppPartition.LogicalAddress, _source, _destination);
}
