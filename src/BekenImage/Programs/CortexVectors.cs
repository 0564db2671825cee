using System.Buffers.Binary;

namespace BekenImage.Programs;

/// <summary>
/// The vector table of a Cortex-M program, as those for BK7236, BK7258 and BK7239N begin with: the initial stack pointer and the addresses
/// of handlers, in the CPU's view of flash. Source: ARMv8-M, exception model; measured on the vendor's bootloaders and images.
/// </summary>
internal static class CortexVectors
{
    /// <summary>Bytes that are looked at: stack pointer, reset, and the five faults behind it.</summary>
    public const int Size = 7 * sizeof(uint);

    /// <summary>Flash as the CPU sees it: logical addresses from here on.</summary>
    public const uint FlashBase = 0x02000000;

    // The largest flash of these chips, 16 MiB, without its page CRCs.
    private const uint FlashEnd = 0x03000000;
    private const uint RamStart = 0x20000000;
    private const uint RamEnd = 0x40000000;
    private const uint StackStart = 0x28000000;
    private const uint StackEnd = 0x28200000;

    /// <summary>True for a stack pointer in RAM and handlers in flash, each of Thumb code. Some faults may be handled in RAM, or not at all.</summary>
    public static bool Match(ReadOnlySpan<byte> plain)
    {
        if (plain.Length < Size || Word(plain, 0) is < StackStart or > StackEnd || Word(plain, 0) % 8 != 0 || !IsInFlash(Word(plain, 1)))
            return false;
        int inFlash = 0;
        for (int vector = 2; vector < Size / sizeof(uint); vector++)
        {
            uint handler = Word(plain, vector);
            if (IsInFlash(handler))
                inFlash++;
            else if (handler != 0 && !IsInRam(handler))
                return false;
        }
        return inFlash >= 2;
    }

    /// <summary>True when bytes decipher to vectors under a cipher.</summary>
    /// <param name="stored">From the program's first byte on, without page CRCs.</param>
    /// <param name="cipher">The cipher.</param>
    /// <param name="logicalAddress">Where the program lies.</param>
    public static bool Match(ReadOnlySpan<byte> stored, CodeCipher cipher, uint logicalAddress)
    {
        Span<byte> plain = stackalloc byte[32];
        if (stored.Length < plain.Length)
            return false;
        cipher.Decipher(logicalAddress, stored.Slice(0, plain.Length), plain);
        return Match(plain);
    }

    /// <summary>
    /// Where the vectors of a program lie in it: the table is aligned to 512 bytes of logical address, behind the header of an MCUboot image.
    /// Source: the SDK's CPU_VECTOR_ALIGN_SZ.
    /// </summary>
    /// <param name="plain">The program's first bytes.</param>
    /// <param name="logicalStart">Where it lies.</param>
    public static int OffsetIn(ReadOnlySpan<byte> plain, uint logicalStart)
    {
        const uint alignment = 512;
        uint header = IsMcuBoot(plain) ? BinaryPrimitives.ReadUInt16LittleEndian(plain.Slice(8)) : 0u;
        return (int)((logicalStart + header + alignment - 1) / alignment * alignment - logicalStart);
    }

    /// <summary>True when a program begins with these vectors, at its start or where the SDK puts them.</summary>
    /// <param name="plain">The program.</param>
    /// <param name="logicalStart">Where it lies.</param>
    public static bool MatchIn(ReadOnlySpan<byte> plain, uint logicalStart) =>
        Match(plain) || OffsetIn(plain, logicalStart) is var at && at < plain.Length && Match(plain.Slice(at));

    /// <summary>True for the first bytes of an MCUboot image.</summary>
    public static bool IsMcuBoot(ReadOnlySpan<byte> plain) => plain.Length >= 32 && BinaryPrimitives.ReadUInt32LittleEndian(plain) == 0x96F3B83D;

    /// <summary>The logical address of the reset handler: it lies in the program, or in what follows its header.</summary>
    public static uint ResetOf(ReadOnlySpan<byte> plain) => (Word(plain, 1) & ~1u) - FlashBase;

    private static bool IsInFlash(uint handler) => (handler & 1) != 0 && handler is >= FlashBase and < FlashEnd;

    private static bool IsInRam(uint handler) => (handler & 1) != 0 && handler is >= RamStart and < RamEnd;

    private static uint Word(ReadOnlySpan<byte> plain, int index) => BinaryPrimitives.ReadUInt32LittleEndian(plain.Slice(index * sizeof(uint)));
}
