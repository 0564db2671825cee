// Builds the solution and runs every test, then sums what the runners themselves counted (their TRX files) into one closing line:
//     N passed, N failed, N skipped
// A runner that crashes, writes no TRX or disagrees with its own exit code is a failure, whatever it counted.
//
//     dotnet run --project tests/Run [-- --no-build] [-- --only NAME]
//     dotnet run --project tests/Run -- --environments [--no-build] [--only NAME]
//         the suites once more in Turkish, with ICU, without a home, without a network, on a dumb terminal (some minutes for each)
//     dotnet run --project tests/Run -- --packages [--keep] [--feed FOLDER] [-p:NAME=VALUE]
//         packs twice, compares, and uses the packages as strangers do (some minutes; restores from the package sources of this machine);
//         --feed takes packages that are there already

using BekenImage.TestRun;
using BekenImage.TestRun.Packages;
using BekenImage.TestRun.Suites;

string? only = args.SkipWhile(argument => argument != "--only").Skip(1).FirstOrDefault();

if (args.Contains("--packages"))
{
    string? feed = args.SkipWhile(argument => argument != "--feed").Skip(1).FirstOrDefault();
    string[] properties = [.. args.Where(argument => argument.StartsWith("-p:", StringComparison.Ordinal))];
    return PackagesRun.Run(properties, feed is null ? null : Path.GetFullPath(feed), args.Contains("--keep")).Close();
}

if (!args.Contains("--no-build") && !Build())
    return new Tally(0, 1, 0).Close();
return (args.Contains("--environments") ? EnvironmentRun.Run(only) : SuiteRun.Run(only)).Close();

static bool Build() =>
    Command.Show("dotnet", ["build", Path.Combine(Repository.Root, "BekenImage.sln"), "-c", "Release", "--nologo", "-v", "minimal"]) == 0;
