using System.Security.Cryptography;
using System.Text;

namespace BekenImage.Report.Html;

/// <summary>A file of our own that a page carries: style or script. The page's policy names it by its hash and allows no other.</summary>
internal sealed class Asset
{
    public static readonly Asset Style = new("colours.css", "report.css");
    public static readonly Asset Script = new("report.js");

    private Asset(params string[] names)
    {
        Content = string.Join("\n", names.Select(Read));
        if (Content.IndexOf("</", StringComparison.Ordinal) >= 0)
            throw new InvalidDataException(names[0]);
        using var sha256 = SHA256.Create();
        Hash = "'sha256-" + Convert.ToBase64String(sha256.ComputeHash(Encoding.UTF8.GetBytes(Content))) + "'";
    }

    public string Content { get; }

    /// <summary>As a policy writes it.</summary>
    public string Hash { get; }

    // A parser sees line ends so, whatever a checkout made of them; the hash is over what it sees.
    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Asset).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
