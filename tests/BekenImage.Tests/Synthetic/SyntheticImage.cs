using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;

namespace BekenImage.Tests.Synthetic;

/// <summary>
/// Makes images by code: a factory dump, a firmware in each of its forms. Needs nothing of the library, so that other test projects can
/// link the files of this folder (with RfTestData.cs and ObkTestData.cs).
/// </summary>
internal sealed class SyntheticImage
{
    public const int FlashSize = 0x200000;
    public const string ObkN = "OpenBK7231N_1.18.300";
    public const string ObkT = "OpenBK7231T_1.18.300";
    public const string TuyaOS = "< TuyaOS V:3.3.3 BS:40.00_PT:2.2_LAN:3.4>";
    public const string TuyaN = "< TUYA IOT SDK V:2.3.3 BS:40.00> < BUILD AT:2023 BY ci FOR ty_iot_sdk AT bk7231n >";
    public const string TuyaT = "< TUYA IOT SDK V:1.0.8 BS:40.00> < BUILD AT:2021 BY ci FOR ty_iot_sdk AT bk7231t >";
    public const string Sdk = "beken378/driver/flash.c";
    public const uint BootTimestamp = 1590745724;
    public const uint AppTimestamp = 1700000000;

    private readonly List<(int Offset, byte[] Bytes)> _raw = [];

    public SyntheticBoot Boot { get; init; } = SyntheticBoot.N;

    public SyntheticKey Key { get; init; } = SyntheticKey.Tuya;

    public SyntheticLayout Layout => Boot.Layout;

    public byte[] App { get; init; } = SyntheticPrograms.App(0x9A75, TuyaN);

    public string AppName { get; init; } = "app";

    public string AppVersion { get; init; } = "1.00";

    /// <summary>Another partition table than the layout's.</summary>
    public byte[]? Table { get; init; }

    /// <summary>As OpenBK7231N's Uascent step does: the table is enciphered with the rest.</summary>
    public bool EnciphersTable { get; init; }

    /// <summary>TuyaOS after an update over the air leaves no header.</summary>
    public bool HasAppHeader { get; init; } = true;

    public byte HeaderJunk { get; init; }

    /// <summary>Puts bytes into a dump, such as an RF sector.</summary>
    public SyntheticImage With(int offset, params byte[] bytes)
    {
        _raw.Add((offset, bytes));
        return this;
    }

    public SyntheticImage WithRf(int offset, string mac = "020102030405", bool calibrated = true, int seed = 0) =>
        With(offset, RfTestData.Sector(calibrated ? RfTestData.CompleteTable(mac, seed: seed, isT: !Boot.NMarker) : RfTestData.WorkedTable));

    public SyntheticImage WithConfig(int offset, string startupCommand = "backlog led_enableAll 1") =>
        With(offset, ObkTestData.Sector(ObkTestData.Minimal(startupCommand: startupCommand)));

