using System.Reflection;
using System.Runtime.InteropServices.JavaScript;
using BekenImage.Documents;
using BekenImage.Report;

namespace BekenImage.Web;

/// <summary>
/// What the worker can ask (wwwroot/js/worker.js; the page's side is wwwroot/js/engine.js). Files go by numbers of the <see cref="Shelf"/>;
/// answers are the command's documents, reports and bytes. What cannot be answered is thrown, its message the command's error document.
/// </summary>
internal static partial class Exports
{
    /// <summary>What the message of an error begins with that is no document: a value of the form is wrong.</summary>
    private const string WrongSetting = "setting: ";

    private static readonly Shelf Files = new();
    private static readonly List<CollectionEntry> Collected = [];

    [JSExport]
    internal static string Version() =>
        typeof(Exports).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;

    /// <summary>The longest file that is read, in bytes.</summary>
    [JSExport]
    internal static int MaximumLength() => FlashImage.MaximumLength;

    [JSExport]
    internal static string[] Chips() => [.. BekenChips.Names];

    /// <summary>Areas of the flash that a combination may be told to keep or to erase.</summary>
    [JSExport]
    internal static string[] Areas() => [.. CombineOptions.AreaNames];

    /// <summary>Puts a file on the shelf: one number, of an archive of several images one for each.</summary>
    [JSExport]
    internal static int[] Open(string name, byte[] bytes) => Answer("inspect", name, () => Opened.Of(name, bytes).Select(Files.Add).ToArray());

    [JSExport]
    internal static void Close(int file) => Files.Remove(file);

    [JSExport]
    internal static string NameOf(int file) => Answer("inspect", Files.NameOf(file), () => Files[file].Name);

    /// <summary>The bytes of a file as it was given, or as it was made.</summary>
    [JSExport]
    internal static byte[] Bytes(int file) => Answer("extract", file, image => image.Source.ToArray());

    [JSExport]
    internal static string Inspect(int file) => Answer("inspect", file, image => ImageDocuments.Inspect(image, Files[file].Name));

    [JSExport]
    internal static string Report(int file, bool showSecrets) =>
        Answer("report", file, image => ImageReport.Html(image, Files[file].Name, new ReportOptions { ShowSecrets = showSecrets, ToolVersion = Version() }));

    [JSExport]
    internal static string Markdown(int file) =>
        Answer("report", file, image => ImageReport.Markdown(image, Files[file].Name, new ReportOptions { ToolVersion = Version() }));

    [JSExport]
    internal static string Verify(int file) => Answer("verify", file, image => ImageDocuments.Verify(image, Files[file].Name));

    [JSExport]
    internal static string Lint(int firmware, int device) =>
        Answer("lint", firmware, image => ImageDocuments.Lint(image, Files[firmware].Name, Files[device].Image, Files[device].Name));

    [JSExport]
    internal static string Diff(int before, int after) =>
        Answer("diff", before, image => ImageDocuments.Diff(image, Files[before].Name, Files[after].Image, Files[after].Name));

    /// <summary>A partition: plain, as the CPU sees it, or as it is stored.</summary>
    [JSExport]
    internal static byte[] Extract(int file, string name, bool asStored) => Answer("extract", file, image =>
    {
        var partition = image.FindPartition(name) ?? throw new BekenImageException(FindingCode.WrongKind, $"there is no '{name}' in it");
        return (asStored ? partition.Range.Of(image.Bytes) : image.Extract(partition)).ToArray();
    });

    /// <summary>OpenBeken's template of the device: of its configuration, or else of its Tuya data.</summary>
    [JSExport]
    internal static string Template(int file) =>
        Answer("obk show", file, image => image.ObkConfig is null ? DeviceTemplates.FromTuya(image) : DeviceTemplates.FromConfig(image));

    /// <summary>What the template leaves out of the device's Tuya data or takes with a doubt, a line each.</summary>
    [JSExport]
    internal static string[] TemplateNotes(int file) =>
        Answer("obk show", file, image => image.ObkConfig is null ? TuyaTemplate.Create(image).Notes.ToArray() : []);

    [JSExport]
    internal static string ObkConfig(int file) => Answer("obk show", file, image => ImageDocuments.ObkConfig(image, Files[file].Name));

    [JSExport]
    internal static string ObkRoles() => ImageDocuments.ObkRoles();

