namespace BekenImage.Crypto;

/// <summary>One stretch or several, without copying: a span cannot be kept in a list.</summary>
internal readonly ref struct KeyRecoveryInput
{
    private readonly ReadOnlySpan<byte> single;
    private readonly uint singleAddress;
    private readonly IReadOnlyList<KeyRecoveryStretch>? stretches;

    internal KeyRecoveryInput(ReadOnlySpan<byte> ciphertext, uint logicalAddress)
    {
        single = ciphertext;
        singleAddress = logicalAddress;
        stretches = null;
    }

    internal KeyRecoveryInput(IReadOnlyList<KeyRecoveryStretch> stretches)
    {
        single = default;
        singleAddress = 0;
        this.stretches = stretches;
    }

    internal int Count => stretches?.Count ?? 1;

    internal ReadOnlySpan<byte> Bytes(int index) => stretches is null ? single : stretches[index].Ciphertext.Span;

    internal uint Address(int index) => stretches?[index].LogicalAddress ?? singleAddress;

    internal long TotalBytes
    {
        get
        {
            long total = 0;
            for (int i = 0; i < Count; i++)
                total += Bytes(i).Length;
            return total;
        }
    }
}
