using BekenImage.Documents;

namespace BekenImage.Cli.Files;

/// <summary>The packager's JSON in a file; the paths of its sections count from the JSON's folder.</summary>
internal static class PackagerFiles
{
    public static IReadOnlyList<PackagerFile> Read(string file)
    {
        string folder = Path.GetDirectoryName(file) ?? string.Empty;
        return InputFile.ReadDocument(file, InputDocuments.ParsePackager).Select(section => new PackagerFile(
            Path.Combine(folder, section.Firmware), section.Partition, section.Version, section.Start, section.Size)).ToArray();
    }
}

/// <summary>One section, with the path of its file.</summary>
internal sealed record PackagerFile(string Firmware, string Partition, string Version, int Start, int Size);
