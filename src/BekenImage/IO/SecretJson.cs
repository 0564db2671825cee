namespace BekenImage.IO;

/// <summary>
/// Blanks the strings and numbers of JSON members that are named as secrets are, also those inside an object or list of such a name. No
/// tree is built: depth and damage cost nothing.
/// </summary>
internal sealed class SecretJson(char[] text, ICollection<string>? removed)
{
    // Whether the member that is being read is secret, at each depth.
    private readonly Stack<bool> _outer = new();
    private bool _isSecret;
    private bool _isAllSecret;

    /// <summary>Blanks; gives false where the text is no whole JSON.</summary>
    public bool Run()
    {
        for (int at = 0; at < text.Length;)
            at = Step(at);
        return _outer.Count == 0;
    }

    private int Step(int at)
    {
        switch (text[at])
        {
            case '"':
                return ReadString(at + 1);
            case '{' or '[':
                _outer.Push(_isAllSecret);
                _isAllSecret |= _isSecret;
                _isSecret = _isAllSecret;
                return at + 1;
            case '}' or ']':
                _isAllSecret = _outer.Count > 0 && _outer.Pop();
                _isSecret = _isAllSecret;
                return at + 1;
            case ',':
                // In a list the next value is of the same member.
                _isSecret = _isAllSecret;
                return at + 1;
            case >= '0' and <= '9':
                return ReadNumber(at);
            default:
                return at + 1;
        }
    }

    private int ReadString(int start)
    {
        int end = start;
        while (end < text.Length && text[end] != '"')
            end += text[end] == '\\' ? 2 : 1;
        end = Math.Min(end, text.Length);
        int next = end + 1;
        while (next < text.Length && text[next] is ' ' or '\t' or '\r' or '\n')
            next++;
        if (next < text.Length && text[next] == ':')
        {
            _isSecret = _isAllSecret || SecretNames.IsSecret(text.AsSpan(start, end - start));
            return next + 1;
        }
        if (_isSecret)
            SecretTexts.Fill(text, start, end, removed);
        else
            SecretTexts.BlankAssignments(text, start, end, removed);
        return end + 1;
    }

    // A number may not begin with zeros: what is secret becomes 1, 10, 100.
    private int ReadNumber(int start)
    {
        int end = start;
        while (end < text.Length && text[end] is >= '0' and <= '9' or '.' or 'e' or 'E' or '+' or '-')
            end++;
        if (_isSecret)
        {
            var number = text.AsSpan(start, end - start);
            if (number.Length > 1)
                removed?.Add(number.ToString());
            number.Fill('0');
            if (number.Length > 1)
                number[0] = '1';
        }
        return end;
    }
}
