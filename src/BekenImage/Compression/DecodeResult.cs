namespace BekenImage.Compression;

/// <summary>How the reading of a compressed stream ended.</summary>
internal enum DecodeStatus
{
    /// <summary>The stream is whole.</summary>
    Complete,

    /// <summary>The input ended before the stream did.</summary>
    Truncated,

    /// <summary>The bytes are not such a stream, or are damaged.</summary>
    Broken,

    /// <summary>The stream gives more than was allowed; it was stopped there.</summary>
    TooLong,
}

/// <summary>What came out of a compressed stream.</summary>
internal sealed class DecodeResult
{
    private DecodeResult(DecodeStatus status, byte[] output, long produced, int consumed, string problem)
    {
        Status = status;
        Output = output;
        Produced = produced;
        Consumed = consumed;
        Problem = problem;
    }

    public DecodeStatus Status { get; }

    /// <summary>The plain bytes; empty unless the stream is whole.</summary>
    public byte[] Output { get; }

    /// <summary>How many plain bytes came out before the end or the problem.</summary>
    public long Produced { get; }

    /// <summary>How many input bytes the stream took; what lies behind is not part of it.</summary>
    public int Consumed { get; }

    /// <summary>What is wrong; empty when nothing is.</summary>
    public string Problem { get; }

    public static DecodeResult Complete(byte[] output, int consumed) =>
        new(DecodeStatus.Complete, output, output.Length, consumed, string.Empty);

    public static DecodeResult Failed(DecodeStatus status, long produced, FormattableString problem) =>
        new(status, [], produced, 0, FormattableString.Invariant(problem));
}
