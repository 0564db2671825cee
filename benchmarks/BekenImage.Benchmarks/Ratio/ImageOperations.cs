using System.Security.Cryptography;
using BekenImage.Cli.Demo;
using BekenImage.Crypto.Kernels;

namespace BekenImage.Benchmarks.Ratio;

/// <summary>
/// Whole images in process: a dump is read, judged, taken apart, put together, combined with a firmware. Beside a copy of the dump's bytes,
/// and SHA-256 of them, which the manifest of split holds once of the dump and once of each file.
/// </summary>
internal static class ImageOperations
{
    /// <summary>What every operation here is held against besides a copy.</summary>
    public const string Hash = "sha256";

    /// <param name="dump">A dump; null for the synthetic device.</param>
    /// <param name="firmware">A firmware for it; null for the synthetic one.</param>
    public static IEnumerable<Measurement> Make(byte[]? dump, byte[]? firmware)
    {
        byte[] device = dump ?? SyntheticDevice.FactoryDump();
        byte[] update = firmware ?? SyntheticDevice.Firmware();
        byte[] copy = new byte[device.Length];
        var split = ImageSplitter.Split(FlashImage.Parse(device));
        var files = split.Contents;
        string kernel = PageKernel.Selected.Name;
        yield return new Measurement(Measurement.Copy, Measurement.Copy, device.Length, () => device.AsSpan().CopyTo(copy));
        yield return new Measurement(Hash, kernel, device.Length, () => SHA256.HashData(device));
        yield return new Measurement("parse", kernel, device.Length, () => FlashImage.Parse(device).Findings.Count());
        yield return new Measurement("verify", kernel, device.Length, () => ImageVerifier.Verify(FlashImage.Parse(device)));
        yield return new Measurement("split", kernel, device.Length, () => ImageSplitter.Split(FlashImage.Parse(device)));
        yield return new Measurement("merge", kernel, device.Length, () => ImageMerger.Merge(split.Manifest, name => files[name]));
        yield return new Measurement("combine", kernel, device.Length, () => new ImageCombiner(FlashImage.Parse(device), FlashImage.Parse(update)).Plan().ToArray());
    }
}
