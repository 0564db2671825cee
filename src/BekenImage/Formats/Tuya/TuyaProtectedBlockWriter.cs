using System.Buffers.Binary;
using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Formats.Tuya;

/// <summary>Changes values of a protected block.</summary>
internal static class TuyaProtectedBlockWriter
{
    /// <summary>Replaces the value of an entry.</summary>
    /// <param name="block">The block as read.</param>
    /// <param name="name">The key.</param>
    /// <param name="data">The bytes.</param>
    /// <returns>The new sector, or null where there is no such entry or it holds these bytes already.</returns>
    /// <exception cref="BekenImageException">The entries would not fit into the sector.</exception>
    public static TuyaSector? SetEntry(TuyaProtectedBlock block, string name, ReadOnlySpan<byte> data)
    {
        if (block is null)
            throw new ArgumentNullException(nameof(block));
        var entry = block.Find(name);
        if (entry is null || entry.Data.Span.SequenceEqual(data))
            return null;
        byte[] value = data.ToArray();
        return Write(block, block.Entries.Select(other => other == entry ? new TuyaProtectedEntry(name, value) : other).ToList(), keepRest: true);
    }

    /// <summary>Replaces the value of an entry; the overload for callers without spans.</summary>
    /// <param name="block">The block as read.</param>
    /// <param name="name">The key.</param>
    /// <param name="data">The bytes.</param>
    /// <returns>The new sector, or null where there is no such entry or it holds these bytes already.</returns>
    /// <exception cref="BekenImageException">The entries would not fit into the sector.</exception>
    public static TuyaSector? SetEntry(TuyaProtectedBlock block, string name, byte[] data) =>
        SetEntry(block, name, (data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

    /// <summary>Lays the entries out anew; what lies behind them stays, or is cleared.</summary>
    internal static TuyaSector Write(TuyaProtectedBlock block, IReadOnlyList<TuyaProtectedEntry> entries, bool keepRest)
    {
        long needed = entries.Sum(entry => (long)TuyaProtectedEntry.HeaderSize + entry.Data.Length);
        if (needed > TuyaProtectedBlock.BodySize)
            throw new BekenImageException(FindingCode.TuyaValueTooLarge, FormattableString.Invariant(
                $"The protected block would need {needed} bytes, it holds {TuyaProtectedBlock.BodySize}; nothing was written."), block.Offset);
        byte[] body = block.Body.ToArray();
        if (!keepRest)
            body.AsSpan().Fill(0xFF);
        else if (needed < block.DataLength)
            body.AsSpan((int)needed, (int)Math.Min(block.DataLength, body.Length) - (int)needed).Fill(0xFF);
        var rest = body.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)entry.Data.Length);
            Text.WritePadded(entry.Name, rest.Slice(4, TuyaProtectedEntry.NameSize));
            entry.Data.Span.CopyTo(rest.Slice(TuyaProtectedEntry.HeaderSize));
            rest = rest.Slice(TuyaProtectedEntry.HeaderSize + entry.Data.Length);
        }
        return Encipher(block, body, (uint)needed);
    }

    // The sum covers the bytes as they are after the inner cipher and before the outer one.
    private static TuyaSector Encipher(TuyaProtectedBlock block, byte[] body, uint dataLength)
    {
        var sector = new byte[FlashGeometry.SectorSize];
        block.Header.CopyTo(sector, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(TuyaProtectedBlock.DataLengthOffset), dataLength);
        using var inner = new AesEcb128(block.DataKey);
        using var outer = new AesEcb128(TuyaCipher.MasterKey);
        inner.Encrypt(body, sector.AsSpan(TuyaProtectedBlock.HeaderSize));
        TuyaCipher.RenewSum(sector);
        outer.Encrypt(sector, sector);
        return new TuyaSector(block.Offset, sector);
    }
}
