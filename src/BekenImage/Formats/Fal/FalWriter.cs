using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.Fal;

/// <summary>Writes partition tables.</summary>
public static class FalWriter
{
    /// <summary>The bytes of a table as they lie in a bootloader: its entries, unchanged ones byte for byte as they were read.</summary>
    /// <param name="table">The table.</param>
    public static byte[] Write(FalTable table)
    {
        if (table is null)
            throw new ArgumentNullException(nameof(table));
        var bytes = new byte[table.Partitions.Count * FalPartition.Size];
        for (int i = 0; i < table.Partitions.Count; i++)
            table.Partitions[i].Bytes.Span.CopyTo(bytes.AsSpan(i * FalPartition.Size));
        return bytes;
    }

    internal static byte[] Entry(string name, string flash, uint offset, uint length, bool withCrc)
    {
        if (string.IsNullOrEmpty(name) || name.Length > FalPartition.NameSize)
            throw new ArgumentException("A partition name has 1 to 24 characters.", nameof(name));
        if (string.IsNullOrEmpty(flash) || flash.Length > FalPartition.FlashSize)
            throw new ArgumentException("A flash name has 1 to 24 characters.", nameof(flash));
        var bytes = new byte[FalPartition.Size];
        FalReader.Magic.CopyTo(bytes);
        Text.WritePadded(name, bytes.AsSpan(FalPartition.NameOffset, FalPartition.NameSize));
        Text.WritePadded(flash, bytes.AsSpan(FalPartition.FlashOffset, FalPartition.FlashSize));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(FalPartition.OffsetOffset), offset);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(FalPartition.LengthOffset), length);
        if (withCrc)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(FalPartition.CrcOffset), Crc32.Compute(bytes.AsSpan(0, FalPartition.CrcOffset)));
        return bytes;
    }
}
