using System.Globalization;

namespace BekenImage.Formats.Obk;

/// <summary>Numbers with names, such as the roles: numbers without a name are written as decimal text and read back from it.</summary>
internal sealed class ObkNameTable
{
    private readonly string[] _names;
    private readonly Dictionary<string, int> _numbers;

    public ObkNameTable(string[] names, Dictionary<string, int>? aliases = null)
    {
        _names = names;
        _numbers = aliases ?? new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int number = 0; number < names.Length; number++)
            _numbers[names[number]] = number;
    }

    public int Count => _names.Length;

    public IReadOnlyList<string> Names => _names;

    public string NameOf(int number) =>
        number >= 0 && number < _names.Length ? _names[number] : number.ToString(CultureInfo.InvariantCulture);

    public IReadOnlyList<string> OtherNamesOf(int number) => _numbers
        .Where(entry => entry.Value == number && entry.Key.Length > 0 && entry.Key != NameOf(number))
        .Select(entry => entry.Key).OrderBy(name => name, StringComparer.Ordinal).ToArray();

    public bool TryParse(string? text, int largest, out int number)
    {
        number = 0;
        if (text is null)
            return false;
        if (_numbers.TryGetValue(text.Trim(), out number))
            return true;
        bool isNumber = int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int parsed) &&
                        parsed >= 0 && parsed <= largest;
        number = isNumber ? parsed : 0;
        return isNumber;
    }
}
