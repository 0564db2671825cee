using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace BekenImage.Mutation;

/// <summary>
/// How an expression goes wrong. <c>Make</c> gets the call that asks the switch and the expression as it is by now (with the mutants inside it),
/// and gives the expression that is one or the other.
/// </summary>
internal sealed record Change(string Words, Func<ExpressionSyntax, ExpressionSyntax, ExpressionSyntax> Make);

/// <summary>The usual operators of mutation, for expressions.</summary>
internal sealed class Operators(SemanticModel model, bool texts)
{
    private static readonly Dictionary<SyntaxKind, SyntaxKind[]> Binary = new()
    {
        [SyntaxKind.AddExpression] = [SyntaxKind.SubtractExpression],
        [SyntaxKind.SubtractExpression] = [SyntaxKind.AddExpression],
        [SyntaxKind.MultiplyExpression] = [SyntaxKind.DivideExpression],
        [SyntaxKind.DivideExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.ModuloExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.LeftShiftExpression] = [SyntaxKind.RightShiftExpression],
        [SyntaxKind.RightShiftExpression] = [SyntaxKind.LeftShiftExpression],
        [SyntaxKind.UnsignedRightShiftExpression] = [SyntaxKind.LeftShiftExpression],
        [SyntaxKind.BitwiseAndExpression] = [SyntaxKind.BitwiseOrExpression],
        [SyntaxKind.BitwiseOrExpression] = [SyntaxKind.BitwiseAndExpression],
        [SyntaxKind.ExclusiveOrExpression] = [SyntaxKind.BitwiseAndExpression],
        [SyntaxKind.LessThanExpression] = [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanOrEqualExpression],
        [SyntaxKind.LessThanOrEqualExpression] = [SyntaxKind.LessThanExpression, SyntaxKind.GreaterThanExpression],
        [SyntaxKind.GreaterThanExpression] = [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanOrEqualExpression],
        [SyntaxKind.GreaterThanOrEqualExpression] = [SyntaxKind.GreaterThanExpression, SyntaxKind.LessThanExpression],
        [SyntaxKind.EqualsExpression] = [SyntaxKind.NotEqualsExpression],
        [SyntaxKind.NotEqualsExpression] = [SyntaxKind.EqualsExpression],
    };

    private static readonly Dictionary<SyntaxKind, SyntaxKind> Assignments = new()
    {
        [SyntaxKind.AddAssignmentExpression] = SyntaxKind.SubtractAssignmentExpression,
        [SyntaxKind.SubtractAssignmentExpression] = SyntaxKind.AddAssignmentExpression,
        [SyntaxKind.LeftShiftAssignmentExpression] = SyntaxKind.RightShiftAssignmentExpression,
        [SyntaxKind.RightShiftAssignmentExpression] = SyntaxKind.LeftShiftAssignmentExpression,
        [SyntaxKind.AndAssignmentExpression] = SyntaxKind.OrAssignmentExpression,
        [SyntaxKind.OrAssignmentExpression] = SyntaxKind.AndAssignmentExpression,
        [SyntaxKind.ExclusiveOrAssignmentExpression] = SyntaxKind.OrAssignmentExpression,
    };

    private static readonly Dictionary<string, string> Calls = new(StringComparer.Ordinal)
    {
        ["Min"] = "Max", ["Max"] = "Min", ["Any"] = "All", ["All"] = "Any", ["First"] = "Last", ["Last"] = "First",
        ["FirstOrDefault"] = "LastOrDefault", ["LastOrDefault"] = "FirstOrDefault", ["Skip"] = "Take", ["Take"] = "Skip",
        ["TakeWhile"] = "SkipWhile", ["SkipWhile"] = "TakeWhile", ["OrderBy"] = "OrderByDescending", ["OrderByDescending"] = "OrderBy",
        ["StartsWith"] = "EndsWith", ["EndsWith"] = "StartsWith", ["IndexOf"] = "LastIndexOf", ["LastIndexOf"] = "IndexOf",
        ["MinBy"] = "MaxBy", ["MaxBy"] = "MinBy",
    };

    private static readonly HashSet<string> Droppable = new(StringComparer.Ordinal) { "Where", "Concat", "Append", "Prepend", "Distinct", "Reverse" };