    /// <summary>An update package as the bootloader would install it.</summary>
    public SyntheticImage WithPackage(int? offset = null) =>
        With(offset ?? (int)Layout.DownloadOffset, PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, TuyaN, seed: 77)));

    /// <summary>A fast-connect record or network parameters: bytes that are no table.</summary>
    public SyntheticImage WithNet(int offset) => With(offset, [.. "synthetic network"u8, .. SyntheticPrograms.Noise(0x40, 5)]);

    /// <summary>Stands for Tuya's storage: bytes that mean nothing to a reader.</summary>
    public SyntheticImage WithFiller(int offset, int length, int seed = 9) => With(offset, SyntheticPrograms.Noise(length, seed));

    // ---- parts -----------------------------------------------------------------------------------------------------------------------

    /// <summary>Another bootloader than one of noise: plain, its partition table at its end.</summary>
    public byte[]? Program { get; init; }

    /// <summary>What the bootloader stores about keys; null for nothing.</summary>
    public SyntheticKeyRecord? Record { get; init; }

    public byte[] PlainBootloader()
    {
        if (Program is not null)
            return Program;
        byte[] plain = SyntheticPrograms.Bootloader(Boot.ResetBranch, Boot.Texts, Table ?? Layout.Table(), Boot.NMarker, record: Record, registers: Boot.Registers);
        if (Boot.PassesExceptionsOn)
            SyntheticPrograms.PassingVectors(plain, Boot.ResetBranch);
        return plain;
    }

    /// <summary>The bootloader as stored: enciphered but for the marker and the table.</summary>
    public byte[] StoredBootloader()
    {
        byte[] plain = PlainBootloader();
        byte[] stored = PlainFormats.Cipher(Key, 0, plain);
        if (Boot.NMarker)
            plain.AsSpan(0x100, 8).CopyTo(stored.AsSpan(0x100));
        int table = (Table ?? Layout.Table()).Length;
        if (!EnciphersTable)
            plain.AsSpan(plain.Length - table).CopyTo(stored.AsSpan(stored.Length - table));
        return stored;
    }

    public byte[] StoredApp() => PlainFormats.Cipher(Key, 0x10000, App);

    public byte[] BootContainer()
    {
        byte[] stored = StoredBootloader();
        return PlainFormats.Container(
            stored, PlainFormats.Header(stored, "bootloader", Layout.BootVersionText, BootTimestamp, junk: HeaderJunk), Layout.BootContainerEnd);
    }

    // ---- files -----------------------------------------------------------------------------------------------------------------------

    /// <summary>Bootloader and app as a build makes them.</summary>
    public byte[] Qio() => [.. Slot(), .. Ua()];

    /// <summary>The packed app for 0x11000 with its header.</summary>
    public byte[] Ua()
    {
        byte[] stored = StoredApp();
        byte[] section = PlainFormats.Container(stored, PlainFormats.Header(stored, AppName, AppVersion, AppTimestamp, junk: HeaderJunk), Layout.AppSection);
        if (!HasAppHeader)
            section.AsSpan(section.Length - PlainFormats.HeaderPages).Fill(0xFF);
        return section;
    }

    /// <summary>Pages of the app alone.</summary>
    public byte[] AppPages() => PlainFormats.Pages(StoredApp());

    /// <summary>A whole chip.</summary>
    public byte[] Dump(int length = FlashSize)
    {
        var flash = Enumerable.Repeat((byte)0xFF, length).ToArray();
        Qio().CopyTo(flash, 0);
        foreach (var (offset, bytes) in _raw)
            bytes.CopyTo(flash, offset);
        return flash;
    }

    /// <summary>A QIO, 0xFF and a configuration sector behind it.</summary>
    public byte[] QioWithConfig(int offset, string startupCommand = "startDriver Wemo")
    {
        var bytes = Enumerable.Repeat((byte)0xFF, offset + 0x1000).ToArray();
        Qio().CopyTo(bytes, 0);
        ObkTestData.Sector(ObkTestData.Minimal(startupCommand: startupCommand)).CopyTo(bytes, offset);
        return bytes;
    }

    private byte[] Slot()
    {
        byte[] container = BootContainer();
        return [.. container, .. Enumerable.Repeat((byte)0xFF, 0x11000 - container.Length)];
    }

    // ---- devices and firmware that many tests use -----------------------------------------------------------------------------------

    /// <summary>An ordinary Tuya BK7231N dump.</summary>
    public static SyntheticImage TuyaNDevice(SyntheticKey? key = null) => new SyntheticImage { Key = key ?? SyntheticKey.Tuya }
        .WithRf(0x1D0000).WithNet(0x1D1000).WithFiller(0x1D2000, 0x3000).WithFiller(0x1EE000, 0x5000);

    /// <summary>An ordinary Tuya BK7231T dump.</summary>
    public static SyntheticImage TuyaTDevice() => new SyntheticImage { Boot = SyntheticBoot.T, App = SyntheticPrograms.App(0x9A75, TuyaT, nMarker: false) }
        .WithRf(0x1E0000).WithNet(0x1E2000).WithFiller(0x1E3000, 0x2000).WithFiller(0x1EE000, 0x5000);

    /// <summary>A BL2028N with the SDK's bootloader and another vendor's firmware: the twin of the device the job is about.</summary>
    public static SyntheticImage DreoDevice() => new SyntheticImage
    {
        Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0xA275, Sdk), AppVersion = "2M.1220",
    }.WithRf(0x1E0000).WithNet(0x1E2000).WithFiller(0x1E3000, 0x2000);

    /// <summary>OpenBeken for BK7231N or, with the zero key, BK7231M.</summary>
    public static SyntheticImage ObkNFirmware(SyntheticKey? key = null, int appLength = 0xC010, int seed = 3) => new()
    {
        Key = key ?? SyntheticKey.Tuya, App = SyntheticPrograms.App(appLength, ObkN, seed: seed), AppVersion = "1.18.300",
    };

    public static SyntheticImage ObkTFirmware(int appLength = 0xC010, int seed = 4) => new()
    {
        Boot = SyntheticBoot.T, App = SyntheticPrograms.App(appLength, ObkT, nMarker: false, seed: seed),
    };
}
