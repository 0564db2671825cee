using System.Buffers.Binary;

namespace BekenImage.Crypto;

/// <summary>
/// Pages taken out of the stretches for counting: whole pages on the 32-byte grid, the erased ones left out, in rented arrays.
/// Pages of one 64 KiB window of addresses lie together.
/// </summary>
internal sealed class KeyRecoverySample : IDisposable
{
    internal const int WordsPerPage = 8;
    internal const int PageBytes = WordsPerPage * sizeof(uint);

    /// <summary>Where not every page is taken, runs of this many are: within 4 KiB every setting shows (KeyRecovery.md, section 2).</summary>
    internal const int BlockPages = 128;

    private const uint Erased = 0xFFFFFFFF;

    private readonly int capacity;
    private long pagesSeen;
    private readonly uint[] words;
    private readonly uint[] addresses;
    private readonly List<Window> windows = [];

    private KeyRecoverySample(int capacity)
    {
        this.capacity = capacity;
        words = Scratch<uint>.Rent(Math.Max(1, capacity) * WordsPerPage);
        addresses = Scratch<uint>.Rent(Math.Max(1, capacity));
    }

    /// <summary>Pages that were taken.</summary>
    internal int PageCount { get; private set; }

    /// <summary>Eight words a page.</summary>
    internal ReadOnlySpan<uint> Words => words.AsSpan(0, PageCount * WordsPerPage);

    /// <summary>Logical address of each page.</summary>
    internal ReadOnlySpan<uint> Addresses => addresses.AsSpan(0, PageCount);

    /// <summary>Runs of pages whose upper address halves are alike.</summary>
    internal IReadOnlyList<Window> Windows => windows;

    /// <summary>Takes pages evenly from all stretches.</summary>
    /// <param name="input">The stretches.</param>
    /// <param name="pagesAtMost">When there are more, blocks of 4 KiB are left out between others.</param>
    internal static KeyRecoverySample Take(KeyRecoveryInput input, int pagesAtMost)
    {
        long pages = input.TotalBytes / PageBytes;
        long blocks = (pages + BlockPages - 1) / BlockPages;
        long step = (blocks * BlockPages + pagesAtMost - 1) / pagesAtMost;
        // An even step would never see both values of an address bit.
        step = step <= 1 ? 1 : step | 1;
        var sample = new KeyRecoverySample((int)Math.Min(pages, pagesAtMost + BlockPages));
        for (int i = 0; i < input.Count; i++)
            sample.Add(input.Bytes(i), input.Address(i), step);
        return sample;
    }

    /// <summary>The run with most pages; empty when there is none.</summary>
    internal Window LargestWindow()
    {
        Window largest = default;
        foreach (var window in windows)
        {
            if (window.Count > largest.Count)
                largest = window;
        }
        return largest;
    }

    public void Dispose()
    {
        Scratch<uint>.Return(words);
        Scratch<uint>.Return(addresses);
    }

    private void Add(ReadOnlySpan<byte> bytes, uint address, long step)
    {
        int offset = (int)(unchecked(0u - address) % PageBytes);
        for (; offset <= bytes.Length - PageBytes; offset += PageBytes)
        {
            // Blocks go on from one stretch to the next, so that many short ones are thinned out like a long one.
            if (pagesSeen++ / BlockPages % step != 0)
                continue;
            if (PageCount >= capacity)
                return;
            AddPage(bytes.Slice(offset, PageBytes), unchecked(address + (uint)offset));
        }
    }

    private void AddPage(ReadOnlySpan<byte> page, uint address)
    {
        var target = words.AsSpan(PageCount * WordsPerPage, WordsPerPage);
        int erased = 0;
        for (int i = 0; i < WordsPerPage; i++)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(page.Slice(i * sizeof(uint)));
            target[i] = word;
            erased += word == Erased ? 1 : 0;
        }
        // Two such words are flash that was never written, off the grid too, or filler stored plain.
        if (erased >= 2)
            return;
        addresses[PageCount] = address;
        if (windows.Count == 0 || windows[windows.Count - 1].Upper != address >> 16)
            windows.Add(new Window(address >> 16, PageCount, 0));
        var window = windows[windows.Count - 1];
        windows[windows.Count - 1] = new Window(window.Upper, window.Start, window.Count + 1);
        PageCount++;
    }

    /// <summary>A run of pages; start and count in pages.</summary>
    internal readonly struct Window
    {
        internal Window(uint upper, int start, int count)
        {
            Upper = upper;
            Start = start;
            Count = count;
        }

        /// <summary>Bits 31..16 of the addresses.</summary>
        internal uint Upper { get; }

        internal int Start { get; }

        internal int Count { get; }
    }
}
