namespace BekenImage.Formats.Tuya;

/// <summary>Changes a value wherever Tuya's firmware keeps it: in the storage, in the protected blocks, and user_param_key also as UF file.</summary>
internal static class TuyaWriter
{
    /// <summary>Stores a value, new or in place of the one of that name, together with its copies.</summary>
    /// <param name="contents">What was read from the image.</param>
    /// <param name="name">The key.</param>
    /// <param name="data">The bytes; <see cref="TuyaValue.Encode"/> makes them of a text.</param>
    /// <returns>The sectors to put into the image, by offset; none where everything is so already.</returns>
    /// <exception cref="BekenImageException">There is nothing to store it in, or it does not fit. No sector was made then.</exception>
    /// <remarks>
    /// Which of storage and protected block the firmware prefers when they disagree is not known, so both are changed. Where there is no
    /// storage, user_param_key can still be changed in the UF file system.
    /// </remarks>
    public static IReadOnlyList<TuyaSector> SetValue(TuyaContents contents, string name, ReadOnlySpan<byte> data)
    {
        if (contents is null)
            throw new ArgumentNullException(nameof(contents));
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        var sectors = new List<TuyaSector>();
        if (contents.Storage is not null)
            sectors.AddRange(TuyaStorageWriter.SetValue(contents.Storage, name, data));
        foreach (var block in contents.ProtectedBlocks)
        {
            if (TuyaProtectedBlockWriter.SetEntry(block, name, data) is { } sector)
                sectors.Add(sector);
        }
        bool isFile = SetFiles(contents, name, data, sectors);
        if (contents.Storage is null && !isFile)
            throw new BekenImageException(FindingCode.TuyaNothingToWrite, "The image holds no Tuya storage to put the value in.");
        return sectors.OrderBy(sector => sector.Offset).ToList();
    }

    /// <summary>Stores a value together with its copies; the overload for callers without spans.</summary>
    /// <param name="contents">What was read from the image.</param>
    /// <param name="name">The key.</param>
    /// <param name="data">The bytes.</param>
    /// <returns>The sectors to put into the image, by offset; none where everything is so already.</returns>
    /// <exception cref="BekenImageException">There is nothing to store it in, or it does not fit. No sector was made then.</exception>
    public static IReadOnlyList<TuyaSector> SetValue(TuyaContents contents, string name, byte[] data) =>
        SetValue(contents, name, (data ?? throw new ArgumentNullException(nameof(data))).AsSpan());

    private static bool SetFiles(TuyaContents contents, string name, ReadOnlySpan<byte> data, List<TuyaSector> sectors)
    {
        if (name != TuyaUserParameters.Key || contents.FileSystem is not { } fileSystem)
            return false;
        var changed = new SortedDictionary<long, byte[]>();
        var fileNames = TuyaUserParameters.FileNames.Where(fileName => fileSystem.Find(fileName) is not null).ToList();
        foreach (string fileName in fileNames)
            UfWriter.SetFile(fileSystem, fileName, data, changed);
        sectors.AddRange(changed.Select(pair => new TuyaSector(pair.Key, pair.Value)));
        return fileNames.Count > 0;
    }
}
