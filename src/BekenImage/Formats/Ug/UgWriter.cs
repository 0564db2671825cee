using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.Ug;

/// <summary>Makes UG packages as Tuya's <c>package</c> does. Source: FORMAT.md, section 1.</summary>
public static class UgWriter
{
    /// <summary>Wraps an update package.</summary>
    /// <param name="body">The update package (<c>.rbl</c>), unchanged.</param>
    /// <param name="version">Up to 12 characters.</param>
    /// <exception cref="BekenImageException">The version does not fit its field; the vendor's program cuts it.</exception>
    public static byte[] Pack(ReadOnlySpan<byte> body, string version)
    {
        if (version is null)
            throw new ArgumentNullException(nameof(version));
        var bytes = new byte[UgHeader.Size + body.Length];
        UgHeader.Start.CopyTo(bytes);
        Text.WriteHeaderText("version", version, bytes.AsSpan(UgHeader.VersionOffset, UgHeader.VersionSize));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(UgHeader.BodyLengthOffset), body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(UgHeader.BodySumOffset), UgHeader.Sum(body));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(UgHeader.HeaderSumOffset), UgHeader.Sum(bytes.AsSpan(0, UgHeader.HeaderSumOffset)));
        UgHeader.End.CopyTo(bytes.AsSpan(UgHeader.EndOffset));
        body.CopyTo(bytes.AsSpan(UgHeader.Size));
        return bytes;
    }

    /// <inheritdoc cref="Pack(ReadOnlySpan{byte}, string)"/>
    public static byte[] Pack(byte[] body, string version) => Pack((body ?? throw new ArgumentNullException(nameof(body))).AsSpan(), version);
}
