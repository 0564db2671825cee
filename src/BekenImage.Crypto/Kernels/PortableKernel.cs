using System.Runtime.InteropServices;

namespace BekenImage.Crypto.Kernels;

/// <summary>64-bit words and nothing else: for netstandard2.0 and for machines without vector instructions.</summary>
internal sealed class PortableKernel : GroupKernel
{
    private const int PagePairs = FlashPages.DataSize / sizeof(ulong);

    public override string Name => "portable";

    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        int valid = 0;
        while (pages.Length > 0 && PortablePage.StateOf(pages) == FlashPages.PageState.Valid)
        {
            valid++;
            pages = pages.Slice(FlashPages.PageSize);
        }
        return valid / GroupPages;
    }

    protected override int DecodeGroups(ReadOnlySpan<byte> pages, Span<byte> data, in KeystreamWalk walk)
    {
        var pattern = walk.PatternPairs;
        uint number = walk.Number;
        uint word = walk.Word;
        int groups = 0;
        for (; pages.Length >= GroupSize; groups++)
        {
            ulong both = KeystreamWalk.Twice(word);
            for (int page = 0; page < GroupPages; page++)
            {
                if (PortablePage.Decode(pages, data, pattern.Slice(page * PagePairs, PagePairs), both) != FlashPages.PageState.Valid)
                    return groups;
                pages = pages.Slice(FlashPages.PageSize);
                data = data.Slice(FlashPages.DataSize);
            }
            word ^= walk.Steps[TrailingZeros(++number)];
        }
        return groups;
    }

    protected override void EncodeGroups(ReadOnlySpan<byte> data, Span<byte> pages, in KeystreamWalk walk)
    {
        var pattern = walk.PatternPairs;
        uint number = walk.Number;
        uint word = walk.Word;
        while (data.Length >= GroupData)
        {
            ulong both = KeystreamWalk.Twice(word);
            for (int page = 0; page < GroupPages; page++)
            {
                PortablePage.Encode(data, pages, pattern.Slice(page * PagePairs, PagePairs), both);
                data = data.Slice(FlashPages.DataSize);
                pages = pages.Slice(FlashPages.PageSize);
            }
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
