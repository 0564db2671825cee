namespace BekenImage.Release;

/// <summary>Why there is no release.</summary>
internal sealed class ReleaseException(string message, int exitCode = ReleaseException.Failed) : Exception(message)
{
    /// <summary>Something could not be built.</summary>
    public const int Failed = 1;

    /// <summary>It was asked for in a way that gives none.</summary>
    public const int Usage = 2;

    public int ExitCode { get; } = exitCode;
}
