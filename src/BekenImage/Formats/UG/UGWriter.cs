using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.UG;

/// <summary>Makes UG packages as Tuya's <c>package</c> does. Source: FORMAT.md, section 1.</summary>
public static class UGWriter
{
    /// <summary>Wraps an update package.</summary>
    /// <param name="body">The update package (<c>.rbl</c>), unchanged.</param>
    /// <param name="version">Up to 12 characters; longer ones are cut, as the vendor's program does.</param>
    public static byte[] Pack(ReadOnlySpan<byte> body, string version)
    {
        if (version is null)
            throw new ArgumentNullException(nameof(version));
        var bytes = new byte[UGHeader.Size + body.Length];
        UGHeader.Start.CopyTo(bytes);
        Text.WritePadded(version, bytes.AsSpan(UGHeader.VersionOffset, UGHeader.VersionSize));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(UGHeader.BodyLengthOffset), body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(UGHeader.BodySumOffset), UGHeader.Sum(body));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(UGHeader.HeaderSumOffset), UGHeader.Sum(bytes.AsSpan(0, UGHeader.HeaderSumOffset)));
        UGHeader.End.CopyTo(bytes.AsSpan(UGHeader.EndOffset));
        body.CopyTo(bytes.AsSpan(UGHeader.Size));
        return bytes;
    }

    /// <inheritdoc cref="Pack(ReadOnlySpan{byte}, string)"/>
    public static byte[] Pack(byte[] body, string version) => Pack((body ?? throw new ArgumentNullException(nameof(body))).AsSpan(), version);
}
