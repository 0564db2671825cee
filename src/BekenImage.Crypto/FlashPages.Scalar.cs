namespace BekenImage.Crypto;

// The definition of the pages: one page at a time. Everything else is pinned to this by test.
public static partial class FlashPages
{
    internal enum PageState
    {
        Valid,
        Erased,
        Bad,
    }

    /// <summary>Judges one page of 34 bytes. An erased page is a third state: its CRC would be wrong (32 bytes 0xFF give 0x000C).</summary>
    internal static PageState StateOf(ReadOnlySpan<byte> page)
    {
        int stored = page[DataSize] << 8 | page[DataSize + 1];
        if (Crc16Cms.Compute(page.Slice(0, DataSize)) == stored)
            return PageState.Valid;
        foreach (byte value in page)
        {
            if (value != 0xFF)
                return PageState.Bad;
        }
        return PageState.Erased;
    }

    internal static PageScan CheckScalar(ReadOnlySpan<byte> pages)
    {
        var counter = new PageCounter();
        for (int offset = 0; offset < pages.Length; offset += PageSize)
            counter.Add(StateOf(pages.Slice(offset, PageSize)));
        return counter.ToScan();
    }

    internal static PageScan DecodeScalar(ReadOnlySpan<byte> pages, Span<byte> data, BekenKey key, uint logicalAddress)
    {
        var counter = new PageCounter();
        for (int index = 0; index * PageSize < pages.Length; index++)
        {
            var page = pages.Slice(index * PageSize, PageSize);
            var plain = data.Slice(index * DataSize, DataSize);
            var state = StateOf(page);
            counter.Add(state);
            page.Slice(0, DataSize).CopyTo(plain);
            if (state != PageState.Erased)
                FlashCipher.ApplyScalar(key, unchecked(logicalAddress + (uint)(index * DataSize)), plain, plain);
        }
        return counter.ToScan();
    }

    internal static void EncodeScalar(ReadOnlySpan<byte> data, Span<byte> pages, BekenKey key, uint logicalAddress)
    {
        for (int index = 0; index * DataSize < data.Length; index++)
        {
            var page = pages.Slice(index * PageSize, PageSize);
            FlashCipher.ApplyScalar(key, unchecked(logicalAddress + (uint)(index * DataSize)), data.Slice(index * DataSize, DataSize), page);
            ushort crc = Crc16Cms.Compute(page.Slice(0, DataSize));
            page[DataSize] = (byte)(crc >> 8);
            page[DataSize + 1] = (byte)crc;
        }
    }

    /// <summary>Counts page states in page order.</summary>
    internal struct PageCounter
    {
        private int _valid;
        private int _erased;
        private int _bad;
        private int _firstBad;
        private int _leadingValid;

        public PageCounter()
        {
            _firstBad = -1;
        }

        public void Add(PageState state, int pages = 1)
        {
            switch (state)
            {
                case PageState.Valid:
                    if (_erased + _bad == 0)
                        _leadingValid += pages;
                    _valid += pages;
                    break;
                case PageState.Erased:
                    _erased += pages;
                    break;
                default:
                    if (_bad == 0)
                        _firstBad = _valid + _erased;
                    _bad += pages;
                    break;
            }
        }

        public readonly PageScan ToScan() => new(_valid, _erased, _bad, _firstBad, _leadingValid);
    }
}
