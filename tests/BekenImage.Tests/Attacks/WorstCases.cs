using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.NvsKey;
using BekenImage.Formats.Rbl;
using BekenImage.Tests.Formats.FlashVars;
using BekenImage.Tests.Formats.LittleFs;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Attacks;

/// <summary>
/// The dearest input there is for each reader, made by code: what the attack list asks for under A3 to A11. Every one is small in what it
/// says and large in what it would cost a reader that believes it.
/// </summary>
internal static class WorstCases
{
    private const int Megabyte = 1 << 20;

    /// <summary>By name, with the entry of the attack list; each is made at the length that is asked for.</summary>
    public static IReadOnlyDictionary<string, Func<int, byte[]>> All { get; } = new Dictionary<string, Func<int, byte[]>>
    {
        ["A4 RBL headers that share one deflate stream"] = length => SharedStream(length, encrypted: false),
        ["A6 nested RBL headers under AES"] = length => SharedStream(length, encrypted: true),
        ["A7 64 striped entries of one range"] = length => StripedEntries(length, step: 0),
        ["A7 64 striped entries of shifted ranges"] = length => StripedEntries(length, step: 0x20),
        ["A8 LittleFS create tags without end"] = CreateTags,
        ["A10 RBL headers"] = length => Repeat(ValidHeader(length), length),
        ["A10 RBL headers in pages"] = length => Repeat(PlainFormats.Pages(ValidHeader(length)), length),
        ["A10 RBL magic"] = length => Repeat("RBL\0\0\0\0\0"u8.ToArray(), length),
        ["A10 RF tables"] = length => Repeat(RfTestData.Sector(RfTestData.CompleteTable()), length),
        ["A10 OpenBeken configurations"] = length => Repeat(ObkTestData.Sector(ObkTestData.Minimal(startupCommand: "backlog x")), length),
        ["A10 LittleFS superblocks"] = length => Repeat(LittleFsBlocks(), length),
        ["A10 partition table entries"] = length => Repeat(PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, true), length),
        ["A10 pages of nothing"] = length => Repeat(PlainFormats.Pages(new byte[32]), length),
        ["A10 gzip heads"] = length => Repeat([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], length),
        ["A10 zip heads"] = length => Repeat([.. "PK\x03\x04"u8, .. new byte[26]], length),
        ["A10 UF2 blocks"] = Uf2Blocks,
        ["A10 PEM beginnings"] = length => Repeat(Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE-----".PadRight(4096, 'A')), length),
        ["A10 secrets in text"] = length => Repeat(Encoding.ASCII.GetBytes("password=aaaaaaaa "), length),
        ["A10 version texts"] = length => Repeat("OpenBK7231N_1.18.300 < TUYA IOT SDK V:2.3.3 BS:40.00 "u8.ToArray(), length),
        ["A10 user_param_key texts"] = length => Repeat("user_param_key{rl1_pin:26,"u8.ToArray(), length),
        ["A10 MCUboot heads"] = length => Repeat([0x3D, 0xB8, 0xF3, 0x96, .. new byte[28]], length),
        ["A11 opening braces"] = length => Repeat("{\"a\":["u8.ToArray(), length),
        ["A4 gzip of zeros"] = length => Gzip(new byte[Math.Min(16, Math.Max(1, length / Megabyte)) * 64 * Megabyte / 16]),
        ["A10 FlashVars stores"] = length => Repeat(FlashVarsTests.Area([.. Enumerable.Range(0, 600).Select(i => FlashVarsTests.Entry(0x3F, $"K{i}", [1]))]), length),
        ["A10 FlashVars sectors"] = length => Repeat(FlashVarsTests.Area(FlashVarsTests.Entry(0x3F, "OBK_FV", FlashVarsTests.Variables(1))), length),
        ["A10 Tuya keys"] = length => Repeat(TuyaImages.KeyBlock(), length),
        ["A10 Tuya storages"] = length => Repeat(TuyaStorage(), length),
        ["A10 Tuya protected blocks"] = length => Repeat(TuyaImages.ProtectedBlock(1, ("gw_bi", TuyaImages.Text("{}")), ("gw_wsm", new byte[3000])), length),
        ["A10 Tuya files of all sectors"] = length => Repeat(UfSuperblock(), length),
        ["A10 MCU updates"] = length => Repeat(McuUpdateWriter.Pack([.. Enumerable.Range(0, 64).Select(i => new McuUpdatePart((uint)i * 4, [1], 1))]), length),
        ["A10 MCU update over the whole file"] = length => McuUpdateWriter.Pack([new McuUpdatePart(0x23000, Repeat([0x3D, 0xB8, 0xF3, 0x96], length - 64), 1)]),
        ["A4 MCU update of LZMA zeros"] = length => McuUpdateWriter.Pack([new McuUpdatePart(0x23000, OverwriteBody.Pack(new byte[Math.Min(8 * Megabyte, 4 * length)]), 1)]),
        ["A10 NVS keys"] = length => Repeat(new NvsKeyRecord([.. Enumerable.Range(1, 64).Select(i => (byte)i)]).Write(), length),
        ["A4 QuickLZ of zeros"] = length => Packed(length, RblCompression.QuickLz),
        ["A4 FastLZ of zeros"] = length => Packed(length, RblCompression.FastLz),
        ["A12 pages under a key that must be recovered"] = length => Repeat(PlainFormats.Pages(UnderUnknownKey()), length),
        ["A12 code under a key that must be recovered"] = length => Repeat(UnderUnknownKey(), length),
        ["A12 code without vectors under a key that must be recovered"] = length => Repeat(PlainFormats.Pages(CodeUnderUnknownKey()), length),
        ["A12 bare code without vectors under a key that must be recovered"] = length => Repeat(CodeUnderUnknownKey(), length),
        ["A21 private keys in PEM"] = length => Repeat(Encoding.ASCII.GetBytes("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA0123456789\n"), length),
        ["A21 secrets that begin alike"] = length => Repeat(Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Range(0, 4096).Select(i => $"{{\"password\":\"samesamesame{i:x8}\"}}\n"))), length),
        ["A10 noise"] = length => SyntheticPrograms.Noise(length, 12),
        ["A10 zeros"] = length => new byte[length],
        ["A10 erased"] = length => Repeat([0xFF], length),
    };

    private static byte[] TuyaStorage()
    {
        byte[] value = TuyaImages.Pattern(100, 1);
        byte[] block = TuyaImages.Block(0, 1);
        for (int page = 1; page < 16; page++)
            block.Index(page, $"key{page}", value, (0, 17, 17));
        return TuyaImages.Piece(TuyaImages.DataKey(), block.Data(17, value));
    }

    // Every file of it names all sectors there can be.
    private static byte[] UfSuperblock() => TuyaImages.Superblock(
        1, [.. Enumerable.Range(0, 40).Select(i => ($"f{i}", 64 * 4096, Enumerable.Range(1, 64).Select(sector => (byte)sector).ToArray()))]);

    // Both pack a piece of 4096 zeros into a few bytes; what it unpacks to is what an image of this size may cost.
    private static byte[] Packed(int length, RblCompression compression) =>
        [.. UpdatePackager.Pack(Zeros(Math.Min(60 * Megabyte, 8 * length)), new OtaPackOptions { Compression = compression }), .. new byte[length / 2]];

    // With vectors, so that it is an application.
    private static byte[] Zeros(int length)
    {
        byte[] plain = new byte[length];
        SyntheticPrograms.App(0x5000, SyntheticImage.TuyaOS, seed: 8).CopyTo(plain, 0);
        return plain;
    }

    private static byte[] UnderUnknownKey() =>
        PlainFormats.Cipher(new SyntheticKey("unknown", 0x13579BDF, 0x2468ACE0, 0x0F1E2D3C, 0x00005A00), 0x10000, SyntheticPrograms.App(0x9000, SyntheticImage.TuyaOS, seed: 9));

    // Nothing but its half-words tells that it is code: the search by statistics, over every setting and at other addresses too.
    private static byte[] CodeUnderUnknownKey()
    {
        ushort[] upper = [0xE59F, 0xE1A0, 0xE58D, 0xE92D, 0xE8BD, 0xEB00, 0xEA00, 0xE3A0, 0xE350, 0xE280, 0xE5D0, 0xE5C3, 0x0A00, 0x1A00, 0xE12F, 0xE24D, 0xE594, 0xE3E0];
        var random = new Random(21);
        var code = new byte[0x40000];
        for (int at = 0; at < code.Length; at += 4)
        {
            uint lower = (uint)(random.Next(3) == 0 ? random.Next(0x10000) : random.Next(16) << 12 | random.Next(8) * 4);
            PlainFormats.Put(code, at, (uint)upper[random.Next(random.Next(1, upper.Length + 1))] << 16 | lower);
        }
        return PlainFormats.Cipher(new SyntheticKey("unknown", 0x13579BDF, 0x2468ACE0, 0x0F1E2D3C, 0x00005A00), 0x10000, code);
    }

    private static byte[] Repeat(byte[] unit, int length)
    {
        var bytes = new byte[length];
        for (int at = 0; at < length; at += unit.Length)
            unit.AsSpan(0, Math.Min(unit.Length, length - at)).CopyTo(bytes.AsSpan(at));
        return bytes;
    }

    // Each gzip head skips the headers behind it by its extra field, so that all lead to one stream; every CRC is right.
    private static byte[] SharedStream(int length, bool encrypted)
    {
        const int Unit = 96 + 12;
        int count = encrypted && length > 16 * Megabyte ? 16 : 64;
        byte[] stream = Gzip(new byte[Math.Min(60 * Megabyte, Math.Max(4 * Megabyte, 30 * length))]).AsSpan(10).ToArray();
        var bytes = new byte[Math.Max(length, count * Unit + stream.Length)];
        stream.CopyTo(bytes, count * Unit);
        for (int i = count - 1; i >= 0; i--)
        {
            int at = i * Unit, end = encrypted ? at + 96 + (bytes.Length - at - 96) / 16 * 16 : count * Unit + stream.Length;
            byte[] gzip = [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, .. new byte[2]];
            BinaryPrimitives.WriteUInt16LittleEndian(gzip.AsSpan(10), (ushort)((count - 1 - i) * Unit));
            gzip.CopyTo(bytes, at + 96);
            byte[] header = PlainFormats.Header(new byte[16], "app", "1", 1);
            header[4] = (byte)(encrypted ? 2 : 0);
            header[5] = 1;
            PlainFormats.Put(header, 0x4C, Crc32(bytes.AsSpan(at + 96, end - at - 96)));
            PlainFormats.Put(header, 0x54, 60 * Megabyte);
            PlainFormats.Put(header, 0x58, (uint)(end - at - 96));
            PlainFormats.Put(header, 0x5C, PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()));
            header.CopyTo(bytes, at);
        }
        return bytes;
    }

    // By a table, since the plain one bit by bit would take longer than what it tests.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        Span<uint> table = stackalloc uint[256];
        for (int i = 0; i < 256; i++)
        {
            uint value = (uint)i;
            for (int bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? value >> 1 ^ 0xEDB88320 : value >> 1;
            table[i] = value;
        }
        uint crc = 0xFFFFFFFF;
        foreach (byte next in bytes)
            crc = crc >> 8 ^ table[(int)((crc ^ next) & 0xFF)];
        return ~crc;
    }

    private static byte[] StripedEntries(int length, uint step)
    {
        uint logical = (uint)(length / 34 * 32) - 0x10000 - 64 * step;
        byte[] table = Enumerable.Range(0, 64).SelectMany(i => PlainFormats.FalEntry(
            i == 0 ? "bootloader" : i == 1 ? "app" : $"p{i}", "beken_onchip_crc", i == 0 ? 0 : 0x10000 + (uint)i * step, i == 0 ? 0x10000 : logical, true)).ToArray();
        byte[] image = Repeat(PlainFormats.Pages(SyntheticPrograms.Noise(0x8000, 3)), length);
        new SyntheticImage { Key = SyntheticKey.Zero, Table = table }.BootContainer().CopyTo(image, 0);
        return image;
    }

    private static byte[] CreateTags(int length)
    {
        const int Blocks = 2;
        byte[] volume = LogMaker.Blank(Blocks, length / Blocks);
        for (int block = 0; block < Blocks; block++)
        {
            var log = new LogMaker(volume, block, (uint)(block + 1), length / Blocks).Superblock(Blocks, blockSize: length / Blocks);
            while (log.Length < length / Blocks - 16)
                log.Tag(0x401, 0);
            log.Commit();
        }
        return volume;
    }

    private static byte[] LittleFsBlocks()
    {
        byte[] volume = LogMaker.Blank(1);
        new LogMaker(volume, 0, 1).Superblock(16).Inline(1, "a", "b").Commit();
        return volume;
    }

    private static byte[] Uf2Blocks(int length)
    {
        byte[] block = new byte[512];
        PlainFormats.Put(block, 0, 0x0A324655);
        PlainFormats.Put(block, 4, 0x9E5D5157);
        PlainFormats.Put(block, 8, 0x2000);
        PlainFormats.Put(block, 16, 256);
        PlainFormats.Put(block, 24, (uint)(length / 512));
        PlainFormats.Put(block, 28, 0x7B3EF230);
        PlainFormats.Put(block, 508, 0x0AB16F30);
        byte[] file = Repeat(block, length);
        for (int i = 0; i < length / 512; i++)
            PlainFormats.Put(file, i * 512 + 20, (uint)i);
        return file;
    }

    private static byte[] ValidHeader(int length)
    {
        byte[] header = PlainFormats.Header(new byte[16], "app", "1", 1);
        PlainFormats.Put(header, 0x54, (uint)(length * 0.9));
        PlainFormats.Put(header, 0x58, (uint)(length * 0.9) + 16);
        PlainFormats.Put(header, 0x5C, PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()));
        return header;
    }

    private static byte[] Gzip(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(data);
        return packed.ToArray();
    }
}
