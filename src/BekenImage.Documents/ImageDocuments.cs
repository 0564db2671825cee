using BekenImage.Crypto;
using BekenImage.Documents.Outputs;
using BekenImage.Formats.Rf;
using BekenImage.Formats.Uf2;

namespace BekenImage.Documents;

/// <summary>
/// Each method returns one JSON document as the <c>bekenimage</c> command prints it with <c>--json</c>: an object that begins with
/// <c>"schema": 1</c> and <c>"verb"</c>. Nothing is decided here; the library did. <see cref="Schema"/> gives the JSON Schema of each.
/// </summary>
public static partial class ImageDocuments
{
    /// <summary>The document of <c>inspect</c>: what a file is.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="showSecrets">False to have passwords and keys masked.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Inspect(FlashImage image, string file, bool showSecrets = false, bool indented = true) =>
        InspectDocument.Render(NotNull(image, nameof(image)), file, showSecrets, indented);

    /// <summary>The document of <c>verify</c>: would it boot, and is it a backup worth keeping.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="result">The answer where it is there already; null to have <see cref="ImageVerifier"/> asked.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Verify(FlashImage image, string file, VerifyResult? result = null, bool indented = true) =>
        CheckDocument.RenderVerify(NotNull(image, nameof(image)), file, result ?? ImageVerifier.Verify(image), indented);

    /// <summary>The document of <c>lint</c>: would a firmware, flashed as it is, run on a device.</summary>
    /// <param name="firmware">The firmware.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="device">A dump of the device.</param>
    /// <param name="against">The name the dump goes by.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Lint(FlashImage firmware, string file, FlashImage device, string against, bool indented = true) =>
        Lint(FirmwareLinter.Lint(firmware, device), file, against, indented);

    /// <summary>The document of <c>lint</c> for an answer that is there already.</summary>
    /// <param name="result">The answer of <see cref="FirmwareLinter"/>.</param>
    /// <param name="file">The name of the firmware in the document.</param>
    /// <param name="against">The name of the device's dump; null where only chip and key were known.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Lint(LintResult result, string file, string? against = null, bool indented = true) =>
        CheckDocument.RenderLint(NotNull(result, nameof(result)), file, against, indented);

    /// <summary>The document of <c>combine</c>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="output">The name of the result in the document.</param>
    /// <param name="review">The answers about the result where they are there already; null to have <see cref="CombineReview"/> ask.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <exception cref="ImageGuardException">A guard refused the plan.</exception>
    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    public static string Combine(CombinePlan plan, string output, CombineReview? review = null, bool indented = true) =>
        CombineDocument.Render(NotNull(plan, nameof(plan)), output, review ?? CombineReview.Of(plan), indented);

