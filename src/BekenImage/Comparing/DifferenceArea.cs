namespace BekenImage;

/// <summary>What a difference between two images is about.</summary>
public enum DifferenceArea
{
    /// <summary>A program of the bootloader's place, also the boot manifest of the Armino chips.</summary>
    Bootloader,

    /// <summary>An application, of either core.</summary>
    App,

    /// <summary>The bootloader's partition table.</summary>
    Fal,

    /// <summary>An RBL header that describes a program.</summary>
    Container,

    /// <summary>RF calibration and MAC.</summary>
    Rf,

    /// <summary>Network parameters.</summary>
    Net,

    /// <summary>A fast-connect record.</summary>
    FastConnect,

    /// <summary>OpenBeken's configuration.</summary>
    ObkConfig,

    /// <summary>OpenBeken's flash variables.</summary>
    FlashVars,

    /// <summary>OpenBeken's LittleFS.</summary>
    LittleFs,

    /// <summary>Tuya's key-value storage.</summary>
    Tuya,

    /// <summary>Tuya's UF file system.</summary>
    TuyaUf,

    /// <summary>A protected block of Tuya's.</summary>
    TuyaProtected,

    /// <summary>The area where update packages are staged, and a package there.</summary>
    Download,

    /// <summary>The flash key.</summary>
    Key,

    /// <summary>How far the read was rotated.</summary>
    Rotation,

    /// <summary>How long the file is.</summary>
    Length,

    /// <summary>Everything else, how programs are stored and what a file is wrapped in among it.</summary>
    Other,
}
