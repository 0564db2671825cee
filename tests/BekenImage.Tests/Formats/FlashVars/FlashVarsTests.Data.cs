using System.Buffers.Binary;
using System.Text;

namespace BekenImage.Tests.Formats.FlashVars;

/// <summary>What other tests make images of, too.</summary>
public partial class FlashVarsTests
{
    internal static byte[] Area(params byte[][] entries)
    {
        var area = new byte[0x8000];
        area.AsSpan().Fill(0xFF);
        for (int sector = 0; sector < area.Length; sector += 4096)
        {
            area[sector] = 0x7F;
            area[sector + 1] = 0x7F;
            "EF40"u8.CopyTo(area.AsSpan(sector + 4));
        }
        area[0] = 0x3F;
        int position = 16;
        foreach (byte[] entry in entries)
        {
            entry.CopyTo(area, position);
            position += entry.Length;
        }
        return area;
    }

    /// <summary>Written down from the byte table, with a CRC that is computed bit by bit here.</summary>
    internal static byte[] Entry(byte status, string name, byte[] value)
    {
        byte[] body = [(byte)name.Length, 0xFF, 0xFF, 0xFF, .. BitConverter.GetBytes(value.Length), .. Encoding.ASCII.GetBytes(name), .. value];
        uint crc = 0xFFFFFFFF;
        foreach (byte part in body)
        {
            crc ^= part;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return [status, 0xFF, 0xFF, 0xFF, .. "KV40"u8, .. BitConverter.GetBytes(16 + body.Length), .. BitConverter.GetBytes(~crc), .. body];
    }

    internal static byte[] Journal(params byte[][] copies)
    {
        byte[] used = [0xFE, 0xFE, 0xFE, 0xFE, .. copies.SelectMany(copy => copy)];
        return [.. used, .. Enumerable.Repeat((byte)0xFF, 0x2000 - used.Length)];
    }

    internal static byte[] Variables(int bootCount)
    {
        var bytes = new byte[64];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)bootCount);
        bytes[2] = 7;
        for (int i = 0; i < 12; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(4 + 2 * i), (short)(i == 0 ? -1 : i));
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(28), 1.5f);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(32), 0.1f);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(36), float.NaN);
        bytes[40] = 42;
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(44), 2.5f);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(48), 3.5f);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(52), 1700000000);
        bytes[59] = 31;
        new byte[] { 10, 20, 30, 64 }.CopyTo(bytes, 60);
        return bytes;
    }
}
