using BekenImage.Cli.Demo;
using BekenImage.Crypto.Kernels;

namespace BekenImage.Benchmarks.Ratio;

/// <summary>Parsing a whole 2 MB dump, beside a copy of the same bytes.</summary>
internal static class ImageOperations
{
    public static IEnumerable<Measurement> Make()
    {
        byte[] dump = SyntheticDevice.FactoryDump();
        byte[] copy = new byte[dump.Length];
        yield return new Measurement(Measurement.Copy, Measurement.Copy, dump.Length, () => dump.AsSpan().CopyTo(copy));
        yield return new Measurement("parse", PageKernel.Selected.Name, dump.Length, () => FlashImage.Parse(dump));
    }
}
