namespace BekenImage.Tests.Synthetic;

/// <summary>A family of bootloaders: its partition table and where its container ends.</summary>
internal sealed record SyntheticLayout(
    int BootContainerEnd, uint AppLength, uint DownloadOffset, uint DownloadLength, bool FalCrc, bool DownloadFirst, string BootVersionText)
{
    /// <summary>Tuya's BK7231N.</summary>
    public static SyntheticLayout N { get; } = new(0x11000, 0x108700, 0x12A000, 0xA6000, false, false, "1.00");

    /// <summary>Tuya's BK7231T.</summary>
    public static SyntheticLayout T { get; } = new(0x11000, 0x108700, 0x132000, 0xA6000, false, false, "1.00");

    /// <summary>Beken's SDK: BL2028N, BK7231U, BK7238, BK7252, BK7252N.</summary>
    public static SyntheticLayout Sdk { get; } = new(0xFF00, 0x110000, 0x132000, 0xAE000, true, true, "2M.1220");

    /// <summary>BK7231Q.</summary>
    public static SyntheticLayout Q { get; } = new(0x11000, 0x110000, 0x132000, 0xCC000, true, false, "1.00");

    /// <summary>RT-Thread's loader of BK7252: five records, or six, two or three of one name.</summary>
    public static SyntheticLayout RtThread { get; } = new(0xFF00, 0x120000, 0x143000, 0xBB000, true, false, "2M.1220") { Parameters = [0x1FE000, 0x1FF000] };

    /// <summary>Where the partitions named <c>param1</c> lie.</summary>
    public uint[] Parameters { get; init; } = [];

    /// <summary>Physical length of the app's section.</summary>
    public int AppSection => (int)(AppLength / 32 * 34);

    /// <summary>Physical end of the app's section.</summary>
    public int AppEnd => 0x11000 + AppSection;

    /// <summary>Where this bootloader looks for the app's header.</summary>
    public int AppHeader => AppEnd - PlainFormats.HeaderPages;

    /// <summary>Where its own header lies.</summary>
    public int BootHeader => BootContainerEnd - PlainFormats.HeaderPages;

    public byte[] Table()
    {
        byte[] bootloader = PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, FalCrc);
        byte[] app = PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, AppLength, FalCrc);
        byte[] download = PlainFormats.FalEntry("download", "beken_onchip", DownloadOffset, DownloadLength, FalCrc);
        byte[] parameters = Parameters.SelectMany(at => PlainFormats.FalEntry("param1", "beken_onchip", at, 0x1000, FalCrc)).ToArray();
        return DownloadFirst ? [.. download, .. app, .. bootloader, .. parameters] : [.. bootloader, .. app, .. download, .. parameters];
    }
}

/// <summary>A chip family as its bootloader shows it.</summary>
internal sealed record SyntheticBoot(SyntheticLayout Layout, uint ResetBranch, bool NMarker, params string[] Texts)
{
    public static SyntheticBoot N { get; } = new(SyntheticLayout.N, 0xEA000B48, true, "BK7231N_1.0.1");

    public static SyntheticBoot T { get; } = new(SyntheticLayout.T, 0xEA000E62, false, "BK7231S_1.0.5");

    public static SyntheticBoot Dreo { get; } = new(SyntheticLayout.Sdk, 0xEA0000AA, true, "BK7231n", "_1.0.8");

    public static SyntheticBoot U { get; } = new(SyntheticLayout.Sdk, 0xEA0000CA, false, "BK7231u", "_1.0.15");

    public static SyntheticBoot BK7238 { get; } = new(SyntheticLayout.Sdk, 0xEA0000AC, false, "BK7238", "_1.0.15");

    public static SyntheticBoot BK7252 { get; } = new(SyntheticLayout.Sdk, 0xEA0000CA, false, "BK7251", "_1.0.15");

    public static SyntheticBoot BK7252N { get; } = new(SyntheticLayout.Sdk, 0xEA0000AC, false, "BK7252N", "_1.0.15");

    /// <summary>Prints no name; the registers it programs are those of BK7231.</summary>
    public static SyntheticBoot Q { get; } = new(SyntheticLayout.Q, 0xEA001C68, false) { Registers = [0x00802A00, 0x00802A04] };

    /// <summary>Beken's for AWS: begins as <see cref="Q"/> does, but programs other registers.</summary>
    public static SyntheticBoot AwsU { get; } = new(SyntheticLayout.Q, 0xEA001C68, false) { Registers = [0x00802A80, 0x00802A84] };

    /// <summary>RT-Thread's for BK7252: prints no name, passes exceptions on to the app.</summary>
    public static SyntheticBoot RtThread { get; } = new(SyntheticLayout.RtThread, 0xEA000E35, false, "RT-Thread OTA package(V%s) initialize success.")
    {
        PassesExceptionsOn = true,
    };

    /// <summary>Addresses of registers that are literals of its code.</summary>
    public uint[] Registers { get; init; } = [];

    public bool PassesExceptionsOn { get; init; }
}
