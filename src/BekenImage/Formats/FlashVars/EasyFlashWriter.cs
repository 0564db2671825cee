using System.Buffers.Binary;

namespace BekenImage.Formats.FlashVars;

/// <summary>Changes stores of EasyFlash 4 in place: no entry moves, so that every offset stays.</summary>
internal static class EasyFlashWriter
{
    private const int DirtyOffset = 1;
    private const byte DirtyMask = 0x3F;
    private const byte DeletedMask = 0xEF;

    /// <summary>
    /// The store's bytes without fast-connect data: every copy of <c>fcdata</c>, also deleted and damaged ones, has zeros as its value and a
    /// right CRC, and counts as deleted, so that the firmware connects the ordinary way. All else stays.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <returns>As many bytes as the store has.</returns>
    public static byte[] WithoutSecrets(EasyFlashStore store)
    {
        if (store is null)
            throw new ArgumentNullException(nameof(store));
        byte[] bytes = store.Bytes.ToArray();
        for (int sector = 0; sector < bytes.Length; sector += FlashGeometry.SectorSize)
        {
            var span = bytes.AsSpan(sector, FlashGeometry.SectorSize);
            int position = FindMagic(span, 0);
            while (position >= 0)
            {
                int next = FindMagic(span, position + 1);
                RemoveSecret(span, position, next < 0 ? span.Length : next);
                position = next;
            }
        }
        return bytes;
    }

    /// <summary>Looks for the mark alone, not for whole entries, because a damaged one may hold a secret too.</summary>
    private static int FindMagic(ReadOnlySpan<byte> sector, int from)
    {
        int start = from + EasyFlashReader.MagicOffset;
        int found = start < sector.Length ? sector.Slice(start).IndexOf(EasyFlashReader.EntryMagic) : -1;
        return found < 0 ? -1 : from + found;
    }

    private static void RemoveSecret(Span<byte> sector, int position, int next)
    {
        var rest = sector.Slice(position);
        int nameEnd = EasyFlashReader.EntryHeaderSize + EasyFlashStore.FastConnectName.Length;
        if (rest.Length < nameEnd || !rest.Slice(EasyFlashReader.EntryHeaderSize).StartsWith("fcdata"u8))
            return;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest.Slice(EasyFlashReader.LengthOffset));
        bool fits = length >= nameEnd && length <= rest.Length &&
                    rest[EasyFlashReader.NameLengthOffset] == EasyFlashStore.FastConnectName.Length &&
                    length - nameEnd == BinaryPrimitives.ReadUInt32LittleEndian(rest.Slice(EasyFlashReader.ValueLengthOffset));
        int end = fits ? (int)length : next - position;
        if (end > nameEnd)
            rest.Slice(nameEnd, end - nameEnd).Clear();
        if (!fits)
            return;
        BinaryPrimitives.WriteUInt32LittleEndian(rest.Slice(EasyFlashReader.CrcOffset), EasyFlashReader.CrcOf(rest.Slice(0, end)));
        rest[EasyFlashReader.StatusOffset] &= DeletedMask;
        sector[DirtyOffset] &= DirtyMask;
    }
}
