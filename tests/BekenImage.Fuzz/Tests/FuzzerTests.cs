using System.Buffers.Binary;
using BekenImage.Fuzz.Engine;

namespace BekenImage.Fuzz.Tests;

/// <summary>The fuzzer finds what is there to be found: faults planted behind what hides faults in this house.</summary>
public class FuzzerTests
{
    private static readonly byte[] Sound = Sealed([.. "PLNT"u8, 4, 1, 2, 3, 4, .. new byte[8]]);

    [Fact]
    public void FaultBehindAChecksum_IsFoundOnce_AndItsInputIsSmall()
    {
        using var fuzzer = new Fuzzer(Target(Reader), seed: 1);
        fuzzer.Load([]);
        fuzzer.Run(() => fuzzer.Executions < 20_000);
        var fault = Assert.Single(fuzzer.Faults);
        Assert.IsType<IndexOutOfRangeException>(fault.Exception);
        Assert.InRange(fault.Input.Length, 9, Sound.Length);
    }

    [Fact]
    public void BrokenPromise_AndTooMuchMemory_AreFound()
    {
        using var fuzzer = new Fuzzer(Target(input => Promise.Holds(input.Length != 20, "a length: 20")), seed: 1);
        fuzzer.Load([]);
        fuzzer.Run(() => fuzzer.Executions < 5_000);
        Assert.Contains("a length", Assert.Single(fuzzer.Faults).Signature, StringComparison.Ordinal);
        using var second = new Fuzzer(Target(input => GC.KeepAlive(new byte[input.Length == 20 ? 8 << 20 : 1])), seed: 1);
        second.Load([]);
        second.Run(() => second.Executions < 5_000);
        Assert.Contains("allocation", Assert.Single(second.Faults).Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void SameSeed_GivesTheSameInputs()
    {
        Assert.Equal(Inputs(5), Inputs(5));
        Assert.NotEqual(Inputs(5), Inputs(6));
    }

    [Fact]
    public void Input_LiesAtBothEndsOfItsMemory_ByTurns()
    {
        using var buffer = new GuardedBuffer(5000, null);
        foreach (bool atEnd in new[] { true, false })
        {
            var memory = buffer.Put(Sound, atEnd);
            Assert.Equal(Sound, memory.ToArray());
            Assert.Equal(atEnd ? 8192 - Sound.Length : 0, buffer.Memory.Span.Overlaps(memory.Span, out int at) ? at : -1);
        }
    }

    // Reads a length and trusts it, but only where the checksum is right.
    private static void Reader(ReadOnlyMemory<byte> input)
    {
        var bytes = input.Span;
        if (bytes.Length < 9 || !bytes.StartsWith("PLNT"u8) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Crc32.Compute(bytes[..^4]))
            return;
        for (int i = 0, length = bytes[4]; i < length; i++)
            _ = bytes[5 + i];
    }

    private static List<string> Inputs(int seed)
    {
        var inputs = new List<string>();
        using var fuzzer = new Fuzzer(Target(input => inputs.Add(Convert.ToHexString(input.Span))), seed);
        fuzzer.Load([]);
        fuzzer.Run(() => fuzzer.Executions < 200);
        return inputs;
    }

    private static FuzzTarget Target(Action<ReadOnlyMemory<byte>> run) => new("planted", () => [Sound], run)
    {
        Sealing = input => Sealed(input), MaximumLength = 0x100,
    };

    private static byte[] Sealed(byte[] bytes)
    {
        if (bytes.Length > 4)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), Crc32.Compute(bytes.AsSpan(0, bytes.Length - 4)));
        return bytes;
    }
}
