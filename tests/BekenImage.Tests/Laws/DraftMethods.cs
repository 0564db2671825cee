using System.Reflection;

namespace BekenImage.Tests.Laws;

/// <summary>Every public method that makes a draft of a draft, extensions in other rooms included: what edits, as its signature.</summary>
internal static class DraftMethods
{
    public static IEnumerable<string> All => OfTheDraft.Concat(Extensions).Order(StringComparer.Ordinal);

    private static IEnumerable<string> OfTheDraft => typeof(ImageDraft).GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Where(method => method.ReturnType == typeof(ImageDraft)).Select(method => Signature(method, 0));

    private static IEnumerable<string> Extensions => typeof(ImageDraft).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: true })
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
        .Where(method => method.ReturnType == typeof(ImageDraft) && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(ImageDraft))
        .Select(method => Signature(method, 1));

    private static string Signature(MethodInfo method, int skip) =>
        $"{method.Name}({string.Join(", ", method.GetParameters().Skip(skip).Select(parameter => parameter.ParameterType.Name))})";
}
