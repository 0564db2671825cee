using System.Text;

namespace BekenImage.Tests.Synthetic;

/// <summary>Programs that look like bootloaders and apps to a reader: vectors, markers, strings, and noise.</summary>
internal static class SyntheticPrograms
{
    /// <summary>An app linked for logical 0x10000.</summary>
    public static byte[] App(int length, string text, bool nMarker = true, int seed = 1, uint linkBase = 0x10000)
    {
        byte[] app = Noise(length, seed);
        Vectors(app, 0xEA00000E, linkBase + 0x6C0);
        if (nMarker)
            "BK7231\0\0"u8.CopyTo(app.AsSpan(0x100));
        PutText(app, 0x200, text);
        return app;
    }

    /// <summary>A bootloader whose payload ends in its partition table.</summary>
    public static byte[] Bootloader(
        uint resetBranch, IReadOnlyList<string> texts, byte[] table, bool nMarker, int seed = 2, int length = 0x2EDC, SyntheticKeyRecord? record = null,
        params uint[] registers)
    {
        byte[] bootloader = Noise(length - table.Length, seed);
        Vectors(bootloader, resetBranch, 0x440);
        if (nMarker)
            "BK7231\0\0"u8.CopyTo(bootloader.AsSpan(0x100));
        // The magic of the table also stands as a literal in real bootloaders' code.
        "01PEInitialize failed!"u8.CopyTo(bootloader.AsSpan(0x700));
        int at = 0x900;
        foreach (string text in texts)
        {
            PutText(bootloader, at, text);
            at += 0x80;
        }
        record?.Put(bootloader);
        // Addresses of registers are literals of the code.
        for (int i = 0; i < registers.Length; i++)
            PlainFormats.Put(bootloader, 0x680 + 4 * i, registers[i]);
        return [.. bootloader, .. table];
    }

    /// <summary>The vectors of the format notes: a branch, seven loads, and the literals they fetch.</summary>
    public static void Vectors(byte[] program, uint branch, uint firstHandler)
    {
        PlainFormats.Put(program, 0, branch);
        for (int i = 1; i < 8; i++)
            PlainFormats.Put(program, 4 * i, 0xE59FF014);
        for (int i = 0; i < 8; i++)
            PlainFormats.Put(program, 0x20 + 4 * i, firstHandler + (uint)(0x20 * i));
    }

    /// <summary>The vectors of RT-Thread's loaders of BK7252: every exception goes to the same vector of the app.</summary>
    public static void PassingVectors(byte[] program, uint branch, uint target = 0x10000)
    {
        PlainFormats.Put(program, 0, branch);
        PlainFormats.Put(program, 0x20, 1);
        for (int i = 1; i < 8; i++)
        {
            PlainFormats.Put(program, 4 * i, 0xE59FF018);
            PlainFormats.Put(program, 0x20 + 4 * i, target + (uint)(4 * i));
        }
    }

    /// <summary>Bytes without order that are the same in every run, on every framework.</summary>
    public static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        uint state = (uint)seed * 2654435761u + 12345;
        for (int i = 0; i < length; i++)
        {
            state = state * 1664525 + 1013904223;
            bytes[i] = (byte)(state >> 24);
        }
        return bytes;
    }

    private static void PutText(byte[] program, int offset, string text)
    {
        byte[] characters = Encoding.ASCII.GetBytes("\0" + text + "\0");
        characters.CopyTo(program, offset);
    }
}
