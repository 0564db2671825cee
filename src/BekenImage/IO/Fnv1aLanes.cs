#if NET8_0_OR_GREATER
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BekenImage.IO;

/// <summary>
/// FNV-1a of 64 stretches of a block side by side. Each byte waits for the product of the one before, but for little of it: a byte is XORed
/// into the low byte of the hash, and the low byte follows from low bytes alone.
/// </summary>
/// <remarks>
/// The low byte each stretch begins with is learned bit by bit. The prime is odd, so that another bit at the start of a stretch is another bit
/// in that place at its end, and none below it: a run that takes it for 0 tells, where the bits below are right, what the end has to be turned
/// by. Bits 0 and 1 are learned together: modulo 4 the prime is 3, which turns bit 1 by bit 0 with every byte, and stretches have an even
/// number of them. After seven runs the eighth is the hash; a start that is off by a multiple of 256 is off, at the end, by that multiple
/// times the prime to the power of the length.
/// </remarks>
internal static class Fnv1aLanes
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockLength = Lanes * Stretch;

    private const int Lanes = 64;
    private const int Stretch = 128;

    /// <summary>Bits of the low bytes, run by run.</summary>
    private static ReadOnlySpan<byte> LearnedByRun => [0b11, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7];

    private const ushort LowPrime = unchecked((ushort)Fnv1a.Prime);

    private static readonly uint StretchPower = Power(Fnv1a.Prime, Stretch);

    /// <summary>Whether vectors divide the lanes as the loops here do: 128 or 256 bits.</summary>
    public static bool IsSupported => Vector.IsHardwareAccelerated && BitConverter.IsLittleEndian && Vector<byte>.Count is 16 or 32;

    /// <summary>The hash behind a block.</summary>
    /// <param name="hash">The hash before it.</param>
    /// <param name="block"><see cref="BlockLength"/> bytes.</param>
    public static uint Append(uint hash, ReadOnlySpan<byte> block)
    {
        Debug.Assert(block.Length == BlockLength);
        Span<ushort> rows = stackalloc ushort[BlockLength / 2];
        Transpose(block, rows);
        Span<ushort> starts = stackalloc ushort[Lanes];
        Span<ushort> ends = stackalloc ushort[Lanes];
        starts.Clear();
        foreach (byte bits in LearnedByRun)
        {
            RunLow(rows, starts, ends);
            uint start = hash & bits;
            for (int lane = 0; lane < Lanes; lane++)
            {
                starts[lane] |= (ushort)start;
                start = (start ^ ends[lane]) & bits;
            }
        }

        Span<uint> hashes = stackalloc uint[Lanes];
        Run(rows, starts, hashes);
        uint power = StretchPower;
        for (int lane = 0; lane < Lanes; lane++)
            hash = unchecked((hash - starts[lane]) * power + hashes[lane]);
        return hash;
    }

    // Row n holds bytes 2n and 2n + 1 of each stretch, the first of them low.
    private static void Transpose(ReadOnlySpan<byte> block, Span<ushort> rows)
    {
        ref byte from = ref MemoryMarshal.GetReference(block);
        for (int lane = 0; lane < Lanes; lane++)
        {
            ref ushort to = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), lane);
            for (int count = Stretch / sizeof(ulong); count > 0; count--)
            {
                ulong words = Unsafe.ReadUnaligned<ulong>(ref from);
                for (int row = 0; row < sizeof(ulong) / sizeof(ushort); row++)
                    Unsafe.Add(ref to, row * Lanes) = unchecked((ushort)(words >> 16 * row));
                to = ref Unsafe.Add(ref to, 4 * Lanes);
                from = ref Unsafe.Add(ref from, sizeof(ulong));
            }
        }
    }

    // Words whose low bytes are the hashes'; what is above them never comes down.
    private static void RunLow(ReadOnlySpan<ushort> rows, ReadOnlySpan<ushort> starts, Span<ushort> ends)
    {
        int width = Vector<ushort>.Count;
        var prime = new Vector<ushort>(LowPrime);
        for (int lane = 0; lane < Lanes; lane += 4 * width)
        {
            ref ushort row = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), lane);
            var a = new Vector<ushort>(starts.Slice(lane));
            var b = new Vector<ushort>(starts.Slice(lane + width));
            var c = new Vector<ushort>(starts.Slice(lane + 2 * width));
            var d = new Vector<ushort>(starts.Slice(lane + 3 * width));
            for (int count = Stretch / 2; count > 0; count--)
            {
                var first = Load(ref row, 0);
                var second = Load(ref row, width);
                var third = Load(ref row, 2 * width);
                var fourth = Load(ref row, 3 * width);
                a = ((a ^ first) * prime ^ first >>> 8) * prime;
                b = ((b ^ second) * prime ^ second >>> 8) * prime;
                c = ((c ^ third) * prime ^ third >>> 8) * prime;
                d = ((d ^ fourth) * prime ^ fourth >>> 8) * prime;
                row = ref Unsafe.Add(ref row, Lanes);
            }
            a.CopyTo(ends.Slice(lane));
            b.CopyTo(ends.Slice(lane + width));
            c.CopyTo(ends.Slice(lane + 2 * width));
            d.CopyTo(ends.Slice(lane + 3 * width));
        }
    }

    private static void Run(ReadOnlySpan<ushort> rows, ReadOnlySpan<ushort> starts, Span<uint> hashes)
    {
        int width = Vector<ushort>.Count;
        var prime = new Vector<uint>(Fnv1a.Prime);
        var low = new Vector<ushort>(0xFF);
        for (int lane = 0; lane < Lanes; lane += 2 * width)
        {
            ref ushort row = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), lane);
            Vector.Widen(new Vector<ushort>(starts.Slice(lane)), out var a, out var b);
            Vector.Widen(new Vector<ushort>(starts.Slice(lane + width)), out var c, out var d);
            for (int count = Stretch / 2; count > 0; count--)
            {
                var first = Load(ref row, 0);
                var second = Load(ref row, width);
                Vector.Widen(first & low, out var x, out var y);
                Vector.Widen(second & low, out var z, out var w);
                a = (a ^ x) * prime;
                b = (b ^ y) * prime;
                c = (c ^ z) * prime;
                d = (d ^ w) * prime;
                Vector.Widen(first >>> 8, out x, out y);
                Vector.Widen(second >>> 8, out z, out w);
                a = (a ^ x) * prime;
                b = (b ^ y) * prime;
                c = (c ^ z) * prime;
                d = (d ^ w) * prime;
                row = ref Unsafe.Add(ref row, Lanes);
            }
            a.CopyTo(hashes.Slice(lane));
            b.CopyTo(hashes.Slice(lane + width / 2));
            c.CopyTo(hashes.Slice(lane + width));
            d.CopyTo(hashes.Slice(lane + width + width / 2));
        }
    }

    private static Vector<ushort> Load(ref ushort row, int lane) =>
        Unsafe.ReadUnaligned<Vector<ushort>>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref row, lane)));

    private static uint Power(uint value, int exponent)
    {
        uint power = 1;
        for (; exponent > 0; exponent--)
            power = unchecked(power * value);
        return power;
    }
}
#endif
