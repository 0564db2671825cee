using BekenImage.Images;
using BekenImage.IO;

namespace BekenImage;

/// <summary>
/// What a program is, whatever device it is on: the SHA-256 of its plain code. Equal ones are the same program under another key, with
/// another header, at another place. Immutable.
/// </summary>
public sealed class ProgramFingerprint
{
    private const int KeySize = 16;

    private ProgramFingerprint(FlashImage image)
    {
        Bootloader = image.Programs.Bootloader is { } bootloader ? OfBootloader(image, bootloader) : null;
        App = image.Programs.App is { } app ? OfPayload(image, app) : null;
    }

    /// <summary>The bootloader's, as lower-case hex; the flash key it stores counts as blank. Null where there is none that can be read.</summary>
    public string? Bootloader { get; }

    /// <summary>The app's, as lower-case hex: the payload without its header. Null where there is none that can be read.</summary>
    public string? App { get; }

    /// <summary>Takes the fingerprints of an image's programs; of an archive, those of the one image in it.</summary>
    /// <param name="image">The image; of any kind.</param>
    public static ProgramFingerprint Of(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        return new ProgramFingerprint(image is { IsArchive: true, Contained: { } inside } ? inside : image);
    }

    private static string? OfBootloader(FlashImage image, Partition program)
    {
        if (program.Key is { } key && BootloaderPayload.TryRead(program.Storage.Strip(program.Code.Of(image.Bytes).Span), key, out var payload))
        {
            byte[] plain = payload.Decipher();
            if (payload.Keys.FlashKeyOffset is { } at && at >= 0 && at <= plain.Length - KeySize)
                plain.AsSpan(at, KeySize).Clear();
            return Sha256Text.Of(plain);
        }
        return OfPayload(image, program);
    }

    private static string? OfPayload(FlashImage image, Partition program)
    {
        if (program.Storage.Cipher is null)
            return null;
        long length = ProgramPayload.Find(image, program).Length;
        var plain = image.Decode(program).Span;
        return length == 0 ? null : Sha256Text.Of(plain.Slice(0, (int)Math.Min(length, plain.Length)));
    }
}
