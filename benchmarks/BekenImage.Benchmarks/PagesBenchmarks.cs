using BekenImage.Crypto;
using BekenImage.Crypto.Kernels;
using BenchmarkDotNet.Attributes;

namespace BekenImage.Benchmarks;

/// <summary>How fast are pages checked, decoded and encoded, from one page to a whole chip, by each kernel?</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class PagesBenchmarks
{
    private byte[] _data = [];
    private byte[] _pages = [];
    private PageKernel _kernel = PageKernel.Selected;

    /// <summary>Data bytes: one page, a sector, the app partition, 2 MB.</summary>
    [Params(32, 4096, AppPartition.AppData, 2 * 1024 * 1024)]
    public int Length { get; set; }

    [ParamsSource(nameof(Kernels))]
    public string Kernel { get; set; } = "";

    public static IEnumerable<string> Kernels => PageKernel.Available.Select(kernel => kernel.Name);

    [GlobalSetup]
    public void SetUp()
    {
        _kernel = PageKernel.Available.Single(kernel => kernel.Name == Kernel);
        _data = AppPartition.MakeData(Length);
        _pages = AppPartition.MakePages(_data);
    }

    [Benchmark]
    public PageScan Check() => _kernel.Check(_pages);

    [Benchmark]
    public PageScan Decode() => _kernel.Decode(_pages, _data, AppPartition.Key, AppPartition.LogicalAddress);

    [Benchmark]
    public void Encode() => _kernel.Encode(_data, _pages, AppPartition.Key, AppPartition.LogicalAddress);
}
