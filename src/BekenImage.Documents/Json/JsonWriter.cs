using System.Collections;
using System.Globalization;
using System.Text;

namespace BekenImage.Documents.Json;

/// <summary>
/// Writes JSON (RFC 8259) in the form System.Text.Json gives it, line ends <c>\n</c>; texts as <see cref="JsonText"/> says.
/// </summary>
/// <remarks>
/// Not System.Text.Json itself: on netstandard2.0 it brings assemblies (System.Buffers, System.Runtime.CompilerServices.Unsafe and others)
/// whose references name other versions than are deployed, and a .NET Framework program without binding redirects then fails to load. One
/// writer on all frameworks also gives the same bytes on all of them. The tests hold it against System.Text.Json.
/// </remarks>
internal sealed class JsonWriter(bool indented)
{
    /// <summary>More would be a bug of ours: plain values go as deep as their reader let them in.</summary>
    public const int MaximumDepth = 64;

    private readonly StringBuilder _json = new();
    private int _depth;
    private bool _isFirst = true;

    public override string ToString() => _json.ToString();

    public void StartObject(string? name = null) => Start(name, '{');

    public void EndObject() => End('}');

    public void StartArray(string? name = null) => Start(name, '[');

    public void EndArray() => End(']');

    public void Null(string? name = null) => Literal(name, "null");

    public void Boolean(string? name, bool? value) => Literal(name, value switch { true => "true", false => "false", null => "null" });

    public void Number(string? name, long? value) =>
        Literal(name, value is { } known ? known.ToString(CultureInfo.InvariantCulture) : "null");

    public void Number(string? name, ulong value) => Literal(name, value.ToString(CultureInfo.InvariantCulture));

    /// <exception cref="ArgumentException">It is not finite, for which JSON has no word.</exception>
    public void Real(string? name, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
            throw new ArgumentException("JSON has no word for a number that is not finite.", nameof(value));
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        // .NET Framework's R loses the last digit of some numbers.
        if (!double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value))
            text = value.ToString("G17", CultureInfo.InvariantCulture);
        Literal(name, text);
    }

    public void Text(string? name, string? value)
    {
        if (value is null)
        {
            Null(name);
            return;
        }
        Begin(name);
        JsonText.Append(_json, value);
    }

    /// <summary>An array of objects.</summary>
    public void Array<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        StartArray(name);
        foreach (var item in items)
        {
            StartObject();
            write(item);
            EndObject();
        }
        EndArray();
    }

    /// <summary>An object, or null where there is nothing.</summary>
    public void Object<T>(string name, T? value, Action<T> write)
        where T : class
    {
        if (value is null)
        {
            Null(name);
            return;
        }
        StartObject(name);
        write(value);
        EndObject();
    }

    /// <summary>A plain value of the library: text, bool, number, list, or map as a list of pairs.</summary>
    public void Plain(string? name, object? value)
    {
        switch (value)
        {
            case null:
                Null(name);
                break;
            case string text:
                Text(name, text);
                break;
            case bool truth:
                Boolean(name, truth);
                break;
            case int number:
                Number(name, number);
                break;
            case long number:
                Number(name, number);
                break;
            case ulong number:
                Number(name, number);
                break;
            case double number:
                Real(name, number);
                break;
            case IEnumerable<NamedValue> map:
                StartObject(name);
                foreach (var member in map)
                    Plain(member.Name, member.Value);
                EndObject();
                break;
            case IEnumerable list:
                StartArray(name);
                foreach (object? item in list)
                    Plain(null, item);
                EndArray();
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} is no plain value.", nameof(value));
        }
    }

    private void Literal(string? name, string text)
    {
        Begin(name);
        _json.Append(text);
    }

    private void Start(string? name, char bracket)
    {
        if (_depth == MaximumDepth)
            throw new InvalidOperationException("JSON nested too deeply.");
        Begin(name);
        _json.Append(bracket);
        _depth++;
        _isFirst = true;
    }

    private void End(char bracket)
    {
        _depth--;
        if (!_isFirst)
            NewLine();
        _json.Append(bracket);
        _isFirst = false;
    }

    private void Begin(string? name)
    {
        if (!_isFirst)
            _json.Append(',');
        if (_depth > 0)
            NewLine();
        _isFirst = false;
        if (name is null)
            return;
        JsonText.Append(_json, name);
        _json.Append(indented ? ": " : ":");
    }

    private void NewLine()
    {
        if (indented)
            _json.Append('\n').Append(' ', 2 * _depth);
    }
}
