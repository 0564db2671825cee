using System.Collections;
using System.Globalization;

namespace BekenImage.Formats.Obk;

/// <summary>
/// Plain values, which any JSON library can render or supply: string, bool, long, double, lists, and maps as name-value pairs in order.
/// A request that does not fit is refused here; values are not repeated in messages, because they may be secrets.
/// </summary>
internal static class ObkPlainValue
{
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a == b,
        (IReadOnlyList<NamedValue> a, IReadOnlyList<NamedValue> b) =>
            a.Count == b.Count && a.Zip(b, (x, y) => x.Name == y.Name && AreEqual(x.Value, y.Value)).All(same => same),
        (IReadOnlyList<object> a, IReadOnlyList<object> b) => a.Count == b.Count && a.Zip(b, AreEqual).All(same => same),
        _ => Equals(left, right),
    };

    public static string ToText(string name, object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool truth => truth ? "1" : "0",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw Refused(name, "a text is expected"),
    };

    public static long ToInteger(string name, object? value, long smallest, long largest)
    {
        if (!TryParseInteger(ToText(name, value).Trim(), out long number) || number < smallest || number > largest)
            throw Refused(name, FormattableString.Invariant($"a whole number from {smallest} to {largest} is expected"));
        return number;
    }

    public static ulong ToBits(string name, object? value)
    {
        string text = ToText(name, value).Trim();
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong bits))
            return bits;
        // Signed decimals are what JavaScript and C# made of the word: two's complement of 32 bits where that has room for it, else of 64.
        if (text.StartsWith("-", StringComparison.Ordinal) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long signed))
            return signed >= int.MinValue ? unchecked((uint)signed) : unchecked((ulong)signed);
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) &&
            ulong.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bits))
            return bits;
        throw Refused(name, "a number of up to 64 bits is expected");
    }

    public static bool ToTruth(string name, object? value) => ToText(name, value).Trim().ToUpperInvariant() switch
    {
        "1" or "TRUE" or "ON" or "YES" => true,
        "0" or "FALSE" or "OFF" or "NO" => false,
        _ => throw Refused(name, "true or false is expected"),
    };

    /// <summary>A float's bits, from a number or from <c>0x</c> and the bits themselves.</summary>
    public static uint ToFloatBits(string name, object? value)
    {
        string text = ToText(name, value).Trim();
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) &&
            uint.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits))
            return bits;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !(Math.Abs(number) <= float.MaxValue))
            throw Refused(name, "a number, or 0x and the 32 bits of a word, is expected");
        return BitConverter.ToUInt32(BitConverter.GetBytes((float)number), 0);
    }

    /// <summary>A float as the shortest double that gives it again; words that are no ordinary float as hex text.</summary>
    public static object FromFloatBits(uint bits)
    {
        const uint exponentMask = 0x7F800000;
        uint exponent = bits & exponentMask;
        if (bits == 0)
            return 0.0;
        if (exponent is 0 or exponentMask)
            return FormattableString.Invariant($"0x{bits:x8}");
        float number = BitConverter.ToSingle(BitConverter.GetBytes(bits), 0);
        return double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    public static IReadOnlyList<object?> ToList(string name, object? value, int count)
    {
        IReadOnlyList<object?> list = value switch
        {
            string text => text.Split(',').Select(part => (object?)part.Trim()).ToArray(),
            IEnumerable items => items.Cast<object?>().ToArray(),
            _ => throw Refused(name, "a list is expected"),
        };
        return list.Count == count
            ? list
            : throw Refused(name, FormattableString.Invariant($"a list of {count} is expected, there are {list.Count}"));
    }

    /// <summary>A map from number to value; a dictionary serves as well.</summary>
    public static IEnumerable<KeyValuePair<int, object?>> ToMap(string name, object? value, int limit)
    {
        var pairs = value switch
        {
            IEnumerable<NamedValue> map => map,
            IEnumerable<KeyValuePair<string, object?>> map => map.Select(pair => new NamedValue(pair.Key, pair.Value)),
            IEnumerable<KeyValuePair<string, string>> map => map.Select(pair => new NamedValue(pair.Key, pair.Value)),
            _ => throw Refused(name, "a map from number to value is expected"),
        };
        foreach (var pair in pairs)
            yield return new KeyValuePair<int, object?>(ToIndex(name, pair.Name, limit), pair.Value);
    }

    public static ObkPin ToPin(string name, int number, object? value)
    {
        string text = ToText(name, value);
        if (ObkPin.TryParse(number, text, out var pin))
            return pin;
        string role = text.Split(ObkPin.Separators)[0];
        throw ObkPinRoles.TryParse(role, out _)
            ? Refused(name, FormattableString.Invariant($"pin {number} needs a role by name or number and up to two channels from 0 to 255, like Btn;2"))
            : NotAmong(name, FormattableString.Invariant($"role for pin {number}"), role, ObkPinRoles.Names);
    }

    public static int ToIndex(string name, string text, int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < limit
            ? index
            : throw Refused(name, FormattableString.Invariant($"the number must be from 0 to {limit - 1}"));

    /// <summary>For a name that is not among those there are; it is no secret.</summary>
    public static BekenImageException NotAmong(string name, string what, string text, IReadOnlyList<string> names)
    {
        string nearest = Suggestions.Ask(text, names);
        return Refused(name, FormattableString.Invariant($"there is no {what} of that name or number{(nearest.Length == 0 ? "." : "; " + nearest)} ") +
            FormattableString.Invariant($"There are, from 0 to {names.Count - 1}: {string.Join(", ", names)}"));
    }

    public static BekenImageException Refused(string name, string reason) =>
        new(FindingCode.ObkValueRefused, $"value of '{name}' does not fit: {reason}; nothing was changed");

    private static bool TryParseInteger(string text, out long number)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return true;
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) &&
               long.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}
