using BekenImage.IO;

namespace BekenImage.Editing;

/// <summary>
/// The one place where bytes of an image are written: a copy, into which they go through the guards. Drafts, combined and merged images
/// are all made here. A bootloader is only written by the methods that name it.
/// </summary>
internal sealed class ImageBuffer
{
    private readonly IReadOnlyList<FlashRange> _protected;
    private readonly List<ImageChange> _changes = [];
    private byte[] _bytes;

    /// <param name="bytes">What the image is made of, from physical 0 on. It becomes the buffer's: written into, and given back.</param>
    /// <param name="isProtected">What the chip starts by; nothing where there is no place for it, as in a piece of a dump.</param>
    public ImageBuffer(byte[] bytes, params FlashRange[] isProtected)
    {
        _bytes = bytes;
        _protected = isProtected;
    }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public int Length => _bytes.Length;

    /// <summary>What was written, in the order in which it was.</summary>
    public IReadOnlyList<ImageChange> Changes => _changes;

    /// <summary>Asks the guards without writing.</summary>
    /// <exception cref="ImageGuardException">One of them refuses it.</exception>
    public void Check(FlashRange range, string what)
    {
        foreach (var place in _protected)
            WriteGuards.Check(range, _bytes.Length, what, place);
        WriteGuards.CheckInside(range, _bytes.Length, what);
    }

    /// <summary>Writes bytes anywhere but into the bootloader.</summary>
    /// <exception cref="ImageGuardException">They reach into the bootloader or out of the flash.</exception>
    public void Write(long offset, ReadOnlySpan<byte> bytes, string what, string? source, string why)
    {
        var range = new FlashRange(offset, bytes.Length);
        Check(range, what);
        Write(range, bytes, what, source, why);
    }

    /// <summary>Erases bytes anywhere but in the bootloader.</summary>
    /// <exception cref="ImageGuardException">They reach into the bootloader or out of the flash.</exception>
    public void Erase(FlashRange range, string what, string? source, string why)
    {
        Check(range, what);
        var place = _bytes.AsSpan((int)range.Start, (int)range.Length);
        _changes.Add(new ImageChange(range, what, source, why, ByteRuns.CountWritten(place)));
        place.Fill(0xFF);
    }

    /// <summary>Writes what belongs to the bootloader: for callers that were asked to change it by name.</summary>
    /// <exception cref="ImageGuardException">It reaches out of the flash.</exception>
    public void WriteBootloader(long offset, ReadOnlySpan<byte> bytes, string? source, string why)
    {
        var range = new FlashRange(offset, bytes.Length);
        WriteGuards.CheckInside(range, _bytes.Length, PartitionNames.Bootloader);
        Write(range, bytes, PartitionNames.Bootloader, source, why);
    }

    /// <summary>A range of the image as an array of its own; the buffer's where it is all of it, which must not be written any more.</summary>
    public byte[] Take(FlashRange range) => range.Length == _bytes.Length ? _bytes : range.Of(Bytes).ToArray();

    /// <summary>Makes the image longer; what is new is erased.</summary>
    public void Grow(int length)
    {
        int former = _bytes.Length;
        Array.Resize(ref _bytes, length);
        _bytes.AsSpan(former).Fill(0xFF);
    }

    private void Write(FlashRange range, ReadOnlySpan<byte> bytes, string what, string? source, string why)
    {
        var place = _bytes.AsSpan((int)range.Start, bytes.Length);
        _changes.Add(new ImageChange(range, what, source, why, ByteRuns.CountDifferences(place, bytes)));
        bytes.CopyTo(place);
    }
}
