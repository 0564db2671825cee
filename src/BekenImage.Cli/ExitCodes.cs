namespace BekenImage.Cli;

/// <summary>What the program's exit code says. With several inputs the highest counts.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int No = 1;
    public const int Usage = 2;
    public const int BadInput = 3;
    public const int Refused = 4;
    public const int Bug = 70;
    public const int Interrupted = 130;
}