    /// <summary>The document of <c>doctor</c>: what is wrong with a device's image, and the command that repairs each.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in document and commands.</param>
    /// <param name="problems">The answer of <see cref="ImageDoctor"/>.</param>
    /// <param name="output">The file the commands write.</param>
    /// <param name="backup">The backup's name; null where there is none.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Doctor(
        FlashImage image, string file, IReadOnlyList<DeviceProblem> problems, string output, string? backup = null, bool indented = true) =>
        DoctorDocument.Render(NotNull(image, nameof(image)), NotNull(file, nameof(file)), NotNull(problems, nameof(problems)), NotNull(output, nameof(output)), backup, indented);

    /// <summary>The document of <c>diff</c>: what two images have in common, and what not.</summary>
    /// <param name="a">The first image.</param>
    /// <param name="fileA">The name it goes by in the document.</param>
    /// <param name="b">The second image.</param>
    /// <param name="fileB">The name it goes by in the document.</param>
    /// <param name="showSecrets">False to have passwords and keys masked.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Diff(FlashImage a, string fileA, FlashImage b, string fileB, bool showSecrets = false, bool indented = true) =>
        Diff(ImageDiffer.Compare(a, b, showSecrets), fileA, fileB, indented);

    /// <summary>The document of <c>diff</c> for an answer that is there already.</summary>
    /// <param name="comparison">The answer of <see cref="ImageDiffer"/>.</param>
    /// <param name="fileA">The name of the first image in the document.</param>
    /// <param name="fileB">The name of the second image in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Diff(ImageComparison comparison, string fileA, string fileB, bool indented = true) =>
        DiffDocument.Render(NotNull(comparison, nameof(comparison)), fileA, fileB, indented);

    /// <summary>The document of <c>plan</c>, which is also the manifest in the folder.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="current">The name of what the device holds in the document; <c>blank</c> for a blank chip.</param>
    /// <param name="target">The name of what it is to hold.</param>
    /// <param name="files">The plan as files; null where neither files nor a tool's lines were asked for.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Plan(FlashPlan plan, string current, string target, FlashPlanFiles? files = null, bool indented = true) =>
        PlanDocument.Render(NotNull(plan, nameof(plan)), current, target, files, indented);

    /// <summary>The document of <c>split</c>, which is also the manifest in the folder.</summary>
    /// <param name="split">The image taken apart.</param>
    /// <param name="file">The name of the image in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <param name="showSecrets">False to leave out an AES key: for showing, since no manifest can do without.</param>
    public static string Split(SplitImage split, string file, bool indented = true, bool showSecrets = true) =>
        SplitDocument.Render(NotNull(split, nameof(split)), file, indented, showSecrets);

    /// <summary>The document of <c>key recover</c>.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="file">The name of the image in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string RecoverKey(KeyRecoveryResult result, string file, bool indented = true) =>
        KeyDocument.Render(NotNull(result, nameof(result)), file, indented);

    /// <summary>The document of <c>crc check</c>.</summary>
    /// <param name="scan">The counted pages.</param>
    /// <param name="file">The name of the file in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string CheckPages(PageScan scan, string file, bool indented = true) => KeyDocument.RenderPages(scan, file, indented);

    /// <summary>The document of <c>normalize</c>.</summary>
    /// <param name="normalized">The normalized image.</param>
    /// <param name="file">The name of the image in the document.</param>
    /// <param name="output">The name of the result.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Normalize(NormalizedImage normalized, string file, string output, bool indented = true) =>
        ChangeDocument.RenderNormalize(NotNull(normalized, nameof(normalized)), file, output, indented);

    /// <summary>What a draft changes: where, what, from where and why. The document of <c>obk set</c>.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="verb">The verb that changed it.</param>
    /// <param name="file">The name of the image in the document.</param>
    /// <param name="output">The name of the result.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Changes(ImageDraft draft, string verb, string file, string output, bool indented = true) =>
        ChangeDocument.RenderChanges(NotNull(draft, nameof(draft)), NotNull(verb, nameof(verb)), file, output, indented);

    /// <summary>The document of <c>sanitize</c>.</summary>
    /// <param name="draft">A draft that was sanitized and not changed otherwise.</param>
    /// <param name="file">The name of the image in the document.</param>
    /// <param name="output">The name of the result.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Sanitize(ImageDraft draft, string file, string output, bool indented = true) =>
        ChangeDocument.RenderSanitize(NotNull(draft, nameof(draft)), file, output, indented);

    /// <summary>The document of <c>ota info</c>: the header of an update package, and whether its checksums fit.</summary>
    /// <param name="image">A package, a UG file, or an image with one staged.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <exception cref="BekenImageException">There is no update package in it, or its header is damaged.</exception>
    public static string UpdatePackage(FlashImage image, string file, bool indented = true) =>
        PackageDocument.Render(NotNull(image, nameof(image)), file, indented);

    /// <summary>The document of <c>ota info</c> for an update file without an RBL header at its start.</summary>
    /// <param name="update">The update file.</param>
    /// <param name="file">Its name, as the document shall call it.</param>
    /// <param name="indented">False for one line.</param>
    public static string UpdateFile(UpdateFile update, string file, bool indented = true) =>
        UpdateDocument.Render(NotNull(update, nameof(update)), file, indented);

    /// <summary>The document of <c>uf2 info</c>: what a UF2 file is for, and what it brings.</summary>
    /// <param name="package">The file.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Uf2(Uf2Package package, string file, bool indented = true) =>
        Uf2Document.Render(NotNull(package, nameof(package)), file, indented);

    /// <summary>The document of <c>fal show</c>, which <see cref="InputDocuments.ParsePartitionTable(string)"/> takes.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <exception cref="BekenImageException">There is no partition table in it (<see cref="FindingCode.FalMissing"/>).</exception>
    public static string PartitionTable(FlashImage image, string file, bool indented = true) =>
        PackageDocument.RenderFal(NotNull(image, nameof(image)), file, indented);

    /// <summary>The document of <c>rf show</c>.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <exception cref="BekenImageException">There is no RF table in it (<see cref="FindingCode.RfMissing"/>).</exception>
    public static string RfTables(FlashImage image, string file, bool indented = true) =>
        RfDocument.Render(NotNull(image, nameof(image)), file, indented);

    /// <summary>The document of <c>rf compare</c>.</summary>
    /// <param name="first">One table.</param>
    /// <param name="firstFile">The name of its file in the document.</param>
    /// <param name="second">The other table.</param>
    /// <param name="secondFile">The name of its file in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string CompareRf(RfTable first, string firstFile, RfTable second, string secondFile, bool indented = true) =>
        RfDocument.RenderComparison(NotNull(first, nameof(first)), firstFile, NotNull(second, nameof(second)), secondFile, indented);

    /// <summary>The document of <c>fs list</c>.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">The name it goes by in the document.</param>
    /// <param name="indented">False to have it on one line.</param>
    /// <exception cref="BekenImageException">There is no LittleFS in it (<see cref="FindingCode.LittleFsNotFound"/>).</exception>
    public static string LittleFs(FlashImage image, string file, bool indented = true) =>
        LittleFsDocument.Render(NotNull(image, nameof(image)), file, indented);

    /// <summary>The document of <c>report</c>: what was written.</summary>
    /// <param name="output">The file's name.</param>
    /// <param name="format"><c>html</c> or <c>markdown</c>.</param>
    /// <param name="written">What it holds.</param>
    /// <param name="files">What it is about.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Report(string output, string format, byte[] written, IReadOnlyList<ReportedFile> files, bool indented = true) =>
        ReportDocument.Render(
            NotNull(output, nameof(output)), NotNull(format, nameof(format)), NotNull(written, nameof(written)), NotNull(files, nameof(files)), indented);

    /// <summary>What an input gets, with any verb, that cannot be read.</summary>
    /// <param name="verb">The verb, such as <c>inspect</c> or <c>fal show</c>.</param>
    /// <param name="file">The name of the input; null where it is not known which.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="indented">False to have it on one line.</param>
    public static string Error(string verb, string? file, BekenImageException error, bool indented = true) =>
        Document.Write(verb, indented, json =>
        {
            json.Text("file", file);
            json.StartObject("error");
            json.Text("code", error.CodeText);
            json.Text("message", error.Message);
            json.Number("offset", error.Offset);
            json.EndObject();
            Document.WriteFindings(json, []);
        });

    /// <summary>A folder's manifest that only names its files, as <c>demo</c> writes it.</summary>
    /// <param name="verb">The verb that writes the folder.</param>
    /// <param name="files">Names of the files in it.</param>
    public static string FolderManifest(string verb, IEnumerable<string> files) =>
        Document.Write(verb, indented: true, json => json.Array("files", files, name => json.Text("name", name)));

    private static T NotNull<T>(T value, string name)
        where T : class => value ?? throw new ArgumentNullException(name);
}
