using System.Globalization;
using System.Text.RegularExpressions;

namespace BekenImage.TestRun.Packages;

/// <summary>
/// How many instructions the native command executes, counted by callgrind: a measure without a clock, the same on a busy machine. What
/// doubles the work of reading or combining is over the bound; what makes it a little dearer is not.
/// </summary>
internal static partial class InstructionBound
{
    // 10^6 instructions, about 1.7 times what was counted on 27 November 2026: 21, 149 and 290.
    private static readonly (string Line, long Millions)[] Bounds =
    [
        ("--version", 36),
        ("inspect demo/factory.bin", 250),
        ("combine demo/factory.bin demo/firmware.bin -o counted.bin", 490),
    ];

    // The collector asks for 256 GB of addresses, which callgrind has not.
    private static readonly Dictionary<string, string?> Variables = new() { ["DOTNET_GCHeapHardLimit"] = "0x10000000" };

    /// <param name="checks">Where to say it.</param>
    /// <param name="native">The native command.</param>
    /// <param name="folder">A folder with what <c>demo -o demo</c> wrote.</param>
    public static void Check(Checks checks, string native, string folder)
    {
        if (Command.Ask("valgrind", ["--version"]) is null)
        {
            checks.Skip("the instructions of the native command", "there is no valgrind");
            return;
        }
        foreach (var (line, bound) in Bounds)
        {
            // Beside its file of symbols, which is of a form that callgrind gives up on, the command is not run.
            string bare = Path.Combine(folder, Path.GetFileName(native));
            File.Copy(native, bare, overwrite: true);
            var counted = Command.Ask(
                "valgrind", ["--tool=callgrind", "--callgrind-out-file=/dev/null", bare, .. line.Split(' ')], Variables, folder)!;
            string[] wrong = Collected().Match(counted.Error) is not { Success: true } match || !counted.Succeeded
                ? [$"exit {counted.Exit}: {counted.LastLine}"]
                : long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / 1_000_000 is var millions && millions > bound ? [$"{millions} million"] : [];
            checks.That($"{line.Split(' ')[0]} executes no more than {bound} million instructions", wrong);
        }
    }

    [GeneratedRegex(@"Collected : (\d+)")]
    private static partial Regex Collected();
}
