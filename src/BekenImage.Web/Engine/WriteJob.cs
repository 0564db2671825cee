using System.IO.Compression;
using System.Text;
using BekenImage.Documents;

namespace BekenImage.Web;

/// <summary>What a flasher has to erase and to write, as the document of <c>plan</c> and as the folder the command writes, packed.</summary>
internal sealed class WriteJob(FlashPlan plan, string current, string target, FlasherTool? tool)
{
    private const string DocumentName = "plan.json";

    /// <summary>What a zip says of every file: the same input gives the same archive.</summary>
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Document => ImageDocuments.Plan(plan, current, target, tool is null ? null : FlashPlanFiles.Of(plan, tool));

    /// <summary>The document, a file for each range to write, the tool's lines and what they name.</summary>
    public byte[] Pack()
    {
        var files = FlashPlanFiles.Of(plan, tool, folder: string.Empty);
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files.Contents)
                Add(archive, name, content.Span);
            Add(archive, DocumentName, Encoding.UTF8.GetBytes(ImageDocuments.Plan(plan, current, target, files) + "\n"));
        }
        return bytes.ToArray();
    }

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> content)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Timeless;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
