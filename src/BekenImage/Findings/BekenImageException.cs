namespace BekenImage;

/// <summary>A request that cannot be met: the input is not what the operation needs. Content alone never throws; see findings.</summary>
public class BekenImageException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="code">What it is about.</param>
    /// <param name="message">What was found, what was expected, what would work. Without file and offset: the caller adds them.</param>
    /// <param name="offset">Physical, un-rotated offset, where there is one.</param>
    public BekenImageException(FindingCode code, string message, long? offset = null)
        : base(message)
    {
        Code = code;
        Offset = offset;
    }

    /// <summary>Makes an exception without a code.</summary>
    public BekenImageException()
    {
    }

    /// <summary>Makes an exception without a code.</summary>
    /// <param name="message">What was found, what was expected, what would work.</param>
    public BekenImageException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a code.</summary>
    /// <param name="message">What was found, what was expected, what would work.</param>
    /// <param name="innerException">What it came from.</param>
    public BekenImageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What it is about; <see cref="FindingCode.None"/> where it was made without a code.</summary>
    public FindingCode Code { get; }

    /// <summary>The code as printed: <c>BKI8001</c>.</summary>
    public string CodeText => Finding.ToText(Code);

    /// <summary>Physical, un-rotated offset, where there is one.</summary>
    public long? Offset { get; }

    /// <summary>
    /// Which of several inputs is at fault: <c>factory</c>, <c>firmware</c>, <c>bootloader</c>, <c>rf</c>, <c>obk-config</c>,
    /// <c>littlefs</c> or <c>key</c> of a combination (<see cref="CombineOptions.NameOf"/> gives the name of each), a section's name, or a file of a split
    /// image. Null: the image the operation was asked of.
    /// </summary>
    public string? Subject { get; internal set; }
}
