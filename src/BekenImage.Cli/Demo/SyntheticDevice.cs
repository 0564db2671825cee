using System.Buffers.Binary;
using System.Text;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;

namespace BekenImage.Cli.Demo;

/// <summary>
/// A made-up device and firmware, with no byte of a real one: the vectors every Beken program has, pseudo-random "code", the strings that
/// tell chip and version, a partition table, an RF table. The layout is that of the BL2028N pet fountains and fans with an RT-Thread
/// bootloader: no encryption, app header at logical 0x11FFA0, calibration at 0x1E0000. The firmware is laid out as OpenBeken for BK7231N is:
/// encrypted with the default key, header at logical 0x1186A0, calibration expected at 0x1D0000.
/// </summary>
internal static class SyntheticDevice
{
    private const int ChipLength = 0x200000;
    private const int BootloaderSection = 0xFF00;
    private const int BootloaderRawSize = 0xD51C;
    private const int SdkAppSection = 0x121000;
    private const int TuyaAppSection = 0x118F70;
    private const int RfAddress = 0x1E0000;
    private const int FactoryAppLength = 0x40000;
    private const int FirmwareAppLength = 0x30010;

    /// <summary>The dump of a factory-fresh device: 2 MiB.</summary>
    public static byte[] FactoryDump()
    {
        var dump = new byte[ChipLength];
        dump.AsSpan().Fill(0xFF);
        Section(Bootloader("BK7231n", "_1.0.8", SdkTable()), BekenKey.Zero, 0, "bootloader", "2M.1220", 1, BootloaderSection).CopyTo(dump, 0);
        Section(App(FactoryAppLength, "beken378/app/main.c"), BekenKey.Zero, FlashGeometry.AppLogicalAddress, "app", "2M.1220", 2, SdkAppSection).CopyTo(dump, FlashGeometry.AppOffset);
        RfTable().CopyTo(dump, RfAddress);
        Encoding.ASCII.GetBytes("settings of the factory firmware").CopyTo(dump, 0x1E3000);
        return dump;
    }

    /// <summary>A firmware file as its build makes it: bootloader and app, encrypted, without calibration.</summary>
    public static byte[] Firmware()
    {
        var firmware = new byte[FlashGeometry.AppOffset + TuyaAppSection];
        firmware.AsSpan().Fill(0xFF);
        Section(Bootloader("BK7231N_1.0.1", string.Empty, TuyaTable()), BekenKey.Tuya, 0, "bootloader", "1.00", 3, FlashGeometry.AppOffset).CopyTo(firmware, 0);
        Section(App(FirmwareAppLength, "OpenBK7231N_0.0.0"), BekenKey.Tuya, FlashGeometry.AppLogicalAddress, "app", "1.00", 4, TuyaAppSection).CopyTo(firmware, FlashGeometry.AppOffset);
        return firmware;
    }

    private static byte[] Section(byte[] plain, BekenKey key, uint logicalStart, string name, string version, uint timestamp, int length)
    {
        var stored = new byte[plain.Length];
        FlashCipher.Apply(key, logicalStart, plain, stored);
        if (name == PartitionNames.Bootloader)
            plain.AsSpan(plain.Length - 3 * FalPartition.Size).CopyTo(stored.AsSpan(plain.Length - 3 * FalPartition.Size));
        return RblWriter.WriteSection(stored, RblWriter.CreateFlashHeader(name, version, timestamp, stored), length);
    }

    private static byte[] Bootloader(string name, string version, FalPartition[] table)
    {
        byte[] program = Program(BootloaderRawSize, linkBase: 0);
        Put(program, 0xDB4, name + "\0");
        if (version.Length > 0)
            Put(program, 0x108, version + "\0");
        FalWriter.Write(new FalTable(0, isPlain: true, table)).CopyTo(program, program.Length - table.Length * FalPartition.Size);
        return program;
    }

    private static byte[] App(int length, string text)
    {
        byte[] program = Program(length, FlashGeometry.AppLogicalAddress);
        Put(program, 0x100, "BK7231\0\0");
        Put(program, 0x2000, text + "\0");
        return program;
    }

    // Vectors, their literals, and a body that looks like no firmware at all: a linear congruential sequence.
    private static byte[] Program(int length, uint linkBase)
    {
        var program = new byte[length];
        uint state = linkBase + (uint)length;
        for (int i = 0; i < length; i++)
        {
            state = unchecked(state * 1664525 + 1013904223);
            program[i] = (byte)(state >> 24);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(program, 0xEA00000E);
        for (int word = 1; word < 8; word++)
            BinaryPrimitives.WriteUInt32LittleEndian(program.AsSpan(word * 4), 0xE59FF014);
        for (int word = 0; word < 7; word++)
            BinaryPrimitives.WriteUInt32LittleEndian(program.AsSpan(0x20 + word * 4), linkBase + 0x6C0 + (uint)word * 0x20);
        return program;
    }

    private static FalPartition[] SdkTable() =>
    [
        new("download", FalPartition.RawFlash, 0x132000, 0xAE000),
        new("app", FalPartition.StripedFlash, 0x10000, 0x110000),
        new("bootloader", FalPartition.StripedFlash, 0, 0x10000),
    ];

    private static FalPartition[] TuyaTable() =>
    [
        new("bootloader", FalPartition.StripedFlash, 0, 0x10000),
        new("app", FalPartition.StripedFlash, 0x10000, 0x108700),
        new("download", FalPartition.RawFlash, 0x12A000, 0xA6000),
    ];

    // Chip information with a locally administered MAC, and one group of calibration results.
    private static byte[] RfTable()
    {
        byte[] chip = [.. Element(0x11111101, 0x4E, 0x61, 0xBC, 0x00), .. Element(0x11111102, 0x02, 0x00, 0x00, 0x12, 0x34, 0x56)];
        byte[] calibration = [.. Element(0x33333301, 4, 0, 0, 0), .. Element(0x33333302, 8, 0, 0, 0)];
        return Element(0x00564C54, [.. Element(0x11111100, chip), .. Element(0x33333300, calibration)]);
    }

    private static byte[] Element(uint tag, params byte[] data)
    {
        var element = new byte[8 + data.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(element, tag);
        BinaryPrimitives.WriteUInt32LittleEndian(element.AsSpan(4), (uint)data.Length);
        data.CopyTo(element, 8);
        return element;
    }

    private static void Put(byte[] program, int offset, string text) => Encoding.ASCII.GetBytes(text).CopyTo(program, offset);
}
