using BekenImage.IO;

namespace BekenImage.Formats.Obk;

/// <summary>
/// OpenBeken's configuration (mainConfig_t). Immutable; a view over the bytes that were read, which must not change.
/// </summary>
/// <remarks>Read by <see cref="ObkConfigReader"/>. Source: FORMAT.md.</remarks>
public sealed class ObkConfig
{
    /// <summary>Size of versions 1 to 3, in bytes.</summary>
    public const int OldLength = 2016;

    /// <summary>Size of versions 4 and 5, in bytes.</summary>
    public const int CurrentLength = 3584;

    /// <summary>The version that the firmware writes today.</summary>
    public const int CurrentVersion = 5;

    /// <summary>The configuration has one sector to itself.</summary>
    public const int SectorSize = 4096;

    internal const int ChecksumOffset = 3;
    internal const int VersionOffset = 4;

    internal ObkConfig(ReadOnlyMemory<byte> bytes, long offset, ObkPinLayout layout)
    {
        Bytes = bytes;
        Offset = offset;
        Layout = layout;
        var header = new SpanReader(bytes.Span.Slice(VersionOffset));
        header.TryReadUInt32(out uint version);
        Version = version;
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
    /// True when today's firmware takes it. It computes the checksum over 2016 bytes for version 3 only, so that a configuration of
    /// version 1 or 2 is replaced by the defaults although its own checksum is right.
    /// </summary>
    public bool IsAcceptedByFirmware => ChecksumOk && (Length == OldLength) == (Version == 3);

    /// <summary>The start-up command (initCommandLine); empty when there is none.</summary>
    public string StartupCommand => ObkText.Read(Bytes.Span.Slice(StartupCommandOffset, StartupCommandSize));

    internal const int StartupCommandOffset = 0x5E0;

    internal int StartupCommandSize => Length == OldLength ? 512 : 1568;
}
