using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Images;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage.Firmware;

/// <summary>
/// A bootloader file for BK7236 and its kin, whichever form it has: as the SDK ships it, with tables appended, or as it was read of flash.
/// Source: FORMAT.md, section 5.
/// </summary>
internal sealed class ArminoLoader
{
    private const int MarkPage = ArminoSigns.MarkOffset / FlashPages.DataSize * FlashPages.DataSize;

    private readonly byte[] _plain;

    private ArminoLoader(byte[] plain, byte[]? markPage, FalTable table)
    {
        _plain = plain;
        Mark = markPage is null ? null : (ReadOnlyMemory<byte>?)markPage;
        Table = table;
    }

    /// <summary>Logical bytes from 0 on, deciphered; 0xFF may follow.</summary>
    public ReadOnlyMemory<byte> Plain => _plain;

    /// <summary>The 32 bytes as they are to be stored where the mark is, in an enciphered image; null where that page is stored plain.</summary>
    public ReadOnlyMemory<byte>? Mark { get; }

    /// <summary>The table at its end.</summary>
    public FalTable Table { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="file">Logical bytes, or pages.</param>
    /// <param name="cipher">The cipher of the image that is built; null for none.</param>
    /// <param name="appended">Entries that follow those it has; null for none.</param>
    /// <exception cref="BekenImageException">It is no bootloader of these chips, is enciphered under another key, or has no table.</exception>
    public static ArminoLoader Read(byte[] file, CodeCipher? cipher, IReadOnlyList<FalPartition>? appended)
    {
        if (file is null)
            throw new ArgumentNullException(nameof(file));
        byte[] plain = Decipher(PagedFile.IsPaged(file) ? PagedFile.Strip(file) : file, cipher);
        if (FamilyRule.OtherGeneration(ChipGeneration.Armino, FamilyRule.GenerationOf(plain)) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason);
        if (!CortexVectors.Match(plain) || CortexVectors.ResetOf(plain) >= FlashGeometry.AppLogicalAddress)
        {
            throw new BekenImageException(FindingCode.BuildBootloaderUnfit,
                "it is no bootloader of the family of BK7236: it does not begin with vectors of a Cortex-M program at logical 0" +
                (cipher is null ? "; one that is enciphered needs its key" : ", neither as it is nor deciphered"));
        }
        byte[]? mark = FindMark(plain, cipher);
        if (appended is { Count: > 0 })
            plain = Append(plain, appended);
        var table = FalReader.FindPhysical(plain) ?? throw new BekenImageException(FindingCode.BuildTableMissing,
            FalReader.Find(plain) is null
                ? "the bootloader has no partition table, so that the places of the programs are not known"
                : "the bootloader's partition table is none of this family: neither bootloader nor app lies at its physical place");
        return new ArminoLoader(plain, mark, table);
    }

    private static byte[] Decipher(byte[] logical, CodeCipher? cipher)
    {
        if (cipher is null || !CortexVectors.Match(logical, cipher, 0))
            return logical;
        byte[] plain = ByteRuns.Erased(PageGrid.DataOf(PageGrid.CountFor(logical.Length)), logical);
        cipher.Decipher(0, plain, plain);
        // The page of the mark is stored plain: deciphering scrambled it.
        if (ArminoSigns.MarkIn(logical) is not null)
            logical.AsSpan(MarkPage, FlashPages.DataSize).CopyTo(plain.AsSpan(MarkPage));
        return plain;
    }

    // A file that was deciphered as a whole, as split writes it, has a scrambled mark: enciphered again, the page is what lies in flash.
    private static byte[]? FindMark(byte[] plain, CodeCipher? cipher)
    {
        if (cipher is null || ArminoSigns.MarkIn(plain) is not null || plain.Length < MarkPage + FlashPages.DataSize)
            return null;
        var stored = new byte[MarkPage + FlashPages.DataSize];
        cipher.Encipher(MarkPage, plain.AsSpan(MarkPage, FlashPages.DataSize), stored.AsSpan(MarkPage));
        return ArminoSigns.MarkIn(stored) is null ? null : stored.AsSpan(MarkPage).ToArray();
    }

    private static byte[] Append(byte[] plain, IReadOnlyList<FalPartition> entries)
    {
        byte[] added = FalWriter.Write(new FalTable(0, isPlain: true, entries));
        int end = EndOf(plain);
        var content = plain.AsSpan(0, end);
        if (content.EndsWith(added))
            return plain;
        // cmake_Gen_image fills up to the next page with zeros.
        int start = PageGrid.DataOf(PageGrid.CountFor(end));
        var bytes = new byte[start + added.Length];
        content.CopyTo(bytes);
        added.CopyTo(bytes, start);
        return bytes;
    }

    /// <summary>Where the program ends: behind its table, or before the 0xFF of a slot that was read as a whole.</summary>
    private static int EndOf(byte[] plain)
    {
        if (FalReader.Find(plain) is { } table)
        {
            int end = table.LogicalOffset + table.Partitions.Count * FalPartition.Size;
            return ByteRuns.IsErased(plain.AsSpan(end)) ? end : plain.Length;
        }
        int length = plain.Length;
        while (plain.Length >= FlashGeometry.AppLogicalAddress && length > 0 && plain[length - 1] == 0xFF)
            length--;
        return length;
    }
}
