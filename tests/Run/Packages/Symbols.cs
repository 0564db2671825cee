using System.Reflection.Metadata;
using System.Text;

namespace BekenImage.TestRun.Packages;

/// <summary>What a portable PDB tells of the sources.</summary>
internal static class Symbols
{
    private static readonly Guid SourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    /// <summary>The paths of the source files.</summary>
    public static IReadOnlyList<string> Documents(byte[] pdb) =>
        Read(pdb, reader => reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name)).ToArray());

    /// <summary>Where a debugger is sent for them; null where it is sent nowhere.</summary>
    public static string? SourceLink(byte[] pdb) =>
        Read(pdb, reader => reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == SourceLinkKind)
            .Select(information => Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value))).FirstOrDefault());

    private static T Read<T>(byte[] pdb, Func<MetadataReader, T> read)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(pdb));
        return read(provider.GetMetadataReader());
    }
}
