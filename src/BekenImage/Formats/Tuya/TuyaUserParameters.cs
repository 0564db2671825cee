using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace BekenImage.Formats.Tuya;

/// <summary>A field of a user_param_key text.</summary>
public sealed class TuyaUserParameter
{
    internal TuyaUserParameter(string name, string value, int start, int valueStart, int valueLength)
    {
        Name = name;
        Value = value;
        Start = start;
        ValueStart = valueStart;
        ValueLength = valueLength;
    }

    /// <summary>Its name, such as <c>rl1_pin</c>.</summary>
    public string Name { get; }

    /// <summary>Its value as written: a decimal number, a word, or a nested array as text.</summary>
    public string Value { get; }

    /// <summary>The value as a number, or null where it is none.</summary>
    public int? Number => int.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Behind the comma or brace before it.</summary>
    internal int Start { get; }

    internal int ValueStart { get; }

    internal int ValueLength { get; }

    /// <summary>The name; not the value, which may be a secret.</summary>
    public override string ToString() => Name;
}

/// <summary>
/// The text of user_param_key: <c>{name:value,...,crc:N,}</c>, without quotes, with a comma before the brace. The text is kept as it is:
/// order and spelling matter to its crc. Immutable.
/// </summary>
public sealed class TuyaUserParameters
{
    /// <summary>Name of the storage value: <c>user_param_key</c>.</summary>
    public const string Key = "user_param_key";

    private const string CrcName = "crc";
    private const string CrcStart = ",crc:";
    private const int FieldLimit = 4096;

    private readonly TuyaUserParameter? _crc;
    private readonly int _crcStart;

    private TuyaUserParameters(string text, IReadOnlyList<TuyaUserParameter> fields)
    {
        Text = text;
        Fields = fields;
        // The last field that is spelled so; the same characters in a text or a list are none.
        _crc = fields.LastOrDefault(field => field.Start > 1 && string.CompareOrdinal(text, field.Start - 1, CrcStart, 0, CrcStart.Length) == 0);
        _crcStart = _crc is null ? -1 : _crc.Start - 1;
        StoredCrc = _crc?.Number;
        ComputedCrc = TuyaCrc7.Compute((_crcStart < 0 ? TrimEnd(text) : text.Substring(0, _crcStart)) + "}");
    }

    /// <summary>Files of the UF file system that hold a copy, by authority.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["oem_cfg", Key];

    /// <summary>The text, one character a byte, without NULs behind it.</summary>
    public string Text { get; }

    /// <summary>The fields of the outer level, in order, the crc included.</summary>
    public IReadOnlyList<TuyaUserParameter> Fields { get; }

    /// <summary>The crc the text states, or null.</summary>
    public int? StoredCrc { get; }

    /// <summary>The CRC-7 over the text up to but not including <c>,crc:</c>, followed by <c>}</c>.</summary>
    public int ComputedCrc { get; }

    /// <summary>True when the text states the crc that it gives.</summary>
    public bool CrcOk => StoredCrc == ComputedCrc;

    /// <summary>Reads a text.</summary>
    /// <param name="bytes">The bytes of the value; NULs behind it are allowed.</param>
    /// <param name="parameters">What it says, or null.</param>
    /// <returns>False when it is no text in braces with at least one <c>name:value</c>. Never throws on content.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out TuyaUserParameters? parameters) =>
        TryParse(IO.Text.FromNulTerminated(bytes), out parameters);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text in braces.</param>
    /// <param name="parameters">What it says, or null.</param>
    /// <returns>False when it is no text in braces with at least one <c>name:value</c>. Never throws on content.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out TuyaUserParameters? parameters)
    {
        parameters = null;
        if (text is null || text.Length < 2 || text[0] != '{' || text[text.Length - 1] != '}')
            return false;
        var fields = ParseFields(text);
        if (fields.Count == 0)
            return false;
        parameters = new TuyaUserParameters(text, fields);
        return true;
    }

    /// <summary>
    /// The text of fields that a file holds as JSON. Their order is the file's, and so may not be the one the crc was made of.
    /// </summary>
    /// <param name="fields">Names and plain values: texts, numbers, and lists of them.</param>
    /// <exception cref="BekenImageException">A name or value cannot stand in such a text (<see cref="FindingCode.TuyaUserParamInvalid"/>).</exception>
    public static TuyaUserParameters FromFields(IEnumerable<NamedValue> fields)
    {
        if (fields is null)
            throw new ArgumentNullException(nameof(fields));
        var given = fields.ToArray();
        string text = "{" + string.Concat(given.Select(field => field.Name + ":" + Render(field.Value) + ",")) + "}";
        if (given.Length > FieldLimit || !TryParse(text, out var parameters) ||
            !parameters.Fields.Select(field => field.Name).SequenceEqual(given.Select(field => field.Name)))
        {
            throw new BekenImageException(FindingCode.TuyaUserParamInvalid,
                "it holds no user_param_key: names and values are words, numbers and lists of them");
        }
        return parameters;
    }

