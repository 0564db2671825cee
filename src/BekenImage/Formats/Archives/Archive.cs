namespace BekenImage.Formats.Archives;

/// <summary>What kind of archive a file is.</summary>
internal enum ArchiveForm
{
    None,

    Zip,

    Gzip,
}

/// <summary>
/// A zip or gzip file: what release pages and forums hand out. Reading never throws; what is unpacked has a budget, whatever the file
/// states. Source: FORMAT.md.
/// </summary>
internal sealed class Archive
{
    /// <summary>Members beyond these are not looked at.</summary>
    public const int MaximumMembers = 1000;

    /// <summary>No archive gives more: what is read as an image has this limit too.</summary>
    public const int MaximumUnpacked = 64 * 1024 * 1024;

    /// <summary>The largest flash of these chips: an erased one packs to almost nothing, so so much may always come out.</summary>
    private const int AlwaysUnpacked = 16 * 1024 * 1024;

    /// <summary>Firmware packs to a half, a dump with much erased flash to a tenth.</summary>
    private const int LargestRatio = 16;

    private Archive(ArchiveForm form, IReadOnlyList<ArchiveMember> members, string? problem)
    {
        Form = form;
        Members = members;
        Problem = problem;
    }

    public ArchiveForm Form { get; }

    /// <summary>The files in it; folders and what operating systems add are left out.</summary>
    public IReadOnlyList<ArchiveMember> Members { get; }

    /// <summary>Why the list of its files is not whole: "its directory is damaged"; else null.</summary>
    public string? Problem { get; }

    /// <summary>By the first bytes. The second mark is that of a zip file without members.</summary>
    public static ArchiveForm FormOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith("PK\x05\x06"u8))
            return ArchiveForm.Zip;
        return bytes.Length > 2 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8 ? ArchiveForm.Gzip : ArchiveForm.None;
    }

    /// <summary>Reads an archive and unpacks its files.</summary>
    /// <param name="file">Its bytes; <see cref="FormOf"/> told the form.</param>
    public static Archive Read(ReadOnlyMemory<byte> file)
    {
        var form = FormOf(file.Span);
        int budget = (int)Math.Min(MaximumUnpacked, Math.Max(AlwaysUnpacked, (long)file.Length * LargestRatio));
        string? problem = null;
        var members = form switch
        {
            ArchiveForm.Zip => ZipReader.Read(file, budget, out problem),
            ArchiveForm.Gzip => [GzipFile.Read(file, budget)],
            _ => [],
        };
        return new Archive(form, members, problem);
    }
}
