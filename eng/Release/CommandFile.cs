namespace BekenImage.Release;

/// <summary>The command as one file that needs nothing: native for the system of this machine, for others trimmed with its runtime.</summary>
internal sealed class CommandFile(string system) : IPart
{
    private const string Project = "src/BekenImage.Cli";

    public static readonly IReadOnlyList<string> Systems = ["linux-x64", "linux-arm64", "osx-arm64", "win-x64"];

    public string Name => system;

    private bool IsWindows => system.StartsWith("win", StringComparison.Ordinal);

    /// <summary>The words that publish the command for a system; how it is made follows.</summary>
    public static IReadOnlyList<string> PublishLine(string system, string output) => ["publish", Project, $"-p:BekenSystem={system}", "-o", output];

    public IReadOnlyList<Product> Make(Build build)
    {
        bool isNative = system == NativeLinker.System;
        IReadOnlyList<string> properties = !isNative ? ["-p:BekenSingleFile=true"] : NativeLinker.Properties() ??
            throw new ReleaseException($"{system} is made as a native file here, and there is neither clang nor gcc to link it");
        string published = Path.Combine(build.Work, system);
        build.Dotnet([.. PublishLine(system, published), .. properties]);

        string name = build.ArchiveName(system);
        string program = IsWindows ? "bekenimage.exe" : "bekenimage";
        ArchiveEntry[] entries =
        [
            ArchiveEntry.FromFile($"{name}/{program}", Path.Combine(published, IsWindows ? "BekenImage.Cli.exe" : "BekenImage.Cli"), isExecutable: true),
            ArchiveEntry.FromFile($"{name}/LICENSE", Path.Combine(build.Sources, "LICENSE")),
            ArchiveEntry.FromFile($"{name}/README.md", Path.Combine(build.Sources, Project, "README.md")),
            ArchiveEntry.FromText($"{name}/THIRD-PARTY-NOTICES.txt", ThirdPartyNotices.Of(Path.Combine(build.Sources, Project, "obj", "project.assets.json"), system)),
        ];
        string file = IsWindows ? name + ".zip" : name + ".tar.gz";
        using var stream = File.Create(Path.Combine(build.Output, file));
        if (IsWindows)
            Archive.WriteZip(stream, entries, build.Time);
        else
            Archive.WriteTarGz(stream, entries, build.Time);
        return [new Product(file, $"the command for {system}, {(isNative ? "a native file" : "one file with the runtime in it")}")];
    }
}
