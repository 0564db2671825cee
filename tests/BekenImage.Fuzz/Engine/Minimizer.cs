namespace BekenImage.Fuzz.Engine;

/// <summary>Makes the input of a fault small: takes pieces out, then makes the rest zero, as long as the fault stays the same.</summary>
internal sealed class Minimizer(Func<byte[], FuzzFault?> again)
{
    private int _left;

    public FuzzFault Minimize(FuzzFault fault)
    {
        // A large input is dear to run.
        _left = fault.Input.Length > 0x8000 ? 300 : 3000;
        // What costs too much is not run a thousand times.
        if (fault.Exception.Message.StartsWith("time", StringComparison.Ordinal))
            return fault;
        for (int size = Math.Max(1, fault.Input.Length / 2); size >= 1; size /= 2)
        {
            for (int at = fault.Input.Length / size * size; at >= 0; at -= size)
            {
                if (at < fault.Input.Length)
                    fault = Better(fault, [.. fault.Input.AsSpan(0, at), .. fault.Input.AsSpan(Math.Min(fault.Input.Length, at + size))]);
            }
        }
        for (int size = Math.Max(1, fault.Input.Length / 2); size >= 1; size /= 2)
        {
            for (int at = 0; at < fault.Input.Length; at += size)
            {
                byte[] candidate = (byte[])fault.Input.Clone();
                candidate.AsSpan(at, Math.Min(size, candidate.Length - at)).Clear();
                if (!candidate.AsSpan().SequenceEqual(fault.Input))
                    fault = Better(fault, candidate);
            }
        }
        return fault;
    }

    private FuzzFault Better(FuzzFault fault, byte[] candidate) => _left-- > 0 && again(candidate) is { } smaller ? smaller : fault;
}
