using System.Runtime.InteropServices;

namespace BekenImage.TestRun.Packages;

/// <summary>
/// The packages as strangers get them: packed twice in two folders and compared, looked into, restored into new projects of each framework
/// from a folder, with a package cache of their own, and used; the tool installed and run; the command as a native file held against it.
/// </summary>
internal static class PackagesRun
{
    /// <param name="properties">For every pack, <c>-p:NAME=VALUE</c>.</param>
    /// <param name="given">A folder of packages to use instead of packing; null for packing.</param>
    /// <param name="keep">Leaves the work folder, for a look.</param>
    public static Tally Run(string[] properties, string? given, bool keep)
    {
        var checks = new Checks();
        string work = Directory.CreateTempSubdirectory("beken-packages-").FullName;
        string system = RuntimeInformation.RuntimeIdentifier;
        try
        {
            string feed = given ?? Path.Combine(work, "feed"), one = Path.Combine(work, "one");
            if (given is null && !PackTwice(checks, new Packer([.. properties, $"-p:BekenToolSystems={system}"]), one, feed, work))
                return checks.Tally;
            if (!checks.That("the packages are there", PackageContents.Lacking(feed)))
                return checks.Tally;
            PackageContents.Check(checks, feed, [Repository.Root, work]);

            var consumers = new Consumers(checks, work, feed);
            consumers.Use("net10.0", library: false);
            consumers.Use("net8.0", library: false);
            consumers.Use("net472", library: false);
            consumers.Use("net10.0", library: true);
            consumers.Use("net472", library: true);
            if (ToolPackage.Check(checks, work, feed, system) is { } tool && given is null)
                NativeCommand.Check(checks, work, one, system, properties, tool);
            return checks.Tally;
        }
        finally
        {
            if (keep)
                Console.WriteLine($"what was made is in {work}");
            else
                Directory.Delete(work, recursive: true);
        }
    }

    // Folders of different length and depth: a path that leaks changes more than itself. Both are made first: a commit between would be a
    // difference.
    private static bool PackTwice(Checks checks, Packer packer, string one, string feed, string work)
    {
        string again = Path.Combine(work, "again"), other = Path.Combine(work, "another folder", "b");
        SourceTree.Copy(one);
        SourceTree.Copy(other);
        if (!packer.Pack(checks, one, feed) || !packer.Pack(checks, other, again))
            return false;
        checks.That("both packs are the same bytes", PackageCompare.Differences(feed, again));
        return true;
    }
}
