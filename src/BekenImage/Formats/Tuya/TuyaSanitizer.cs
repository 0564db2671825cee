namespace BekenImage.Formats.Tuya;

/// <summary>What blanking the secrets of Tuya's areas changes.</summary>
internal sealed class TuyaSanitizeResult
{
    internal TuyaSanitizeResult(IReadOnlyList<TuyaSector> sectors, IReadOnlyList<ReadOnlyMemory<byte>> secrets)
    {
        Sectors = sectors;
        Secrets = secrets;
    }

    /// <summary>The sectors to put into the image, by offset.</summary>
    public IReadOnlyList<TuyaSector> Sectors { get; }

    /// <summary>
    /// The secrets that were found, of at least six bytes, also as they read once unescaped or without base64: for looking whether they lie
    /// in other areas as well. Not to be shown.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Secrets { get; }
}

/// <summary>
/// Blanks licence and cloud keys, Wi-Fi names and passwords in Tuya's storage, protected blocks and UF files, all sums right. Values keep
/// their length and JSON stays JSON; what no reader sees any more (older copies of blocks, free pages, slack) is emptied, because it holds
/// secrets of before.
/// </summary>
internal static class TuyaSanitizer
{
    /// <summary>Blanks the secrets of an image.</summary>
    /// <param name="image">The bytes of an un-rotated image, or of a piece that begins on a sector boundary.</param>
    /// <param name="phase">Where the first sector of a piece begins.</param>
    /// <returns>The sectors to change; none where there is nothing of Tuya's. Never throws on content.</returns>
    public static TuyaSanitizeResult Sanitize(ReadOnlySpan<byte> image, int phase = 0)
    {
        var findings = new List<Finding>();
        var keySectors = TuyaKeySectors.Find(image, findings, phase);
        var storages = TuyaStorageReader.ReadAll(image, keySectors);
        var protectedBlocks = TuyaProtectedBlockReader.Read(image, keySectors, findings);
        UfReader.TryRead(image, storages.FirstOrDefault()?.Offset, findings, phase, out var fileSystem);

        var secrets = new TuyaSecretCollector();
        storages.ForEach(secrets.AddFrom);
        protectedBlocks.ForEach(secrets.AddFrom);
        var changed = new SortedDictionary<long, byte[]>();
        foreach (long offset in keySectors.Damaged)
            changed[offset] = TuyaStorageSanitizer.Erased();
        foreach (var storage in storages)
            new TuyaStorageSanitizer(storage, changed).Blank(image);
        foreach (var block in protectedBlocks)
        {
            var entries = block.Entries.Select(entry => new TuyaProtectedEntry(entry.Name, TuyaSecretText.Blank(entry.Name, entry.Data.Span))).ToList();
            changed[block.Offset] = TuyaProtectedBlockWriter.Write(block, entries, keepRest: false).Data.ToArray();
        }
        if (fileSystem is not null)
            new UfSanitizer(fileSystem, secrets, changed).Blank(image);
        return new TuyaSanitizeResult(OnlyReallyChanged(image, changed), secrets.ToList());
    }

    /// <summary>Blanks the secrets of an image; the overload for callers without spans.</summary>
    /// <param name="image">The bytes of an un-rotated image, or of a piece that begins on a sector boundary.</param>
    /// <returns>The sectors to change; none where there is nothing of Tuya's. Never throws on content.</returns>
    public static TuyaSanitizeResult Sanitize(byte[] image) => Sanitize((image ?? throw new ArgumentNullException(nameof(image))).AsSpan());

    private static List<TuyaSector> OnlyReallyChanged(ReadOnlySpan<byte> image, SortedDictionary<long, byte[]> changed)
    {
        var sectors = new List<TuyaSector>();
        foreach (var pair in changed)
        {
            if (!image.Slice((int)pair.Key, FlashGeometry.SectorSize).SequenceEqual(pair.Value))
                sectors.Add(new TuyaSector(pair.Key, pair.Value));
        }
        return sectors;
    }
}
