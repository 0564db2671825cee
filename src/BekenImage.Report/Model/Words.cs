using System.Globalization;

namespace BekenImage.Report.Model;

/// <summary>Numbers and answers as the reports write them.</summary>
internal static class Words
{
    public static string Hex(long value) => "0x" + value.ToString("x6", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A length: <c>2 MiB</c>, <c>68 KiB</c>, <c>102 bytes</c>; with a decimal where it is not whole.</summary>
    public static string Size(long bytes) =>
        bytes < 1024 ? Count(bytes, "byte")
        : bytes < 1024 * 1024 ? Short(bytes / 1024.0) + " KiB"
        : Short(bytes / (1024.0 * 1024)) + " MiB";

    public static string Count(long number, string noun) => Count(number, noun, noun + "s");

    public static string Count(long number, string one, string many) => Number(number) + " " + (number == 1 ? one : many);

    public static string Short(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A share in percent that is 0 or 100 only where it is exactly that.</summary>
    public static string Percent(long part, long whole)
    {
        if (part == 0 || whole == 0)
            return "0 %";
        if (part == whole)
            return "100 %";
        return Number(Math.Max(1, Math.Min(99, part * 100 / whole))) + " %";
    }

    public static Cell Verdict(bool? ok) => ok switch
    {
        true => new Cell("ok", Tone.Good),
        false => new Cell("wrong", Tone.Bad),
        null => new Cell("not checked", Tone.Muted),
    };

    public static string Sentence(string text) =>
        text.Length == 0 ? text : (BeginsWithWord(text) ? char.ToUpperInvariant(text[0]) + text.Substring(1) : text) + (text[text.Length - 1] is '.' or '!' or '?' ? string.Empty : ".");

    // A message may begin with a value, such as a MAC: that is no word to begin a sentence with.
    private static bool BeginsWithWord(string text) =>
        text.Split(' ')[0].TrimEnd(',', ';', ':', '.').All(letter => char.IsLetter(letter) || letter is '\'' or '-');
}
