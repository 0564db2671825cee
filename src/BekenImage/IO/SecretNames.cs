namespace BekenImage.IO;

/// <summary>
/// Names under which people and firmwares keep what nobody else should know, in whatever form a text has: <c>mqtt_pass</c>,
/// <c>wifi.psk</c>, <c>apiToken</c>. Names of pins and settings are not among them.
/// </summary>
internal static class SecretNames
{
    /// <summary>Anywhere in a name, whatever separates its words.</summary>
    private static readonly string[] Parts =
    [
        "passw", "passphrase", "passcode", "psk", "token", "secret", "credential", "apikey", "authkey", "localkey", "seckey", "privatekey", "accesskey",
        "sharedkey", "wifikey", "encryptionkey", "ssid", "mqttuser", "bearer",
    ];

    /// <summary>Only as a word of their own: <c>bypass</c> and <c>passive</c> are no secrets.</summary>
    private static readonly string[] Words = ["pass", "pwd", "pw", "auth", "authorization"];

    /// <summary>Longer than any name of a setting.</summary>
    public const int Longest = 64;

    public static bool IsSecret(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > Longest)
            return false;
        var bare = new System.Text.StringBuilder(name.Length);
        var word = new System.Text.StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            char character = name[i];
            bool isLetter = character is >= 'a' and <= 'z' or >= 'A' and <= 'Z';
            bool begins = character is >= 'A' and <= 'Z' && i > 0 && name[i - 1] is >= 'a' and <= 'z';
            if ((!isLetter || begins) && IsWord(word))
                return true;
            if (!isLetter || begins)
                word.Clear();
            if (!isLetter)
                continue;
            char lower = (char)(character | 0x20);
            bare.Append(lower);
            word.Append(lower);
        }
        string all = bare.ToString();
        return IsWord(word) || Array.Exists(Parts, part => all.IndexOf(part, StringComparison.Ordinal) >= 0);
    }

    private static bool IsWord(System.Text.StringBuilder word) => word.Length > 0 && Array.IndexOf(Words, word.ToString()) >= 0;
}
