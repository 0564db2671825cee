using BekenImage.Crypto;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>
/// Which cipher an image of the Armino chips is under. A key cannot be computed from the image: one is proven by what it opens, or it is
/// not the key.
/// </summary>
internal static class ArminoCiphers
{
    private static readonly AesFlashVariant[] Variants = [AesFlashVariant.WordSwapped, AesFlashVariant.Standard];

    /// <summary>
    /// True when the key that was given opens vectors at the start of a flash, or the partition table of one under secure boot: an image of
    /// these chips, though its mark is damaged or not there.
    /// </summary>
    public static bool OpenStart(ReadOnlyMemory<byte> flash, FlashImageOptions options)
    {
        if (flash.Length < FlashPages.PageSize)
            return false;
        byte[] first = ProgramPages.Strip(flash.Span, FlashPages.DataSize);
        return Candidates(options).Any(candidate =>
            CortexVectors.Match(first, candidate.Cipher, 0) || SecureTable.FindInPages(flash, candidate.Cipher) is not null);
    }

    /// <summary>What to try: the key the caller gave; nothing enciphered; the published keys.</summary>
    public static IEnumerable<(CodeCipher Cipher, KeySource Source)> Candidates(FlashImageOptions options)
    {
        var variants = options.AesVariant is { } one ? [one] : Variants;
        if (options.AesKey is { } given)
        {
            // OTP may hold its words reversed (Formats/SecureBoot/FORMAT.md, section 6): which it is, the image proves.
            AesFlashKey[] orders = options.SecureBoot?.FlashKey is { } stored && given == new AesFlashKey(stored.Span) ? [given, WordsReversed(given)] : [given];
            foreach (var key in orders)
            {
                foreach (var variant in variants)
                    yield return (new AesCodeCipher(key, variant), KeySource.Given);
            }
            yield break;
        }
        if (options.Key is { } coefficients)
        {
            if (coefficients.IsIdentity)
                yield return (CoefficientCipher.None, KeySource.Given);
            yield break;
        }
        yield return (CoefficientCipher.None, KeySource.Vectors);
        foreach (var known in AesFlashKey.KnownKeys)
        {
            foreach (var variant in variants)
                yield return (new AesCodeCipher(known, variant), KeySource.Vectors);
        }
    }

    private static AesFlashKey WordsReversed(AesFlashKey key)
    {
        byte[] bytes = key.ToArray();
        for (int word = 0; word < bytes.Length; word += sizeof(uint))
            Array.Reverse(bytes, word, sizeof(uint));
        return new AesFlashKey(bytes);
    }
}
