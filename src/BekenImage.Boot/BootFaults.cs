using BekenImage.Boot.Cpu;
using BekenImage.Boot.Device;
using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Boot;

/// <summary>Why a run could not go on, in words.</summary>
internal static class BootFaults
{
    /// <summary>A text is looked for so far around the program counter.</summary>
    private const int Reach = 0x1000;

    private const int ShortestText = 6;

    public static string Message(DeviceBus bus, ArmOutcome outcome, uint address, uint programCounter) => bus.Fault switch
    {
        BusFaultKind.ErasedFlash => FormattableString.Invariant($"the program runs into erased flash at logical 0x{address:x}"),
        BusFaultKind.BadPage => FormattableString.Invariant(
            $"the program runs into a page whose CRC is wrong: logical 0x{address:x}, physical 0x{Page(address):x}; ") +
            "what the chip does then is not known",
        BusFaultKind.Nowhere when address == programCounter =>
            FormattableString.Invariant($"the program jumps to 0x{address:x8}, where nothing is"),
        BusFaultKind.Nowhere => FormattableString.Invariant($"the program uses the address 0x{address:x8}, where nothing is that is known"),
        _ => outcome == ArmOutcome.BreakpointInstruction
            ? FormattableString.Invariant($"the program stops itself with a breakpoint instruction at 0x{address:x8}")
            : FormattableString.Invariant($"at 0x{address:x8} is no instruction of the processor"),
    };

    public static BootFault Describe(DeviceBus bus, ArmCpu cpu, string message, uint address) =>
        new(message, address, cpu.Registers[15], NearestText(bus, cpu.Registers[15]), cpu.Registers.ToArray(), cpu.Cpsr);

    // Of the bytes around, decoded aside: looking is not reading.
    private static string? NearestText(DeviceBus bus, uint at)
    {
        if (at >= bus.Window.Length)
            return null;
        int start = (int)Math.Max(0, (long)at - Reach) / FlashPages.DataSize;
        int end = (int)Math.Min(bus.Window.Length, (long)at + Reach) / FlashPages.DataSize;
        var plain = new byte[(end - start) * FlashPages.DataSize];
        FlashPages.Decode(
            bus.Flash.Bytes.Slice(start * FlashPages.PageSize, (end - start) * FlashPages.PageSize), plain, bus.Window.Key,
            (uint)start * FlashPages.DataSize);
        int centre = (int)at - start * FlashPages.DataSize;
        (int Start, int Length) best = default;
        for (int from = 0; from < plain.Length; from++)
        {
            int length = 0;
            while (from + length < plain.Length && plain[from + length] is >= 0x20 and <= 0x7E)
                length++;
            if (length >= ShortestText && (best.Length == 0 || Math.Abs(from - centre) < Math.Abs(best.Start - centre)))
                best = (from, length);
            from += length;
        }
        return best.Length == 0 ? null : Text.FromLatin1(plain.AsSpan(best.Start, Math.Min(best.Length, 80)));
    }

    private static long Page(uint address) => address / FlashPages.DataSize * FlashPages.PageSize;
}
