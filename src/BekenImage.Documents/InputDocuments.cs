using BekenImage.Documents.Inputs;
using BekenImage.Documents.Json;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Tuya;

namespace BekenImage.Documents;

/// <summary>
/// The documents that are inputs, read. JSON is RFC 8259, in UTF-8 or UTF-16, a byte order mark allowed; at most 16 MiB and 64 levels, no name twice
/// in an object; in templates and in what tells of Tuya devices, which come from other tools, the last counts. Whatever is wrong is a <see cref="BekenImageException"/> with a sentence, and never anything else.
/// </summary>
public static class InputDocuments
{
    /// <summary>True when bytes begin as a JSON object does, which no binary format here does.</summary>
    /// <param name="bytes">The bytes of a file.</param>
    public static bool IsJson(ReadOnlySpan<byte> bytes) => DocumentText.FirstCharacter(bytes) == '{';

    /// <summary>Fields of OpenBeken's configuration, or a device template: what <c>obk set</c> and <c>combine</c> take.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static ObkConfigDocument ParseObkConfig(string json)
    {
        var findings = new List<Finding>();
        var document = PlainObject.ReadForeign(json, findings);
        // Templates are written by many; the fields of a configuration by us.
        return IsTemplate(document) ? new(document.Members, findings) : new(findings.Count == 0 ? document.Members : PlainObject.Read(json).Members);
    }

    /// <summary>The same for the bytes of a file, in UTF-8 or UTF-16.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static ObkConfigDocument ParseObkConfig(ReadOnlySpan<byte> utf8) => ParseObkConfig(JsonReader.Decode(utf8));

    /// <summary>A device template.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="BekenImageException">It is no template.</exception>
    public static ObkDeviceTemplate ParseTemplate(string json)
    {
        var findings = new List<Finding>();
        var document = PlainObject.ReadForeign(json, findings);
        return IsTemplate(document)
            ? ObkDeviceTemplate.FromMembers(document.Members, findings)
            : throw PlainObject.Unfit("it is no device template: it names no vendor, board or command");
    }

    /// <summary>The same for the bytes of a file, in UTF-8 or UTF-16.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="BekenImageException">It is no template.</exception>
    public static ObkDeviceTemplate ParseTemplate(ReadOnlySpan<byte> utf8) => ParseTemplate(JsonReader.Decode(utf8));

    /// <summary>
    /// A partition table: rt_partition_tool's list <c>part_table</c> of objects with <c>name</c>, <c>flash_name</c>, <c>offset</c> and
    /// <c>len</c>; or the list <c>fal</c> of <see cref="ImageDocuments.PartitionTable"/> with <c>flash</c> and <c>length</c>. Numbers may
    /// be texts (decimal, <c>0x…</c>, <c>64K</c>); offset and length are logical for <c>beken_onchip_crc</c>, else physical.
    /// </summary>
    /// <param name="json">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static IReadOnlyList<FalPartition> ParsePartitionTable(string json) => PartitionTableInput.Read(PlainObject.Read(json));

    /// <summary>The same for the bytes of a file, in UTF-8 or UTF-16.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static IReadOnlyList<FalPartition> ParsePartitionTable(ReadOnlySpan<byte> utf8) =>
        PartitionTableInput.Read(PlainObject.Read(utf8));

    /// <summary>
    /// The JSON of the vendor's packager: a list <c>section</c> of objects with <c>firmware</c>, <c>version</c>, <c>partition</c>,
    /// <c>start_addr</c> and <c>size</c>. Other members, such as <c>magic</c> and <c>count</c>, mean nothing.
    /// </summary>
    /// <param name="json">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static IReadOnlyList<PackagerSection> ParsePackager(string json) => PackagerInput.Read(PlainObject.Read(json));

    /// <summary>The same for the bytes of a file, in UTF-8 or UTF-16.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static IReadOnlyList<PackagerSection> ParsePackager(ReadOnlySpan<byte> utf8) => PackagerInput.Read(PlainObject.Read(utf8));

    /// <summary>True for <c>pack.json</c> of beken_utils, false for the packager's JSON.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="BekenImageException">It is no JSON object.</exception>
    public static bool IsPackListing(ReadOnlySpan<byte> utf8) => PackListingInput.IsListing(PlainObject.Read(utf8));

    /// <summary><c>pack.json</c> of beken_utils: the partitions of each download package.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static IReadOnlyList<PackListing> ParsePackListing(string json) => PackListingInput.Read(PlainObject.Read(json));

    /// <summary>The same for the bytes of a file, in UTF-8 or UTF-16.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static IReadOnlyList<PackListing> ParsePackListing(ReadOnlySpan<byte> utf8) => PackListingInput.Read(PlainObject.Read(utf8));

    /// <summary>
    /// The manifest of a split folder, as <see cref="ImageDocuments.Split"/> writes it. Names of files lead nowhere else.
    /// </summary>
    /// <param name="json">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static SplitManifest ParseSplitManifest(string json) => SplitManifestInput.Read(PlainObject.Read(json));

    /// <summary>The same for the bytes of a file, in UTF-8 or UTF-16.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static SplitManifest ParseSplitManifest(ReadOnlySpan<byte> utf8) => SplitManifestInput.Read(PlainObject.Read(utf8));

    /// <summary>The names of the files that a folder's manifest lists, whichever verb wrote it.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static IReadOnlyList<string> ParseFolderManifest(ReadOnlySpan<byte> utf8)
    {
        // A plan by which nothing is written lists none.
        var manifest = PlainObject.Read(utf8);
        if (manifest.IsEmptyList("files"))
            return [];
        return (manifest.Objects("file", "files") ?? throw PlainObject.Unfit("it names no files"))
            .Select(file => file.Text("name") ?? throw file.UnfitHere(" has no name")).ToArray();
    }

    /// <summary>The values that <see cref="ImageDocuments.TuyaValues"/> wrote, perhaps edited.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static IReadOnlyList<TuyaGivenValue> ParseTuyaValues(string json) => TuyaValuesInput.Read(PlainObject.Read(json));

    /// <summary>The same for the bytes of a file, in UTF-8 or UTF-16.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static IReadOnlyList<TuyaGivenValue> ParseTuyaValues(ReadOnlySpan<byte> utf8) => TuyaValuesInput.Read(PlainObject.Read(utf8));

    /// <summary>
    /// What a file other than an image tells of a Tuya device: bk7231tools' <c>storage.json</c>, a device profile of tuya-cloudcutter
    /// (<c>device_configuration</c>), the fields of user_param_key as an object, the document of <see cref="ImageDocuments.TuyaValues"/>, or the
    /// text of user_param_key itself.
    /// </summary>
    /// <param name="json">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static TuyaDescription ParseTuyaDescription(string json) =>
        TuyaDescriptionInput.Read(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>The same for the bytes of a file, in UTF-8 or UTF-16.</summary>
    /// <param name="bytes">The text.</param>
    /// <exception cref="BekenImageException">It is no such document.</exception>
    public static TuyaDescription ParseTuyaDescription(ReadOnlySpan<byte> bytes) => TuyaDescriptionInput.Read(JsonReader.Decode(bytes));

    private static bool IsTemplate(PlainObject document) => ObkDeviceTemplate.IsTemplate(document.Members.Select(member => member.Name));
}
