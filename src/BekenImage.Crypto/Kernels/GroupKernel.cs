using System.Runtime.InteropServices;

namespace BekenImage.Crypto.Kernels;

/// <summary>
/// What all fast kernels share. They work on groups of eight pages whose data starts at a multiple of 256; single pages before, between
/// and after go through <see cref="PortablePage"/>. The hot loops (the four abstract methods) run until the end or until a group that is
/// not wholly valid, so that they need no case for erased and bad pages.
/// </summary>
internal abstract class GroupKernel : PageKernel
{
    protected const int GroupPages = 8;
    protected const int GroupData = GroupPages * FlashPages.DataSize;
    protected const int GroupSize = GroupPages * FlashPages.PageSize;

    /// <summary>Below this, a walk costs more than it saves.</summary>
    private const int SmallestApply = 128;

    public sealed override PageScan Check(ReadOnlySpan<byte> pages)
    {
        var counter = new FlashPages.PageCounter();
        while (pages.Length >= GroupSize)
        {
            int valid = CheckGroups(pages.Slice(0, pages.Length / GroupSize * GroupSize));
            counter.Add(FlashPages.PageState.Valid, valid * GroupPages);
            pages = pages.Slice(valid * GroupSize);
            int erased = LeadingErasedGroups(pages);
            counter.Add(FlashPages.PageState.Erased, erased * GroupPages);
            pages = pages.Slice(erased * GroupSize);
            if (erased == 0 && pages.Length >= GroupSize)
            {
                CheckPages(pages.Slice(0, GroupSize), ref counter);
                pages = pages.Slice(GroupSize);
            }
        }
        CheckPages(pages, ref counter);
        return counter.ToScan();
    }

    public sealed override PageScan Decode(ReadOnlySpan<byte> pages, Span<byte> data, BekenKey key, uint logicalAddress)
    {
        // Off the page grid a page's keystream is not a pattern and one word. No image has such pages.
        if (logicalAddress % FlashPages.DataSize != 0)
            return FlashPages.DecodeScalar(pages, data, key, logicalAddress);

        int count = pages.Length / FlashPages.PageSize;
        int head = Head(logicalAddress, count);
        int groups = (count - head) / GroupPages;
        var walk = new KeystreamWalk(key, stackalloc uint[KeystreamWalk.BufferWords], At(logicalAddress, head), groups);
        var counter = new FlashPages.PageCounter();
        DecodePages(pages, data, walk, logicalAddress, 0, head, ref counter);
        int done = head;
        int end = head + groups * GroupPages;
        while (done < end)
        {
            walk.MoveTo(At(logicalAddress, done));
            int valid = DecodeGroups(PagesOf(pages, done, end), DataOf(data, done, end), walk);
            counter.Add(FlashPages.PageState.Valid, valid * GroupPages);
            done += valid * GroupPages;
            int erased = LeadingErasedGroups(PagesOf(pages, done, end)) * GroupPages;
            counter.Add(FlashPages.PageState.Erased, erased);
            DataOf(data, done, done + erased).Fill(0xFF);
            done += erased;
            if (erased == 0 && done < end)
            {
                DecodePages(pages, data, walk, logicalAddress, done, done + GroupPages, ref counter);
                done += GroupPages;
            }
        }
        DecodePages(pages, data, walk, logicalAddress, end, count, ref counter);
        return counter.ToScan();
    }

    public sealed override void Encode(ReadOnlySpan<byte> data, Span<byte> pages, BekenKey key, uint logicalAddress)
    {
        if (logicalAddress % FlashPages.DataSize != 0)
        {
            FlashPages.EncodeScalar(data, pages, key, logicalAddress);
            return;
        }
        int count = data.Length / FlashPages.DataSize;
        int head = Head(logicalAddress, count);
        int groups = (count - head) / GroupPages;
        int end = head + groups * GroupPages;
        var walk = new KeystreamWalk(key, stackalloc uint[KeystreamWalk.BufferWords], At(logicalAddress, head), groups);
        EncodePages(data, pages, walk, logicalAddress, 0, head);
        if (groups > 0)
        {
            walk.MoveTo(At(logicalAddress, head));
            EncodeGroups(DataOf(data, head, end), PagesOf(pages, head, end), walk);
        }
        EncodePages(data, pages, walk, logicalAddress, end, count);
    }

