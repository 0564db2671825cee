using BekenImage.Formats.FlashVars;
using BekenImage.Formats.Obk;
using BekenImage.Sanitizing;

namespace BekenImage;

/// <summary>Where an image holds what its owner should not share: Wi-Fi, MQTT and cloud credentials. It names places, never contents.</summary>
public static class ImageSecrets
{
    /// <summary>Names of the areas with secrets in a part of an image, each once: what a file of that part holds.</summary>
    /// <param name="image">The image.</param>
    /// <param name="part">The part, physical.</param>
    public static IReadOnlyList<string> NamesIn(FlashImage image, FlashRange part) =>
        Find(image).Where(area => area.Range.Overlaps(part)).Select(area => area.Name).Distinct().ToArray();

    /// <summary>The areas that hold secrets, by name and physical range.</summary>
    /// <param name="image">The image.</param>
    public static IReadOnlyList<FlashArea> Find(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        var areas = new List<FlashArea>();
        void Add(string name, long offset, long length) => areas.Add(new(name, new FlashRange(offset, length)));

        foreach (var record in image.FastConnectRecords)
            Add(PartitionNames.FastConnect, record.Offset, FlashGeometry.SectorSize);
        if (image.ObkConfig is { } config && !ObkSecrets.Remove(config).Bytes.Span.SequenceEqual(config.Bytes.Span))
            Add(PartitionNames.ObkConfig, config.Offset, FlashGeometry.SectorSize);
        if (image.FlashVarsStore is { } store && store.Find(EasyFlashStore.FastConnectName) is not null)
            Add(PartitionNames.FlashVars, store.Offset, EasyFlashStore.Size);
        if (image.TuyaStorage is { } storage)
            Add(PartitionNames.Tuya, storage.Offset, storage.Length);
        foreach (var block in image.TuyaContents.ProtectedBlocks)
            Add(PartitionNames.TuyaProtected, block.Offset, FlashGeometry.SectorSize);
        if (image.LittleFs is { } volume && volume.Files.Any(LittleFsCleaner.HoldsSecrets))
            Add(PartitionNames.LittleFs, volume.Offset, volume.Length);
        return areas;
    }
}