    [JSExport]
    internal static string Explain(string asked) => Answer("explain", null, () => ImageDocuments.Explain(
        Explanations.Find(asked) ?? throw new BekenImageException(FindingCode.NotRecognised, $"there is no explanation of '{asked}'"), asked));

    /// <summary>
    /// Combines; the number of the image it made, or of one that must not be made though there is a plan. <see cref="Story"/> has the document.
    /// </summary>
    /// <param name="device">The dump.</param>
    /// <param name="firmware">What is to run on it.</param>
    /// <param name="output">The name the image is to have.</param>
    /// <param name="settings">As <see cref="CombineSettings"/> says.</param>
    [JSExport]
    internal static int Combine(int device, int firmware, string output, string[] settings) =>
        Answer("combine", Files.NameOf(device), () => Files.Add(Made.Combination(Files[device], Files[firmware], output, CombineSettings.Parse(settings, Files))));

    /// <summary>Makes the copy without secrets; its number. <see cref="Story"/> has the document.</summary>
    [JSExport]
    internal static int Sanitize(int file, string output) => Answer("sanitize", Files.NameOf(file), () => Files.Add(Made.Sanitized(Files[file], output)));

    /// <summary>The areas of an image that hold passwords or keys.</summary>
    [JSExport]
    internal static string[] Secrets(int file) =>
        Answer("inspect", file, image => ImageSecrets.NamesIn(image, new FlashRange(0, image.Bytes.Length)).ToArray());

    /// <summary>The document of what made this file.</summary>
    [JSExport]
    internal static string Story(int file) => Answer("inspect", Files.NameOf(file), () => Files[file].Story ?? string.Empty);

    /// <summary>What to erase and to write, so that a device holds an image.</summary>
    /// <param name="current">What it holds; 0 for an erased chip.</param>
    /// <param name="target">What it is to hold.</param>
    /// <param name="restore">True to end in exactly the target.</param>
    /// <param name="withBootloader">True to write the bootloader too.</param>
    /// <param name="allowOtherRf">True to lose the device's own calibration.</param>
    /// <param name="tool">The tool whose lines are wanted; empty for none.</param>
    [JSExport]
    internal static string WritePlan(int current, int target, bool restore, bool withBootloader, bool allowOtherRf, string tool) =>
        Answer("plan", target, _ => Job(current, target, restore, withBootloader, allowOtherRf, tool).Document);

    /// <summary>The same as a zip: the document, a file for each range to write, the tool's lines and what they name.</summary>
    [JSExport]
    internal static byte[] WritePlanFiles(int current, int target, bool restore, bool withBootloader, bool allowOtherRf, string tool) =>
        Answer("plan", target, _ => Job(current, target, restore, withBootloader, allowOtherRf, tool).Pack());

    /// <summary>Adds a file to the collection; how many entries that gave. Its bytes are not kept.</summary>
    [JSExport]
    internal static int Collect(string name, byte[] bytes) => Answer("report", name, () =>
    {
        CollectionEntry[] entries = [.. Opened.ForCollection(name, bytes)];
        Collected.AddRange(entries);
        return entries.Length;
    });

    [JSExport]
    internal static string Collection(string title) =>
        ImageReport.Collection(Collected, new ReportOptions { Title = title.Length == 0 ? null : title, ToolVersion = Version() });

    [JSExport]
    internal static void ClearCollection() => Collected.Clear();

    private static WriteJob Job(int current, int target, bool restore, bool withBootloader, bool allowOtherRf, string tool)
    {
        var options = new FlashPlanOptions { Restore = restore, IncludeBootloader = withBootloader, AllowOtherCalibration = allowOtherRf };
        var plan = FlashPlanner.Plan(current == 0 ? null : Files[current].Image, Files[target].Image, options);
        return new(plan, current == 0 ? "blank" : Files[current].Name, Files[target].Name, tool.Length == 0 ? null : Enum.Parse<FlasherTool>(tool, ignoreCase: true));
    }

    private static T Answer<T>(string verb, int file, Func<FlashImage, T> answer) => Answer(verb, Files.NameOf(file), () => answer(Files[file].Image));

    private static T Answer<T>(string verb, string? file, Func<T> answer)
    {
        try
        {
            return answer();
        }
        catch (BekenImageException error)
        {
            throw new InvalidOperationException(ImageDocuments.Error(verb, file, error), error);
        }
        catch (SettingException error)
        {
            throw new InvalidOperationException(WrongSetting + error.Message, error);
        }
    }
}
