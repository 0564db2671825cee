using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.Obk;

/// <summary>Reads OpenBeken configurations. Content never throws in <c>TryRead</c>.</summary>
public static class ObkConfigReader
{
    /// <summary>Up to this version a configuration with a wrong checksum is still shown; above, it is taken for something else.</summary>
    private const uint LargestPlausibleVersion = 9;

    /// <summary>Reads the configuration at the start of a sector.</summary>
    /// <param name="sector">Bytes from the start of the sector; what lies behind the configuration is ignored.</param>
    /// <param name="offset">Physical offset of the first byte, kept in the configuration and in findings.</param>
    /// <param name="layout">The pin layout of the chip.</param>
    /// <param name="findings">Receives what is odd, or null. Bytes that are no configuration at all give no finding.</param>
    /// <param name="config">The configuration, or null. Its checksum may be wrong: ask <see cref="ObkConfig.ChecksumOk"/>.</param>
    /// <returns>False when there is none, or when the bytes end before it does.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> sector, long offset, ObkPinLayout layout, ICollection<Finding>? findings,
        [NotNullWhen(true)] out ObkConfig? config)
    {
        config = null;
        var reader = new SpanReader(sector.Span);
        if (!reader.TryReadBytes(ObkConfig.ChecksumOffset, out var ident) || !ident.SequenceEqual("CFG"u8) ||
            !reader.TryReadByte(out byte stored) || !reader.TryReadUInt32(out uint version))
            return false;
        int length = LengthOf(sector.Span, stored, version);
        if (sector.Length < length)
        {
            if (version is > 0 and <= LargestPlausibleVersion)
            {
                findings?.Add(new Finding(FindingSeverity.Error, FindingCode.ObkTruncated, FormattableString.Invariant(
                    $"OpenBeken config of version {version} needs 0x{length:x} bytes, 0x{sector.Length:x} are there"), offset));
            }
            return false;
        }
        var read = new ObkConfig(sector.Slice(0, length), offset, layout);
        if (!read.ChecksumOk && version is 0 or > LargestPlausibleVersion)
            return false;
        config = read;
        Judge(read, findings);
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, long, ObkPinLayout, ICollection{Finding}?, out ObkConfig?)"/>
    public static bool TryRead(
        byte[] sector, long offset, ObkPinLayout layout, ICollection<Finding>? findings, [NotNullWhen(true)] out ObkConfig? config) =>
        TryRead((sector ?? throw new ArgumentNullException(nameof(sector))).AsMemory(), offset, layout, findings, out config);

    /// <summary>Reads bytes that are meant to be a configuration, such as a file given for a new image.</summary>
    /// <param name="bytes">Bytes from the start of the configuration.</param>
    /// <param name="offset">Physical offset of the first byte.</param>
    /// <param name="layout">The pin layout of the chip.</param>
    /// <exception cref="BekenImageException">There is no configuration, it is cut, or its checksum is wrong.</exception>
    public static ObkConfig Read(ReadOnlyMemory<byte> bytes, long offset, ObkPinLayout layout)
    {
        var findings = new List<Finding>();
        if (!TryRead(bytes, offset, layout, findings, out var config) && findings.Count == 0)
        {
            throw new BekenImageException(FindingCode.ObkNotAConfig,
                "no OpenBeken config: it must begin with 'CFG', a checksum and a version; give its 3584 bytes or its sector", offset);
        }
        var error = findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error);
        return error is null ? config! : throw new BekenImageException(error.Code, error.Message, error.Offset);
    }

    /// <summary>
    /// Versions up to 3 are 2016 bytes long. Of versions 1 and 2 today's firmware expects 3584, so that length counts where the checksum
    /// says so.
    /// </summary>
    private static int LengthOf(ReadOnlySpan<byte> sector, byte stored, uint version)
    {
        if (version > 3)
            return ObkConfig.CurrentLength;
        bool isLong = version != 3 && sector.Length >= ObkConfig.CurrentLength &&
            ObkChecksum.Compute(sector.Slice(ObkConfig.VersionOffset, ObkConfig.CurrentLength - ObkConfig.VersionOffset)) == stored;
        return isLong ? ObkConfig.CurrentLength : ObkConfig.OldLength;
    }

    private static void Judge(ObkConfig config, ICollection<Finding>? findings)
    {
        if (findings is null)
            return;
        if (!config.ChecksumOk)
        {
            bool isUnsigned = ObkChecksum.ComputeUnsigned(config.Bytes.Span.Slice(ObkConfig.VersionOffset)) == config.StoredChecksum;
            findings.Add(new Finding(FindingSeverity.Error, FindingCode.ObkChecksum, FormattableString.Invariant(
                $"OpenBeken config has checksum 0x{config.StoredChecksum:x2}, its bytes give 0x{config.ComputedChecksum:x2}; ") +
                (isUnsigned ? "it was made for another platform, " : string.Empty) + "the firmware replaces it by its defaults",
                config.Offset));
        }
        else if (!config.IsAcceptedByFirmware)
        {
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.ObkVersionNotAccepted, FormattableString.Invariant(
                $"OpenBeken config has version {config.Version} in {config.Length} bytes; today's firmware replaces it by its defaults"),
                config.Offset));
        }
        if (config.Version > ObkConfig.CurrentVersion)
        {
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.ObkVersionUnknown, FormattableString.Invariant(
                $"OpenBeken config has version {config.Version}, {ObkConfig.CurrentVersion} is the newest known; its fields may have other places"),
                config.Offset));
        }
    }
}
