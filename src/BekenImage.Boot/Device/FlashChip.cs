namespace BekenImage.Boot.Device;

/// <summary>
/// The serial flash: physical bytes, as every flash of this kind has them. Programming clears bits, erasing sets them; addresses wrap at
/// the chip's size. It knows neither pages nor cipher. Source: hardware.md, section 4.
/// </summary>
internal sealed class FlashChip
{
    private const byte Erased = 0xFF;

    private readonly byte[] _bytes;
    private readonly uint _mask;

    /// <param name="image">What it holds at first; copied.</param>
    /// <param name="size">Its size in bytes, a power of two; behind the image it is erased.</param>
    /// <param name="id">What it answers when it is asked who it is.</param>
    public FlashChip(ReadOnlySpan<byte> image, int size, uint id)
    {
        if (size <= 0 || (size & (size - 1)) != 0 || image.Length > size)
            throw new ArgumentException("A flash chip has a power of two of bytes, and room for the image.", nameof(size));
        _bytes = new byte[size];
        image.CopyTo(_bytes);
        _bytes.AsSpan(image.Length).Fill(Erased);
        _mask = (uint)size - 1;
        Id = id;
    }

    public uint Id { get; }

    public int Size => _bytes.Length;

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>
    /// Status register 1 in bits 0 to 7, 2 above. What is written is answered; whether a real one then refuses to program is not
    /// modelled.
    /// </summary>
    public ushort Status { get; set; }

    /// <summary>How many times it was programmed or erased.</summary>
    public int Writes { get; private set; }

    /// <summary>After so many writes nothing is written any more: somebody pulled the plug.</summary>
    public int? PowerCutAfter { get; set; }

    public bool IsPowerCut => PowerCutAfter is { } cut && Writes >= cut;

    /// <summary>Told which bytes changed: first one, how many.</summary>
    public Action<int, int>? Changed { get; set; }

    public void Read(uint address, Span<byte> destination)
    {
        for (int at = 0; at < destination.Length; at++)
            destination[at] = _bytes[(address + (uint)at) & _mask];
    }

    /// <summary>Clears the bits that are clear in the data.</summary>
    public void Program(uint address, ReadOnlySpan<byte> data)
    {
        if (IsPowerCut)
            return;
        for (int at = 0; at < data.Length; at++)
            _bytes[(address + (uint)at) & _mask] &= data[at];
        Writes++;
        int start = (int)(address & _mask);
        Tell(start, Math.Min(data.Length, Size - start));
        if (data.Length > Size - start)
            Tell(0, data.Length - (Size - start));
    }

    /// <summary>Erases the block an address is in.</summary>
    /// <param name="address">Any address in it.</param>
    /// <param name="size">Size of the block, a power of two.</param>
    public void Erase(uint address, int size)
    {
        if (IsPowerCut)
            return;
        size = Math.Min(size, Size);
        int start = (int)(address & _mask & ~((uint)size - 1));
        _bytes.AsSpan(start, size).Fill(Erased);
        Writes++;
        Tell(start, size);
    }

    private void Tell(int start, int length) => Changed?.Invoke(start, length);
}
