using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Programs;

/// <summary>
/// A flash cipher with its key: what stands between a program and its bytes in flash. One implementation for each kind of cipher; whoever
/// reads or writes a program asks this and not which kind it is. Immutable.
/// </summary>
internal abstract class CodeCipher
{
    /// <summary>Deciphered and enciphered bytes are the same.</summary>
    public abstract bool IsIdentity { get; }

    /// <summary>Only multiples of so many bytes can be enciphered: 1 for a stream cipher.</summary>
    public abstract int UnitSize { get; }

    /// <summary>The name of a known key, or <c>custom</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the key is called in a sentence.</summary>
    public abstract string DisplayName { get; }

    /// <summary>True when the two give the same bytes everywhere.</summary>
    public abstract bool IsEquivalentTo(CodeCipher other);

    /// <summary>Deciphers bytes as stored, without page CRCs.</summary>
    /// <param name="logicalAddress">Logical address of the first byte.</param>
    /// <param name="stored">A multiple of <see cref="UnitSize"/>.</param>
    /// <param name="plain">Receives as many bytes; may be the same memory.</param>
    public abstract void Decipher(uint logicalAddress, ReadOnlySpan<byte> stored, Span<byte> plain);

    /// <summary>Enciphers bytes; the way back of <see cref="Decipher"/>.</summary>
    public abstract void Encipher(uint logicalAddress, ReadOnlySpan<byte> plain, Span<byte> stored);

    /// <summary>Checks, strips and deciphers whole pages. An erased page gives 0xFF: it holds no data to decipher.</summary>
    public virtual PageScan DecodePages(uint logicalAddress, ReadOnlySpan<byte> pages, Span<byte> data)
    {
        var scan = FlashPages.Decode(pages, data);
        for (int page = 0; page * FlashPages.PageSize < pages.Length; page++)
        {
            if (ByteRuns.IsErased(pages.Slice(page * FlashPages.PageSize, FlashPages.PageSize)))
                continue;
            var block = data.Slice(page * FlashPages.DataSize, FlashPages.DataSize);
            Decipher(logicalAddress + (uint)(page * FlashPages.DataSize), block, block);
        }
        return scan;
    }

    /// <summary>Enciphers whole pages' data and adds the CRCs, which cover the bytes as stored.</summary>
    public virtual void EncodePages(uint logicalAddress, ReadOnlySpan<byte> data, Span<byte> pages)
    {
        var stored = new byte[data.Length];
        Encipher(logicalAddress, data, stored);
        FlashPages.Encode(stored, pages);
    }
}
