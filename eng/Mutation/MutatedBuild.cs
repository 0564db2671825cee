using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BekenImage.Mutation;

/// <summary>The library with all mutants of an area in it, compiled once, as its own build compiles it.</summary>
internal static class MutatedBuild
{
    private const int MostPasses = 40;

    // The compiler's errors for what is no constant where one has to stand.
    private static readonly HashSet<string> WantsConstant =
        ["CS0019", "CS0029", "CS0031", "CS0034", "CS0133", "CS0150", "CS0182", "CS0221", "CS0266", "CS1503", "CS1736", "CS8346", "CS9135", "CS8352", "CS9203"];

    /// <summary>Compiles, and writes the assembly.</summary>
    /// <returns>The mutants that are in it.</returns>
    public static IReadOnlyList<Mutant> Make(string root, Area area, string output)
    {
        string folder = Path.Combine(root, "src", area.Project);
        var arguments = CompilerArguments.Of(folder, area.Project);
        var trees = arguments.SourceFiles.Select(file => Parse(file.Path, arguments.ParseOptions)).ToList();
        var references = arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(Path.GetFullPath(reference.Reference, folder)));
        var options = arguments.CompilationOptions
            .WithGeneralDiagnosticOption(ReportDiagnostic.Default).WithOptimizationLevel(OptimizationLevel.Release);
        var whole = CSharpCompilation.Create(area.Project, trees, references, options);
        var chosen = trees.Where(tree => area.Files.Any(pattern => Names.Match(pattern, Path.GetRelativePath(folder, tree.FilePath).Replace('\\', '/')))).ToList();
        if (chosen.Count == 0)
            throw new InvalidDataException($"No file of {area.Project} is one of {string.Join(", ", area.Files)}.");

        var leftOut = new HashSet<int>();
        for (int pass = 0; pass < MostPasses; pass++)
        {
            var compilation = whole.AddSyntaxTrees(CSharpSyntaxTree.ParseText(SourceText.From(Resource("MutantSwitch.cs")), arguments.ParseOptions));
            var mutants = new List<Mutant>();
            int next = 0;
            var places = new List<SyntaxTree>();
            foreach (var tree in chosen)
            {
                var mutator = new Mutator(Path.GetRelativePath(root, tree.FilePath).Replace('\\', '/'), whole.GetSemanticModel(tree), area.Texts, next, leftOut);
                var mutated = mutator.Visit(tree.GetRoot())!;
                places.Add(tree.WithRootAndOptions(mutated, tree.Options));
                compilation = compilation.ReplaceSyntaxTree(tree, places[^1]);
                mutants.AddRange(mutator.Mutants);
                next = mutator.Next;
            }
            // The mutated files first: the whole library only where they are in order.
            var errors = ErrorsOf(places.SelectMany(tree => compilation.GetSemanticModel(tree).GetDiagnostics()));
            if (errors.Count == 0)
                errors = ErrorsOf(compilation.GetDiagnostics());
            if (errors.Count == 0)
            {
                Write(compilation, arguments, folder, output);
                Console.Error.WriteLine($"{area.Name}: {mutants.Count} mutants in {chosen.Count} files; {leftOut.Count} more do not compile");
                return mutants;
            }
            int before = leftOut.Count;
            var constants = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().GetAnnotatedNodes(Mutator.Mark)).OfType<PropertyDeclarationSyntax>()
                .ToLookup(property => property.Identifier.Text, property => Ids(property).Single());
            foreach (var error in errors)
                leftOut.UnionWith(Blamed(error, constants));
            if (leftOut.Count == before)
                throw new InvalidDataException($"No mutant is to blame for: {errors[0]}");
        }
        throw new InvalidDataException("The mutants do not come to compile.");
    }

    private static List<Diagnostic> ErrorsOf(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error)];

    // The mutant that is in the way: a constant that is none any more, the mutant around the place, those that touch a name used there, those of the member.
    private static IEnumerable<int> Blamed(Diagnostic error, ILookup<string, int> constants)
    {
        var root = error.Location.SourceTree!.GetRoot();
        var place = root.FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        if (WantsConstant.Contains(error.Id))
        {
            foreach (var around in place.AncestorsAndSelf().TakeWhile(one => one is not BlockSyntax and not TypeDeclarationSyntax))
            {
                if (NamesIn(around).SelectMany(name => constants[name]).ToList() is { Count: > 0 } named)
                    return named;
            }
        }
        if (place.AncestorsAndSelf().SelectMany(Ids).Take(1).ToList() is { Count: > 0 } here)
            return here;
        if (place.DescendantNodes().SelectMany(Ids).ToList() is { Count: > 0 } within)
            return within;
        var member = place.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault() ?? root;
        var names = NamesIn(place).ToHashSet(StringComparer.Ordinal);
        var touching = member.GetAnnotatedNodes(Mutator.Mark).Where(one => NamesIn(one).Any(names.Contains)).SelectMany(Ids).ToList();
        return touching.Count > 0 ? touching : [.. member.DescendantNodesAndSelf().SelectMany(Ids)];
    }

    private static IEnumerable<string> NamesIn(SyntaxNode node) =>
        node.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.Text);

    private static IEnumerable<int> Ids(SyntaxNode node) =>
        node.GetAnnotations(Mutator.Mark).Select(mark => int.Parse(mark.Data!, System.Globalization.CultureInfo.InvariantCulture));

    private static SyntaxTree Parse(string path, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path), System.Text.Encoding.UTF8), options, path);

    private static void Write(CSharpCompilation compilation, CSharpCommandLineArguments arguments, string folder, string output)
    {
        var resources = arguments.ManifestResources;
        using var stream = File.Create(output);
        var result = compilation.Emit(stream, manifestResources: resources);
        if (!result.Success)
            throw new InvalidDataException($"{folder}: {result.Diagnostics.First(one => one.Severity == DiagnosticSeverity.Error)}");
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
