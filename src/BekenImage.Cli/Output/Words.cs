using System.Globalization;
using BekenImage.Formats.Rbl;

namespace BekenImage.Cli.Output;

/// <summary>The words and number forms in which both JSON and the terminal name things.</summary>
internal static class Words
{
    public static string Of(ImageKind kind) => kind.ToString().ToLowerInvariant();

    public static string? Of(BekenChip chip) => chip == BekenChip.Unknown ? null : chip.ToString();

    public static string Of(FirmwareFlavor flavor) => flavor switch
    {
        FirmwareFlavor.Tuya => "tuya",
        FirmwareFlavor.OpenBeken => "openbeken",
        FirmwareFlavor.BekenFreeRtos => "beken-freertos",
        FirmwareFlavor.LibreTiny => "libretiny",
        _ => "unknown",
    };

    public static string Of(PartitionSource source) => source.ToString().ToLowerInvariant();

    public static string? Of(KeySource source) => source == KeySource.None ? null : source.ToString().ToLowerInvariant();

    public static string Of(FindingSeverity severity) => severity.ToString().ToLowerInvariant();

    public static string Of(RblCompression compression) => compression.ToString().ToLowerInvariant();

    public static string Of(RblEncryption encryption) => encryption.ToString().ToLowerInvariant();

    public static string Hex(long value) => "0x" + value.ToString("x6", CultureInfo.InvariantCulture);

    public static string Verdict(bool? ok) => ok switch { true => "ok", false => "WRONG", null => "not checked" };

    public static string Time(uint seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
