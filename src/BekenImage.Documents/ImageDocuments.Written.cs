using BekenImage.Documents.Outputs;

namespace BekenImage.Documents;

/// <content>What a verb wrote, and other answers that are about no image.</content>
public static partial class ImageDocuments
{
    /// <summary>The document of verbs that make one file: <c>merge</c>, <c>extract</c>, <c>build</c>, <c>ota pack</c>, <c>encrypt</c> and so on.</summary>
    /// <param name="verb">The verb, such as <c>ota pack</c>.</param>
    /// <param name="file">The name of the input in the document; null where there is none.</param>
    /// <param name="output">The name of what was written.</param>
    /// <param name="bytes">What was written.</param>
    /// <param name="findings">What is to be said about it; null for nothing.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Written(
        string verb, string? file, string output, ReadOnlyMemory<byte> bytes, IEnumerable<Finding>? findings = null, bool indented = true) =>
        WrittenDocument.Render(NotNull(verb, nameof(verb)), file, NotNull(output, nameof(output)), bytes, findings ?? [], indented);

    /// <summary>The document of verbs that make a folder: <c>fs extract</c>, <c>uf2 unpack</c>, <c>demo</c>.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="file">The name of the input in the document; null where there is none.</param>
    /// <param name="output">The name of the folder; null where nothing was written.</param>
    /// <param name="files">Paths in the folder, with <c>/</c>, and contents.</param>
    /// <param name="findings">What is to be said about it; null for nothing.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string WrittenFolder(
        string verb, string? file, string? output, IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> files,
        IEnumerable<Finding>? findings = null, bool indented = true) =>
        WrittenDocument.RenderFolder(NotNull(verb, nameof(verb)), file, output, NotNull(files, nameof(files)), findings ?? [], indented);

    /// <summary>The document of <c>tuya get</c>: one value.</summary>
    /// <param name="entry">What <see cref="TuyaCatalog"/> found.</param>
    /// <param name="file">The name of the input in the document.</param>
    /// <param name="showSecrets">False to have secrets masked.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string TuyaValue(TuyaCatalogEntry entry, string file, bool showSecrets = false, bool indented = true) =>
        TuyaDocument.RenderValue(NotNull(entry, nameof(entry)), file, showSecrets, indented);

    /// <summary>The document of <c>completion</c>: a shell's script.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="script">The script.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Completion(string shell, string script, bool indented = true) =>
        WrittenDocument.RenderCompletion(NotNull(shell, nameof(shell)), NotNull(script, nameof(script)), indented);
}
