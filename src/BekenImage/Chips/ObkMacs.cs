namespace BekenImage.Chips;

/// <summary>The MACs firmware made with Beken's SDKs uses where there is no RF table: the same on every device.</summary>
internal static class ObkMacs
{
    /// <summary>OpenBK7231N and OpenBK7231T, the SDKs.</summary>
    public static MacAddress TuyaSdks { get; } = new([0xC8, 0x47, 0x8C, 0x00, 0x00, 0x00]);

    /// <summary>beken_freertos_sdk.</summary>
    public static MacAddress FreeRtosSdk { get; } = new([0xC8, 0x47, 0x8C, 0x42, 0x88, 0x48]);
}
