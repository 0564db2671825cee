using BekenImage.Crypto;
using BekenImage.IO;
using System.Buffers.Binary;

namespace BekenImage.Formats.Tuya;

/// <summary>Blanks the secrets of one storage.</summary>
internal sealed class TuyaStorageSanitizer
{
    /// <summary>Sectors behind the key block that are looked at; the largest storage met has 21.</summary>
    private const int ArenaLimit = 32;

    private readonly TuyaStorage _storage;
    private readonly SortedDictionary<long, byte[]> _changed;
    private readonly Dictionary<int, byte[]> _plain = [];

    public TuyaStorageSanitizer(TuyaStorage storage, SortedDictionary<long, byte[]> changed)
    {
        _storage = storage;
        _changed = changed;
    }

    public static byte[] Erased()
    {
        byte[] sector = ByteRuns.Erased(FlashGeometry.SectorSize);
        return sector;
    }

    public void Blank(ReadOnlySpan<byte> image)
    {
        using var cipher = new AesEcb128(_storage.DataKey);
        foreach (var block in _storage.AllBlocks.Where(block => block.IsCurrent))
        {
            _plain[block.Id] = EmptyBlock(block);
        }
        foreach (var value in _storage.Values)
            KeepValue(value);
        foreach (var block in _storage.AllBlocks)
            _changed[block.Offset] = Seal(block, block.IsCurrent ? _plain[block.Id] : EmptyBlock(block), cipher);
        EraseUnreadableBlocks(image, cipher);
    }

    /// <summary>The head of a block, no pages.</summary>
    private static byte[] EmptyBlock(TuyaBlock block)
    {
        byte[] plain = Erased();
        block.Plain.Span.Slice(0, TuyaBlock.MapOffset).CopyTo(plain);
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(TuyaBlock.MapOffset), 0);
        return plain;
    }

    /// <summary>Puts a value back with its secrets blanked: its index page without the garbage behind the parts, its pages without slack.</summary>
    private void KeepValue(TuyaValue value)
    {
        byte[] block = _plain[value.IndexBlock.Id];
        int indexStart = value.IndexPage * TuyaBlock.PageSize;
        block[TuyaBlock.MapOffset + value.IndexPage / 8] |= (byte)(1 << value.IndexPage % 8);
        var index = value.IndexBlock.Page(value.IndexPage);
        int indexLength = TuyaIndexPage.NameOffset + index[TuyaIndexPage.NameLengthOffset] + value.Parts.Count * TuyaValuePart.Size;
        index.Slice(0, indexLength).CopyTo(block.AsSpan(indexStart));

        byte[] data = value.SumOk ? TuyaSecretText.Blank(value.Name, value.Data.Span) : new byte[value.Data.Length];
        if (value.SumOk)
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(indexStart), TuyaCipher.Sum(data));
        CopyToPages(value, data);
    }

    private void CopyToPages(TuyaValue value, ReadOnlySpan<byte> data)
    {
        foreach (var page in value.Pages)
        {
            int count = Math.Min(TuyaBlock.PageSize, data.Length);
            data.Slice(0, count).CopyTo(_plain[page.Block.Id].AsSpan(page.Page * TuyaBlock.PageSize));
            data = data.Slice(count);
        }
    }

    /// <summary>
    /// Enciphers a block. One that was damaged must not look sound afterwards: as the newest copy it would take the place of the one that
    /// counts.
    /// </summary>
    private static byte[] Seal(TuyaBlock block, byte[] plain, AesEcb128 cipher)
    {
        if (!block.SumOk && !block.IsCurrent)
            return Erased();
        TuyaCipher.RenewSum(plain);
        if (!block.SumOk)
            plain[4] ^= 0xFF;
        var sector = new byte[FlashGeometry.SectorSize];
        cipher.Encrypt(plain, sector);
        return sector;
    }

    /// <summary>A block whose first 16 bytes are damaged is none for the reader, but the rest of it still deciphers.</summary>
    private void EraseUnreadableBlocks(ReadOnlySpan<byte> image, AesEcb128 cipher)
    {
        byte[] erasedPlain = Erased();
        var erasedCipher = new byte[AesEcb128.BlockSize];
        cipher.Encrypt(erasedPlain.AsSpan(0, AesEcb128.BlockSize), erasedCipher);
        for (int i = 1; i < ArenaLimit; i++)
        {
            long offset = _storage.Offset + (long)i * FlashGeometry.SectorSize;
            if (offset > image.Length - FlashGeometry.SectorSize)
                return;
            if (!_changed.ContainsKey(offset) && image.Slice((int)offset, FlashGeometry.SectorSize).IndexOf(erasedCipher) >= 0)
                _changed[offset] = Erased();
        }
    }
}
