using System.Runtime.InteropServices;

namespace BekenImage.Crypto.Kernels;

/// <summary>
/// The keystream of consecutive groups of 256 logical bytes: group g is <see cref="Pattern"/> XORed with one word. From group to group the
/// word changes by <c>Steps[trailing zeros of the new group's number]</c>, because g ^ (g - 1) is 2^(t+1) - 1 and the keystream is linear.
/// </summary>
internal ref struct KeystreamWalk
{
    /// <summary>Words in a group.</summary>
    public const int PatternWords = 64;

    /// <summary>Words of working memory a walk needs. A group number has 24 bits and may run over once, hence 25 steps.</summary>
    public const int BufferWords = PatternWords + 25;

    private const int PageWords = FlashPages.DataSize / sizeof(uint);

    private readonly BekenKey _key;

    /// <summary>Prepares a walk.</summary>
    /// <param name="key">The coefficients.</param>
    /// <param name="buffer">Working memory, <see cref="BufferWords"/> words; need not be cleared.</param>
    /// <param name="logicalAddress">Address of the first group, a multiple of 256; when there are no groups, any.</param>
    /// <param name="groups">How many groups will be walked. With none, only the first eight words of the pattern are made: one page.</param>
    public KeystreamWalk(BekenKey key, Span<uint> buffer, uint logicalAddress, int groups)
    {
        _key = key;
        var pattern = buffer.Slice(0, groups > 0 ? PatternWords : PageWords);
        FlashCipher.FillPattern(key, pattern);
        Pattern = pattern;

        // Only the steps that will be taken: bits above the highest in which first and last number differ never carry.
        uint first = logicalAddress >> 8;
        uint zero = FlashCipher.Keystream(key, 0);
        var steps = buffer.Slice(PatternWords);
        for (int t = 0; groups > 0 && (first ^ first + (uint)groups) >> t != 0; t++)
            steps[t] = zero ^ FlashCipher.Keystream(key, unchecked(((2u << t) - 1) << 8));
        Steps = steps;
    }

    /// <summary><c>Keystream(4 i) ^ Keystream(0)</c>, for one group.</summary>
    public ReadOnlySpan<uint> Pattern { get; }

    /// <summary>The pattern, two words at a time.</summary>
    public readonly ReadOnlySpan<ulong> PatternPairs => MemoryMarshal.Cast<uint, ulong>(Pattern);

    /// <summary>By trailing zeros of a group's number, what changes in the word from the group before.</summary>
    public ReadOnlySpan<uint> Steps { get; }

    /// <summary>Number of the group the next loop starts with.</summary>
    public uint Number { get; private set; }

    /// <summary>The word of that group.</summary>
    public uint Word { get; private set; }

    /// <summary>Goes to the group that begins at an address, a multiple of 256.</summary>
    public void MoveTo(uint logicalAddress)
    {
        Number = logicalAddress / (PatternWords * sizeof(uint));
        Word = WordAt(logicalAddress);
    }

    /// <summary>The word that goes onto the pattern at an address: of a group, or of a page when only that many words are used.</summary>
    public readonly uint WordAt(uint logicalAddress) => FlashCipher.Keystream(_key, logicalAddress);

    /// <summary>A word twice, to go onto <see cref="PatternPairs"/>.</summary>
    public static ulong Twice(uint word) => (ulong)word << 32 | word;
}
