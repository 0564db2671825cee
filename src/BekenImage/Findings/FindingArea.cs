namespace BekenImage;

/// <summary>What a finding is about; each area has a range of codes.</summary>
public enum FindingArea
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>Programs, keys and pages (BKI1xxx).</summary>
    Program,

    /// <summary>RBL headers, packages and what is built (BKI2xxx).</summary>
    Container,

    /// <summary>The bootloader's partition table (BKI3xxx).</summary>
    PartitionTable,

    /// <summary>RF tables, NET_PARAM tables and fast-connect records (BKI4xxx).</summary>
    Calibration,

    /// <summary>OpenBeken's configuration (BKI50xx).</summary>
    ObkConfig,

    /// <summary>Flash variables (BKI51xx).</summary>
    FlashVars,

    /// <summary>What Tuya's firmware left (BKI52xx).</summary>
    Tuya,

    /// <summary>What a flasher is to erase and write (BKI527x).</summary>
    Plan,

    /// <summary>LittleFS volumes (BKI6xxx).</summary>
    LittleFs,

    /// <summary>The file as a whole (BKI8xxx).</summary>
    File,

    /// <summary>Refusals (BKI9xxx).</summary>
    Guard,
}