    // As the firmware spells it: no quotes but around what would otherwise end the value.
    private static string Render(object? value) => value switch
    {
        null => string.Empty,
        string text => text.IndexOfAny([',', ':', '[', ']', '{', '}']) < 0 ? text : "\"" + text.Replace("\"", string.Empty) + "\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable<NamedValue> members => "{" + string.Join(",", members.Select(member => member.Name + ":" + Render(member.Value))) + "}",
        System.Collections.IEnumerable items => "[" + string.Join(",", items.Cast<object?>().Select(Render)) + "]",
        _ => string.Empty,
    };

    /// <summary>The value of a field, or null.</summary>
    /// <param name="name">Its name, case-sensitive.</param>
    public string? this[string name] => Fields.FirstOrDefault(field => field.Name == name)?.Value;

    /// <summary>The same text with one field changed, or added before the crc, and the crc renewed where there is one.</summary>
    /// <param name="name">The field; not <c>crc</c>.</param>
    /// <param name="value">Its value as it is to be written.</param>
    /// <exception cref="BekenImageException">The text could not be read back: a bracket, comma, colon or quote in the wrong place.</exception>
    public TuyaUserParameters With(string name, string value)
    {
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        if (value is null)
            throw new ArgumentNullException(nameof(value));
        var field = Fields.FirstOrDefault(candidate => candidate.Name == name);
        string text = field is not null
            ? Text.Remove(field.ValueStart, field.ValueLength).Insert(field.ValueStart, value)
            : Text.Insert(_crcStart < 0 ? TrimEnd(Text).Length : _crcStart, "," + name + ":" + value);
        bool isReadable = TryParse(text, out var changed) && changed[name] == value && changed.Fields.Count == Fields.Count + (field is null ? 1 : 0);
        if (name == CrcName || !IsText(name) || !IsText(value) || !isReadable)
            throw new BekenImageException(FindingCode.TuyaUserParamInvalid,
                "A user_param_key field is a name and a number, word or bracketed list, without braces; crc is set by itself.");
        return changed!.WithRenewedCrc();
    }

    /// <summary>The same text with the crc it should have; unchanged where it states none, or none that could be replaced by a number.</summary>
    public TuyaUserParameters WithRenewedCrc()
    {
        if (_crc is null || CrcOk)
            return this;
        string text = Text.Remove(_crc.ValueStart, _crc.ValueLength).Insert(_crc.ValueStart, ComputedCrc.ToString(CultureInfo.InvariantCulture));
        return TryParse(text, out var renewed) && renewed.CrcOk ? renewed : this;
    }

    /// <summary>The bytes to store.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Text.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(Text[i] & 0xFF);
        return bytes;
    }

    // Printable ASCII without what would begin a string or end the text.
    private static bool IsText(string text)
    {
        foreach (char character in text)
        {
            if (character is <= ' ' or > '~' or '"' or '{' or '}')
                return false;
        }
        return text.Length > 0;
    }

    /// <summary>The text without the closing brace and the comma before it.</summary>
    private static string TrimEnd(string text) => text.Substring(0, text.Length - 1).TrimEnd(',');

    private static List<TuyaUserParameter> ParseFields(string text)
    {
        var fields = new List<TuyaUserParameter>();
        int end = text.Length - 1;
        for (int start = 1; start < end && fields.Count < FieldLimit;)
        {
            int colon = -1, depth = 0, position = start;
            bool quoted = false;
            for (; position < end && (depth > 0 || quoted || text[position] != ','); position++)
            {
                char character = text[position];
                if (character == '"')
                    quoted = !quoted;
                else if (quoted)
                    continue;
                else if (character is '[' or '{')
                    depth++;
                else if (character is ']' or '}')
                    depth--;
                else if (character == ':' && depth == 0 && colon < 0)
                    colon = position;
            }
            if (colon > start)
                fields.Add(MakeField(text, start, colon, position));
            start = position + 1;
        }
        return fields;
    }

    private static TuyaUserParameter MakeField(string text, int start, int colon, int end)
    {
        int first = colon + 1, last = end;
        while (first < last && text[first] is (' ' or '"'))
            first++;
        while (last > first && text[last - 1] is (' ' or '"'))
            last--;
        string name = text.Substring(start, colon - start).Trim(' ', '"', '\r', '\n', '\t');
        return new TuyaUserParameter(name, text.Substring(first, last - first), start, first, last - first);
    }
}
