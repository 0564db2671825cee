namespace BekenImage;

/// <summary>A guard refused to build or change an image, because the result could harm a device. Nothing was written.</summary>
public sealed class ImageGuardException : BekenImageException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="code">Which guard.</param>
    /// <param name="message">What was asked, why it is refused, what would work.</param>
    /// <param name="offset">Physical, un-rotated offset, where there is one.</param>
    public ImageGuardException(FindingCode code, string message, long? offset = null)
        : base(code, message, offset)
    {
    }

    /// <summary>Makes an exception without a code.</summary>
    public ImageGuardException()
    {
    }

    /// <summary>Makes an exception without a code.</summary>
    /// <param name="message">What was asked, why it is refused, what would work.</param>
    public ImageGuardException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a code.</summary>
    /// <param name="message">What was asked, why it is refused, what would work.</param>
    /// <param name="innerException">What it came from.</param>
    public ImageGuardException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
