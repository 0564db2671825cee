namespace BekenImage.Mutation;

/// <summary>One small fault: where, and what it does.</summary>
/// <param name="Id">Its number in the switch.</param>
/// <param name="File">Path from the root of the repository.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Words">What became of what: the same from run to run, however lines move.</param>
/// <param name="IsStatic">Whether it stands where code runs once only, so that each run needs a process of its own.</param>
internal sealed record Mutant(int Id, string File, int Line, string Words, bool IsStatic);

/// <summary>What the tests said to a mutant.</summary>
internal enum Verdict
{
    /// <summary>No test comes by.</summary>
    NotReached,

    /// <summary>Every test that comes by passes.</summary>
    Survived,

    /// <summary>A test failed.</summary>
    Killed,

    /// <summary>It ran for ever, or ended the process.</summary>
    Stopped,

    /// <summary>It is listed as one that changes nothing.</summary>
    Equivalent,
}
