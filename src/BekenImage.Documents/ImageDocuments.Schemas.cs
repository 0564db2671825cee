using BekenImage.Documents.Schemas;

namespace BekenImage.Documents;

/// <content>The JSON Schemas.</content>
public static partial class ImageDocuments
{
    /// <summary>
    /// Names of the documents that have a schema: those of the verbs (<c>inspect</c>, <c>fal show</c> and so on), and of inputs that no
    /// verb prints.
    /// </summary>
    public static IReadOnlyList<string> SchemaNames => SchemaStore.Names;

    /// <summary>
    /// The JSON Schema (draft 2020-12) of a document; whole, it refers to no other. The same as in the folder docs/schemas.
    /// </summary>
    /// <param name="name">One of <see cref="SchemaNames"/>.</param>
    /// <exception cref="ArgumentException">There is no such document.</exception>
    public static string Schema(string name) => SchemaStore.Read(name ?? throw new ArgumentNullException(nameof(name)));
}
