using BekenImage.Crypto;

namespace BekenImage;

/// <summary>Where a partition's place was learnt from.</summary>
public enum PartitionSource
{
    /// <summary>The image's own FAL table.</summary>
    Fal,

    /// <summary>The known flash map of this chip and firmware.</summary>
    Layout,

    /// <summary>Its content was found by looking for it.</summary>
    Scan,
}

/// <summary>Names of partitions and of the areas of the flash maps.</summary>
public static class PartitionNames
{
    /// <summary>The bootloader: physical 0 to 0x11000.</summary>
    public const string Bootloader = "bootloader";

    /// <summary>The application.</summary>
    public const string App = "app";

    /// <summary>Where update packages are staged.</summary>
    public const string Download = "download";

    /// <summary>RF calibration and MAC.</summary>
    public const string Rf = "rf";

    /// <summary>Network parameters; on BK7231N with Tuya's firmware the fast-connect record.</summary>
    public const string Net = "net";

    /// <summary>The fast-connect record, where it has a sector of its own.</summary>
    public const string FastConnect = "fast-connect";

    /// <summary>OpenBeken's configuration.</summary>
    public const string ObkConfig = "obk-config";

    /// <summary>OpenBeken's flash variables.</summary>
    public const string FlashVars = "flash-vars";

    /// <summary>OpenBeken's LittleFS.</summary>
    public const string LittleFs = "littlefs";

    /// <summary>Tuya's key-value storage.</summary>
    public const string Tuya = "tuya";

    /// <summary>Tuya's UF file system.</summary>
    public const string TuyaUf = "tuya-uf";

    /// <summary>Tuya's protected block.</summary>
    public const string TuyaProtected = "tuya-protected";
}

/// <summary>A named range of an image. Immutable.</summary>
public sealed class Partition
{
    internal Partition(string name, FlashRange range, bool isStriped, PartitionSource source, BekenKey? key, PageScan? pages, LogicalAddress? logicalStart)
    {
        Name = name;
        Range = range;
        IsStriped = isStriped;
        Source = source;
        Key = key;
        Pages = pages;
        LogicalStart = logicalStart;
    }

    /// <summary>Name, as in FAL or in <see cref="PartitionNames"/>. Text from the image: escape it before showing.</summary>
    public string Name { get; }

    /// <summary>Where it lies: physical, un-rotated, clipped to the image.</summary>
    public FlashRange Range { get; }

    /// <summary>First byte; physical, un-rotated.</summary>
    public long Offset => Range.Start;

    /// <summary>Number of bytes in the image.</summary>
    public long Length => Range.Length;

    /// <summary>True when it is stored in 34-byte pages with CRC.</summary>
    public bool IsStriped { get; }

    /// <summary>The key of a striped partition; null when it is not known, or the partition is raw.</summary>
    public BekenKey? Key { get; }

    /// <summary>How the key was found.</summary>
    public KeySource KeySource { get; internal init; }

    /// <summary>True when the stored bytes differ from the plain ones: its key is not the identity, or it is a program and its key is not known.</summary>
    public bool IsEncrypted => Key is { } key ? !key.IsIdentity : IsStriped || LogicalStart is not null;

    /// <summary>The state of its pages; null for a raw partition.</summary>
    public PageScan? Pages { get; }

    /// <summary>Logical address of the first byte of a striped partition; null for a raw one.</summary>
    public LogicalAddress? LogicalStart { get; }

    /// <summary>Where its place was learnt from.</summary>
    public PartitionSource Source { get; }

    internal Partition WithKey(BekenKey key, KeySource source) => new(Name, Range, IsStriped, Source, key, Pages, LogicalStart) { KeySource = source };

    /// <summary>Name and range.</summary>
    public override string ToString() => $"{Name} {Range}";
}
