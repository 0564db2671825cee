namespace BekenImage.Cli.Tests.Support;

/// <summary>A folder of one test; removed with everything in it.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bekenimage test ");

    /// <summary>The path of a name in it.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Root => _folder.FullName;

    /// <summary>Names of everything in it, in order.</summary>
    public string[] Names => Directory.EnumerateFileSystemEntries(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray();

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public byte[] Read(string name) => File.ReadAllBytes(this[name]);

    public void Dispose()
    {
        if (_folder.Exists)
            _folder.Delete(recursive: true);
    }
}
