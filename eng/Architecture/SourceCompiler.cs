using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BekenImage.Architecture;

/// <summary>
/// Compiles the projects in memory as their net10.0 builds do. The sources have to compile: a name the compiler does not know would be an
/// arrow nobody sees.
/// </summary>
internal static class SourceCompiler
{
    private static readonly ConditionalWeakTable<CSharpCompilation, Lazy<ImmutableArray<Diagnostic>>> Known = new();

    // What ImplicitUsings adds to each project.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    private const string AddedFile = "(added)";

    private static readonly string[] Symbols =
        ["NET", "NET10_0", .. Enumerable.Range(5, 6).Select(version => $"NET{version}_0_OR_GREATER"), "NETCOREAPP", "RELEASE"];

    private static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.Diagnose, SourceCodeKind.Regular, Symbols);

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Platform = new(FindPlatform);

    /// <summary>A compilation for each project, in the order in which they build.</summary>
    public static IReadOnlyList<CSharpCompilation> Compile(IReadOnlyList<SourceProject> projects)
    {
        var done = new Dictionary<string, CSharpCompilation>(StringComparer.Ordinal);
        var order = new List<CSharpCompilation>();
        foreach (var project in projects)
            Compile(project, projects, done, order, []);
        return order;
    }

    private static void Compile(
        SourceProject project,
        IReadOnlyList<SourceProject> projects,
        Dictionary<string, CSharpCompilation> done,
        List<CSharpCompilation> order,
        HashSet<string> begun)
    {
        if (done.ContainsKey(project.Name))
            return;
        if (!begun.Add(project.Name))
            throw new InvalidDataException($"{project.Name} is referenced by a project it references.");
        var below = Reachable(project, projects);
        foreach (var other in below)
            Compile(other, projects, done, order, begun);

        string common = ImplicitUsings + string.Concat(project.Friends.Select(
            friend => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend}\")]\n"));
        var trees = project.Files.Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path))
            .Append(CSharpSyntaxTree.ParseText(common, ParseOptions, AddedFile));
        var compilation = CSharpCompilation.Create(
            project.Name,
            trees,
            [.. Platform.Value, .. below.Select(other => done[other.Name].ToMetadataReference())],
            new CSharpCompilationOptions(OutputKind(project), allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        if (DiagnosticsOf(compilation).FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
            throw new InvalidDataException($"{project.Name} does not compile here: {error}");
        done.Add(project.Name, compilation);
        order.Add(compilation);
    }

    /// <summary>Usings nothing in their file needs; needed by a doc comment is needed.</summary>
    public static IEnumerable<string> UnneededUsings(CSharpCompilation compilation) => DiagnosticsOf(compilation)
        .Where(diagnostic => diagnostic.Id == "CS8019" && diagnostic.Location.SourceTree!.FilePath != AddedFile)
        .Select(diagnostic => $"{diagnostic.Location.SourceTree!.FilePath}:{diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}");

    // Binding every method costs most of the time, and is asked for twice.
    private static ImmutableArray<Diagnostic> DiagnosticsOf(CSharpCompilation compilation) =>
        Known.GetValue(compilation, key => new(() => key.GetDiagnostics())).Value;

    // References go on to the projects behind them, as in the build.
    private static List<SourceProject> Reachable(SourceProject project, IReadOnlyList<SourceProject> projects)
    {
        var found = new List<SourceProject>();
        var open = new Queue<SourceProject>([project]);
        while (open.TryDequeue(out var next))
        {
            foreach (var other in projects.Where(other => next.References.Contains(other.Name) && !found.Contains(other)))
            {
                found.Add(other);
                open.Enqueue(other);
            }
        }
        return found;
    }

    private static OutputKind OutputKind(SourceProject project) =>
        project.Files.Any(file => file.Path == SourceProject.Folder(project.Name) + "Program.cs")
            ? Microsoft.CodeAnalysis.OutputKind.ConsoleApplication
            : Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary;

    // The framework and the packages this program was started with; our own assemblies come from the sources.
    private static IReadOnlyList<MetadataReference> FindPlatform() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith(Rooms.Library, StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];
}
