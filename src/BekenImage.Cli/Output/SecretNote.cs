using BekenImage.Crypto;

namespace BekenImage.Cli.Output;

/// <summary>Mentions that a written file holds secrets, so that nobody shares one without knowing. Names places, never contents.</summary>
internal static class SecretNote
{
    /// <summary>Mentions an output that holds all of an image.</summary>
    public static void Write(Terminal terminal, string output, FlashImage image) =>
        Write(terminal, output, image, new FlashRange(0, image.Bytes.Length));

    /// <summary>True for an image that holds secrets: its file is for its owner's eyes.</summary>
    public static bool IsFor(FlashImage image) => ImageSecrets.Find(image).Count > 0;

    /// <summary>True for bytes that are an image with secrets, or a part of one, or such bytes in pages with their CRCs.</summary>
    public static bool IsIn(ReadOnlyMemory<byte> bytes) =>
        bytes.Length is > 0 and <= FlashImage.MaximumLength && (IsFor(FlashImage.Parse(bytes)) || DataOf(bytes.Span) is { } data && IsFor(FlashImage.Parse(data)));

    // Every 32 bytes a CRC stands between them: no text that is longer is found in the pages themselves.
    private static byte[]? DataOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length % FlashPages.PageSize == 0 && PageFile.Check(bytes) is { Bad: 0, Valid: > 0 } ? PageFile.Strip(bytes) : null;

    /// <summary>True for parts of an image that hold secrets.</summary>
    public static bool IsFor(FlashImage image, params FlashRange[] parts) => parts.Any(part => ImageSecrets.NamesIn(image, part).Count > 0);

    /// <summary>Mentions an output that holds the AES key of an image.</summary>
    public static void WriteAesKey(Terminal terminal, string output) =>
        terminal.Note($"{output}: holds the AES key of the flash, a secret of the device, which 'merge' needs");

    /// <summary>Mentions an output that holds parts of an image.</summary>
    public static void Write(Terminal terminal, string output, FlashImage image, params FlashRange[] parts)
    {
        var areas = parts.SelectMany(part => ImageSecrets.NamesIn(image, part)).Distinct().ToArray();
        if (areas.Length > 0)
            terminal.Note($"{output}: holds passwords or cloud keys ({string.Join(", ", areas)}); 'bekenimage sanitize' makes an image without them");
    }
}
