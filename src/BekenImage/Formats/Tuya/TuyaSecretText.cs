using BekenImage.IO;

namespace BekenImage.Formats.Tuya;

/// <summary>Bytes of a text that are secret: without their quotes.</summary>
internal readonly struct TuyaSecretRange
{
    public TuyaSecretRange(int start, int length, bool isQuoted, bool isLoose)
    {
        Start = start;
        Length = length;
        IsQuoted = isQuoted;
        IsLoose = isLoose;
    }

    public int Start { get; }

    public int Length { get; }

    public bool IsQuoted { get; }

    /// <summary>True in a text without quotes, where names and values are bare words.</summary>
    public bool IsLoose { get; }
}

/// <summary>
/// Finds secrets in JSON, in pieces of JSON among other bytes, and in the loose <c>{name:value}</c> text, by one pass over tokens. No tree
/// is built and nothing is required of the text, because stale pages hold fragments.
/// </summary>
internal static class TuyaSecretText
{
    private const int DepthLimit = 64;

    public static List<TuyaSecretRange> Find(ReadOnlySpan<byte> text)
    {
        var found = new List<TuyaSecretRange>();
        var scanner = new Scanner(found);
        for (int position = 0; position < text.Length;)
            position = scanner.Step(text, position);
        if (text.IndexOf((byte)'"') < 0)
            AddLoose(text, found);
        return found;
    }

    /// <summary>
    /// The bytes with every secret blanked, at the same length: a string becomes zeros in its quotes, a number 0 and spaces, a whole value
    /// NULs or zeros in its quotes.
    /// </summary>
    public static byte[] Blank(string name, ReadOnlySpan<byte> data)
    {
        byte[] blanked = data.ToArray();
        if (TuyaSecrets.Classify(name) == TuyaSecrecy.Whole)
        {
            BlankWhole(blanked);
            return blanked;
        }
        var secrets = Find(data);
        foreach (var secret in secrets)
            BlankRange(blanked.AsSpan(secret.Start, secret.Length), secret, (byte)'0');
        return secrets.Count > 0 && secrets[0].IsLoose ? WithRightCrc(blanked, secrets) : blanked;
    }

    private static void BlankRange(Span<byte> range, TuyaSecretRange secret, byte filler)
    {
        range.Fill(secret.IsQuoted || secret.IsLoose ? filler : (byte)' ');
        range[0] = filler;
    }

    /// <summary>The loose text with its crc renewed; the filler is chosen so that the crc has as many digits as before.</summary>
    private static byte[] WithRightCrc(byte[] blanked, List<TuyaSecretRange> secrets)
    {
        for (byte filler = (byte)'0'; filler <= (byte)'9'; filler++)
        {
            foreach (var secret in secrets)
                BlankRange(blanked.AsSpan(secret.Start, secret.Length), secret, filler);
            if (!TuyaUserParameters.TryParse(blanked, out var parameters))
                break;
            byte[] renewed = parameters.WithRenewedCrc().ToBytes();
            if (renewed.Length == TuyaText.LengthWithoutNuls(blanked))
            {
                renewed.CopyTo(blanked, 0);
                break;
            }
        }
        return blanked;
    }

    private static void BlankWhole(Span<byte> value)
    {
        int length = TuyaText.LengthWithoutNuls(value);
        var text = value.Slice(0, length);
        if (text.Length < 2 || !Text.IsPrintable(text))
            value.Clear();
        else if (text[0] == '"' && text[text.Length - 1] == '"')
            text.Slice(1, text.Length - 2).Fill((byte)'0');
        else
            text.Fill((byte)'0');
    }

    private static void AddLoose(ReadOnlySpan<byte> text, List<TuyaSecretRange> found)
    {
        if (!TuyaUserParameters.TryParse(text, out var parameters))
            return;
        foreach (var field in parameters.Fields)
        {
            if (field.ValueLength > 0 && TuyaSecrets.IsSecretParameter(field.Name))
                found.Add(new TuyaSecretRange(field.ValueStart, field.ValueLength, false, true));
        }
    }

    private sealed class Scanner
    {
        private readonly List<TuyaSecretRange> _found;
        private readonly bool[] _isSecret = new bool[DepthLimit];
        private int _depth;
        private bool _pending;

        public Scanner(List<TuyaSecretRange> found)
        {
            _found = found;
        }

        /// <summary>Takes one token and returns the position behind it.</summary>
        public int Step(ReadOnlySpan<byte> text, int position)
        {
            byte current = text[position];
            switch (current)
            {
                case (byte)'"':
                    return TakeString(text, position);
                case (byte)'[' or (byte)'{':
                    Enter();
                    return position + 1;
                case (byte)']' or (byte)'}':
                    _depth = Math.Max(0, _depth - 1);
                    _pending = false;
                    return position + 1;
                case (byte)',':
                    _pending = false;
                    return position + 1;
                case < 0x20 or 0xFF when current is not ((byte)'\t' or (byte)'\r' or (byte)'\n'):
                    // No text: what follows is another fragment.
                    _depth = 0;
                    _pending = false;
                    _isSecret[0] = false;
                    return position + 1;
                default:
                    return IsNumber(current) ? TakeNumber(text, position) : position + 1;
            }
        }

        private bool IsInSecret => _isSecret[Math.Min(_depth, DepthLimit - 1)];

        private void Enter()
        {
            bool isSecret = IsInSecret || _pending;
            _depth++;
            _isSecret[Math.Min(_depth, DepthLimit - 1)] = isSecret;
            _pending = false;
        }

        private int TakeString(ReadOnlySpan<byte> text, int position)
        {
            int start = position + 1, end = start;
            while (end < text.Length && text[end] is not ((byte)'"' or < 0x20 or 0xFF))
                end += text[end] == '\\' && end + 1 < text.Length ? 2 : 1;
            end = Math.Min(end, text.Length);
            int next = end < text.Length && text[end] == '"' ? end + 1 : end;
            int colon = next;
            while (colon < text.Length && text[colon] is ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                colon++;
            if (colon < text.Length && text[colon] == ':')
            {
                _pending = TuyaSecrets.IsSecretMember(Text.FromLatin1(text.Slice(start, end - start)));
                return colon + 1;
            }
            if (end > start && (_pending || IsInSecret))
                _found.Add(new TuyaSecretRange(start, end - start, true, false));
            _pending = false;
            return next;
        }

        private int TakeNumber(ReadOnlySpan<byte> text, int position)
        {
            int end = position;
            while (end < text.Length && IsNumber(text[end]))
                end++;
            if (_pending || IsInSecret)
                _found.Add(new TuyaSecretRange(position, end - position, false, false));
            return end;
        }

        private static bool IsNumber(byte value) => value is >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'.';
    }
}
