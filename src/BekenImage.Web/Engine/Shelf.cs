namespace BekenImage.Web;

/// <summary>The files that are open, by number. Numbers begin at 1 and do not come back.</summary>
internal sealed class Shelf
{
    private readonly Dictionary<int, Opened> _files = [];
    private int _last;

    /// <exception cref="BekenImageException">There is none of that number.</exception>
    public Opened this[int file] =>
        _files.TryGetValue(file, out var opened) ? opened : throw new BekenImageException(FindingCode.InputUnreadable, "the file was closed");

    /// <summary>What a file goes by; null where there is none of that number.</summary>
    public string? NameOf(int file) => _files.TryGetValue(file, out var opened) ? opened.Name : null;

    public int Add(Opened opened)
    {
        _files.Add(++_last, opened);
        return _last;
    }

    public void Remove(int file) => _files.Remove(file);
}
