using System.Buffers.Binary;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.Tests.Formats.Rbl;

namespace BekenImage.Tests.Programs;

/// <summary>Synthetic programs, and sections cut out of images by hand.</summary>
internal static class BuildTestData
{
    /// <summary>ARM vectors, handlers, and compressible rest.</summary>
    public static byte[] App(int length, uint address = 0x10000)
    {
        byte[] app = OtaTestData.Compressible(length, length);
        WriteVectors(app, address);
        return app;
    }

    /// <summary>The same with the marker that apps of BK7231N's family carry.</summary>
    public static byte[] AppFor(BekenChip chip, int length)
    {
        byte[] app = App(length);
        if (chip is BekenChip.BK7231N or BekenChip.BK7231M or BekenChip.BL2028N)
            "BK7231\0\0"u8.CopyTo(app.AsSpan(0x100));
        return app;
    }

    public static FalPartition[] Partitions { get; } =
    [
        new("bootloader", FalPartition.StripedFlash, 0, 0x10000),
        new("app", FalPartition.StripedFlash, 0x10000, 0x108700),
        new("download", FalPartition.RawFlash, 0x132000, 0xA6000),
    ];

    /// <summary>A plain bootloader file: vectors, code, and three partitions at its end.</summary>
    public static byte[] Bootloader(int codeLength, bool withMarker = false, Action<byte[]>? change = null)
    {
        byte[] code = App(codeLength, address: 0);
        if (withMarker)
            "BK7231\0\0"u8.CopyTo(code.AsSpan(0x100));
        change?.Invoke(code);
        return [.. code, .. FalWriter.Write(new FalTable(codeLength, isPlain: true, Partitions))];
    }

    public static byte[] Apply(byte[] bytes, BekenKey key, uint address)
    {
        var result = new byte[bytes.Length];
        FlashCipher.Apply(key, address, bytes, result);
        return result;
    }

    /// <summary>Header and payload of a section, without the library's image reader.</summary>
    public static (RblHeader Header, byte[] Payload) TakeSection(byte[] image, int start, int length)
    {
        var header = new byte[RblHeader.Size];
        Assert.Equal(3, FlashPages.Decode(image.AsSpan(start + length - RblHeader.StripedSize, RblHeader.StripedSize), header).Valid);
        Assert.True(RblHeader.TryRead(header, out var read));
        int pages = ((int)read!.RawSize + 31) / 32;
        var payload = new byte[pages * 32];
        Assert.Equal(pages, FlashPages.Decode(image.AsSpan(start, pages * 34), payload).Valid);
        return (read, payload.AsSpan(0, (int)read.RawSize).ToArray());
    }

    private static void WriteVectors(byte[] program, uint address)
    {
        for (int word = 0; word < 16 && word * 4 + 4 <= program.Length; word++)
        {
            uint value = word switch { 0 => 0xEA00000E, < 8 => 0xE59FF014, _ => address + 0x200 + (uint)word * 4 };
            BinaryPrimitives.WriteUInt32LittleEndian(program.AsSpan(word * 4), value);
        }
    }
}
