using System.Runtime.InteropServices;

namespace BekenImage.Crypto;

// The fast path. For fixed control bits the keystream is affine over GF(2) in the address:
//     Keystream(base + i) = Keystream(base) ^ Keystream(i) ^ Keystream(0)      when base is a multiple of a power of two above i.
// So the keystream of an aligned span is one fixed pattern, the same for every span, XORed with one word. The pattern is made by doubling.
public static partial class FlashCipher
{
    private const int SpanWords = 256;
    private const int SpanBytes = SpanWords * sizeof(uint);

    private static void ApplyPattern(BekenKey key, uint logicalAddress, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (IsBypassed(key.Coefficient3))
        {
            source.CopyTo(destination);
            return;
        }
        // Up to the first aligned span, and where a span would not pay for its pattern.
        int head = (int)Math.Min(unchecked(0u - logicalAddress) % SpanBytes, (uint)source.Length);
        if (source.Length - head < SpanBytes || !BitConverter.IsLittleEndian)
            head = source.Length;
        ApplyScalar(key, logicalAddress, source.Slice(0, head), destination);
        if (head == source.Length)
            return;

        Span<uint> pattern = stackalloc uint[SpanWords];
        FillPattern(key, pattern);
        int done = head;
        while (source.Length - done >= SpanBytes)
        {
            uint span = Keystream(key, unchecked(logicalAddress + (uint)done));
            var from = MemoryMarshal.Cast<byte, uint>(source.Slice(done, SpanBytes));
            var to = MemoryMarshal.Cast<byte, uint>(destination.Slice(done, SpanBytes));
            for (int i = 0; i < pattern.Length; i++)
                to[i] = from[i] ^ pattern[i] ^ span;
            done += SpanBytes;
        }
        ApplyScalar(key, unchecked(logicalAddress + (uint)done), source.Slice(done), destination.Slice(done));
    }

    /// <summary>Fills <paramref name="pattern"/> (a power of two of words) with <c>Keystream(4 i) ^ Keystream(0)</c>.</summary>
    internal static void FillPattern(BekenKey key, Span<uint> pattern)
    {
        uint zero = Keystream(key, 0);
        pattern[0] = 0;
        for (int size = 1; size < pattern.Length; size *= 2)
        {
            uint step = Keystream(key, (uint)size * sizeof(uint)) ^ zero;
            for (int i = 0; i < size; i++)
                pattern[size + i] = pattern[i] ^ step;
        }
    }
}
