namespace BekenImage.Release;

/// <summary>What is asked for.</summary>
/// <param name="Output">The folder that is made.</param>
/// <param name="Parts">The parts by name; null for all there are.</param>
/// <param name="ToolSystems">The systems with a tool package of their own, with commas between them; null for those of Publishing.props.</param>
/// <param name="AllowDirty">Whether what is not committed is taken.</param>
/// <param name="Keep">Whether the folder of work stays.</param>
internal sealed record ReleaseOptions(string Output, IReadOnlyList<string>? Parts, string? ToolSystems, bool AllowDirty, bool Keep);
