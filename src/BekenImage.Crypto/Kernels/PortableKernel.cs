using System.Runtime.InteropServices;

namespace BekenImage.Crypto.Kernels;

/// <summary>64-bit words and nothing else: for netstandard2.0 and for machines without vector instructions.</summary>
internal sealed class PortableKernel : GroupKernel
{
    public override string Name => "portable";

    protected override int CheckGroups(ReadOnlySpan<byte> pages)
    {
        int page = 0;
        while (page * FlashPages.PageSize < pages.Length &&
               PortablePage.StateOf(pages.Slice(page * FlashPages.PageSize)) == FlashPages.PageState.Valid)
            page++;
        return page / GroupPages;
    }

    protected override int DecodeGroups(ReadOnlySpan<byte> pages, Span<byte> data, in KeystreamWalk walk, uint logicalAddress)
    {
        int groups = 0;
        uint word = walk.WordAt(logicalAddress);
        for (; pages.Length >= GroupSize; pages = pages.Slice(GroupSize), data = data.Slice(GroupData))
        {
            if (groups > 0)
                word ^= walk.Steps[TrailingZeros((logicalAddress >> 8) + (uint)groups)];
            if (CheckGroups(pages.Slice(0, GroupSize)) == 0)
                break;
            for (int page = 0; page < GroupPages; page++)
            {
                PortablePage.Decode(pages.Slice(page * FlashPages.PageSize), data.Slice(page * FlashPages.DataSize),
                    walk.Pattern.Slice(page * (FlashPages.DataSize / sizeof(uint))), word);
            }
            groups++;
        }
        return groups;
    }

    protected override void EncodeGroups(ReadOnlySpan<byte> data, Span<byte> pages, in KeystreamWalk walk, uint logicalAddress)
    {
        uint word = walk.WordAt(logicalAddress);
        for (int group = 0; group * GroupData < data.Length; group++)
        {
            if (group > 0)
                word ^= walk.Steps[TrailingZeros((logicalAddress >> 8) + (uint)group)];
            for (int page = 0; page < GroupPages; page++)
            {
                int index = group * GroupPages + page;
                PortablePage.Encode(data.Slice(index * FlashPages.DataSize), pages.Slice(index * FlashPages.PageSize),
                    walk.Pattern.Slice(page * (FlashPages.DataSize / sizeof(uint))), word);
            }
        }
    }

    protected override void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk, uint logicalAddress)
    {
        var pattern = MemoryMarshal.Cast<uint, ulong>(walk.Pattern);
        uint word = walk.WordAt(logicalAddress);
        for (int group = 0; group * GroupData < source.Length; group++)
        {
            if (group > 0)
                word ^= walk.Steps[TrailingZeros((logicalAddress >> 8) + (uint)group)];
            ulong both = (ulong)word << 32 | word;
            var from = MemoryMarshal.Cast<byte, ulong>(source.Slice(group * GroupData, GroupData));
            var to = MemoryMarshal.Cast<byte, ulong>(destination.Slice(group * GroupData, GroupData));
            for (int i = 0; i < pattern.Length && i < from.Length && i < to.Length; i++)
                to[i] = from[i] ^ pattern[i] ^ both;
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
