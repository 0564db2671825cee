namespace BekenImage.Formats.SecureBoot;

/// <summary>Names whose nature is known from the SDK's tables. Source: FORMAT.md, section 1.</summary>
internal static class SecurePartitionNames
{
    private static readonly string[] Data =
    [
        "partition", "primary_manifest", "secondary_manifest", "boot_flag", "sys_rf", "sys_net", "sys_its", "sys_ps", "easyflash",
        "easyflash_ap", "user_config", "usr_config", "nvs", "nvs_key", "ota_control", "rf_firmware", "net_param",
    ];

    /// <summary>Null for a name that is not known.</summary>
    public static bool? IsCode(string name)
    {
        if (Data.Contains(name))
            return false;
        bool isCode = name is "bl1_control" or "bl2" or "bl2_B" or "bootloader" or "app" or "app1" ||
            name.StartsWith("primary_", StringComparison.Ordinal) || name.StartsWith("secondary_", StringComparison.Ordinal);
        return isCode ? true : null;
    }
}
