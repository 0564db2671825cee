namespace BekenImage.Documents;

/// <summary>A file that a report is about, or that could not be read for it. Immutable.</summary>
public sealed class ReportedFile
{
    /// <summary>Makes one of an image.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="sha256">SHA-256 of the file, lower-case hex.</param>
    public ReportedFile(string file, string sha256)
    {
        File = file ?? throw new ArgumentNullException(nameof(file));
        Sha256 = sha256 ?? throw new ArgumentNullException(nameof(sha256));
    }

    /// <summary>Makes one of a file that could not be read.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="problem">What is wrong.</param>
    public ReportedFile(string file, BekenImageException problem)
    {
        File = file ?? throw new ArgumentNullException(nameof(file));
        Problem = problem ?? throw new ArgumentNullException(nameof(problem));
    }

    /// <summary>Its name.</summary>
    public string File { get; }

    /// <summary>SHA-256 of the file; null where it could not be read.</summary>
    public string? Sha256 { get; }

    /// <summary>Why it could not be read; null where it was.</summary>
    public BekenImageException? Problem { get; }
}
