using System.Buffers.Binary;
using BekenImage.Crypto;

namespace BekenImage.Formats.Tuya;

/// <summary>Changes values of a Tuya storage: data pages, index page, map, block sum, cipher. Every other byte stays.</summary>
internal static class TuyaStorageWriter
{
    /// <summary>Stores a value, new or in place of the one of that name.</summary>
    /// <param name="storage">The storage as read.</param>
    /// <param name="name">The key; one byte a character.</param>
    /// <param name="data">The bytes; <see cref="TuyaValue.Encode"/> makes them of a text.</param>
    /// <returns>The sectors that changed, by offset; none where the value is there already.</returns>
    /// <exception cref="BekenImageException">The name or value cannot be stored, does not fit, or its block is damaged.</exception>
    /// <remarks>The generation stays: copies made earlier are still older.</remarks>
    public static IReadOnlyList<TuyaSector> SetValue(TuyaStorage storage, string name, ReadOnlySpan<byte> data)
    {
        if (storage is null)
            throw new ArgumentNullException(nameof(storage));
        var value = storage.Find(name);
        if (value is { SumOk: true } && value.Data.Span.SequenceEqual(data))
            return [];
        byte[] nameBytes = CheckName(name);
        if (data.IsEmpty)
            throw new BekenImageException(FindingCode.TuyaValueInvalid, "A Tuya value has at least one byte; the firmware stores no empty ones.");
        if (value is { IndexBlock.SumOk: false })
            throw new BekenImageException(FindingCode.TuyaBlockDamaged, FormattableString.Invariant(
                $"The value lies in Tuya block {value.IndexBlock.Id}, whose sum is wrong; writing would make the damage look right."),
                value.IndexBlock.Offset);
        var allocator = new TuyaPageAllocator(storage, value);
        var placement = allocator.Place((data.Length + TuyaBlock.PageSize - 1) / TuyaBlock.PageSize, TuyaIndexPage.PartLimit(nameBytes.Length));
        return Write(storage, nameBytes, data, placement, value is null);
    }

    /// <summary>Stores a value; the overload for callers without spans.</summary>
    /// <param name="storage">The storage as read.</param>
    /// <param name="name">The key; one byte a character.</param>
    /// <param name="data">The bytes.</param>
    /// <returns>The sectors that changed, by offset; none where the value is there already.</returns>
    /// <exception cref="BekenImageException">The name or value cannot be stored, does not fit, or its block is damaged.</exception>
    public static IReadOnlyList<TuyaSector> SetValue(TuyaStorage storage, string name, byte[] data) =>
        SetValue(storage, name, (data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

    private static byte[] CheckName(string name)
    {
        byte[]? bytes = TuyaText.NameBytes(name);
        // 31 bytes and a NUL is what the protected block can hold; longer names were not met in the storage either.
        if (bytes is null || bytes.Length >= TuyaProtectedEntry.NameSize)
            throw new BekenImageException(FindingCode.TuyaValueInvalid, "A Tuya name has at most 31 one-byte characters and no NUL.");
        return bytes;
    }

    private static List<TuyaSector> Write(TuyaStorage storage, byte[] name, ReadOnlySpan<byte> data, TuyaPlacement placement, bool isNew)
    {
        var changed = new SortedDictionary<long, byte[]>();
        byte[] Plain(TuyaBlock block) => changed.TryGetValue(block.Offset, out var plain) ? plain : changed[block.Offset] = block.Plain.ToArray();

        for (int i = 0; i < placement.Pages.Count; i++)
        {
            var page = Plain(placement.Pages[i].Block).AsSpan(placement.Pages[i].Page * TuyaBlock.PageSize, TuyaBlock.PageSize);
            var part = data.Slice(i * TuyaBlock.PageSize);
            part = part.Slice(0, Math.Min(part.Length, TuyaBlock.PageSize));
            part.CopyTo(page);
            page.Slice(part.Length).Fill(0xFF);
        }
        byte[] indexBlock = Plain(placement.Index.Block);
        int indexPage = placement.Index.Page;
        var index = indexBlock.AsSpan(indexPage * TuyaBlock.PageSize, TuyaBlock.PageSize);
        if (isNew)
        {
            index.Fill(0xFF);
            BinaryPrimitives.WriteUInt32LittleEndian(index.Slice(TuyaIndexPage.RamAddressOffset), 0);
            indexBlock[TuyaBlock.MapOffset + indexPage / 8] |= (byte)(1 << indexPage % 8);
        }
        TuyaIndexPage.Write(index, data, placement.Index.Block.Id, indexPage, name, placement.Parts);

        var sectors = new List<TuyaSector>();
        foreach (var pair in changed)
            sectors.Add(Encipher(pair.Key, pair.Value, storage.DataKey));
        return sectors;
    }

    /// <summary>A block with its sum renewed, as it lies in flash.</summary>
    internal static TuyaSector Encipher(long offset, byte[] plain, byte[] dataKey)
    {
        TuyaCipher.RenewSum(plain);
        var sector = new byte[FlashGeometry.SectorSize];
        using var cipher = new AesEcb128(dataKey);
        cipher.Encrypt(plain, sector);
        return new TuyaSector(offset, sector);
    }
}
