using System.Runtime.InteropServices;

namespace BekenImage.TestRun.Packages;

/// <summary>
/// The packages as strangers get them: packed twice in two folders and compared, looked into, restored into new projects of each framework
/// from a folder, with a package cache of their own, and used; the tool installed and run; the command as a native file held against it.
/// </summary>
internal static class PackagesRun
{
    /// <param name="properties">For every pack, <c>-p:NAME=VALUE</c>.</param>
    /// <param name="keep">Leaves the work folder, for a look.</param>
    public static Tally Run(string[] properties, bool keep)
    {
        var checks = new Checks();
        string work = Directory.CreateTempSubdirectory("beken-packages-").FullName;
        string system = RuntimeInformation.RuntimeIdentifier;
        try
        {
            string feed = Path.Combine(work, "feed");
            string again = Path.Combine(work, "again");
            var packer = new Packer([.. properties, $"-p:BekenToolSystems={system}"]);
            if (!packer.Pack(checks, Path.Combine(work, "one"), feed) || !packer.Pack(checks, Path.Combine(work, "another folder", "b"), again))
                return checks.Tally;
            checks.That("both packs are the same bytes", PackageCompare.Differences(feed, again));
            PackageContents.Check(checks, feed, [Path.Combine(work, "one"), Repository.Root, work]);

            var consumers = new Consumers(checks, work, feed);
            consumers.Use("net10.0", library: false);
            consumers.Use("net8.0", library: false);
            consumers.Use("net472", library: false);
            consumers.Use("net10.0", library: true);
            consumers.Use("net472", library: true);
            if (ToolPackage.Check(checks, work, feed, system) is { } tool)
                NativeCommand.Check(checks, work, Path.Combine(work, "one"), system, properties, tool);
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
}
