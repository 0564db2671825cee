namespace BekenImage;

/// <summary>What the owner of a device sees.</summary>
public enum DeviceSymptom
{
    /// <summary>Nothing was said.</summary>
    None,

    /// <summary>It does not start: silence, or the boot log ends before the firmware's first line.</summary>
    Boot,

    /// <summary>It starts, but its radio is weak or does not work.</summary>
    Wifi,

    /// <summary>Its MAC is not its own: 00:00:00 at the end, or the same as another device's.</summary>
    Mac,

    /// <summary>Its settings are lost, or not those that were given.</summary>
    Settings,

    /// <summary>Updates over the air fail, or it does not start after one.</summary>
    Updates,

    /// <summary>Its files are gone.</summary>
    Files,
}

/// <summary>One thing that is wrong with a device's image. Immutable.</summary>
public sealed class DeviceProblem
{
    internal DeviceProblem(FindingCode code, FindingSeverity severity, string title, string why, IReadOnlyList<ImageRepair> repairs, params DeviceSymptom[] symptoms)
    {
        Code = code;
        Severity = severity;
        Title = title;
        Why = why;
        Repairs = repairs;
        Symptoms = symptoms;
    }

    /// <summary>What is wrong, as a finding says it.</summary>
    public FindingCode Code { get; }

    /// <summary>An error keeps the device from running; a warning is what it runs without.</summary>
    public FindingSeverity Severity { get; }

    /// <summary>What is wrong, in a few words.</summary>
    public string Title { get; }

    /// <summary>What was found, and what it does to the device.</summary>
    public string Why { get; }

    /// <summary>The command that repairs it; null where none can.</summary>
    public ImageRepair? Repair => Repairs.FirstOrDefault();

    /// <summary>What was said against a repair that was tried on a copy of the image; null where there is a repair, or none to try.</summary>
    public string? RepairRefusal { get; private init; }

    /// <summary>What it looks like from outside.</summary>
    public IReadOnlyList<DeviceSymptom> Symptoms { get; }

    /// <summary>What may repair it, the best first.</summary>
    internal IReadOnlyList<ImageRepair> Repairs { get; }

    internal DeviceProblem With(ImageRepair? repair, string? refusal) =>
        new(Code, Severity, Title, Why, repair is null ? [] : [repair], [.. Symptoms]) { RepairRefusal = refusal };

    /// <summary>The same, with more to be said of it.</summary>
    internal DeviceProblem With(string why) =>
        new(Code, Severity, Title, why, Repairs, [.. Symptoms]) { RepairRefusal = RepairRefusal };

    /// <summary>Code and title.</summary>
    public override string ToString() => $"{Finding.ToText(Code)}: {Title}";
}
