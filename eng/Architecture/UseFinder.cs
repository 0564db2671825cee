using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace BekenImage.Architecture;

/// <summary>
/// Finds every mention of a symbol that another room declares: names, and what is called without a name (constructors, operators,
/// conversions, indexers, enumerators, deconstruction). Comments do not count, references from doc comments among them.
/// </summary>
internal sealed class UseFinder
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    private UseFinder(IReadOnlyList<SourceProject> projects)
    {
        foreach (var project in projects)
        {
            string folder = SourceProject.Folder(project.Name);
            foreach (var file in project.Files)
                _places[file.Path] = new Place(project.Name, Rooms.Of(project.Name, file.Path[folder.Length..]));
        }
    }

    /// <summary>Every use that leaves its room, in the order of the files and lines.</summary>
    public static IReadOnlyList<Use> Find(IReadOnlyList<SourceProject> projects) => Find(projects, SourceCompiler.Compile(projects));

    /// <summary>The same for projects that are compiled already.</summary>
    public static IReadOnlyList<Use> Find(IReadOnlyList<SourceProject> projects, IReadOnlyList<CSharpCompilation> compilations)
    {
        var finder = new UseFinder(projects);
        return [.. compilations.SelectMany(finder.In).Distinct()];
    }

    private IEnumerable<Use> In(CSharpCompilation compilation) =>
        compilation.SyntaxTrees.AsParallel().AsOrdered().SelectMany(tree => In(compilation, tree));

    private IEnumerable<Use> In(CSharpCompilation compilation, SyntaxTree tree)
    {
        if (!_places.TryGetValue(tree.FilePath, out var from))
            yield break;
        var model = compilation.GetSemanticModel(tree);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            foreach (var symbol in Mentioned(model, node).SelectMany(Parts))
            {
                foreach (var to in Declared(symbol).Where(to => to != from))
                    yield return new Use(from, to, tree.FilePath, LineOf(node), Print(symbol));
            }
        }
    }

    private static string Print(ISymbol symbol) => symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static IEnumerable<ISymbol?> Mentioned(SemanticModel model, SyntaxNode node)
    {
        // Without a symbol there may be candidates: a method group inside nameof.
        var info = model.GetSymbolInfo(node);
        foreach (var symbol in info.Symbol is null ? info.CandidateSymbols : [info.Symbol])
            yield return symbol;

        switch (node)
        {
            case CommonForEachStatementSyntax loop:
                var each = model.GetForEachStatementInfo(loop);
                yield return each.GetEnumeratorMethod;
                yield return each.CurrentProperty;
                yield return each.CurrentConversion.MethodSymbol;
                yield return each.ElementConversion.MethodSymbol;
                if (loop is ForEachVariableStatementSyntax variables)
                {
                    foreach (var method in Methods(model.GetDeconstructionInfo(variables)))
                        yield return method;
                }
                break;
            case AssignmentExpressionSyntax assignment:
                foreach (var method in Methods(model.GetDeconstructionInfo(assignment)))
                    yield return method;
                break;
            case RecursivePatternSyntax pattern when model.GetOperation(pattern) is IRecursivePatternOperation match:
                yield return match.DeconstructSymbol;
                yield return match.MatchedType;
                break;
        }

        if (node is ExpressionSyntax expression)
        {
            yield return model.GetConversion(expression).MethodSymbol;
            if (expression is CollectionExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression })
                yield return model.GetTypeInfo(expression).ConvertedType;
        }
    }

    private static IEnumerable<ISymbol?> Methods(DeconstructionInfo info) =>
        info.Nested.SelectMany(Methods).Append(info.Method).Append(info.Conversion?.MethodSymbol);

    // What a symbol is made of: `var` may stand for an array, or for a list of something.
    private static IEnumerable<ISymbol> Parts(ISymbol? symbol) => symbol switch
    {
        null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or ILabelSymbol or ITypeParameterSymbol => [],
        IAliasSymbol alias => Parts(alias.Target),
        IArrayTypeSymbol array => Parts(array.ElementType),
        IPointerTypeSymbol pointer => Parts(pointer.PointedAtType),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.SelectMany(element => Parts(element.Type)),
        INamedTypeSymbol type => type.TypeArguments.SelectMany(Parts).Prepend(type.OriginalDefinition),
        IMethodSymbol { ReducedFrom: { } extension } => [extension.OriginalDefinition],
        _ => [symbol.OriginalDefinition],
    };

    private IEnumerable<Place> Declared(ISymbol symbol)
    {
        // What the compiler adds to a type (a constructor, an equality) is declared where the type is.
        var declared = symbol;
        while (declared.DeclaringSyntaxReferences.IsEmpty && declared.ContainingType is { } type)
            declared = type;
        return declared.DeclaringSyntaxReferences
            .Select(reference => _places.TryGetValue(reference.SyntaxTree.FilePath, out var place) ? (Place?)place : null)
            .OfType<Place>()
            .Distinct();
    }
}
