using System.Text;

namespace BekenImage.Fuzz.Engine;

/// <summary>A target put together from its parts.</summary>
internal sealed class FuzzTarget(string name, Func<IEnumerable<byte[]>> seeds, Action<ReadOnlyMemory<byte>> run, params Type[] covers) : IFuzzTarget
{
    private readonly Lazy<IReadOnlyList<byte[]>> _seeds = new(() => [.. seeds()]);

    public string Name => name;

    public IReadOnlyList<byte[]> Seeds => _seeds.Value;

    public IReadOnlyList<byte[]> Words { get; init; } = [];

    public int MaximumLength { get; init; } = 0x2000;

    public int ShortRuns { get; init; } = 2000;

    public IReadOnlyList<Type> Covers => covers;

    public Action<byte[]>? Sealing { get; init; }

    /// <summary>Bytes allowed whatever the length, and for each byte of the input.</summary>
    public (long Fixed, long PerByte) Cost { get; init; } = (1 << 20, 64);

    public long AllocationLimit(int length) => Cost.Fixed + Cost.PerByte * length;

    public void Seal(byte[] input) => Sealing?.Invoke(input);

    public void Run(ReadOnlyMemory<byte> input) => run(input);

    public override string ToString() => name;

    /// <summary>Words given as text.</summary>
    public static IReadOnlyList<byte[]> Texts(params string[] words) => [.. words.Select(Encoding.Latin1.GetBytes)];
}
