namespace BekenImage;

/// <summary>How a check went.</summary>
public enum CheckStatus
{
    /// <summary>All is well.</summary>
    Pass,

    /// <summary>The device runs, but something will not work as expected.</summary>
    Warn,

    /// <summary>The answer is "no".</summary>
    Fail,

    /// <summary>It could not be checked, or does not apply.</summary>
    Skipped,
}

/// <summary>One question that was asked about an image. Immutable.</summary>
public sealed class VerifyCheck
{
    internal VerifyCheck(FindingCode code, string name, CheckStatus status, string message, long? offset = null)
    {
        Code = code;
        Name = name;
        Status = status;
        Message = message;
        Offset = offset;
    }

    /// <summary>What would be wrong when it fails.</summary>
    public FindingCode Code { get; }

    /// <summary>Name of the check: <c>app-header</c>.</summary>
    public string Name { get; }

    /// <summary>How it went.</summary>
    public CheckStatus Status { get; }

    /// <summary>What was found.</summary>
    public string Message { get; }

    /// <summary>Physical, un-rotated offset, where there is one.</summary>
    public long? Offset { get; }

    /// <summary>Status, code, name and message on one line.</summary>
    public override string ToString() => string.Join(" ", Status, new Finding(FindingSeverity.Info, Code, $"{Name}: {Message}", Offset));
}

/// <summary>The answers of <see cref="ImageVerifier"/>. Immutable.</summary>
public sealed class VerifyResult
{
    internal VerifyResult(
        bool boots, bool? bootloaderAccepts, bool? backup, IReadOnlyList<VerifyCheck> bootChecks, IReadOnlyList<VerifyCheck> backupChecks)
    {
        Boots = boots;
        BootloaderAccepts = bootloaderAccepts;
        Backup = backup;
        BootChecks = bootChecks;
        BackupChecks = backupChecks;
        Checks = bootChecks.Concat(backupChecks).Distinct().ToArray();
    }

    /// <summary>Whether a chip with this content starts its app.</summary>
    public bool Boots { get; }

    /// <summary>
    /// Whether there is a header for the app where the image's own bootloader looks for one, and it fits; null when it is not known where
    /// it looks. Of the loaders that were run only BK7231Q's judges the app by it before it jumps; the others read it when they install an
    /// update, and start the app whatever it says.
    /// </summary>
    public bool? BootloaderAccepts { get; }

    /// <summary>Whether this is a backup worth keeping: complete, sound, with a calibrated RF table. Null unless it is a whole chip.</summary>
    public bool? Backup { get; }

    /// <summary>What decides <see cref="Boots"/>, in the order of the boot.</summary>
    public IReadOnlyList<VerifyCheck> BootChecks { get; }

    /// <summary>What decides <see cref="Backup"/>; empty where that is null.</summary>
    public IReadOnlyList<VerifyCheck> BackupChecks { get; }

    /// <summary>What was asked: what decides the boot first, then the backup.</summary>
    public IReadOnlyList<VerifyCheck> Checks { get; }

    /// <summary>True when any check gave a warning.</summary>
    public bool HasWarnings => Checks.Any(check => check.Status == CheckStatus.Warn);

    /// <summary>The answers on one line.</summary>
    public override string ToString() => $"boots: {Say(Boots)}, bootloader accepts: {Say(BootloaderAccepts)}, backup: {Say(Backup)}";

    private static string Say(bool? answer) => answer switch { true => "yes", false => "no", null => "n/a" };
}
