using System.Globalization;
using System.Text;

namespace BekenImage.Documents.Json;

/// <summary>
/// Reads JSON (RFC 8259, nothing more) into plain values: text, bool, long, ulong, double, null, <c>List&lt;object?&gt;</c>, and maps as
/// lists of pairs in written order. Size, depth and names are bounded; what is wrong is a <see cref="BekenImageException"/> and never
/// anything else.
/// </summary>
/// <remarks>Why not System.Text.Json: see <see cref="JsonWriter"/>.</remarks>
internal ref struct JsonReader
{
    public const int MaximumDepth = 64;

    /// <summary>Far above every document; a wrong file may be as large as a disk.</summary>
    public const int MaximumLength = 16 * 1024 * 1024;

    /// <summary>More names are not told; each is told once.</summary>
    private const int MaximumRepeated = 20;

    private const char ByteOrderMark = '\uFEFF';

    private readonly string _text;
    private readonly ICollection<string>? _repeated;
    private int _position;
    private int _depth;

    private JsonReader(string text, ICollection<string>? repeated)
    {
        _text = text;
        _repeated = repeated;
        _position = text.Length > 0 && text[0] == ByteOrderMark ? 1 : 0;
        _depth = 0;
    }

    /// <exception cref="BekenImageException">It is no JSON.</exception>
    public static object? Read(ReadOnlySpan<byte> bytes) => Read(Decode(bytes));

    /// <summary>The text of a document of bounded size.</summary>
    /// <exception cref="BekenImageException">It is too large, or no text.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes) => bytes.Length <= MaximumLength ? DocumentText.Decode(bytes) : throw TooLarge();

    /// <param name="text">The text.</param>
    /// <param name="repeated">
    /// Receives the names that stand twice in one object, of which the last counts, as for the readers of other tools; null refuses them.
    /// </param>
    /// <exception cref="BekenImageException">It is no JSON.</exception>
    public static object? Read(string text, ICollection<string>? repeated = null)
    {
        if (text.Length > MaximumLength)
            throw TooLarge();
        var reader = new JsonReader(text, repeated);
        object? value = reader.ReadValue();
        reader.SkipBlanks();
        return reader._position == text.Length ? value : throw reader.Unfit("there is more behind its end");
    }

    private object? ReadValue()
    {
        SkipBlanks();
        switch (Peek())
        {
            case '{':
                return ReadObject();
            case '[':
                return ReadArray();
            case '"':
                return ReadText();
            case 't':
                Expect("true");
                return true;
            case 'f':
                Expect("false");
                return false;
            case 'n':
                Expect("null");
                return null;
            default:
                return ReadNumber();
        }
    }

    private List<NamedValue> ReadObject()
    {
        var members = new List<NamedValue>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Enter();
        if (!TryTake('}'))
        {
            do
            {
                SkipBlanks();
                string name = Peek() == '"' ? ReadText() : throw Unfit("a name in quotes is expected");
                bool isRepeated = !names.Add(name);
                if (isRepeated && _repeated is null)
                    throw Unfit($"the name '{name}' stands twice in one object");
                if (!TryTake(':'))
                    throw Unfit("':' is expected");
                var member = new NamedValue(name, ReadValue());
                if (isRepeated)
                    Replace(members, member);
                else
                    members.Add(member);
            }
            while (TryTake(','));
            Leave('}');
        }
        _depth--;
        return members;
    }

    private readonly void Replace(List<NamedValue> members, NamedValue last)
    {
        members[members.FindIndex(member => member.Name == last.Name)] = last;
        if (_repeated!.Count < MaximumRepeated && !_repeated.Contains(last.Name))
            _repeated.Add(last.Name);
    }

    private List<object?> ReadArray()
    {
        var items = new List<object?>();
        Enter();
        if (!TryTake(']'))
        {
            do
                items.Add(ReadValue());
            while (TryTake(','));
            Leave(']');
        }
        _depth--;
        return items;
    }

    private string ReadText()
    {
        int start = ++_position;
        StringBuilder? text = null;
        while (true)
        {
            char character = Peek();
            if (character == '"')
            {
                string last = _text.Substring(start, _position++ - start);
                return text is null ? last : text.Append(last).ToString();
            }
            if (character < ' ')
                throw Unfit(_position < _text.Length ? "a control character in a text must be escaped" : "a text has no end");
            if (character == '\\')
            {
                text = (text ?? new StringBuilder()).Append(_text, start, _position - start);
                _position++;
                text.Append(ReadEscape());
                start = _position;
                continue;
            }
            if (char.IsSurrogate(character))
            {
                if (!char.IsHighSurrogate(character) || _position + 1 >= _text.Length || !char.IsLowSurrogate(_text[_position + 1]))
                    throw Unfit("half a surrogate pair");
                _position++;
            }
            _position++;
        }
    }

    private string ReadEscape()
    {
        char character = Peek();
        _position++;
        switch (character)
        {
            case '"' or '\\' or '/':
                return character.ToString();
            case 'b':
                return "\b";
            case 'f':
                return "\f";
            case 'n':
                return "\n";
            case 'r':
                return "\r";
            case 't':
                return "\t";
            case 'u':
                char unit = ReadHex();
                if (!char.IsSurrogate(unit))
                    return unit.ToString();
                if (char.IsHighSurrogate(unit) && _position + 1 < _text.Length && _text[_position] == '\\' && _text[_position + 1] == 'u')
                {
                    _position += 2;
                    char low = ReadHex();
                    if (char.IsLowSurrogate(low))
                        return new string([unit, low]);
                }
                throw Unfit("half a surrogate pair");
            default:
                throw Unfit("an escape that JSON does not have");
        }
    }

    private char ReadHex()
    {
        int value = 0;
        for (int end = _position + 4; _position < end; _position++)
        {
            char digit = Peek();
            int number = digit switch
            {
                >= '0' and <= '9' => digit - '0',
                >= 'a' and <= 'f' => digit - 'a' + 10,
                >= 'A' and <= 'F' => digit - 'A' + 10,
                _ => throw Unfit("four hex digits are expected"),
            };
            value = 16 * value + number;
        }
        return (char)value;
    }

    private object ReadNumber()
    {
        int start = _position;
        if (Peek() == '-')
            _position++;
        if (Peek() == '0')
            _position++;
        else
            ReadDigits();
        bool isWhole = true;
        if (Peek() == '.')
        {
            isWhole = false;
            _position++;
            ReadDigits();
        }
        if (Peek() is 'e' or 'E')
        {
            isWhole = false;
            _position++;
            if (Peek() is '+' or '-')
                _position++;
            ReadDigits();
        }
        string number = _text.Substring(start, _position - start);
        if (isWhole && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            return whole;
        if (isWhole && ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ulong large))
            return large;
        // .NET Framework refuses what later ones call infinite.
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && !double.IsInfinity(real)
            ? real
            : throw Unfit("a number is out of range");
    }

    private void ReadDigits()
    {
        if (Peek() is < '0' or > '9')
            throw Unfit("a value is expected");
        while (Peek() is >= '0' and <= '9')
            _position++;
    }

    private void Expect(string word)
    {
        if (string.CompareOrdinal(_text, _position, word, 0, word.Length) != 0)
            throw Unfit("a value is expected");
        _position += word.Length;
    }

    private void Enter()
    {
        _position++;
        if (++_depth > MaximumDepth)
            throw Unfit(FormattableString.Invariant($"it is nested more than {MaximumDepth} deep"));
    }

    private void Leave(char bracket)
    {
        if (!TryTake(bracket))
            throw Unfit($"',' or '{bracket}' is expected");
    }

    private bool TryTake(char character)
    {
        SkipBlanks();
        if (Peek() != character)
            return false;
        _position++;
        return true;
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
            _position++;
    }

    private readonly char Peek() => _position < _text.Length ? _text[_position] : '\0';

    // The place and what is expected there, never the text itself: it may be a password.
    private readonly BekenImageException Unfit(string what)
    {
        int line = 1;
        for (int i = 0; i < _position && i < _text.Length; i++)
            line += _text[i] == '\n' ? 1 : 0;
        return new BekenImageException(FindingCode.WrongKind,
            FormattableString.Invariant($"it is no JSON that can be read (line {line}): {what}"));
    }

    private static BekenImageException TooLarge() =>
        new(FindingCode.WrongKind,
            FormattableString.Invariant($"it is no JSON that can be read: it has more than {MaximumLength >> 20} MiB"));
}
