namespace BekenImage.Fuzz.Engine;

/// <summary>A way into the product that takes bytes of a stranger.</summary>
internal interface IFuzzTarget
{
    /// <summary>As <c>--target</c> takes it: room and reader, <c>rbl/header</c>.</summary>
    string Name { get; }

    /// <summary>Small, sound inputs, made by code.</summary>
    IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Words of the format: magics, tags, names.</summary>
    IReadOnlyList<byte[]> Words { get; }

    /// <summary>The longest input worth trying.</summary>
    int MaximumLength { get; }

    /// <summary>How often it is run in the default test run.</summary>
    int ShortRuns { get; }

    /// <summary>The types whose reading (or writing) it drives; a test asks whether each reader of the library is named by one.</summary>
    IReadOnlyList<Type> Covers { get; }

    /// <summary>How many bytes one run over an input of this length may allocate.</summary>
    long AllocationLimit(int length);

    /// <summary>Makes checksums right again after a change, so that what lies behind them is reached.</summary>
    void Seal(byte[] input);

    /// <summary>Returns when all that was promised holds; what it throws is a finding.</summary>
    void Run(ReadOnlyMemory<byte> input);
}
