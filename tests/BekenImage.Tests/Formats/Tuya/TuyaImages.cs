using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Formats.Tuya;

/// <summary>Corpus images un-rotated, and synthetic ones made by a second implementation that shares nothing with the library.</summary>
internal static partial class TuyaImages
{
    public const int Sector = 4096;
    public const int KeyOffset = 0x1EE000;
    public static readonly byte[] InnerKey = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray();

    public static byte[] ReadUnrotated(string file)
    {
        byte[] stored = Corpus.Read(file);
        int rotation = Corpus.Manifest(file).GetProperty("rotation").GetInt32();
        return [.. stored.AsSpan(stored.Length - rotation), .. stored.AsSpan(0, stored.Length - rotation)];
    }

    public static byte[] Crypt(byte[] key, byte[] data, bool encrypt)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return encrypt ? aes.EncryptEcb(data, PaddingMode.None) : aes.DecryptEcb(data, PaddingMode.None);
    }

    public static byte[] MasterKey => Encoding.ASCII.GetBytes("qwertyuiopasdfgh");

    public static byte[] DataKey(string part1 = "8710", int part2Times = 1)
    {
        var key = new byte[16];
        for (int i = 0; i < 16; i++)
            key[i] = (byte)((part1.Length == 0 ? 0 : part1[i % 4]) + part2Times * "HHRRQbyemofrtytf"[i] + InnerKey[i]);
        return key;
    }

    public static byte[] KeyBlock()
    {
        byte[] plain = Filled(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(plain, 0x13579753);
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(4), (uint)InnerKey.Sum(b => b));
        InnerKey.CopyTo(plain, 8);
        return Crypt(MasterKey, plain, true);
    }

    public static byte[] Filled(byte value)
    {
        var bytes = new byte[Sector];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    /// <summary>A data block without pages, deciphered; the sum is wrong until <see cref="Seal"/>.</summary>
    public static byte[] Block(int id, uint generation, uint magic = 0x98761234)
    {
        byte[] plain = Filled(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(plain, magic);
        BinaryPrimitives.WriteUInt16LittleEndian(plain.AsSpan(8), (ushort)id);
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(10), generation);
        plain[14] = 4;
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(15), 0);
        return plain;
    }

    /// <summary>Puts an index page into a block.</summary>
    public static byte[] Index(this byte[] block, int page, string name, byte[] value, params (int Block, int First, int Last)[] parts)
    {
        block[15 + page / 8] |= (byte)(1 << page % 8);
        var index = block.AsSpan(128 * page, 128);
        BinaryPrimitives.WriteUInt32LittleEndian(index, (uint)value.Sum(b => b));
        BinaryPrimitives.WriteUInt32LittleEndian(index.Slice(4), (uint)value.Length);
        block.AsSpan(8, 2).CopyTo(index.Slice(8));
        index[10] = (byte)page;
        BinaryPrimitives.WriteUInt16LittleEndian(index.Slice(11), (ushort)parts.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(index.Slice(13), 0);
        index[17] = (byte)(name.Length + 1);
        Encoding.ASCII.GetBytes(name).CopyTo(index.Slice(18));
        index[18 + name.Length] = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            var part = index.Slice(19 + name.Length + 4 * i);
            BinaryPrimitives.WriteUInt16LittleEndian(part, (ushort)parts[i].Block);
            part[2] = (byte)parts[i].First;
            part[3] = (byte)parts[i].Last;
        }
        return block;
    }

    /// <summary>Puts bytes into a block from a page on.</summary>
    public static byte[] Data(this byte[] block, int page, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(block.AsSpan(128 * page));
        return block;
    }

    public static byte[] Seal(this byte[] sector)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(4), (uint)sector.Skip(8).Sum(b => (long)b));
        return sector;
    }

    /// <summary>A key block and the given blocks behind it, enciphered.</summary>
    public static byte[] Piece(byte[] dataKey, params byte[][] blocks) => [.. KeyBlock(), .. blocks.SelectMany(block => Crypt(dataKey, block.Seal(), true))];

    /// <summary>A whole chip with the storage at its usual place.</summary>
    public static byte[] Chip(params byte[][] blocks)
    {
        var image = new byte[0x200000];
        image.AsSpan().Fill(0xFF);
        Piece(DataKey(), blocks).CopyTo(image, KeyOffset);
        return image;
    }

    /// <summary>A protected block with these entries.</summary>
    public static byte[] ProtectedBlock(uint generation, params (string Name, byte[] Data)[] entries)
    {
        byte[] body = new byte[Sector - 32];
        body.AsSpan().Fill(0xFF);
        int position = 0;
        foreach (var (name, data) in entries)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(position), (uint)data.Length);
            body.AsSpan(position + 4, 32).Clear();
            Encoding.ASCII.GetBytes(name).CopyTo(body, position + 4);
            data.CopyTo(body, position + 36);
            position += 36 + data.Length;
        }
        byte[] sector = Filled(0xFF);
        Crypt(DataKey(), body, true).CopyTo(sector, 32);
        BinaryPrimitives.WriteUInt32LittleEndian(sector, 0x13579753);
        InnerKey.CopyTo(sector, 8);
        BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(24), (uint)position);
        BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(28), generation);
        return Crypt(MasterKey, sector.Seal(), true);
    }

    /// <summary>A UF superblock; a file's sectors are numbers in the sequence.</summary>
    public static byte[] Superblock(uint generation, params (string Name, int Length, byte[] Sectors)[] files)
    {
        byte[] sector = new byte[Sector];
        BinaryPrimitives.WriteUInt32LittleEndian(sector, 0x98764321);
        BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(8), generation);
        BinaryPrimitives.WriteUInt16LittleEndian(sector.AsSpan(14), (ushort)files.Length);
        for (int i = 0; i < files.Length; i++)
        {
            var entry = sector.AsSpan(16 + 100 * i, 100);
            Encoding.ASCII.GetBytes(files[i].Name).CopyTo(entry);
            BinaryPrimitives.WriteUInt32LittleEndian(entry.Slice(32), (uint)files[i].Length);
            files[i].Sectors.CopyTo(entry.Slice(36));
        }
        return sector.Seal();
    }

    public static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    public static byte[] Pattern(int length, int seed) => Enumerable.Range(0, length).Select(i => (byte)(i * 31 + seed * 17 + i / 128)).ToArray();
}
