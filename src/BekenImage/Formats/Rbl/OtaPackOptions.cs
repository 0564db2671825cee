namespace BekenImage.Formats.Rbl;

/// <summary>How an update package is made. The defaults are what OpenBeken's and Tuya's build scripts choose.</summary>
public sealed class OtaPackOptions
{
    /// <summary>How the firmware is packed; LZMA cannot be written.</summary>
    public RblCompression Compression { get; set; } = RblCompression.Gzip;

    /// <summary>How the package is encrypted; XOR cannot be written. SDK bootloaders v1.0.15 refuse packages that are not.</summary>
    public RblEncryption Encryption { get; set; } = RblEncryption.Aes256;

    /// <summary>Key and vector for <see cref="RblEncryption.Aes256"/>.</summary>
    public OtaKey Key { get; set; } = OtaKey.Default;

    /// <summary>Which partition the firmware is for; up to 16 characters.</summary>
    public string Name { get; set; } = "app";

    /// <summary>Version text; up to 24 characters.</summary>
    public string Version { get; set; } = "1.00";

    /// <summary>Modification time of the firmware, in seconds since 1970.</summary>
    public uint Timestamp { get; set; }

    /// <summary>
    /// A header whose name, version, serial and timestamp are used, with the junk the vendor's tool left behind the texts; null to make
    /// one of the other options.
    /// </summary>
    public RblHeader? HeaderTemplate { get; set; }
}
