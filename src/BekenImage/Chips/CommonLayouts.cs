using BekenImage.Formats.LittleFs;

namespace BekenImage.Chips;

/// <summary>Flash maps that several chips share, because one firmware's source has one map for them.</summary>
internal static class CommonLayouts
{
    /// <summary>OpenBeken's flash variables, the same on every chip. Source: the address word in seven apps of release 1.18.300.</summary>
    private static readonly FlashRange ObkFlashVars = new(0x1E5000, 0x8000);

    /// <summary>The table of the Beken SDK's bootloaders, v1.0.8 to v1.0.15. Source: the table in each of them.</summary>
    public static ProgramTable SdkTable { get; } = new(appEnd: 0x132000, download: 0x132000, downloadLength: 0xAE000);

    /// <summary>Beken's FreeRTOS SDK. Source: beken_freertos_sdk, BkDriverFlash.c.</summary>
    public static ChipLayout Sdk { get; } = new(SdkTable, rf: 0x1E0000, net: 0x1E1000);

    /// <summary>OpenBeken on the chips of beken_freertos_sdk. Source: OpenBK7231T_App, hal_ota.h and our_lfs.h.</summary>
    public static ChipLayout ObkOnSdk { get; } = OpenBeken(SdkTable, rf: 0x1E0000, new LittleFsPlace(end: 0x1AB000, firstStart: 0x12B000));

    /// <summary>LibreTiny where a board has no table of its own. Source: libretiny, boards/_base/beken-72xx.json.</summary>
    public static ChipLayout LibreTiny { get; } = new(
        new ProgramTable(appEnd: 0x132000, download: 0x132000, downloadLength: 0xA6000), rf: 0x1E0000, net: 0x1E1000)
    {
        OtherAreas = [new("kvs", 0x1D8000, 0x8000), new("userdata", 0x1E3000, 0x1D000)],
    };

    /// <summary>OpenBeken: configuration behind the RF table, the old journal of flash variables two sectors behind that.</summary>
    public static ChipLayout OpenBeken(ProgramTable programs, long rf, LittleFsPlace files) => new(programs, rf, rf + 0x1000)
    {
        IsOpenBeken = true,
        FlashVars = ObkFlashVars,
        FlashVarsJournal = new FlashRange(rf + 0x3000, 0x2000),
        LittleFsPlace = files,
    };
}
