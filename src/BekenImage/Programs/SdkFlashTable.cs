using System.Buffers.Binary;

namespace BekenImage.Programs;

/// <summary>
/// The flash map compiled into an app: the table of Beken's SDK (BkDriverFlash.c), which Tuya's SDKs, OpenBeken and LibreTiny keep. It says
/// where this very build writes update packages and looks for RF and network data. Source: Chips/FORMAT.md, section 3.
/// </summary>
internal sealed class SdkFlashTable
{
    private const int RecordSize = 20;
    private const int Records = 5;
    private const int StartField = 8;

    private SdkFlashTable(long download, long rf, long net)
    {
        Download = download;
        Rf = rf;
        Net = net;
    }

    /// <summary>Where update packages go; physical.</summary>
    public long Download { get; }

    /// <summary>The sector of the RF table; physical.</summary>
    public long Rf { get; }

    /// <summary>The sector of the network parameters; physical.</summary>
    public long Net { get; }

    /// <summary>Finds the table in a plain app; null where there is none, or none that can be one.</summary>
    public static SdkFlashTable? Find(ReadOnlySpan<byte> plain)
    {
        // The app's own record begins where every app does; a handful of words of an app have that value.
        Span<byte> appStart = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(appStart, FlashGeometry.AppOffset);
        for (int from = 0; ;)
        {
            int hit = plain.Slice(from).IndexOf(appStart);
            if (hit < 0)
                return null;
            int table = from + hit - StartField - RecordSize;
            if (table % 4 == 0 && table >= 0 && table + Records * RecordSize <= plain.Length && TryRead(plain, table) is { } found)
                return found;
            from += hit + 1;
        }
    }

    // Owner, pointer to the name, start, length, options; bootloader, app, update package, RF, network parameters.
    private static SdkFlashTable? TryRead(ReadOnlySpan<byte> plain, int table)
    {
        Span<long> starts = stackalloc long[Records];
        for (int record = 0; record < Records; record++)
        {
            var fields = plain.Slice(table + record * RecordSize, RecordSize);
            long name = BinaryPrimitives.ReadUInt32LittleEndian(fields.Slice(4)) - (long)FlashGeometry.AppLogicalAddress;
            starts[record] = BinaryPrimitives.ReadUInt32LittleEndian(fields.Slice(StartField));
            bool ordered = record == 0 ? starts[0] == 0 : starts[record] > starts[record - 1];
            bool isPlace = starts[record] % FlashGeometry.SectorSize == 0 && starts[record] < FlashGeometry.MaximumImageLength;
            if (!ordered || !isPlace || name < 0 || name >= plain.Length)
                return null;
            if (record == 0 && !plain.Slice((int)name).StartsWith("Bootloader"u8))
                return null;
        }
        return new SdkFlashTable(starts[2], starts[3], starts[4]);
    }
}