    public sealed override void Apply(BekenKey key, uint logicalAddress, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length < SmallestApply)
        {
            FlashCipher.ApplyScalar(key, logicalAddress, source, destination);
            return;
        }
        int head = (int)Math.Min(unchecked(0u - logicalAddress) % GroupData, (uint)source.Length);
        int groups = (source.Length - head) / GroupData;
        int end = head + groups * GroupData;
        var buffer = (stackalloc uint[KeystreamWalk.BufferWords]);
        // The head belongs to a group too, so that there is always a whole pattern.
        var walk = new KeystreamWalk(key, buffer, unchecked(logicalAddress + (uint)head), Math.Max(groups, 1));
        ApplyPart(walk, logicalAddress, source.Slice(0, head), destination);
        if (groups > 0)
        {
            int length = end - head;
            walk.MoveTo(unchecked(logicalAddress + (uint)head));
            ApplyGroups(source.Slice(head, length), destination.Slice(head, length), walk);
        }
        ApplyPart(walk, unchecked(logicalAddress + (uint)end), source.Slice(end), destination.Slice(end));
    }

    /// <summary>Checks whole groups until one is not wholly valid.</summary>
    /// <returns>Wholly valid groups from the start.</returns>
    protected abstract int CheckGroups(ReadOnlySpan<byte> pages);

    /// <summary>Decodes whole groups until one is not wholly valid; what it wrote of that one does not count.</summary>
    /// <returns>Wholly valid groups from the start.</returns>
    protected abstract int DecodeGroups(ReadOnlySpan<byte> pages, Span<byte> data, in KeystreamWalk walk);

    protected abstract void EncodeGroups(ReadOnlySpan<byte> data, Span<byte> pages, in KeystreamWalk walk);

    /// <summary>Enciphers whole groups; source and destination may be the same memory.</summary>
    protected abstract void ApplyGroups(ReadOnlySpan<byte> source, Span<byte> destination, in KeystreamWalk walk);

    private static int LeadingErasedGroups(ReadOnlySpan<byte> pages)
    {
#if NET8_0_OR_GREATER
        int length = pages.IndexOfAnyExcept((byte)0xFF);
#else
        int length = 0;
        while (length < pages.Length && pages[length] == 0xFF)
            length++;
        if (length == pages.Length)
            length = -1;
#endif
        return (length < 0 ? pages.Length : length) / GroupSize;
    }

    private static void CheckPages(ReadOnlySpan<byte> pages, ref FlashPages.PageCounter counter)
    {
        for (; pages.Length > 0; pages = pages.Slice(FlashPages.PageSize))
            counter.Add(PortablePage.StateOf(pages));
    }

    private static void DecodePages(ReadOnlySpan<byte> pages, Span<byte> data, in KeystreamWalk walk, uint logicalAddress,
        int start, int end, ref FlashPages.PageCounter counter)
    {
        var pattern = walk.PatternPairs;
        for (int index = start; index < end; index++)
        {
            var page = PagesOf(pages, index, index + 1);
            var plain = DataOf(data, index, index + 1);
            var state = PortablePage.Decode(page, plain, pattern, KeystreamWalk.Twice(walk.WordAt(At(logicalAddress, index))));
            counter.Add(state);
            if (state == FlashPages.PageState.Erased)
                plain.Fill(0xFF);
        }
    }

    private static void EncodePages(ReadOnlySpan<byte> data, Span<byte> pages, in KeystreamWalk walk, uint logicalAddress, int start, int end)
    {
        var pattern = walk.PatternPairs;
        for (int index = start; index < end; index++)
        {
            ulong word = KeystreamWalk.Twice(walk.WordAt(At(logicalAddress, index)));
            PortablePage.Encode(DataOf(data, index, index + 1), PagesOf(pages, index, index + 1), pattern, word);
        }
    }

    /// <summary>Less than a group, inside one: the group's word and the bytes of the pattern from there.</summary>
    private static void ApplyPart(in KeystreamWalk walk, uint logicalAddress, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length == 0)
            return;
        int offset = (int)(logicalAddress % GroupData);
        uint word = walk.WordAt(logicalAddress - (uint)offset);
        var pattern = MemoryMarshal.AsBytes(walk.Pattern).Slice(offset, source.Length);
        for (int i = 0; i < pattern.Length; i++)
            destination[i] = (byte)(source[i] ^ pattern[i] ^ word >> (offset + i & 3) * 8);
    }

    /// <summary>Pages before the first whose data starts at a multiple of 256.</summary>
    private static int Head(uint logicalAddress, int count) =>
        Math.Min(count, (int)(unchecked(0u - logicalAddress) % GroupData) / FlashPages.DataSize);

    private static uint At(uint logicalAddress, int page) => unchecked(logicalAddress + (uint)page * FlashPages.DataSize);

    private static ReadOnlySpan<byte> PagesOf(ReadOnlySpan<byte> pages, int start, int end) =>
        pages.Slice(start * FlashPages.PageSize, (end - start) * FlashPages.PageSize);

    private static Span<byte> PagesOf(Span<byte> pages, int start, int end) =>
        pages.Slice(start * FlashPages.PageSize, (end - start) * FlashPages.PageSize);

    private static ReadOnlySpan<byte> DataOf(ReadOnlySpan<byte> data, int start, int end) =>
        data.Slice(start * FlashPages.DataSize, (end - start) * FlashPages.DataSize);

    private static Span<byte> DataOf(Span<byte> data, int start, int end) =>
        data.Slice(start * FlashPages.DataSize, (end - start) * FlashPages.DataSize);
}
