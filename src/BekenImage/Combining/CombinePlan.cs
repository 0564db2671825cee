using BekenImage.Combining;
using BekenImage.Editing;

namespace BekenImage;

/// <summary>What a combination is for.</summary>
public enum CombineMode
{
    /// <summary>The device gets another firmware: what the old one left is erased.</summary>
    Convert,

    /// <summary>The device already runs this firmware: its data stays.</summary>
    Update,
}

/// <summary>A combined image before it is built: who owns each byte, and everything that is to be said about it. Immutable.</summary>
public sealed class CombinePlan
{
    private readonly BekenImageException? _refusal;
    private readonly Lazy<byte[]> _bytes;
    private readonly Lazy<FlashImage> _image;

    internal CombinePlan(
        CombineMode mode, IReadOnlyList<CombineInput> inputs, IReadOnlyList<ImageRegion> regions, FlashRange output, IReadOnlyList<Finding> findings,
        BekenImageException? refusal)
    {
        Inputs = inputs;
        Mode = mode;
        Regions = regions;
        Output = output;
        Findings = findings;
        _refusal = refusal;
        _bytes = new Lazy<byte[]>(Build);
        _image = new Lazy<FlashImage>(() => FlashImage.Parse(Bytes, ReadingOptions));
    }

    /// <summary>False when a guard or an unfit input stands against it; the reason is an error among <see cref="Findings"/>.</summary>
    public bool CanBuild => _refusal is null;

    /// <summary>Conversion or update.</summary>
    public CombineMode Mode { get; }

    /// <summary>The device's dump and the firmware, in this order.</summary>
    public IReadOnlyList<CombineInput> Inputs { get; }

    /// <summary>The physical range that is written; its start is where it must be flashed.</summary>
    public FlashRange Output { get; }

    /// <summary>Who owns each byte: sorted, and covering <see cref="Output"/> exactly once. Empty when it cannot be built.</summary>
    public IReadOnlyList<ImageRegion> Regions { get; }

    /// <summary>What is to be said.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The image.</summary>
    /// <exception cref="ImageGuardException">A guard refused it.</exception>
    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    public byte[] ToArray() => _refusal is not null ? throw _refusal : _bytes.IsValueCreated ? (byte[])_bytes.Value.Clone() : Build();

    /// <summary>The image read back: once, however often it is asked for.</summary>
    /// <exception cref="ImageGuardException">A guard refused it.</exception>
    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    public FlashImage ToImage() => _image.Value;

    /// <summary>A draft of the image, for what is to be changed in it besides; the plan itself stays as it is.</summary>
    /// <exception cref="ImageGuardException">A guard refused it.</exception>
    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    public ImageDraft Edit() => ToImage().Edit();

    /// <summary>Writes the image to a stream, at its position.</summary>
    /// <param name="stream">A writable stream.</param>
    /// <exception cref="ImageGuardException">A guard refused it; nothing was written.</exception>
    /// <exception cref="BekenImageException">An input is not what is needed; nothing was written.</exception>
    public void WriteTo(Stream stream)
    {
        if (stream is null)
            throw new ArgumentNullException(nameof(stream));
        byte[] bytes = Bytes;
        stream.Write(bytes, 0, bytes.Length);
    }

    /// <summary>The device as it was read; null when it cannot be built.</summary>
    internal FlashImage? Factory { get; init; }

    /// <summary>What the caller said of the chip and its key: the result is read by it.</summary>
    internal FlashImageOptions? ReadingOptions { get; init; }

    /// <summary>What the image is to be flashed on; null when it cannot be built.</summary>
    internal FlashTarget? Target { get; init; }

    /// <summary>Where files of the device stay.</summary>
    internal IReadOnlyList<FlashRange> KeptFiles { get; init; } = [];

    internal byte[] Bytes => _refusal is null ? _bytes.Value : throw _refusal;

    private byte[] Build()
    {
        var buffer = new ImageBuffer(Factory!.Bytes.ToArray(), FlashGeometry.BootloaderSlot);
        foreach (var region in Regions)
            Write(buffer, region);
        return buffer.Take(Output);
    }

    private static void Write(ImageBuffer buffer, ImageRegion region)
    {
        // Its bytes are in the buffer: the origin says that they stay where they are.
        if (region.Origin == RegionOrigin.Factory)
            return;
        if (region.Range == FlashGeometry.BootloaderSlot)
            buffer.WriteBootloader(region.Offset, region.Content.Span, region.FromFile, region.Reason);
        else if (region.Content.IsEmpty)
            buffer.Erase(region.Range, region.Name, region.FromFile, region.Reason);
        else
            buffer.Write(region.Offset, region.Content.Span, region.Name, region.FromFile, region.Reason);
    }
}
