using System.Buffers.Binary;

namespace BekenImage.Formats.Rf;

/// <summary>
/// An RF table: calibration and MAC of one device. Immutable; holds slices of the bytes that were read, which must not change.
/// </summary>
/// <remarks>Read by <see cref="RfReader"/>. There is no checksum in it. Source: FORMAT.md.</remarks>
public sealed class RfTable
{
    /// <summary>Tag and length in front of every element, group and of the root.</summary>
    public const int HeaderSize = 8;

    /// <summary>Where the MAC begins in every table met, counted from the start of the table.</summary>
    public const int UsualMacOffset = 0x24;

    internal RfTable(long offset, ReadOnlyMemory<byte> bytes, IReadOnlyList<RfGroup> groups, IReadOnlyList<RfItem> items)
    {
        Offset = offset;
        Bytes = bytes;
        Groups = groups;
        Items = items;
        Generic = RfGenericTables.Find(this);
    }

    /// <summary>Physical offset of its first byte.</summary>
    public long Offset { get; }

    /// <summary>The stored length of the root: the bytes behind its header. 502 complete N, 480 complete T, 98 chip information only.</summary>
    public int Length => Bytes.Length - HeaderSize;

    /// <summary>Bytes of the sector that it occupies: <c>8 + Length</c>.</summary>
    public int UsedSize => Bytes.Length;

    /// <summary>The table's own bytes, <see cref="UsedSize"/> of them.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The groups in stored order.</summary>
    public IReadOnlyList<RfGroup> Groups { get; }

    /// <summary>The elements of all groups in stored order.</summary>
    public IReadOnlyList<RfItem> Items { get; }

    /// <summary>The station MAC as stored; null when there is no TXID_MAC of six bytes. It need not be one a station may have.</summary>
    public MacAddress? Mac => Find(RfTags.Mac) is { Data.Length: MacAddress.Size } item ? new MacAddress(item.Data.Span) : null;

    /// <summary>The MAC as text, lower-case hex with colons; null when there is none.</summary>
    public string? MacText => Mac?.ToString();

    /// <summary>True when the firmware can use it: there is a MAC, and one a station may have.</summary>
    public bool IsUsable => Mac is { IsStation: true };

    /// <summary>
    /// True when it holds more than chip information: power tables or results of the self calibration. False means that the calibration
    /// was lost and the firmware (or a tool) made a new table.
    /// </summary>
    public bool IsCalibrated => Items.Any(item =>
        item.GroupTag is RfTags.PowerGroup or RfTags.PowerGroupV2 or RfTags.TransmitGroup or RfTags.ReceiveGroup);

    /// <summary>
    /// True when it is a table that flashers write where a device has lost its own: another unit's calibration, or none, under a made-up
    /// MAC. Told by content; another MAC given to such a calibration does not make it the device's.
    /// </summary>
    public bool IsGeneric => Generic is not null;

    /// <summary>Which table of a flasher it is; null when it is none.</summary>
    internal RfGenericTable? Generic { get; }

    /// <summary>
    /// True when temperature code, crystal and filter values are all among the SDK's defaults: nothing in the chip information was measured.
    /// </summary>
    public bool HasDefaultChipValues =>
        GetUInt32(RfTags.Thermal) is 350 or 330 or 255 or 280 &&
        GetUInt32(RfTags.Crystal) is 0x08 or 0x0C or 0x10 or 0x19 or 0x26 or 0x32 or 0x3C &&
        Find(RfTags.LowPassFilter) is { Data.Length: 8 } filter &&
        BinaryPrimitives.ReadUInt32LittleEndian(filter.Data.Span) == 0x80 &&
        BinaryPrimitives.ReadUInt32LittleEndian(filter.Data.Span.Slice(4)) == 0x80;

    /// <summary>The first element with this tag, which is the one the firmware reads; null when there is none.</summary>
    /// <param name="tag">See <see cref="RfTags"/>.</param>
    public RfItem? Find(uint tag) => Items.FirstOrDefault(item => item.Tag == tag);

    /// <summary>The value of the first element with this tag; null when there is none or it has not four bytes.</summary>
    /// <param name="tag">See <see cref="RfTags"/>.</param>
    public uint? GetUInt32(uint tag) =>
        Find(tag) is { Data.Length: sizeof(uint) } item ? BinaryPrimitives.ReadUInt32LittleEndian(item.Data.Span) : null;

    /// <summary>A new table that differs in the six bytes of the MAC only.</summary>
    /// <param name="mac">The MAC it shall have.</param>
    /// <exception cref="BekenImageException">
    /// No station may have that MAC (<see cref="FindingCode.RfMacRefused"/>), or the table has no TXID_MAC of six bytes
    /// (<see cref="FindingCode.RfMacMissing"/>): a table is never built, only changed.
    /// </exception>
    public RfTable WithMac(MacAddress mac) => RfWriter.WithMac(this, mac);

    /// <summary>Where it lies, its MAC, how much it holds.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
        $"RF table at 0x{Offset:x}, MAC {MacText ?? "none"}, {Items.Count} items, {Describe()}");

    /// <summary>Whose calibration it holds, in a few words.</summary>
    internal string Describe() => (IsCalibrated, IsGeneric) switch
    {
        (_, true) => "written by a flasher",
        (true, _) => "calibrated",
        _ => "not calibrated",
    };
}