    public IEnumerable<Change> Of(ExpressionSyntax node) => IsInConditionalAccess(node) ? [] : node switch
    {
        BinaryExpressionSyntax binary => OfBinary(binary),
        LiteralExpressionSyntax literal => OfLiteral(literal),
        PrefixUnaryExpressionSyntax prefix => OfPrefix(prefix),
        PostfixUnaryExpressionSyntax postfix => OfPostfix(postfix),
        AssignmentExpressionSyntax assignment => OfAssignment(assignment),
        IsPatternExpressionSyntax pattern => OfPattern(pattern),
        InvocationExpressionSyntax call => OfCall(call).Concat(OfCondition(call)),
        MemberAccessExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax => OfCondition(node),
        _ => [],
    };

    private IEnumerable<Change> OfBinary(BinaryExpressionSyntax node)
    {
        string left = Short(node.Left), right = Short(node.Right);
        if (node.IsKind(SyntaxKind.LogicalAndExpression))
        {
            yield return new Change($"{left} && {right}: right is true", (on, now) =>
                ((BinaryExpressionSyntax)now).WithRight(Together(SyntaxKind.LogicalOrExpression, on, ((BinaryExpressionSyntax)now).Right)));
            yield return new Change($"{left} && {right}: left is true", (on, now) =>
                ((BinaryExpressionSyntax)now).WithLeft(Together(SyntaxKind.LogicalOrExpression, on, ((BinaryExpressionSyntax)now).Left)));
        }
        else if (node.IsKind(SyntaxKind.LogicalOrExpression))
        {
            yield return new Change($"{left} || {right}: right is false", (on, now) =>
                ((BinaryExpressionSyntax)now).WithRight(Together(SyntaxKind.LogicalAndExpression, Not(on), ((BinaryExpressionSyntax)now).Right)));
            yield return new Change($"{left} || {right}: left is false", (on, now) =>
                ((BinaryExpressionSyntax)now).WithLeft(Together(SyntaxKind.LogicalAndExpression, Not(on), ((BinaryExpressionSyntax)now).Left)));
        }
        else if (node.IsKind(SyntaxKind.CoalesceExpression))
        {
            if (node.Right is not ThrowExpressionSyntax && !Declares(node.Right))
                yield return Instead($"{left} ?? {right}: the right one", node.Right);
        }
        else if (Binary.TryGetValue(node.Kind(), out var others) && !Declares(node) && model.GetTypeInfo(node).Type?.SpecialType != SpecialType.System_String)
        {
            foreach (var other in others)
            {
                var mutated = BinaryExpression(other, node.Left, Token(TokenOf(other)).WithTriviaFrom(node.OperatorToken), node.Right);
                yield return Instead($"{Short(node)}: {Token(TokenOf(other))}", mutated);
            }
        }
    }

