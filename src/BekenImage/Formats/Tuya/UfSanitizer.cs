namespace BekenImage.Formats.Tuya;

/// <summary>
/// Blanks logs and secrets in the files of a UF file system, and text left in sectors no file owns. Sectors that are no text stay: under
/// another firmware an old superblock may point into code.
/// </summary>
internal sealed class UfSanitizer
{
    private readonly UfFileSystem _fileSystem;
    private readonly TuyaSecretCollector _secrets;
    private readonly SortedDictionary<long, byte[]> _changed;

    public UfSanitizer(UfFileSystem fileSystem, TuyaSecretCollector secrets, SortedDictionary<long, byte[]> changed)
    {
        _fileSystem = fileSystem;
        _secrets = secrets;
        _changed = changed;
    }

    public void Blank(ReadOnlySpan<byte> image)
    {
        var needles = _secrets.ToList();
        var owned = new HashSet<long>();
        foreach (var superblock in _fileSystem.Superblocks)
            owned.Add(superblock.Offset);
        // The older superblock may name earlier versions of files in other sectors.
        foreach (var superblock in _fileSystem.Superblocks.Where(block => block.SumOk).OrderByDescending(block => block == _fileSystem.Newest))
        {
            var files = superblock == _fileSystem.Newest
                ? _fileSystem.Files
                : UfReader.ReadFiles(image, superblock, _fileSystem.Areas, new List<Finding>());
            foreach (var file in files.Where(file => file.Offsets.Count > 0 && owned.Add(file.Offsets[0])))
            {
                owned.UnionWith(file.Offsets);
                BlankFile(image, file, needles);
            }
        }
        foreach (var area in _fileSystem.Areas)
        {
            for (long offset = area.Start; offset <= Math.Min(area.End, image.Length) - FlashGeometry.SectorSize; offset += FlashGeometry.SectorSize)
            {
                if (!owned.Contains(offset) && !_changed.ContainsKey(offset) && IsLeftText(image.Slice((int)offset, FlashGeometry.SectorSize)))
                    _changed[offset] = TuyaStorageSanitizer.Erased();
            }
        }
    }

    private void BlankFile(ReadOnlySpan<byte> image, UfFile file, IReadOnlyList<ReadOnlyMemory<byte>> needles)
    {
        byte[] data = IsLog(file.Name) ? BlankLog(file.Data.Span) : TuyaSecretText.Blank(file.Name, file.Data.Span);
        foreach (var needle in needles)
        {
            var rest = data.AsSpan();
            for (int hit; (hit = rest.IndexOf(needle.Span)) >= 0; rest = rest.Slice(hit + needle.Length))
                rest.Slice(hit, needle.Length).Fill((byte)'0');
        }
        for (int i = 0; i < file.Offsets.Count; i++)
        {
            // What is blanked already is no file, whatever the superblock says.
            if (_changed.ContainsKey(file.Offsets[i]))
                continue;
            byte[] sector = image.Slice((int)file.Offsets[i], FlashGeometry.SectorSize).ToArray();
            var part = data.AsSpan(i * FlashGeometry.SectorSize, Math.Min(FlashGeometry.SectorSize, data.Length - i * FlashGeometry.SectorSize));
            part.CopyTo(sector);
            if (IsLeftText(sector.AsSpan(part.Length)))
                sector.AsSpan(part.Length).Fill(0xFF);
            _changed[file.Offsets[i]] = sector;
        }
    }

    /// <summary>Device logs name networks and servers: logseq0 to logseq15, netcfg_log; not log_seq_stat, which counts them.</summary>
    private static bool IsLog(string name) =>
        name.StartsWith("logseq", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_log", StringComparison.OrdinalIgnoreCase);

    private static byte[] BlankLog(ReadOnlySpan<byte> log)
    {
        byte[] blanked = log.ToArray();
        if (IsLeftText(log))
            blanked.AsSpan(0, TuyaText.LengthWithoutNuls(log)).Fill((byte)' ');
        return blanked;
    }

    /// <summary>True when there is text and, but for NUL and FF, nothing else.</summary>
    private static bool IsLeftText(ReadOnlySpan<byte> bytes)
    {
        int printable = 0;
        foreach (byte value in bytes)
        {
            if (value is >= 0x20 and < 0x7F or (byte)'\t' or (byte)'\r' or (byte)'\n')
                printable++;
            else if (value is not (0 or 0xFF))
                return false;
        }
        return printable > 0;
    }
}
