using BekenImage.Addressing;
using BekenImage.IO;

namespace BekenImage.Programs;

/// <summary>
/// How a program lies in its partition: with page CRCs or without, and under which cipher. Found while reading, carried by the partition;
/// decoding, stripping and encoding go through it. Immutable.
/// </summary>
internal sealed class ProgramStorage(bool isPaged, CodeCipher? cipher)
{
    /// <summary>Pages of 34 bytes: 32 of data and their CRC. Else the bytes follow each other, as in a file or with CRCs off.</summary>
    public bool IsPaged { get; } = isPaged;

    /// <summary>The cipher; null where it is not known.</summary>
    public CodeCipher? Cipher { get; } = cipher;

    /// <summary>True when the bytes as stored are not the program: it is enciphered, or how is not known.</summary>
    public bool IsEnciphered => Cipher is not { IsIdentity: true };

    public ProgramStorage WithCipher(CodeCipher? cipher) => new(IsPaged, cipher);

    /// <summary>Bytes of data in so many stored bytes; what is no whole page does not count.</summary>
    public long DataLength(long storedLength) => IsPaged ? PageGrid.DataLength(storedLength) : storedLength;

    /// <summary>Stored bytes that so much data takes, its last page whole.</summary>
    public long StoredLength(long dataLength) =>
        IsPaged ? PageGrid.StoredLength(dataLength) : dataLength;

    /// <summary>The data as stored, not deciphered.</summary>
    public byte[] Strip(ReadOnlySpan<byte> stored) => IsPaged ? ProgramPages.Strip(stored) : stored.ToArray();

    /// <summary>The data deciphered; as stored where the cipher is not known.</summary>
    /// <param name="stored">The bytes in flash; a part of a page at their end is left out.</param>
    /// <param name="logicalAddress">Logical address of the first byte.</param>
    public byte[] Decode(ReadOnlySpan<byte> stored, uint logicalAddress)
    {
        if (Cipher is null)
            return Strip(stored);
        byte[] data = Uninitialized.Bytes(DataLength(stored.Length));
        if (IsPaged)
        {
            Cipher.DecodePages(logicalAddress, ProgramPages.Whole(stored), data);
            return data;
        }
        // A rest that is no whole unit was never enciphered.
        int whole = stored.Length - stored.Length % Cipher.UnitSize;
        stored.CopyTo(data);
        Cipher.Decipher(logicalAddress, stored.Slice(0, whole), data);
        return data;
    }

    /// <summary>The way back: what lies in flash.</summary>
    /// <param name="data">The program's bytes: whole pages of 32 where it is paged.</param>
    /// <param name="logicalAddress">Logical address of the first byte.</param>
    /// <exception cref="InvalidOperationException">The cipher is not known.</exception>
    public byte[] Encode(ReadOnlySpan<byte> data, uint logicalAddress)
    {
        var cipher = Cipher ?? throw new InvalidOperationException("The cipher is not known.");
        byte[] stored = Uninitialized.Bytes(StoredLength(data.Length));
        if (IsPaged)
        {
            cipher.EncodePages(logicalAddress, data, stored);
            return stored;
        }
        int whole = data.Length - data.Length % cipher.UnitSize;
        data.CopyTo(stored);
        cipher.Encipher(logicalAddress, data.Slice(0, whole), stored);
        return stored;
    }
}