    private IEnumerable<Change> OfLiteral(LiteralExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.TrueLiteralExpression) || node.IsKind(SyntaxKind.FalseLiteralExpression))
        {
            bool was = node.IsKind(SyntaxKind.TrueLiteralExpression);
            yield return Instead($"{Around(node)}: {(was ? "false" : "true")}", LiteralExpression(was ? SyntaxKind.FalseLiteralExpression : SyntaxKind.TrueLiteralExpression));
        }
        else if (node.IsKind(SyntaxKind.NumericLiteralExpression) && model.GetTypeInfo(node).ConvertedType is { } type && More(node.Token.Value) is { } more)
        {
            string name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
            yield return new Change($"{Around(node)}: {more}", (on, now) =>
                Choose(on, ParseExpression($"({name})({more})"), ParseExpression($"({name})({node})")));
        }
        else if (texts && node.IsKind(SyntaxKind.StringLiteralExpression))
        {
            yield return Instead($"{Around(node)}: another text", ParseExpression(node.Token.ValueText.Length == 0 ? "\"x\"" : "\"\""));
        }
        else if (texts && node.IsKind(SyntaxKind.Utf8StringLiteralExpression))
        {
            yield return Instead($"{Around(node)}: another text", ParseExpression("\"x\"u8"));
        }
    }

    private static string? More(object? value) => value switch
    {
        int and int.MaxValue => null,
        int number => $"{number + 1}",
        uint and uint.MaxValue => "0xFFFFFFFEu",
        uint number => $"{number + 1}u",
        long and long.MaxValue => null,
        long number => $"{number + 1}L",
        ulong and ulong.MaxValue => "0xFFFFFFFFFFFFFFFEul",
        ulong number => $"{number + 1}ul",
        double number => FormattableString.Invariant($"{number * 1.5 + 1:R}d"),
        _ => null,
    };

    private IEnumerable<Change> OfPrefix(PrefixUnaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.LogicalNotExpression))
            yield return Turned(node);
        else if (node.IsKind(SyntaxKind.UnaryMinusExpression) || node.IsKind(SyntaxKind.BitwiseNotExpression))
            yield return Instead($"{Short(node)}: without", node.Operand);
        else if (node.IsKind(SyntaxKind.PreIncrementExpression))
            yield return Instead($"{Around(node)}: --", PrefixUnaryExpression(SyntaxKind.PreDecrementExpression, node.Operand));
        else if (node.IsKind(SyntaxKind.PreDecrementExpression))
            yield return Instead($"{Around(node)}: ++", PrefixUnaryExpression(SyntaxKind.PreIncrementExpression, node.Operand));
    }

    private static IEnumerable<Change> OfPostfix(PostfixUnaryExpressionSyntax node)
    {
        // A statement or the step of a loop has to stay an assignment.
        bool statement = node.Parent is ExpressionStatementSyntax or ForStatementSyntax;
        if (node.IsKind(SyntaxKind.PostIncrementExpression) && !statement)
            yield return Instead($"{Around(node)}: --", PostfixUnaryExpression(SyntaxKind.PostDecrementExpression, node.Operand));
        else if (node.IsKind(SyntaxKind.PostDecrementExpression) && !statement)
            yield return Instead($"{Around(node)}: ++", PostfixUnaryExpression(SyntaxKind.PostIncrementExpression, node.Operand));
    }

    // Here the statement around it becomes "if (on) a -= b; else a += b;": StatementChanges does it.
    private static IEnumerable<Change> OfAssignment(AssignmentExpressionSyntax node) => [];

    /// <summary>The other assignment of a statement, where there is one.</summary>
    public static (ExpressionSyntax Mutated, string Words)? OtherAssignment(ExpressionSyntax node)
    {
        if (node is AssignmentExpressionSyntax assignment && Assignments.TryGetValue(node.Kind(), out var other))
            return (AssignmentExpression(other, assignment.Left, assignment.Right), $"{Short(node)}: the other way");
        if (node is PostfixUnaryExpressionSyntax postfix && node.IsKind(SyntaxKind.PostIncrementExpression))
            return (PostfixUnaryExpression(SyntaxKind.PostDecrementExpression, postfix.Operand), $"{Short(node)}: --");
        if (node is PostfixUnaryExpressionSyntax down && node.IsKind(SyntaxKind.PostDecrementExpression))
            return (PostfixUnaryExpression(SyntaxKind.PostIncrementExpression, down.Operand), $"{Short(node)}: ++");
        return null;
    }

    private IEnumerable<Change> OfPattern(IsPatternExpressionSyntax node)
    {
        if (Declares(node))
            yield break;
        yield return Turned(node);
        foreach (var relation in node.DescendantNodes().OfType<RelationalPatternSyntax>())
        {
            var other = relation.OperatorToken.Kind() switch
            {
                SyntaxKind.LessThanToken => SyntaxKind.LessThanEqualsToken,
                SyntaxKind.LessThanEqualsToken => SyntaxKind.LessThanToken,
                SyntaxKind.GreaterThanToken => SyntaxKind.GreaterThanEqualsToken,
                _ => SyntaxKind.GreaterThanToken,
            };
            yield return Instead($"{Short(node)}: {Token(other)} in {relation}", node.ReplaceNode(relation, relation.WithOperatorToken(Token(other))));
        }
        foreach (var literal in node.Pattern.DescendantNodes().OfType<LiteralExpressionSyntax>().Where(one => one.IsKind(SyntaxKind.NumericLiteralExpression)))
        {
            if (More(literal.Token.Value) is { } more)
                yield return Instead($"{Short(node)}: {more} for {literal}", node.ReplaceNode(literal, ParseExpression(more)));
        }
    }

    private static IEnumerable<Change> OfCall(InvocationExpressionSyntax node)
    {
        if (node.Expression is not MemberAccessExpressionSyntax member || Declares(node))
            yield break;
        string name = member.Name.Identifier.Text;
        if (Calls.TryGetValue(name, out string? other) && !(name == "Any" && node.ArgumentList.Arguments.Count == 0))
        {
            var renamed = member.Name is GenericNameSyntax generic ? generic.WithIdentifier(Identifier(other)) : (SimpleNameSyntax)IdentifierName(other);
            yield return Instead($"{Short(node)}: {other}", node.WithExpression(member.WithName(renamed)));
        }
        if (Droppable.Contains(name))
            yield return Instead($"{Short(node)}: without {name}", member.Expression);
    }

    // What is asked as a condition and is no operator: turned around.
    private IEnumerable<Change> OfCondition(ExpressionSyntax node)
    {
        bool condition = node.Parent switch
        {
            IfStatementSyntax at => at.Condition == node,
            WhileStatementSyntax at => at.Condition == node,
            ConditionalExpressionSyntax at => at.Condition == node,
            ReturnStatementSyntax or ArrowExpressionClauseSyntax => true,
            LambdaExpressionSyntax at => at.Body == node,
            _ => false,
        };
        if (condition && model.GetTypeInfo(node) is { Type.SpecialType: SpecialType.System_Boolean, ConvertedType.SpecialType: SpecialType.System_Boolean })
            yield return Turned(node);
    }

    private static Change Turned(ExpressionSyntax node) => new($"{Short(node)}: turned", (on, now) => Together(SyntaxKind.ExclusiveOrExpression, on, now));

    private static Change Instead(string words, ExpressionSyntax mutated) => new(words, (on, now) => Choose(on, mutated, now));

    private static ExpressionSyntax Choose(ExpressionSyntax on, ExpressionSyntax mutated, ExpressionSyntax now) => ParenthesizedExpression(
        ConditionalExpression(on, ParenthesizedExpression(mutated.WithoutTrivia()), ParenthesizedExpression(now.WithoutTrivia())));

    private static ExpressionSyntax Together(SyntaxKind kind, ExpressionSyntax on, ExpressionSyntax now) =>
        ParenthesizedExpression(BinaryExpression(kind, on, ParenthesizedExpression(now.WithoutTrivia())));

    private static ExpressionSyntax Not(ExpressionSyntax on) => PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, on);

    /// <summary>Whether a name is born in it that lives outside: twice the same would not compile.</summary>
    public static bool Declares(SyntaxNode node) => node.DescendantNodesAndSelf(one => one is not LambdaExpressionSyntax)
        .Any(one => one is SingleVariableDesignationSyntax);

    // What begins with the dot of a "?." cannot stand alone.
    private static bool IsInConditionalAccess(ExpressionSyntax node) => node switch
    {
        MemberBindingExpressionSyntax or ElementBindingExpressionSyntax => true,
        MemberAccessExpressionSyntax at => IsInConditionalAccess(at.Expression),
        InvocationExpressionSyntax at => IsInConditionalAccess(at.Expression),
        ElementAccessExpressionSyntax at => IsInConditionalAccess(at.Expression),
        _ => false,
    };

    private static SyntaxKind TokenOf(SyntaxKind expression) => expression switch
    {
        SyntaxKind.AddExpression => SyntaxKind.PlusToken,
        SyntaxKind.SubtractExpression => SyntaxKind.MinusToken,
        SyntaxKind.MultiplyExpression => SyntaxKind.AsteriskToken,
        SyntaxKind.DivideExpression => SyntaxKind.SlashToken,
        SyntaxKind.LeftShiftExpression => SyntaxKind.LessThanLessThanToken,
        SyntaxKind.RightShiftExpression => SyntaxKind.GreaterThanGreaterThanToken,
        SyntaxKind.BitwiseAndExpression => SyntaxKind.AmpersandToken,
        SyntaxKind.BitwiseOrExpression => SyntaxKind.BarToken,
        SyntaxKind.LessThanExpression => SyntaxKind.LessThanToken,
        SyntaxKind.LessThanOrEqualExpression => SyntaxKind.LessThanEqualsToken,
        SyntaxKind.GreaterThanExpression => SyntaxKind.GreaterThanToken,
        SyntaxKind.GreaterThanOrEqualExpression => SyntaxKind.GreaterThanEqualsToken,
        SyntaxKind.EqualsExpression => SyntaxKind.EqualsEqualsToken,
        SyntaxKind.NotEqualsExpression => SyntaxKind.ExclamationEqualsToken,
        _ => throw new ArgumentOutOfRangeException(nameof(expression)),
    };

    private static string Around(ExpressionSyntax node) =>
        $"{node} in {Short(node.Ancestors().FirstOrDefault(one => one is StatementSyntax or MemberDeclarationSyntax or SwitchExpressionArmSyntax or ArgumentSyntax or BinaryExpressionSyntax) ?? node)}";

    public static string Short(SyntaxNode node)
    {
        string text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 100 ? text : text[..100] + "…";
    }
}
