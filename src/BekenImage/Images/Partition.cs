using BekenImage.Crypto;
using BekenImage.Programs;

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

    /// <summary>The partition table of an image under secure boot.</summary>
    Table,
}

/// <summary>A named range of an image. Immutable.</summary>
public sealed class Partition
{
    internal Partition(string name, FlashRange range, bool isStriped, PartitionSource source, CodeCipher? cipher, PageScan? pages, LogicalAddress? logicalStart)
    {
        Name = name;
        Range = range;
        Code = range;
        IsStriped = isStriped;
        Source = source;
        Pages = pages;
        LogicalStart = logicalStart;
        Storage = new ProgramStorage(isStriped, cipher);
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

    /// <summary>
    /// The coefficients of a striped partition: the zero key where nothing is enciphered. Null when the key is not known, is of another
    /// cipher (<see cref="AesKey"/>), or the partition is raw.
    /// </summary>
    public BekenKey? Key => (Storage.Cipher as CoefficientCipher)?.Key;

    /// <summary>The AES key of a striped partition; null where there is none, or it is not known.</summary>
    public AesFlashKey? AesKey => (Storage.Cipher as AesCodeCipher)?.Key;

    /// <summary>How the key was found.</summary>
    public KeySource KeySource { get; internal init; }

    /// <summary>True when the stored bytes differ from the plain ones: its key is not the identity, or it is a program and its key is not known.</summary>
    public bool IsEncrypted => LogicalStart is not null && Storage.IsEnciphered;

    /// <summary>
    /// The part of <see cref="Range"/> that is stored in pages or is a program: all of it, but where a striped partition does not begin on
    /// the grid of pages: there the first whole page begins the program, and what lies before it is erased; and where MCUboot keeps the
    /// status of a slot behind it.
    /// </summary>
    internal FlashRange Code { get; init; }

    /// <summary>True for a part of another partition of this image, which owns its bytes: both programs of a slot that MCUboot checks as one.</summary>
    internal bool IsPart { get; init; }

    /// <summary>How its bytes are stored: the one seam behind which page CRCs and cipher are.</summary>
    internal ProgramStorage Storage { get; }

    /// <summary>The state of its pages; null for a raw partition.</summary>
    public PageScan? Pages { get; }

    /// <summary>Logical address of the first byte of a striped partition's first page; null for a raw one.</summary>
    public LogicalAddress? LogicalStart { get; }

    /// <summary>Where its place was learnt from.</summary>
    public PartitionSource Source { get; }

    internal Partition With(CodeCipher cipher, KeySource source) => new(Name, Range, IsStriped, Source, cipher, Pages, LogicalStart)
    {
        KeySource = source,
        Code = Code,
        IsPart = IsPart,
    };


    /// <summary>Name and range.</summary>
    public override string ToString() => $"{Name} {Range}";
}
