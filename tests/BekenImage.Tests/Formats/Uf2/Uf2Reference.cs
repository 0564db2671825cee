using System.Buffers.Binary;

namespace BekenImage.Tests.Formats.Uf2;

/// <summary>UF2 blocks written field by field from the byte table; shares nothing with the library.</summary>
internal static class Uf2Reference
{
    public const uint FamilyN = 0x7B3EF230;

    public static byte[] Block(uint flags, uint address, byte[] data, int number, int count, uint family, params byte[][] tags)
    {
        var block = new byte[512];
        void Word(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(at), value);
        Word(0x00, 0x0A324655);
        Word(0x04, 0x9E5D5157);
        Word(0x08, flags);
        Word(0x0C, address);
        Word(0x10, (uint)data.Length);
        Word(0x14, (uint)number);
        Word(0x18, (uint)count);
        Word(0x1C, family);
        byte[] content = [.. data, .. tags.SelectMany(tag => tag)];
        content.CopyTo(block, 0x20);
        Word(0x1FC, 0x0AB16F30);
        return block;
    }

    public static byte[] Tag(int type, params byte[] value)
    {
        byte[] tag = [(byte)(4 + value.Length), (byte)type, (byte)(type >> 8), (byte)(type >> 16), .. value];
        return [.. tag, .. new byte[(4 - tag.Length % 4) % 4]];
    }

    public static byte[] Text(int type, string text) => Tag(type, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A file whose header block has some tags, and whose data goes out in blocks of 256.</summary>
    public static byte[] File(byte[][] headerTags, byte[] partInfo, byte[] data, uint family = FamilyN)
    {
        int count = 1 + (data.Length + 255) / 256;
        var file = new List<byte>(Block(0xA001, 0, [], 0, count, family, headerTags));
        for (int number = 1; number < count; number++)
        {
            byte[] chunk = data.Skip((number - 1) * 256).Take(256).ToArray();
            byte[][] tags = number == 1 ? [Tag(0xC0EE0C, partInfo)] : [];
            file.AddRange(Block(number == 1 ? 0xA000u : 0x2000u, (uint)(number - 1) * 256, chunk, number, count, family, tags));
        }
        return [.. file];
    }
}
