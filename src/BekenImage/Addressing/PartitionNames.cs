namespace BekenImage;

/// <summary>Names of partitions and of the areas of the flash maps.</summary>
public static class PartitionNames
{
    /// <summary>The bootloader: physical 0 to 0x11000.</summary>
    public const string Bootloader = "bootloader";

    /// <summary>The application.</summary>
    public const string App = "app";

    /// <summary>The application of the second core of BK7258.</summary>
    public const string App1 = "app1";

    /// <summary>A third program of BK7258, where the table has one.</summary>
    public const string App2 = "app2";

    /// <summary>Where update packages are staged.</summary>
    public const string Download = "download";

    /// <summary>RF calibration and MAC.</summary>
    public const string Rf = "rf";

    /// <summary>Network parameters; on BK7231N with Tuya's firmware the fast-connect record.</summary>
    public const string Net = "net";

    /// <summary>The fast-connect record, where it has a sector of its own.</summary>
    public const string FastConnect = "fast-connect";

    /// <summary>OpenBeken's configuration.</summary>
    public const string ObkConfig = "obk-config";

    /// <summary>OpenBeken's flash variables.</summary>
    public const string FlashVars = "flash-vars";

    /// <summary>OpenBeken's LittleFS.</summary>
    public const string LittleFs = "littlefs";

    /// <summary>Tuya's key-value storage.</summary>
    public const string Tuya = "tuya";

    /// <summary>Tuya's UF file system.</summary>
    public const string TuyaUf = "tuya-uf";

    /// <summary>Tuya's protected block.</summary>
    public const string TuyaProtected = "tuya-protected";
}
