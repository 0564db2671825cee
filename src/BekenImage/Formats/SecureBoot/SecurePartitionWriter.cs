using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.SecureBoot;

/// <summary>Writes secure partition tables as beken_utils does. Source: FORMAT.md, section 1.</summary>
public static class SecurePartitionWriter
{
    /// <summary>The bytes of a table: 0x400 bytes of 0xFF, then the records.</summary>
    /// <param name="partitions">The records, unchanged ones byte for byte as they were read.</param>
    /// <param name="copies">
    /// How often: the vendor's packer adds a table to what its folder holds from the run before, so that published files have two; only the
    /// first is read.
    /// </param>
    public static byte[] Write(IReadOnlyList<SecurePartition> partitions, int copies = 1)
    {
        if (partitions is null)
            throw new ArgumentNullException(nameof(partitions));
        if (copies < 1)
            throw new ArgumentOutOfRangeException(nameof(copies));
        byte[] one = ByteRuns.Erased(SecurePartitionTable.RecordsOffset + (long)partitions.Count * SecurePartition.Size);
        for (int i = 0; i < partitions.Count; i++)
            partitions[i].Bytes.Span.CopyTo(one.AsSpan(SecurePartitionTable.RecordsOffset + i * SecurePartition.Size));
        var bytes = new byte[one.Length * copies];
        for (int i = 0; i < copies; i++)
            one.CopyTo(bytes, i * one.Length);
        return bytes;
    }

    internal static byte[] Record(string name, byte type, byte subType, uint offset, uint length, int flags)
    {
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        if (flags is < 0 or > ushort.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(flags));
        byte[] bytes = ByteRuns.Erased(SecurePartition.Size);
        if (name.Length == 0 || name.Any(character => character is < ' ' or > '~'))
            throw new BekenImageException(FindingCode.SecureTableRecord, $"'{name}' is no name a partition can have");
        Text.WriteHeaderText("name of the partition", name, bytes.AsSpan(0, Math.Min(SecurePartition.NameSize, Math.Max(1, name.Length))));
        bytes[SecurePartition.TypeOffset] = type;
        bytes[SecurePartition.SubTypeOffset] = subType;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(SecurePartition.OffsetOffset), offset);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(SecurePartition.LengthOffset), length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(SecurePartition.FlagsOffset), (ushort)flags);
        return bytes;
    }
}
