using System.Text.RegularExpressions;

namespace BekenImage.Release;

/// <summary>
/// What is new: the section of a version in CHANGELOG.md; while that is being made, the section of what is not released. Packaging.targets takes
/// the notes of the packages by the same rule.
/// </summary>
/// <param name="Text">The section without its heading.</param>
/// <param name="IsOfVersion">False for what is not released.</param>
internal sealed partial record Changelog(string Text, bool IsOfVersion)
{
    public static Changelog Read(string file, string version) => Parse(File.ReadAllText(file), version);

    /// <exception cref="ReleaseException">It has neither section, or nothing is in it.</exception>
    public static Changelog Parse(string text, string version)
    {
        var sections = Section().Matches(text.ReplaceLineEndings("\n"));
        string? Of(string name) => sections.FirstOrDefault(section => section.Groups["name"].Value == name && section.Groups["text"].Value.Trim().Length > 0)
            ?.Groups["text"].Value.Trim();
        if (Of(version) is { } own)
            return new Changelog(own, true);
        return Of("Unreleased") is { } next ? new Changelog(next, false)
            : throw new ReleaseException($"CHANGELOG.md has no section for {version} and none for what is not released");
    }

    [GeneratedRegex(@"^## \[(?<name>[^\]\n]+)\][^\n]*\n(?<text>.*?)(?=^## \[|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();
}
