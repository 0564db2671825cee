using System.Globalization;

namespace BekenImage.Mutation;

/// <summary>What is asked for on the command line.</summary>
/// <param name="Areas">Names of areas, or <c>all</c>.</param>
/// <param name="Every">One mutant of so many is tried: a sample.</param>
/// <param name="Again">A former report, whose survivors alone are tried: a test that was added takes no kill away.</param>
/// <param name="Only">Test classes to ask in place of all the area has, for trying a former report again with the tests that were added.</param>
/// <param name="IsThorough">Whether each survivor is tried once more in a process of its own, in which nothing was made before it was on.</param>
internal sealed record RunOptions(IReadOnlyList<string> Areas, int Every, string? Again, IReadOnlyList<string> Only, bool IsThorough)
{
    public const string Usage = "usage: dotnet run -c Release --project eng/Mutation -- AREA...|all [--every N] [--again REPORT [--only CLASS,...]] [--thorough]";

    public static RunOptions? TryParse(string[] arguments)
    {
        var options = new RunOptions([], 1, null, [], false);
        var areas = new List<string>();
        for (int at = 0; at < arguments.Length; at++)
        {
            switch (arguments[at])
            {
                case "--thorough":
                    options = options with { IsThorough = true };
                    break;
                case "--every" when at + 1 < arguments.Length && int.TryParse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int every) && every > 0:
                    options = options with { Every = every };
                    at++;
                    break;
                case "--again" when at + 1 < arguments.Length:
                    options = options with { Again = arguments[++at] };
                    break;
                case "--only" when at + 1 < arguments.Length:
                    options = options with { Only = arguments[++at].Split(',') };
                    break;
                case "all":
                    areas.Add("all");
                    break;
                case var name when Area.Names.Contains(name):
                    areas.Add(name);
                    break;
                default:
                    return null;
            }
        }
        return areas.Count > 0 && (options.Again is null || areas is [not "all"]) ? options with { Areas = areas } : null;
    }
}
