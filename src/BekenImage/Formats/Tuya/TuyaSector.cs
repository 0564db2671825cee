namespace BekenImage.Formats.Tuya;

/// <summary>A 4 KiB flash sector with new content: what a change of Tuya data asks the caller to put into the image.</summary>
internal sealed class TuyaSector
{
    /// <summary>Makes a sector.</summary>
    /// <param name="offset">Physical, un-rotated offset of its first byte.</param>
    /// <param name="data">Its 4096 bytes as stored in flash.</param>
    public TuyaSector(long offset, byte[] data)
    {
        Offset = offset >= 0 ? offset : throw new ArgumentOutOfRangeException(nameof(offset));
        if (data is null)
            throw new ArgumentNullException(nameof(data));
        if (data.Length != FlashGeometry.SectorSize)
            throw new ArgumentException("A sector has 4096 bytes.", nameof(data));
        Data = data;
    }

    /// <summary>Physical, un-rotated offset of the first byte.</summary>
    public long Offset { get; }

    /// <summary>The 4096 bytes as stored in flash.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The range the sector covers.</summary>
    public FlashRange Range => new(Offset, FlashGeometry.SectorSize);
}
