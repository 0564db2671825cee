namespace BekenImage.Release;

/// <summary>A folder that appears whole or not at all: it is filled beside its place, under another name.</summary>
internal sealed class WholeFolder : IDisposable
{
    private readonly string _target;

    /// <exception cref="ReleaseException">There is something already.</exception>
    public WholeFolder(string target)
    {
        _target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        if (File.Exists(_target) || Directory.Exists(_target) && Directory.EnumerateFileSystemEntries(_target).Any())
            throw new ReleaseException($"{_target} is there already", ReleaseException.Usage);
        string parent = Path.GetDirectoryName(_target) ?? throw new ReleaseException($"{_target} is no folder to make", ReleaseException.Usage);
        Directory.CreateDirectory(parent);
        Place = Directory.CreateDirectory(Path.Combine(parent, $".{Path.GetFileName(_target)}.{Path.GetRandomFileName()}")).FullName;
    }

    /// <summary>Where to fill it.</summary>
    public string Place { get; }

    /// <summary>Gives it its name.</summary>
    public void Complete()
    {
        // An empty one is in the way; one that has been filled meanwhile stays, and this fails.
        if (Directory.Exists(_target))
            Directory.Delete(_target);
        Directory.Move(Place, _target);
    }

    public void Dispose()
    {
        if (Directory.Exists(Place))
            Directory.Delete(Place, recursive: true);
    }
}
