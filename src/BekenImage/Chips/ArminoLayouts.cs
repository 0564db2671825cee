namespace BekenImage.Chips;

/// <summary>
/// What the flash maps of the Armino chips share. No dump of such a device was to be had: the places are those of the SDKs' partition
/// tables, with offsets their files leave out added up.
/// </summary>
internal static class ArminoLayouts
{
    /// <summary>A map whose last two sectors are calibration and network parameters.</summary>
    /// <param name="flash">Length of the flash.</param>
    /// <param name="appEnd">Where the partition of the first application ends.</param>
    /// <param name="download">Where updates are staged.</param>
    /// <param name="downloadLength">How much room they have.</param>
    /// <param name="others">What else has a name.</param>
    public static ChipLayout Map(long flash, long appEnd, long download, long downloadLength, params FlashArea[] others) =>
        new(new ProgramTable(appEnd, download, downloadLength), rf: flash - 0x2000, net: flash - 0x1000) { OtherAreas = others };

    /// <summary>
    /// OpenBeken: the configuration is the last sector of the partition for updates, the variables are in EasyFlash. Source: OpenBK7231T_App,
    /// hal_flashConfig_bk_armino.c and the chips' partition files.
    /// </summary>
    public static ChipLayout OpenBeken(long download, long downloadLength, long easyFlash, FlashArea userConfig) =>
        new(new ProgramTable(appEnd: 0x242000, download, downloadLength), rf: 0x3FE000, net: 0x3FF000)
        {
            IsOpenBeken = true,
            ConfigHome = new FlashRange(download + downloadLength - 0x1000, 0x1000),
            FlashVars = new FlashRange(easyFlash, 0x2000),
            OtherAreas = [userConfig],
        };
}
