namespace BekenImage.Fuzz.Engine;

/// <summary>What a target expects, in words that name the fault.</summary>
internal static class Promise
{
    /// <summary>True, or a finding; the text before a colon is the name of the finding.</summary>
    public static void Holds(bool condition, string what)
    {
        if (!condition)
            throw new FuzzFaultException(what);
    }

    public static void Same(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual, string what)
    {
        if (!expected.SequenceEqual(actual))
            throw new FuzzFaultException($"{what}: {expected.Length} and {actual.Length} bytes, the first {expected.CommonPrefixLength(actual)} alike");
    }

    /// <summary>Does what may be refused, with the exception that says so and no other; false when it was.</summary>
    public static bool Answered(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (BekenImageException)
        {
            return false;
        }
    }

    /// <summary>The same with arguments that may be out of their documented ranges.</summary>
    public static bool AnsweredOrOutOfRange(Action action)
    {
        try
        {
            return Answered(action);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
