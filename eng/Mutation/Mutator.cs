using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BekenImage.Mutation;

/// <summary>
/// Puts every mutant of a file into it, each behind the switch. A number once given stays: what does not compile is left out on the next pass.
/// </summary>
internal sealed class Mutator(string file, SemanticModel model, bool texts, int firstId, IReadOnlySet<int> leftOut) : CSharpSyntaxRewriter
{
    public const string Mark = "mutant";

    /// <summary>The most numbers of one table that are mutated: the others are of the same kind.</summary>
    private const int MostOfATable = 8;

    private readonly Operators _operators = new(model, texts);
    private readonly List<Mutant> _mutants = [];
    private int _next = firstId;

    public IReadOnlyList<Mutant> Mutants => _mutants;

    public int Next => _next;

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is null || IsOut(node))
            return node;
        var now = base.Visit(node);
        if (node is ExpressionSyntax expression && now is ExpressionSyntax current)
        {
            foreach (var change in _operators.Of(expression))
                current = Put(node, change.Words, on => change.Make(on, current)) ?? current;
            return current;
        }
        if (node is StatementSyntax statement && now is StatementSyntax currentStatement)
            return OfStatement(statement, currentStatement);
        return now;
    }

    /// <summary>A constant becomes a property, so that it can be another; where a constant is needed, that does not compile, and it stays.</summary>
    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        if (!node.Modifiers.Any(SyntaxKind.ConstKeyword))
            return base.VisitFieldDeclaration(node);
        if (node.Declaration.Variables is not [{ Initializer.Value: { } value } variable] || model.GetDeclaredSymbol(variable) is not IFieldSymbol { HasConstantValue: true } field
            || field.ConstantValue is not (byte or ushort or short or int or uint or long or ulong))
            return node;
        string type = field.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string modifiers = string.Join(' ', node.Modifiers.Where(one => !one.IsKind(SyntaxKind.ConstKeyword)).Select(one => one.Text));
        return Put(node, $"{Operators.Short(node.Declaration)}: one more", on => ParseMemberDeclaration(
            $"{modifiers} static {type} {variable.Identifier} => {on} ? ({type})(({value}) + 1) : ({type})({value});")!) ?? node;
    }

    private SyntaxNode OfStatement(StatementSyntax node, StatementSyntax now)
    {
        if (node is IfStatementSyntax)
            return now;
        if (node is ExpressionStatementSyntax { Expression: var expression } && Operators.OtherAssignment(expression) is var (mutated, words))
        {
            now = Put(node, words, on => Block(IfStatement(on, Block(ExpressionStatement(mutated)), ElseClause(Block(now.WithoutTrivia()))))) ?? now;
        }
        bool removable = node switch
        {
            ExpressionStatementSyntax at => at.Expression is InvocationExpressionSyntax or AssignmentExpressionSyntax && !Operators.Declares(at),
            ContinueStatementSyntax or BreakStatementSyntax => true,
            ReturnStatementSyntax at => at.Expression is null,
            YieldStatementSyntax at => at.Expression is not null,
            ThrowStatementSyntax at => at.Expression is { } thrown && !thrown.ToString().StartsWith("new ArgumentNullException", StringComparison.Ordinal),
            _ => false,
        };
        if (!removable)
            return now;
        return Put(node, $"{Operators.Short(node)}: removed", on =>
            Block(IfStatement(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, on), Block(now.WithoutTrivia())))) ?? now;
    }

    private T? Put<T>(SyntaxNode node, string words, Func<ExpressionSyntax, T> make)
        where T : SyntaxNode
    {
        int id = _next++;
        if (leftOut.Contains(id))
            return null;
        int line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        _mutants.Add(new Mutant(id, file, line, words, IsRunOnce(node)));
        return make(ParseExpression($"global::BekenImage.Mutation.MutantSwitch.Is({id})")).WithAdditionalAnnotations(new SyntaxAnnotation(Mark, $"{id}"));
    }

    private static bool IsRunOnce(SyntaxNode node) => node.Ancestors().Any(one => one switch
    {
        ConstructorDeclarationSyntax at => at.Modifiers.Any(SyntaxKind.StaticKeyword),
        FieldDeclarationSyntax at => at.Modifiers.Any(SyntaxKind.StaticKeyword),
        PropertyDeclarationSyntax at => at.Modifiers.Any(SyntaxKind.StaticKeyword) && at.Initializer is not null,
        _ => false,
    });

    // Where a constant has to stand, and where words are made for people.
    private static bool IsOut(SyntaxNode node) => node switch
    {
        AttributeListSyntax or PatternSyntax or CaseSwitchLabelSyntax or EnumMemberDeclarationSyntax or InterpolatedStringExpressionSyntax => true,
        ParameterListSyntax or ArrayRankSpecifierSyntax { Parent.Parent: not ArrayCreationExpressionSyntax and not StackAllocArrayCreationExpressionSyntax } => true,
        LocalDeclarationStatementSyntax at => at.Modifiers.Any(SyntaxKind.ConstKeyword),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } } => true,
        ObjectCreationExpressionSyntax at => at.Type.ToString().EndsWith("Exception", StringComparison.Ordinal),
        ExpressionSyntax { Parent: ExpressionElementSyntax { Parent: CollectionExpressionSyntax table } element } => table.Elements.IndexOf(element) >= MostOfATable && IsNumber(element.Expression),
        ExpressionSyntax { Parent: InitializerExpressionSyntax table } at => table.Expressions.IndexOf(at) >= MostOfATable && IsNumber(at),
        _ => false,
    };

    private static bool IsNumber(ExpressionSyntax node) => node.IsKind(SyntaxKind.NumericLiteralExpression);
}
