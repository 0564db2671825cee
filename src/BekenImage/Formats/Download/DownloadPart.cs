namespace BekenImage.Formats.Download;

/// <summary>What a download package is made of: data, and where it goes. Immutable.</summary>
public sealed class DownloadPart
{
    /// <summary>Makes a part.</summary>
    /// <param name="partition">Its partition in flash, physical.</param>
    /// <param name="data">The bytes as they lie in flash from the start of the partition on; of a code partition that is the gap to its first page too.</param>
    /// <param name="type">0, or 1 for what a chip with a key of its own is to encipher.</param>
    public DownloadPart(FlashRange partition, byte[] data, int type = 0)
    {
        Partition = partition;
        Data = data ?? throw new ArgumentNullException(nameof(data));
        Type = type is >= 0 and <= ushort.MaxValue ? type : throw new ArgumentOutOfRangeException(nameof(type));
    }

    /// <summary>Its partition in flash, physical.</summary>
    public FlashRange Partition { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>As stored.</summary>
    public int Type { get; }

    /// <summary>Where it goes.</summary>
    public override string ToString() => FormattableString.Invariant($"0x{Data.Length:x} bytes for {Partition}");
}
