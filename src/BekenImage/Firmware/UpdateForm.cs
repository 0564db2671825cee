namespace BekenImage;

/// <summary>Which form an update file for BK7236 and its kin has.</summary>
public enum UpdateForm
{
    /// <summary><c>ota.bin</c> for MCUboot, magic <c>BK723658</c>.</summary>
    McuBootPackage,

    /// <summary>A signed image as MCUboot takes it, whose payload is a packed app.</summary>
    SignedOverwrite,

    /// <summary>A packed app before it is signed: LZMA blocks behind their list.</summary>
    OverwriteBody,

    /// <summary>Tuya's <c>app_ug.bin</c>: an update file and its trailer.</summary>
    AppUg,

    /// <summary><c>app_ab_crc.rbl</c>: a slot of an A/B device in pages, its RBL header 4 KiB before its end. From sources.</summary>
    AbSlot,

    /// <summary>Tuya's difference update (diff2ya), which is not applied here. From sources.</summary>
    Difference,
}
