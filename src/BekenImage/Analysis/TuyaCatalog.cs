using BekenImage.Formats.Tuya;

namespace BekenImage;

/// <summary>Where a value of Tuya's lies.</summary>
public enum TuyaPlace
{
    /// <summary>The enciphered storage.</summary>
    Storage,

    /// <summary>A protected block: a copy of what identifies the device.</summary>
    ProtectedBlock,

    /// <summary>A file of the UF file system.</summary>
    File,

    /// <summary>The application, or plain flash bytes: a text of user_param_key that no other place has.</summary>
    Elsewhere,

    /// <summary>A file in JSON, which tells no place.</summary>
    Description,
}

/// <summary>A value of Tuya's and where it lies. Immutable.</summary>
public sealed class TuyaCatalogEntry
{
    internal TuyaCatalogEntry(string name, TuyaPlace place, long? offset, ReadOnlyMemory<byte> data)
    {
        Name = name;
        Place = place;
        Offset = offset;
        Data = data;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What holds it.</summary>
    public TuyaPlace Place { get; }

    /// <summary>Physical offset of the page, block or sector that names it; null where the place has none.</summary>
    public long? Offset { get; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Its name and place.</summary>
    public override string ToString() => Name + " (" + Place + ")";
}

/// <summary>Every value of Tuya's by name, wherever it lies: storage, protected blocks, UF files such as <c>measure_coe</c>, the application.</summary>
public static class TuyaCatalog
{
    /// <summary>The values of an image, by authority: of several of one name the first counts.</summary>
    /// <param name="image">The image.</param>
    public static IReadOnlyList<TuyaCatalogEntry> Of(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        var contents = image.TuyaContents;
        var entries = new List<TuyaCatalogEntry>();
        entries.AddRange((contents.Storage?.Values ?? []).Select(value => new TuyaCatalogEntry(value.Name, TuyaPlace.Storage, value.Offset, value.Data)));
        if (image.UserParameters.FirstOrDefault() is { Source: not TuyaUserParametersSource.Storage } found)
        {
            var place = found.Source is TuyaUserParametersSource.Application or TuyaUserParametersSource.Flash ? TuyaPlace.Elsewhere : TuyaPlace.File;
            long? offset = found.Source == TuyaUserParametersSource.Application ? null : found.Position;
            entries.Add(new TuyaCatalogEntry(TuyaUserParameters.Key, place, offset, found.Parameters.ToBytes()));
        }
        entries.AddRange(contents.ProtectedBlocks.SelectMany(block =>
            block.Entries.Select(entry => new TuyaCatalogEntry(entry.Name, TuyaPlace.ProtectedBlock, block.Offset, entry.Data))));
        entries.AddRange((contents.FileSystem?.Files ?? [])
            .Where(file => !entries.Exists(entry => entry.Name == file.Name && entry.Place == TuyaPlace.File))
            .Select(file => new TuyaCatalogEntry(file.Name, TuyaPlace.File, file.Offsets.Count > 0 ? file.Offsets[0] : null, file.Data)));
        return entries;
    }

    /// <summary>The values of a file in JSON.</summary>
    /// <param name="description">What the file says.</param>
    public static IReadOnlyList<TuyaCatalogEntry> Of(TuyaDescription description) =>
        (description ?? throw new ArgumentNullException(nameof(description))).Values
        .Select(value => new TuyaCatalogEntry(value.Name, TuyaPlace.Description, null, value.Data)).ToArray();
}
