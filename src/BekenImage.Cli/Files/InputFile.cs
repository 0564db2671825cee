using BekenImage.Cli.Output;
using CommunityToolkit.HighPerformance.Buffers;

namespace BekenImage.Cli.Files;

/// <summary>Reads inputs: whole, up to the library's limit, into pooled memory. <c>-</c> is standard input.</summary>
internal static class InputFile
{
    public const string StandardStream = "-";

    /// <summary>Reads a file that must hold something.</summary>
    public static MemoryOwner<byte> Read(string path) => Read(path, mayBeEmpty: false);

    /// <summary>The bytes of a file that is stored as it is, empty ones too.</summary>
    public static byte[] ReadContent(string path)
    {
        using var owner = Read(path, mayBeEmpty: true);
        return owner.Span.ToArray();
    }

    private static MemoryOwner<byte> Read(string path, bool mayBeEmpty)
    {
        try
        {
            using var stream = path == StandardStream ? StandardInput.Open() : OpenFile(path);
            return ReadAll(stream, path, mayBeEmpty);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CliException(ExitCodes.BadInput, FindingCode.InputUnreadable, path.Length == 0 ? "the input has an empty name" : Wildcards.IsPattern(path) ? "no file has such a name" : Reason(error), path);
        }
    }

    /// <summary>
    /// The image in a file, which of a zip or gzip file is the one inside; its memory stays with the caller's garbage collector.
    /// </summary>
    /// <param name="terminal">Is told which file of an archive is used.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">What is known about the image; null for nothing.</param>
    public static FlashImage Load(Terminal terminal, string path, FlashImageOptions? options = null)
    {
        return OpenArchive(terminal, path, FlashImage.Parse(ReadBytes(path), options));
    }

    /// <summary>The same, but the archive itself, which a combination opens: what is said of the input is about the file that was named.</summary>
    public static FlashImage LoadAsGiven(Terminal terminal, string path, FlashImageOptions? options = null)
    {
        var image = FlashImage.Parse(ReadBytes(path), options);
        OpenArchive(terminal, path, image);
        return image;
    }

    /// <summary>The bytes of an input that must hold something, as they are.</summary>
    public static byte[] ReadBytes(string path)
    {
        using var owner = Read(path);
        return owner.Span.ToArray();
    }

    /// <summary>The bytes of an input, of a zip or gzip file those of the one image in it.</summary>
    public static byte[] ReadImage(Terminal terminal, string path)
    {
        byte[] bytes = ReadBytes(path);
        var image = FlashImage.Parse(bytes);
        return image.IsArchive ? OpenArchive(terminal, path, image).Source.ToArray() : bytes;
    }

    /// <summary>The one image in a zip or gzip file; every other image as it is.</summary>
    public static FlashImage OpenArchive(Terminal terminal, string path, FlashImage image)
    {
        if (!image.IsArchive)
            return image;
        var inside = Within(path, image.OpenArchive);
        terminal.Note($"{path}: the file in it is used: '{image.Member}' ({Words.Of(inside.Kind)})");
        return inside;
    }

    /// <summary>What a file in an archive goes by.</summary>
    public static string NameOf(string archive, ImageMember member) => $"{archive}:{member.Name}";

    /// <summary>An image of several in an archive.</summary>
    /// <param name="name">What it goes by, for an error.</param>
    /// <param name="member">The file in the archive.</param>
    /// <param name="options">What is known about the image; null for nothing.</param>
    public static FlashImage OpenMember(string name, ImageMember member, FlashImageOptions? options) => Within(name, () => member.Parse(options));

    /// <summary>The document in a file.</summary>
    public static T ReadDocument<T>(string path, DocumentReader<T> read)
    {
        using var bytes = Read(path);
        return Within(path, () => read(bytes.Span));
    }

    /// <summary>Reads something out of a file's content; an error names the file.</summary>
    public static T Within<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, path);
        }
    }

    private static FileStream OpenFile(string path)
    {
        if (Directory.Exists(path))
            throw new IOException("it is a folder, a file is needed");
        if (!PathIdentity.IsDevice(path) && NativeFiles.IsNamedPipe(path) == true)
            throw new IOException("it is a named pipe, which may never end; a file is needed, or - for standard input");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
    }

    private static MemoryOwner<byte> ReadAll(Stream stream, string path, bool mayBeEmpty)
    {
        if (stream.CanSeek && stream.Length > FlashImage.MaximumLength)
            throw TooLarge(path);
        var owner = MemoryOwner<byte>.Allocate(stream.CanSeek ? (int)stream.Length : FlashImage.MaximumLength);
        int length = stream.ReadAtLeast(owner.Span, owner.Length, throwOnEndOfStream: false);
        if (stream.ReadByte() >= 0)
        {
            owner.Dispose();
            throw TooLarge(path);
        }
        if (length == 0 && !mayBeEmpty)
        {
            owner.Dispose();
            throw new CliException(ExitCodes.BadInput, FindingCode.InputEmpty, "the file is empty", path);
        }
        return owner[..length];
    }

    private static CliException TooLarge(string path) => new(ExitCodes.BadInput, FindingCode.TooLarge,
        FormattableString.Invariant($"the file is larger than {FlashImage.MaximumLength / (1024 * 1024)} MiB, which no flash image is"), path);

    private static string Reason(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "it may not be read",
        PathTooLongException => "its name is too long",
        ArgumentException or NotSupportedException => "no file can have this name",
        _ => OutputFile.WithoutPath(error.Message),
    };
}

/// <summary>Reads a document out of UTF-8.</summary>
internal delegate T DocumentReader<out T>(ReadOnlySpan<byte> utf8);
