using System.Buffers.Binary;
using BekenImage.Boot.Cpu;
using BekenImage.Crypto;

namespace BekenImage.Boot.Device;

/// <summary>What a page of the window turned out to be.</summary>
internal enum WindowPage : byte
{
    /// <summary>Not looked at since it last changed.</summary>
    Unread,

    Sound,

    /// <summary>Nothing was ever written there.</summary>
    Erased,

    /// <summary>The CRC does not fit.</summary>
    Bad,
}

/// <summary>
/// The flash as the processor sees it: logical addresses, page CRCs taken off, deciphered with the device's key. It is derived from the
/// physical bytes and from nothing else; a page is decoded when it is first used, and again after it was written. Source: hardware.md,
/// sections 2.1 and 4.4.
/// </summary>
internal sealed class FlashWindow
{
    private const int DataSize = FlashPages.DataSize;
    private const int PageSize = FlashPages.PageSize;
    private const int PageShift = 5;
    private const int NoPage = -1;

    /// <summary>Up to the RAM behind it: of a larger flash the processor sees no more.</summary>
    private const int MostPages = (int)(DeviceBus.TcmBase / DataSize);

    /// <summary>So many pages at most are handed out at once, of those that are decoded together.</summary>
    private const int PagesInStretch = 64;

    private readonly FlashChip _flash;
    private readonly BekenKey _key;
    private readonly byte[] _plain;
    private readonly WindowPage[] _pages;
    private readonly byte[] _store = new byte[DataSize];
    private int _storePage = NoPage;
    private uint _stored;

    public FlashWindow(FlashChip flash, BekenKey key)
    {
        _flash = flash;
        _key = key;
        _pages = new WindowPage[Math.Min(flash.Size / PageSize, MostPages)];
        _plain = new byte[_pages.Length * DataSize];
        flash.Changed = Forget;
    }

    public BekenKey Key => _key;

    /// <summary>Logical bytes.</summary>
    public uint Length => (uint)_plain.Length;

    /// <summary>Pages with a wrong CRC that the processor read, as data or as code.</summary>
    public int BadPages { get; private set; }

    /// <summary>The first of them, physical.</summary>
    public long? FirstBadPage { get; private set; }

    /// <summary>The state of the page an address is in, decoded.</summary>
    public WindowPage StateOf(uint address)
    {
        int page = (int)(address >> PageShift);
        if (_pages[page] == WindowPage.Unread)
            Decode(page);
        return _pages[page];
    }

    /// <summary>Told when something that may have been handed out is no longer what the flash holds.</summary>
    public Action? Changed { get; set; }

    /// <summary>The sound pages from the one of an address on; none where that one is not sound.</summary>
    public ArmCode StretchAt(uint address)
    {
        int first = (int)(address >> PageShift);
        if (StateOf(address) != WindowPage.Sound)
            return default;
        int end = first + 1;
        while (end % PagesInStretch != 0 && end < _pages.Length && IsSound(end))
            end++;
        return new ArmCode(_plain, first * DataSize, (uint)(first * DataSize), (uint)((end - first) * DataSize));
    }

    public uint ReadWord(uint address)
    {
        StateOf(address);
        return BinaryPrimitives.ReadUInt32LittleEndian(_plain.AsSpan((int)address));
    }

    public ushort ReadHalfword(uint address)
    {
        StateOf(address);
        return BinaryPrimitives.ReadUInt16LittleEndian(_plain.AsSpan((int)address));
    }

    public byte ReadByte(uint address)
    {
        StateOf(address);
        return _plain[address];
    }

    /// <summary>The plain bytes of a range, decoded; those of pages with a wrong CRC too.</summary>
    public ReadOnlySpan<byte> Read(uint address, int length)
    {
        for (uint at = address & ~(DataSize - 1u); at < address + length; at += DataSize)
            StateOf(at);
        return _plain.AsSpan((int)address, length);
    }

    /// <summary>
    /// A store of the processor while the controller lets it: kept until the page is full, another one is begun, or the window is closed;
    /// then enciphered, given its CRC and programmed. What was not stored of a page stays as it is: programming cannot clear what is 1.
    /// </summary>
    public void Store(uint address, uint value, int size)
    {
        int page = (int)(address >> PageShift);
        if (page != _storePage)
            Flush();
        _storePage = page;
        int at = (int)(address & (DataSize - 1));
        for (int index = 0; index < size; index++)
        {
            _store[at + index] = (byte)(value >> 8 * index);
            _stored |= 1u << (at + index);
        }
        if (_stored == uint.MaxValue)
            Flush();
    }

    /// <summary>Programs what was stored.</summary>
    public void Flush()
    {
        if (_storePage == NoPage)
            return;
        int page = _storePage;
        Span<byte> stored = stackalloc byte[PageSize];
        uint mask = _stored;
        FlashPages.Encode(_store, stored, _key, (uint)page * DataSize);
        _storePage = NoPage;
        _stored = 0;
        if (mask != uint.MaxValue)
        {
            for (int at = 0; at < DataSize; at++)
            {
                if ((mask & 1u << at) == 0)
                    stored[at] = 0xFF;
            }
            BinaryPrimitives.WriteUInt16BigEndian(stored.Slice(DataSize), Crc16Cms.Compute(stored.Slice(0, DataSize)));
        }
        _flash.Program((uint)page * PageSize, stored);
    }

    // Looked at, not read: one that is not sound counts when somebody wants it.
    private bool IsSound(int page)
    {
        if (_pages[page] == WindowPage.Unread && ScanOf(page) is { Bad: 0, Erased: 0 })
            _pages[page] = WindowPage.Sound;
        return _pages[page] == WindowPage.Sound;
    }

    private PageScan ScanOf(int page) => FlashPages.Decode(
        _flash.Bytes.Slice(page * PageSize, PageSize), _plain.AsSpan(page * DataSize, DataSize), _key, (uint)page * DataSize);

    private void Decode(int page)
    {
        var scan = ScanOf(page);
        _pages[page] = scan.Bad > 0 ? WindowPage.Bad : scan.Erased > 0 ? WindowPage.Erased : WindowPage.Sound;
        if (scan.Bad == 0)
            return;
        BadPages++;
        FirstBadPage ??= (long)page * PageSize;
    }

    private void Forget(int start, int length)
    {
        int first = start / PageSize;
        int last = Math.Min((start + length - 1) / PageSize, _pages.Length - 1);
        for (int page = first; page <= last; page++)
            _pages[page] = WindowPage.Unread;
        Changed?.Invoke();
    }
}
