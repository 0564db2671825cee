namespace BekenImage.Formats.LittleFs;

/// <summary>Collects the findings about one volume, no more than anybody reads.</summary>
internal sealed class LittleFsFindings
{
    private const int Maximum = 200;

    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> All => _findings;

    public void Error(FindingCode code, long offset, string message) => Add(FindingSeverity.Error, code, offset, message);

    public void Warning(FindingCode code, long offset, string message) => Add(FindingSeverity.Warning, code, offset, message);

    public void Info(FindingCode code, long offset, string message) => Add(FindingSeverity.Info, code, offset, message);

    private void Add(FindingSeverity severity, FindingCode code, long offset, string message)
    {
        // The last places are kept for errors, so that IsDamaged never depends on how many remarks came first.
        if (_findings.Count < (severity == FindingSeverity.Error ? Maximum : Maximum / 2))
            _findings.Add(new Finding(severity, code, message, offset, "littlefs"));
    }
}
