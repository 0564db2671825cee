using System.Buffers.Binary;
using System.Security.Cryptography;
using BekenImage.Formats.Fal;

namespace BekenImage.Tests.Synthetic;

/// <summary>
/// Images of the Armino chips, made from the format notes alone: pages, cipher and table are written here, not by the code under test.
/// Programs are noise behind a Cortex-M vector table.
/// </summary>
internal static class SyntheticArmino
{
    public const int Page = 34;
    public const int AppOffset = 0x11000;

    /// <summary>A program whose vectors lie in the CPU's window of flash.</summary>
    public static byte[] Program(int length, uint logicalStart, int seed)
    {
        byte[] program = SyntheticPrograms.Noise(length, seed);
        uint code = 0x02000000 + logicalStart;
        uint[] vectors = [0x28030000, code + 0x1C1, code + 0x143, code + 0x141, code + 0x145, code + 0x145, code + 0x145, code + 0x145];
        for (int i = 0; i < vectors.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(program.AsSpan(4 * i), vectors[i]);
        return program;
    }

    /// <summary>An application, with a text such as <c>OpenBK7236_1.18.300</c> in it.</summary>
    public static byte[] App(int length, int seed, string text = "", uint logicalStart = 0x10000)
    {
        byte[] app = Program(length, logicalStart, seed);
        System.Text.Encoding.ASCII.GetBytes("\0" + text + "\0").CopyTo(app, 0x800);
        return app;
    }

    /// <summary>A 4 MiB device with BK7236's table.</summary>
    public static byte[] DeviceBK7236(byte[] app) => Dump(Linear(null, (0, Bootloader(TableOfBK7236)), (AppOffset, app)), 0x400000);

    /// <summary>The linear image of a build for BK7236.</summary>
    public static byte[] FirmwareBK7236(byte[] app, byte[]? key = null) => Linear(key, (0, Bootloader(TableOfBK7236)), (AppOffset, app));

    /// <summary>A bootloader with its mark at 0x100 and, at its end, one or more tables.</summary>
    public static byte[] Bootloader(params (string Name, bool Striped, uint Offset, uint Length)[] table)
    {
        byte[] code = Program(0x6000, 0, 1);
        "BK7236\x10\0"u8.CopyTo(code.AsSpan(0x100));
        return [.. code, .. table.SelectMany(Entry)];
    }

    /// <summary>The table of T5's build, in front of which stands that of the prebuilt bootloader.</summary>
    public static (string Name, bool Striped, uint Offset, uint Length)[] TableOfT5 =>
    [
        ("bootloader", true, 0, 0x11000), ("app", true, 0x11000, 0x1CB000), ("app1", true, 0x1DC000, 0x77000), ("app2", true, 0x253000, 0x22000),
        ("download", false, 0x275000, 0x165000),
        ("bootloader", true, 0, 0x11000), ("app", true, 0x11000, 0x110000), ("app1", true, 0x121000, 0x352000), ("download", false, 0x473000, 0x256000),
    ];

    public static (string Name, bool Striped, uint Offset, uint Length)[] TableOfBK7236 =>
        [("bootloader", true, 0, 0x11000), ("app", true, 0x11000, 0x231000), ("download", false, 0x242000, 0x185000)];

    /// <summary>A linear image: each program at its physical place, gaps 0xFF, all of it in pages.</summary>
    public static byte[] Linear(byte[]? key, params (int Physical, byte[] Program)[] programs)
    {
        int end = programs.Max(program => program.Physical / Page * 32 + (program.Program.Length + 31) / 32 * 32);
        byte[] logical = Enumerable.Repeat((byte)0xFF, end).ToArray();
        foreach (var (physical, program) in programs)
            program.CopyTo(logical, physical / Page * 32);
        if (key is null)
            return Pages(logical);
        byte[] stored = Encrypt(key, 0, logical);
        // The mark is written behind the cipher.
        "BK7236\0"u8.CopyTo(stored.AsSpan(0x100));
        return Pages(stored);
    }

    public static byte[] Dump(byte[] linear, int length)
    {
        byte[] dump = Enumerable.Repeat((byte)0xFF, length).ToArray();
        linear.CopyTo(dump, 0);
        return dump;
    }

    /// <summary>AES-128-XTS with the words swapped, by the platform's AES and the notes' text (2.1).</summary>
    public static byte[] Encrypt(byte[] key, long address, byte[] plain)
    {
        using var data = Aes.Create();
        using var tweak = Aes.Create();
        data.Key = key[..16];
        tweak.Key = key[16..];
        var result = new byte[plain.Length];
        for (int at = 0; at < plain.Length; at += 32)
        {
            var counter = new byte[16];
            BinaryPrimitives.WriteInt64BigEndian(counter.AsSpan(8), address + at);
            byte[] t = tweak.EncryptEcb(counter, PaddingMode.None);
            for (int block = 0; block < 2; block++)
            {
                byte[] x = Swapped(plain.AsSpan(at + 16 * block, 16));
                byte[] c = data.EncryptEcb(Xor(x, t), PaddingMode.None);
                Swapped(Xor(c, t)).CopyTo(result, at + 16 * block);
                t = Doubled(t);
            }
        }
        return result;
    }

    public static byte[] Pages(byte[] data)
    {
        var pages = new byte[data.Length / 32 * Page];
        for (int page = 0; page < data.Length / 32; page++)
        {
            data.AsSpan(page * 32, 32).CopyTo(pages.AsSpan(page * Page));
            BinaryPrimitives.WriteUInt16BigEndian(pages.AsSpan(page * Page + 32), Crc(data.AsSpan(page * 32, 32)));
        }
        return pages;
    }

    private static ushort Crc(ReadOnlySpan<byte> data)
    {
        int crc = 0xFFFF;
        foreach (byte value in data)
        {
            crc ^= value << 8;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x8005) & 0xFFFF : crc << 1 & 0xFFFF;
        }
        return (ushort)crc;
    }

    private static byte[] Entry((string Name, bool Striped, uint Offset, uint Length) entry) => new FalPartition(
        entry.Name, entry.Striped ? "beken_onchip_crc" : "beken_onchip", entry.Offset, entry.Length).Bytes.ToArray();

    private static byte[] Swapped(ReadOnlySpan<byte> block)
    {
        var swapped = new byte[16];
        for (int i = 0; i < 16; i++)
            swapped[i] = block[i / 4 * 4 + 3 - i % 4];
        return swapped;
    }

    private static byte[] Xor(byte[] left, byte[] right) => left.Zip(right, (a, b) => (byte)(a ^ b)).ToArray();

    private static byte[] Doubled(byte[] tweak)
    {
        var doubled = new byte[16];
        for (int i = 0; i < 16; i++)
            doubled[i] = (byte)(tweak[i] << 1 | (i < 15 ? tweak[i + 1] >> 7 : 0));
        if ((tweak[0] & 0x80) != 0)
            doubled[15] ^= 0x87;
        return doubled;
    }
}
