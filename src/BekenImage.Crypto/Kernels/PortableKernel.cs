using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BekenImage.Crypto.Kernels;

/// <summary>64-bit words and nothing else: for netstandard2.0 and for machines without vector instructions.</summary>
internal sealed class PortableKernel : GroupKernel
{
    /// <summary>
    /// AggressiveOptimization, for which netstandard2.0 has no name: compiled for speed at the first call, as the vector loops are.
    /// </summary>
    private const MethodImplOptions Hot = (MethodImplOptions)512 | MethodImplOptions.NoInlining;

    private readonly uint _zeros = PortablePage.CrcOfZeros;

    public override string Name => "portable";

    [MethodImpl(Hot)]
    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        uint zeros = _zeros;
        int groups = pages.Length / GroupSize;
        for (int group = 0; group < groups; group++)
        {
            uint wrong = 0;
            for (int i = 0; i < GroupPages; i++)
            {
                wrong |= PortablePage.Syndrome(ref page, zeros);
                page = ref Unsafe.Add(ref page, FlashPages.PageSize);
            }
            if (wrong != 0)
                return group;
        }
        return groups;
    }

    [MethodImpl(Hot)]
    protected override int DecodeGroups(ReadOnlySpan<byte> pages, Span<byte> data, in KeystreamWalk walk)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        ref byte plain = ref MemoryMarshal.GetReference(data);
        ref byte pattern = ref Unsafe.As<uint, byte>(ref MemoryMarshal.GetReference(walk.Pattern));
        uint zeros = _zeros;
        int groups = pages.Length / GroupSize;
        uint number = walk.Number;
        uint word = walk.Word;
        for (int group = 0; group < groups; group++)
        {
            ulong both = KeystreamWalk.Twice(word);
            uint wrong = 0;
            for (int i = 0; i < GroupData; i += FlashPages.DataSize)
            {
                wrong |= PortablePage.Decode(ref page, ref plain, ref Unsafe.AddByteOffset(ref pattern, (IntPtr)i), both, zeros);
                page = ref Unsafe.Add(ref page, FlashPages.PageSize);
                plain = ref Unsafe.Add(ref plain, FlashPages.DataSize);
            }
            if (wrong != 0)
                return group;
            word ^= walk.Steps[TrailingZeros(++number)];
        }
        return groups;
    }

    [MethodImpl(Hot)]
    protected override void EncodeGroups(ReadOnlySpan<byte> data, Span<byte> pages, in KeystreamWalk walk)
    {
        ref byte page = ref MemoryMarshal.GetReference(pages);
        ref byte plain = ref MemoryMarshal.GetReference(data);
        ref byte pattern = ref Unsafe.As<uint, byte>(ref MemoryMarshal.GetReference(walk.Pattern));
        uint zeros = _zeros;
        uint number = walk.Number;
        uint word = walk.Word;
        for (int left = data.Length / GroupData; left > 0; left--)
        {
            ulong both = KeystreamWalk.Twice(word);
            for (int i = 0; i < GroupData; i += FlashPages.DataSize)
            {
                PortablePage.Encipher(ref plain, ref page, ref Unsafe.AddByteOffset(ref pattern, (IntPtr)i), both);
                page = ref Unsafe.Add(ref page, FlashPages.PageSize);
                plain = ref Unsafe.Add(ref plain, FlashPages.DataSize);
            }
            // What was just written is read across the words in which it was: after eight pages it is there.
            for (int i = GroupPages; i > 0; i--)
                PortablePage.AddCrc(ref Unsafe.Subtract(ref page, i * FlashPages.PageSize), zeros);
            word ^= walk.Steps[TrailingZeros(++number)];
        }
    }

    protected override void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk)
    {
        var pattern = walk.PatternPairs;
        uint number = walk.Number;
        uint word = walk.Word;
        for (int start = 0; start < source.Length; start += GroupData)
        {
            ulong both = KeystreamWalk.Twice(word);
            var from = MemoryMarshal.Cast<byte, ulong>(source.Slice(start, GroupData));
            var to = MemoryMarshal.Cast<byte, ulong>(destination.Slice(start, GroupData));
            for (int i = 0; i < pattern.Length && i < from.Length && i < to.Length; i++)
                to[i] = from[i] ^ pattern[i] ^ both;
            word ^= walk.Steps[TrailingZeros(++number)];
        }
    }

    /// <summary>By hand, because netstandard2.0 has no such method; every other number has none at all.</summary>
    private static int TrailingZeros(uint value)
    {
        int count = 0;
        for (; (value & 1) == 0; value >>= 1)
            count++;
        return count;
    }
}
