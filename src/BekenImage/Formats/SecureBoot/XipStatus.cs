namespace BekenImage.Formats.SecureBoot;

/// <summary>
/// The status of a slot that runs in place (XIP), near its end: two words in a page of their own, which is no page with a CRC.
/// FORMAT.md, section 3.
/// </summary>
public static class XipStatus
{
    /// <summary>Bytes from the first word to the end of the second.</summary>
    public const int Size = 36;

    private const int SectorSize = 0x1000;
    private const int SecondWord = 32;

    private static ReadOnlySpan<byte> Word => [0xEF, 0xBE, 0xAD, 0xDE];

    /// <summary>Where the status of a slot lies, physical: the first page boundary in its last sector.</summary>
    /// <param name="slot">The slot in flash, physical: <c>primary_all</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slot is shorter than a sector.</exception>
    public static long PositionIn(FlashRange slot)
    {
        if (slot.Length < SectorSize)
            throw new ArgumentOutOfRangeException(nameof(slot));
        return new PhysicalAddress(slot.End - SectorSize).RoundUpToPage().Value;
    }

    /// <summary>Whether bytes are the status of a slot as the packer writes it.</summary>
    /// <param name="bytes">At least 36 bytes, from the status on.</param>
    public static bool IsSet(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Size && bytes.StartsWith(Word) && bytes.Slice(SecondWord, Word.Length).SequenceEqual(Word);

    /// <inheritdoc cref="IsSet(ReadOnlySpan{byte})"/>
    public static bool IsSet(byte[] bytes) => IsSet((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan());

    /// <summary>The 36 bytes of a status; between the words lie zeros.</summary>
    public static byte[] Write()
    {
        var bytes = new byte[Size];
        Word.CopyTo(bytes);
        Word.CopyTo(bytes.AsSpan(SecondWord));
        return bytes;
    }
}
