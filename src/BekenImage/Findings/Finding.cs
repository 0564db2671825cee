using System.Globalization;

namespace BekenImage;

/// <summary>
/// One thing that is wrong or remarkable about an image. Immutable. The code is API and keeps its meaning; the text may change.
/// </summary>
public sealed class Finding
{
    /// <summary>Makes a finding.</summary>
    /// <param name="severity">How much it matters.</param>
    /// <param name="code">What it is.</param>
    /// <param name="message">What was found, what was expected, what follows. Never a secret; text from an image is not escaped here.</param>
    /// <param name="offset">Physical, un-rotated offset, where there is one.</param>
    /// <param name="partition">Name of the partition it concerns, where there is one.</param>
    public Finding(FindingSeverity severity, FindingCode code, string message, long? offset = null, string? partition = null)
    {
        Severity = severity;
        Code = code;
        Message = message ?? throw new ArgumentNullException(nameof(message));
        Offset = offset;
        Partition = partition;
    }

    /// <summary>How much it matters.</summary>
    public FindingSeverity Severity { get; }

    /// <summary>What it is.</summary>
    public FindingCode Code { get; }

    /// <summary>What it is, as printed: <c>BKI1003</c>.</summary>
    public string CodeText => ToText(Code);

    /// <summary>What it is about, by its code.</summary>
    public FindingArea Area => ((int)Code / 100) switch
    {
        >= 10 and < 20 => FindingArea.Program,
        >= 20 and < 30 => FindingArea.Container,
        >= 30 and < 40 => FindingArea.PartitionTable,
        >= 40 and < 50 => FindingArea.Calibration,
        50 => FindingArea.ObkConfig,
        51 => FindingArea.FlashVars,
        52 when (int)Code is >= 5270 and < 5280 => FindingArea.Plan,
        52 => FindingArea.Tuya,
        >= 60 and < 70 => FindingArea.LittleFs,
        >= 80 and < 90 => FindingArea.File,
        >= 90 and < 100 => FindingArea.Guard,
        _ => FindingArea.Other,
    };

    /// <summary>What was found, what was expected, what follows.</summary>
    public string Message { get; }

    /// <summary>Physical, un-rotated offset, where there is one.</summary>
    public long? Offset { get; }

    /// <summary>Name of the partition it concerns, where there is one.</summary>
    public string? Partition { get; }

    /// <summary>Which input is at fault, where a finding is the reason of a refusal: see <see cref="BekenImageException.Subject"/>.</summary>
    public string? Subject { get; internal init; }

    /// <summary>The printed form of a code: <c>BKI</c> and its four digits.</summary>
    /// <param name="code">The code.</param>
    public static string ToText(FindingCode code) => "BKI" + ((int)code).ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>Code, message and offset on one line.</summary>
    public override string ToString() => Offset is { } offset
        ? FormattableString.Invariant($"{CodeText}: {Message} (at 0x{offset:x})")
        : $"{CodeText}: {Message}";
}
