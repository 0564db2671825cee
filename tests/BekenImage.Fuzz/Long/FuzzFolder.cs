namespace BekenImage.Fuzz.Long;

/// <summary>The files of one target: its corpus, its findings, the input that is being run.</summary>
internal sealed class FuzzFolder
{
    private readonly string _findings;

    public FuzzFolder(string folder, string target)
    {
        string name = target.Replace('/', '-');
        Corpus = Path.Combine(folder, "corpus", name);
        _findings = Path.Combine(folder, "findings");
        Prefix = name;
        Current = Path.Combine(folder, "current", name + ".bin");
        foreach (string path in new[] { Corpus, _findings, Path.GetDirectoryName(Current)! })
            Directory.CreateDirectory(path);
    }

    public string Corpus { get; }

    public string Current { get; }

    private string Prefix { get; }

    public IEnumerable<byte[]> Load() => Directory.GetFiles(Corpus).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    public void Save(IReadOnlyList<byte[]> inputs)
    {
        foreach (byte[] input in inputs)
            File.WriteAllBytes(Path.Combine(Corpus, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input))[..16]), input);
    }

    /// <summary>Writes an input that failed, and what it did; gives its path.</summary>
    public string Keep(byte[] input, string id, string what)
    {
        string path = Path.Combine(_findings, $"{Prefix}-{id}.bin");
        File.WriteAllBytes(path, input);
        File.WriteAllText(Path.ChangeExtension(path, ".txt"), what + Environment.NewLine);
        return path;
    }
}
