namespace BekenImage.Release;

/// <summary>The whole of it: a copy of the sources in a folder of its own, each part built there, the sums and the notes; then the folder appears.</summary>
internal static class ReleaseRun
{
    public static int Run(ReleaseOptions options)
    {
        using var folder = new WholeFolder(options.Output);
        var sources = SourceTree.Examine(Repository.Root, options.AllowDirty);
        string work = Directory.CreateTempSubdirectory("beken-release-").FullName;
        // The programs that run get the signal too: the one under way fails, and what was made so far is taken away.
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
        try
        {
            string copy = Path.Combine(work, "source");
            SourceTree.Copy(copy);
            string version = ProjectVersion.Read(copy);
            Console.WriteLine($"BekenImage {version} from {sources.Name}");
            var build = new Build(copy, Path.Combine(work, "made"), folder.Place, version, sources.Time, options.ToolSystems);
            IReadOnlyList<Product> products = [.. Parts.Of(options.Parts, copy).SelectMany(part => Make(part, build))];
            MachinePaths.Refuse([build.Work, build.Output], [work, Repository.Root]);
            var changelog = Changelog.Read(Path.Combine(copy, "CHANGELOG.md"), version);
            if (!changelog.IsOfVersion)
                Console.WriteLine($"CHANGELOG.md has no section {version}: the notes are those of what is not released");
            File.WriteAllText(Path.Combine(folder.Place, ReleaseNotes.FileName), ReleaseNotes.Render(version, sources, products, folder.Place, changelog));
            File.WriteAllText(Path.Combine(folder.Place, Sha256Sums.FileName), Sha256Sums.Of(folder.Place));
            folder.Complete();
            Console.WriteLine($"{products.Count} files, {ReleaseNotes.FileName} and {Sha256Sums.FileName} are in {options.Output}");
            return 0;
        }
        finally
        {
            if (options.Keep)
                Console.WriteLine($"what was made on the way is in {work}");
            else
                SourceTree.Delete(work);
        }
    }

    private static IReadOnlyList<Product> Make(IPart part, Build build)
    {
        Console.WriteLine($"{part.Name}:");
        IReadOnlyList<Product> products = part.Make(build);
        foreach (var product in products)
            Console.WriteLine($"    {product.File}");
        return products;
    }
}
