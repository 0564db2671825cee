using System.Globalization;
using BekenImage.Documents;
using BekenImage.Formats.Rbl;

namespace BekenImage.Cli.Output;

/// <summary>The words of the documents, which the terminal uses too, and its own forms of numbers and verdicts.</summary>
internal static class Words
{
    public static string Of(ImageKind kind) => DocumentWords.Of(kind);

    public static string? Of(BekenChip chip) => DocumentWords.Of(chip);

    public static string Of(FirmwareFlavor flavor) => DocumentWords.Of(flavor);

    public static string Of(PartitionSource source) => DocumentWords.Of(source);

    public static string? Of(KeySource source) => DocumentWords.Of(source);

    public static string Of(FindingSeverity severity) => DocumentWords.Of(severity);

    public static string Of(RblCompression compression) => DocumentWords.Of(compression);

    public static string Of(RblEncryption encryption) => DocumentWords.Of(encryption);

    public static string Hex(long value) => "0x" + value.ToString("x6", CultureInfo.InvariantCulture);

    public static string Verdict(bool? ok) => ok switch { true => "ok", false => "WRONG", null => "not checked" };

    public static string Time(uint seconds) => DocumentWords.Time(seconds);
}
