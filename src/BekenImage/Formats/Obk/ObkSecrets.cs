using BekenImage.IO;

namespace BekenImage.Formats.Obk;

/// <summary>Removes what names or opens the owner's network and broker, so that an image can be shared.</summary>
public static class ObkSecrets
{
    /// <summary>Words that a script command with a secret contains, in upper case.</summary>
    private static readonly string[] CommandWords = ["PASSWORD", "PASSPHRASE", "SSID1", "SSID2", "MQTTUSER"];

    /// <summary>The same in the name of a command; elsewhere such a word may be part of a text, or its value is assigned and goes alone.</summary>
    private static readonly string[] AssignedWords = ["PASSWD", "TOKEN", "APIKEY", "SECRET"];

    private static readonly char[] CommandEnds = [';', '\r', '\n'];

    /// <summary>
    /// A new configuration without network names, pass phrases, broker login and web password, whole fields emptied, also behind their
    /// text; such commands in the start-up command become blanks. The checksum is right.
    /// </summary>
    /// <param name="config">The configuration; it stays as it is.</param>
    public static ObkConfig Remove(ObkConfig config)
    {
        if (config is null)
            throw new ArgumentNullException(nameof(config));
        byte[] bytes = config.Bytes.ToArray();
        foreach (var field in ObkFields.All)
        {
            if (!field.ExistsIn(bytes.Length))
                continue;
            var span = bytes.AsSpan(field.OffsetIn(config.Layout), field.SizeIn(config.Layout, bytes.Length));
            if (field.IsPrivate)
                span.Clear();
            else if (field.Type == ObkFieldType.Text)
                ClearBehindText(span);
        }
        RemoveFromScript(bytes, config.Layout);
        return new ObkConfigBuilder(new ObkConfig(bytes, config.Offset, config.Layout)).Build();
    }

    /// <summary>Byte by byte, so that a text without an end, or in no known encoding, is no obstacle.</summary>
    private static void RemoveFromScript(byte[] config, ObkPinLayout layout)
    {
        var field = ObkFields.Find("startupCommand")!;
        var span = config.AsSpan(field.OffsetIn(layout), field.SizeIn(layout, config.Length));
        string clean = RemoveFromScript(Text.FromNulTerminated(span));
        for (int i = 0; i < clean.Length; i++)
            span[i] = (byte)clean[i];
    }

    /// <summary>
    /// A script (start-up command, autoexec.bat) in which commands that carry network names or passwords are overwritten with blanks, up
    /// to their semicolon or line end; logins in addresses and what is assigned to the name of a secret become zeros. Length, lines and quotes
    /// stay.
    /// </summary>
    /// <param name="script">The script.</param>
    public static string RemoveFromScript(string script)
    {
        char[] characters = (script ?? throw new ArgumentNullException(nameof(script))).ToCharArray();
        int start = 0;
        while (start < characters.Length)
        {
            int end = script.IndexOfAny(CommandEnds, start);
            if (end < 0)
                end = characters.Length;
            int secret = FindSecret(script.Substring(start, end - start));
            for (int i = start + secret; secret >= 0 && i < end; i++)
            {
                if (characters[i] != '"')
                    characters[i] = ' ';
            }
            start = end + 1;
        }
        return SecretTexts.Blank(new string(characters));
    }

    /// <summary>Where the first word begins that contains one of the words, or -1.</summary>
    private static int FindSecret(string command)
    {
        string upper = command.ToUpperInvariant();
        int[] hits = CommandWords.Select(word => upper.IndexOf(word, StringComparison.Ordinal))
            .Concat(AssignedWords.Select(word => (word, hit: upper.IndexOf(word, StringComparison.Ordinal)))
                .Where(found => found.hit >= 0 && IsCommandName(upper, found.hit) && !IsAssigned(upper, found.hit + found.word.Length)).Select(found => found.hit))
            .Where(hit => hit >= 0).ToArray();
        return hits.Length == 0 ? -1 : command.LastIndexOfAny([' ', '\t', '"'], hits.Min()) + 1;
    }

    private static bool IsCommandName(string command, int at)
    {
        string before = command.Substring(0, command.LastIndexOfAny([' ', '\t', '"'], at) + 1).Trim(' ', '\t');
        return before.Length == 0 || before == "BACKLOG";
    }

    private static bool IsAssigned(string command, int at)
    {
        while (at < command.Length && (char.IsLetterOrDigit(command[at]) || command[at] is '_' or '"' or ' '))
            at++;
        return at < command.Length && command[at] is '=' or ':';
    }

    /// <summary>A shorter text leaves the end of the one before it in the field.</summary>
    private static void ClearBehindText(Span<byte> field)
    {
        int end = field.IndexOf((byte)0);
        if (end >= 0)
            field.Slice(end).Clear();
    }
}
