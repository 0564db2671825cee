using System.Globalization;

namespace BekenImage.Formats.SecureBoot;

/// <summary>Reads partition sources. Source: FORMAT.md, section 2.</summary>
internal sealed class PartitionCsvReader
{
    private const long LargestFlash = 0x1000000;
    private const int Sector = 0x1000;

    private static readonly string[] First = ["NAME", "OFFSET", "SIZE", "EXECUTE", "READ", "WRITE"];
    private static readonly string[] Second = ["NAME", "TYPE", "SUBTYPE", "OFFSET", "SIZE", "FLAGS"];
    private static readonly string[] Automatic = ["NAME", "OFFSET", "SIZE", "TYPE", "READ", "WRITE"];

    private readonly List<NamedValue> _settings = [];
    private readonly List<PartitionCsvLine> _partitions = [];
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private long _end;

    public static PartitionCsv? Read(string text)
    {
        var reader = new PartitionCsvReader();
        PartitionCsvForm? form = null;
        int number = 0;
        foreach (string line in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            string content = line.Trim();
            if (content.Length == 0 || content[0] == '#')
                continue;
            if (form is null)
                form = reader.ReadHead(content);
            else
                reader.ReadLine(content.Split(',').Select(cell => cell.Trim()).ToArray(), number);
            if (reader._partitions.Count == SecurePartitionTable.MaximumPartitions)
            {
                reader.Add(FindingSeverity.Error, FindingCode.SecureTableTooLong, number,
                    $"line {number}: a table has no room for more than {SecurePartitionTable.MaximumPartitions} partitions");
                break;
            }
        }
        return form is { } found ? new PartitionCsv(found, reader._settings, reader._partitions, reader._findings) : null;
    }

    private PartitionCsvForm? ReadHead(string content)
    {
        var cells = content.Split(',').Select(cell => cell.Trim().ToUpperInvariant()).ToList();
        var form = Is(First) ? PartitionCsvForm.First : Is(Second) ? PartitionCsvForm.Second
            : Is(Automatic) ? PartitionCsvForm.Automatic : (PartitionCsvForm?)null;
        if (form is not null)
        {
            for (int i = 0; i < cells.Count; i++)
                _columns[cells[i]] = i;
        }
        else if (content.IndexOf('=') is var equals && equals > 0)
        {
            _settings.Add(new NamedValue(content.Substring(0, equals).Trim(), content.Substring(equals + 1).Trim(' ', '\t', ',')));
        }
        return form;

        bool Is(string[] names) => names.All(cells.Contains);
    }

    private void ReadLine(string[] cells, int number)
    {
        string name = Cell("NAME");
        if (name.Length == 0 || _partitions.Any(existing => existing.Name == name))
        {
            Refuse(name.Length == 0 ? "there is no name" : "the name stands in a line before");
            return;
        }
        string offsetText = Cell("OFFSET");
        long offset = _end;
        if (offsetText.Length > 0 && !TryParseOffset(offsetText, out offset))
            Refuse($"'{offsetText}' is no offset");
        else if (!NumberText.TryParse(Cell("SIZE"), out long length) || length == 0)
            Refuse($"'{Cell("SIZE")}' is no size");
        else if (!FlashRange.TryCreate(offset, length, LargestFlash, out _))
            Refuse("it lies outside every flash");
        else if (offset < _end)
            Refuse(FormattableString.Invariant($"it begins at 0x{offset:x}, before the partition above ends (0x{_end:x})"));
        else if (length % Sector != 0 || IsCode() && offset % Sector != 0)
            Refuse(FormattableString.Invariant($"offset 0x{offset:x} or size 0x{length:x} is no multiple of 4 KiB"));
        else
        {
            _partitions.Add(new PartitionCsvLine(name, IsCode(), Cell("SUBTYPE"), (uint)offset, (uint)length, Flags(Cell("FLAGS"), number)));
            _end = offset + length;
        }

        bool IsCode() => Cell("TYPE") is var type && type.Length > 0
            ? type.Equals("app", StringComparison.OrdinalIgnoreCase) || type.Equals("code", StringComparison.OrdinalIgnoreCase)
            : Cell("EXECUTE").Equals("TRUE", StringComparison.OrdinalIgnoreCase);

        string Cell(string column) => _columns.TryGetValue(column, out int index) && index < cells.Length ? cells[index] : string.Empty;

        void Refuse(string reason) => Add(FindingSeverity.Error, FindingCode.SecureTableSource, number, $"line {number}, partition '{name}': {reason}");
    }

    private int Flags(string text, int number)
    {
        int flags = 0;
        foreach (string flag in text.Split('|').Select(part => part.Trim()).Where(part => part.Length > 0))
        {
            int bit = flag == "encrypted" ? 0 : flag == "flash_encrypted" ? 1 : NumberedBit(flag);
            if (bit < 0)
                Add(FindingSeverity.Warning, FindingCode.SecureTableSource, number, $"line {number}: the flag '{flag}' is not known; it is left out");
            else
                flags |= 1 << bit;
        }
        return flags;
    }

    private static int NumberedBit(string flag)
    {
        int from = flag.StartsWith("bk_", StringComparison.Ordinal) ? 2 : flag.StartsWith("customer_", StringComparison.Ordinal) ? 8 : -1;
        string digits = flag.Substring(flag.IndexOf('_') + 1);
        bool isBit = from >= 0 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int bit) && bit >= from && bit < (from == 2 ? 8 : 16);
        return isBit ? int.Parse(digits, CultureInfo.InvariantCulture) : -1;
    }

    // The vendor reads offsets as hexadecimal whether 0x stands there or not; sizes are decimal unless it does.
    private static bool TryParseOffset(string text, out long offset) =>
        NumberText.TryParse(text, out offset) &&
        (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || text == "0" || text.EndsWith("k", StringComparison.OrdinalIgnoreCase)) ||
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out offset) && offset >= 0;

    private void Add(FindingSeverity severity, FindingCode code, int line, FormattableString message) =>
        _findings.Add(new Finding(severity, code, FormattableString.Invariant(message), line));
}
