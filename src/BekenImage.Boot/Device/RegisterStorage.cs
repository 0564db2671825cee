namespace BekenImage.Boot.Device;

/// <summary>
/// Registers of which nothing more is known than that they are there: what is written is read again, and everything begins with 0. Only
/// inside the known ranges, and only as much memory as is touched. Source: hardware.md, section 2.
/// </summary>
internal sealed class RegisterStorage
{
    private const int PageShift = 12;
    private const int WordsInPage = 1 << (PageShift - 2);

    // First byte, length; what they are is in docs/hardware.md.
    private static readonly (uint Start, uint Length)[] Ranges =
    [
        (0x00800000, 0x00030000),
        (0x00900000, 0x00040000),
        (0x00A00000, 0x00010000),
        (0x01000000, 0x00080000),
        (0x02000000, 0x00040000),
        (0xC0000000, 0x00100000),
    ];

    private readonly Dictionary<uint, uint[]> _pages = [];

    public static bool Contains(uint address)
    {
        foreach (var (start, length) in Ranges)
        {
            if (address - start < length)
                return true;
        }
        return false;
    }

    public uint Read(uint address) =>
        _pages.TryGetValue(address >> PageShift, out uint[]? page) ? page[address >> 2 & (WordsInPage - 1)] : 0;

    public void Write(uint address, uint value)
    {
        if (!_pages.TryGetValue(address >> PageShift, out uint[]? page))
        {
            page = new uint[WordsInPage];
            _pages.Add(address >> PageShift, page);
        }
        page[address >> 2 & (WordsInPage - 1)] = value;
    }
}
