using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>Secrets in every writing in which an output could bring them.</summary>
internal sealed class SecretNeedles
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    public SecretNeedles(IEnumerable<string> secrets)
    {
        foreach (string secret in secrets.Distinct())
            Add(secret);
    }

    public int Count => _texts.Values.Distinct().Count();

    /// <summary>What was found in bytes or text (Latin-1): the writing and the secret's own text; null for nothing.</summary>
    public string? FindIn(string output)
    {
        foreach (var (writing, secret) in _texts)
        {
            if (output.Contains(writing, StringComparison.Ordinal))
                return $"'{secret}' as '{writing}'";
        }
        return null;
    }

    /// <summary>The plain bytes alone.</summary>
    public bool AreIn(byte[] bytes)
    {
        string text = Encoding.Latin1.GetString(bytes);
        return _texts.Values.Distinct().Any(secret => text.Contains(Latin(Encoding.UTF8.GetBytes(secret)), StringComparison.Ordinal));
    }

    private void Add(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        string escaped = JsonSerializer.Serialize(secret)[1..^1];
        string hex = Convert.ToHexString(bytes);
        string[] writings =
        [
            secret, Latin(bytes), Latin(Encoding.Unicode.GetBytes(secret)), Latin(Encoding.BigEndianUnicode.GetBytes(secret)), hex, hex.ToLowerInvariant(),
            BitConverter.ToString(bytes), BitConverter.ToString(bytes).Replace('-', ' '), BitConverter.ToString(bytes).Replace('-', ' ').ToLowerInvariant(),
            Uri.EscapeDataString(secret), Uri.EscapeDataString(secret).Replace("%20", "+", StringComparison.Ordinal), escaped,
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret), HtmlEncoder.Default.Encode(secret), string.Concat(secret.Select(character => $"\\u{(int)character:x4}")),
            .. Base64(bytes),
        ];
        foreach (string writing in writings.Where(writing => writing.Length >= 6))
            _texts.TryAdd(writing, secret);
    }

    // Wherever in a longer stretch it begins: the letters that depend on it alone.
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        for (int before = 0; before < 3; before++)
        {
            string all = Convert.ToBase64String([.. new byte[before], .. bytes]);
            int start = before == 0 ? 0 : before + 1;
            int whole = (before + bytes.Length) / 3 * 4;
            if (whole - start >= 6)
                yield return all[start..whole];
        }
    }

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
