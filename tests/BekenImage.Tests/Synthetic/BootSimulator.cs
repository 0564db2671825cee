using System.Text;

namespace BekenImage.Tests.Synthetic;

/// <summary>
/// Does what a Beken bootloader does at power-on, in plain code of its own: the chip checks pages and vectors, the bootloader reads its
/// partition table backwards, looks for the header at the end of its app partition, and checks CRC and hash over what is stored. It
/// judges every image the library makes.
/// </summary>
internal sealed class BootSimulator
{
    /// <summary>Vectors of the bootloader appear under the key.</summary>
    public bool BootloaderStarts { get; private init; }

    /// <summary>Vectors of the app appear under the key, where the table says the app begins.</summary>
    public bool AppStarts { get; private init; }

    /// <summary>No page of the code in use has a wrong CRC.</summary>
    public bool PagesSound { get; private init; }

    /// <summary>Physical offset at which the bootloader looks for the app's header.</summary>
    public int HeaderOffset { get; private init; }

    /// <summary>The 96 header bytes found there, or null.</summary>
    public byte[]? Header { get; private init; }

    /// <summary>What the boot log's "App verify" depends on: header, CRC and hash.</summary>
    public bool Verifies { get; private init; }

    /// <summary>True when the bootloader would install a package instead of starting the app.</summary>
    public bool PackageStaged { get; private init; }

    /// <summary>The app as the CPU sees it: its raw size in bytes, deciphered.</summary>
    public byte[] App { get; private init; } = [];

    public string Name => Encoding.ASCII.GetString(Header!, 0x0C, 16).TrimEnd('\0');

    public string Version => Encoding.ASCII.GetString(Header!, 0x1C, 24).TrimEnd('\0');

    public uint Timestamp => PlainFormats.Word(Header, 0x08);

    public static BootSimulator Run(byte[] flash, SyntheticKey key)
    {
        byte[] stored = PlainFormats.Strip(flash.AsSpan(0, 0x11000), out _);
        byte[] plain = PlainFormats.Cipher(key, 0, stored);
        var table = ReadTable(stored) ?? ReadTable(plain) ?? throw new InvalidOperationException("The bootloader has no partition table.");
        var (appOffset, appLength) = table["app"];
        var (download, _) = table["download"];
        int start = PlainFormats.ToPhysical(appOffset);
        int headerOffset = PlainFormats.ToPhysical(appOffset + appLength) - PlainFormats.HeaderPages;
        byte[]? header = ReadHeader(flash, headerOffset);
        int rawSize = header is null ? 0x40 : (int)PlainFormats.Word(header, 0x54);
        int pages = (rawSize + 31) / 32;
        byte[] app = PlainFormats.Strip(flash.AsSpan(start, pages * 34), out int wrong).AsSpan(0, rawSize).ToArray();
        byte[] plainApp = PlainFormats.Cipher(key, appOffset, app);
        return new BootSimulator
        {
            BootloaderStarts = HasVectors(plain),
            AppStarts = HasVectors(plainApp),
            PagesSound = wrong == 0,
            HeaderOffset = headerOffset,
            Header = header,
            Verifies = header is not null && Verify(header, app),
            PackageStaged = IsHeader(flash.AsSpan((int)download, 96)),
            App = plainApp,
        };
    }

    public void AssertBoots()
    {
        Assert.True(BootloaderStarts, "bootloader vectors");
        Assert.True(AppStarts, "app vectors");
        Assert.True(PagesSound, "app pages");
        Assert.True(Verifies, "app verify");
        Assert.False(PackageStaged, "a package is staged");
    }

    private static bool Verify(byte[] header, byte[] app)
    {
        if (PlainFormats.Word(header, 4) != 0)
            return false;
        int padding = (int)(PlainFormats.Word(header, 0x58) - PlainFormats.Word(header, 0x54));
        var tail = Enumerable.Repeat((byte)padding, padding).ToArray();
        return PlainFormats.Crc32(app, tail) == PlainFormats.Word(header, 0x4C) && PlainFormats.Fnv(app) == PlainFormats.Word(header, 0x50);
    }

    private static byte[]? ReadHeader(byte[] flash, int offset)
    {
        byte[] bytes = PlainFormats.Strip(flash.AsSpan(offset, PlainFormats.HeaderPages), out int wrong);
        return wrong == 0 && IsHeader(bytes) ? bytes : null;
    }

    private static bool IsHeader(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("RBL\0"u8) && PlainFormats.Crc32(bytes.Slice(0, 0x5C).ToArray()) == PlainFormats.Word(bytes, 0x5C);

    private static Dictionary<string, (uint Offset, uint Length)>? ReadTable(byte[] logical)
    {
        int at = logical.Length - 64;
        while (at >= 0 && !IsEntry(logical, at))
            at--;
        if (at < 0)
            return null;
        var table = new Dictionary<string, (uint, uint)>();
        for (; at >= 0 && IsEntry(logical, at); at -= 64)
        {
            string name = Encoding.ASCII.GetString(logical, at + 4, 24).TrimEnd('\0');
            table[name] = (PlainFormats.Word(logical, at + 0x34), PlainFormats.Word(logical, at + 0x38));
        }
        return table;
    }

    private static bool IsEntry(byte[] logical, int at) =>
        logical.AsSpan(at).StartsWith("01PE"u8) && logical.AsSpan(at + 0x1C).StartsWith("beken_onchip"u8);

    private static bool HasVectors(byte[] plain) =>
        plain.Length >= 32 && plain[3] == 0xEA && Enumerable.Range(1, 7).All(i => PlainFormats.Word(plain, 4 * i) == 0xE59FF014);
}
