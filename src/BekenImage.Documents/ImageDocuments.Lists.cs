using BekenImage.Documents.Outputs;

namespace BekenImage.Documents;

/// <content>What the library knows, whatever the image.</content>
public static partial class ImageDocuments
{
    /// <summary>The document of <c>explain</c>: what a code or a word means.</summary>
    /// <param name="explanation">What <see cref="Explanations.Find"/> gave.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Explain(Explanation explanation, string asked, bool indented = true) =>
        ListDocuments.Explain(NotNull(explanation, nameof(explanation)), NotNull(asked, nameof(asked)), indented);

    /// <summary>The document of <c>obk roles</c>: OpenBeken's pin roles.</summary>
    /// <param name="indented">False to have it on one line.</param>
    public static string ObkRoles(bool indented = true) => ListDocuments.ObkRoles(indented);

    /// <summary>The document of <c>obk flags</c>: OpenBeken's flags.</summary>
    /// <param name="indented">False to have it on one line.</param>
    public static string ObkFlags(bool indented = true) => ListDocuments.ObkFlags(indented);

    /// <summary>The document of <c>obk channels</c>: OpenBeken's channel types.</summary>
    /// <param name="indented">False to have it on one line.</param>
    public static string ObkChannels(bool indented = true) => ListDocuments.ObkChannels(indented);

    /// <summary>The document of <c>chips</c>: the chips this library knows.</summary>
    /// <param name="indented">False to have it on one line.</param>
    public static string Chips(bool indented = true) => ListDocuments.Chips(indented);

    /// <summary>The document of <c>layout</c>: where a firmware looks on a chip.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="flavors">Whose firmware; those without a known layout are left out.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Layout(BekenChip chip, IReadOnlyList<FirmwareFlavor> flavors, bool indented = true) =>
        ListDocuments.Layout(chip, NotNull(flavors, nameof(flavors)), indented);
}
