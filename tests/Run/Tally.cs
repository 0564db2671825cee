namespace BekenImage.TestRun;

internal sealed record Tally(int Passed, int Failed, int Skipped)
{
    public static Tally None { get; } = new(0, 0, 0);

    public static Tally operator +(Tally left, Tally right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Prints the closing line and gives the exit code.</summary>
    public int Close()
    {
        Console.WriteLine($"{Passed} passed, {Failed} failed, {Skipped} skipped");
        return Failed == 0 && Passed > 0 ? 0 : 1;
    }
}
