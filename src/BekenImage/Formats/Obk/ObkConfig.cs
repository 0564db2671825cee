using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.Obk;

/// <summary>
/// OpenBeken's configuration (mainConfig_t). Immutable; a view over the bytes that were read, which must not change.
/// </summary>
/// <remarks>Read by <see cref="ObkConfigReader"/>, changed by <see cref="ObkConfigBuilder"/>. Source: FORMAT.md.</remarks>
public sealed partial class ObkConfig
{
    /// <summary>Size of versions 1 to 3, in bytes.</summary>
    public const int OldLength = 2016;

    /// <summary>Size of versions 4 and 5, in bytes.</summary>
    public const int CurrentLength = 3584;

    /// <summary>The version that the firmware writes today.</summary>
    public const int CurrentVersion = 5;

    internal const int ChecksumOffset = 3;
    internal const int VersionOffset = 4;

    internal ObkConfig(ReadOnlyMemory<byte> bytes, long offset, ObkPinLayout layout)
    {
        Bytes = bytes;
        Offset = offset;
        Layout = layout;
        Version = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span.Slice(VersionOffset));
        ComputedChecksum = ObkChecksum.Compute(bytes.Span.Slice(VersionOffset));
    }

    /// <summary>Physical offset of its first byte.</summary>
    public long Offset { get; }

    /// <summary>Which of the two pin layouts it was read with.</summary>
    public ObkPinLayout Layout { get; }

    /// <summary>The stored version, 1 to 5.</summary>
    public long Version { get; }

    /// <summary>Its size in bytes: 2016 up to version 3, else 3584.</summary>
    public int Length => Bytes.Length;

    /// <summary>The bytes, <see cref="Length"/> of them.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The checksum as stored.</summary>
    public byte StoredChecksum => Bytes.Span[ChecksumOffset];

    /// <summary>The checksum that the bytes give.</summary>
    public byte ComputedChecksum { get; }

    /// <summary>True when the two are the same. Where not, the firmware replaces the configuration by its defaults.</summary>
    public bool ChecksumOk => StoredChecksum == ComputedChecksum;

    /// <summary>
    /// True when the firmware of release 1.18.300 takes it. It computes the checksum over 2016 bytes for version 3 only, so that a
    /// configuration of version 1 or 2 is replaced by the defaults although its own checksum is right.
    /// </summary>
    public bool IsAcceptedByFirmware => ChecksumOk && (Length == OldLength) == (Version == 3);

    /// <summary>All 64 generic flags; bit n is flag n.</summary>
    public ulong Flags => ObkFlags.Read(Bytes.Span);

    /// <summary>The plain value of a field, passwords included; see <see cref="ObkFieldType"/> for its type.</summary>
    /// <param name="name">Name of the field, see <see cref="ObkFields"/>.</param>
    /// <returns>Null when there is no such field, or not in this version.</returns>
    public object? this[string name] =>
        ObkFields.Find(name) is { } found && found.ExistsIn(Length) ? ObkFieldCodec.Read(found, Bytes.Span, Layout) : null;

    /// <summary>
    /// Every field as name and plain value (string, long, double, lists of these, maps as lists of pairs; see <see cref="ObkFieldType"/>),
    /// ready to be rendered as JSON: the version, all flags as one number (<c>flags</c>) and by name (<c>flagNames</c>), then the fields in
    /// stored order.
    /// </summary>
    /// <param name="showSecrets">
    /// False to have <see cref="SecretMask.Text"/> in place of passwords that are set, and blanks in place of commands that carry some in the start-up
    /// command. Given back to a builder, both leave what is there.
    /// </param>
    public IReadOnlyList<NamedValue> ToFields(bool showSecrets = false)
    {
        var fields = new List<NamedValue>
        {
            new("version", Version),
            new(ObkFlags.Name, ObkFlags.ToPlainValue(Flags)),
            new(ObkFlags.NamesName, ObkFlags.NamesOf(Flags).Cast<object>().ToArray()),
        };
        foreach (var field in ObkFields.All)
        {
            if (!field.ExistsIn(Length))
                continue;
            object value = ObkFieldCodec.Read(field, Bytes.Span, Layout);
            if (field.IsSecret && !showSecrets && value is string { Length: > 0 })
                value = SecretMask.Text;
            else if (field.Name == "startupCommand" && !showSecrets)
                value = ObkSecrets.RemoveFromScript((string)value);
            fields.Add(new(field.Name, value));
        }
        return fields;
    }

    /// <summary>The sector that holds it: its bytes, then 0xFF.</summary>
    /// <returns>4096 bytes.</returns>
    public byte[] ToSector() => ByteRuns.Erased(FlashGeometry.SectorSize, Bytes.Span);

    /// <summary>Version, place, how many pins are in use; no name and no password.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
        $"OpenBeken configuration of version {Version} at 0x{Offset:x}, {Pins.Count(pin => !pin.IsUnused)} pins{(ChecksumOk ? "" : ", damaged")}");
}
