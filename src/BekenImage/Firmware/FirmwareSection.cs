using BekenImage.Addressing;
using BekenImage.Editing;
using BekenImage.Formats.Rbl;
using BekenImage.IO;

namespace BekenImage;

/// <summary>One section of a firmware image, as the packager's JSON lists them. Immutable.</summary>
public sealed class FirmwareSection
{
    private readonly byte[] _payload;

    /// <summary>Makes a section with a header of its own.</summary>
    /// <param name="name">Partition: <c>bootloader</c> or <c>app</c>; up to 16 characters.</param>
    /// <param name="version">Version text; up to 24 characters.</param>
    /// <param name="timestamp">Modification time of the payload, in seconds since 1970.</param>
    /// <param name="start">Physical start, on a page boundary.</param>
    /// <param name="length">Physical length, the 102 bytes of its header included.</param>
    /// <param name="payload">What lies in flash, without page CRCs: enciphered where the device is.</param>
    public FirmwareSection(string name, string version, uint timestamp, long start, int length, byte[] payload)
        : this(Blank(name, version, timestamp), start, length, payload)
    {
    }

    /// <summary>Makes a section that keeps the texts, timestamp and junk of a header.</summary>
    /// <param name="header">The header; what it says of another payload is replaced.</param>
    /// <param name="start">Physical start, on a page boundary.</param>
    /// <param name="length">Physical length, the 102 bytes of its header included.</param>
    /// <param name="payload">What lies in flash, without page CRCs: enciphered where the device is.</param>
    public FirmwareSection(RblHeader header, long start, int length, byte[] payload)
    {
        if (payload is null)
            throw new ArgumentNullException(nameof(payload));
        if (!FlashRange.TryCreate(start, length, FlashGeometry.MaximumImageLength, out var range) || !new PhysicalAddress(start).IsPageBoundary)
        {
            throw new BekenImageException(FindingCode.BuildSections, FormattableString.Invariant(
                $"a section cannot lie at {start} + {length}: it begins on a page boundary (a multiple of 34) and ends below 64 MiB"));
        }
        _payload = (byte[])payload.Clone();
        Range = range;
        Header = RblWriter.Describe(header, _payload);
    }

    /// <summary>Where it lies; physical.</summary>
    public FlashRange Range { get; }

    /// <summary>The header that closes it.</summary>
    public RblHeader Header { get; }

    /// <summary>What lies in flash, without page CRCs.</summary>
    public ReadOnlyMemory<byte> Payload => _payload;

    /// <summary>The section's bytes: pages of the payload, 0xFF, three pages of header.</summary>
    /// <exception cref="BekenImageException">The payload does not fit.</exception>
    public byte[] ToArray() => RblWriter.WriteSection(_payload, Header, (int)Range.Length);

    /// <summary>The pages of the payload alone, without what fills the section and without its header.</summary>
    /// <exception cref="BekenImageException">The payload does not fit.</exception>
    public byte[] ToPages() => ToArray().AsSpan(0, (int)PageGrid.StoredLength(_payload.Length)).ToArray();

    /// <summary>Puts sections together: from physical 0 to the end of the last one, 0xFF between them.</summary>
    /// <param name="sections">Sections in any order.</param>
    /// <exception cref="BekenImageException">Sections overlap, or a payload does not fit.</exception>
    /// <exception cref="ImageGuardException">Bootloader and app are for different families of chips.</exception>
    public static byte[] Compose(IReadOnlyList<FirmwareSection> sections)
    {
        if (sections is null)
            throw new ArgumentNullException(nameof(sections));
        long length = sections.Select(section => section.Range.End).DefaultIfEmpty(0).Max();
        CheckOverlaps(sections);
        byte[] image = ByteRuns.Erased(length);
        foreach (var section in sections)
            Blame.On(section.Header.Name, section.ToArray).CopyTo(image, (int)section.Range.Start);
        if (sections.Count > 1)
            Blame.On(PartitionNames.App, () => FamilyGuard.CheckTogether(FlashImage.Parse(image).Content));
        return image;
    }

    /// <summary>Its header and its range.</summary>
    public override string ToString() => $"{Header}, at {Range}";

    private static RblHeader Blank(string name, string version, uint timestamp)
    {
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        return RblWriter.Blank(name, version ?? throw new ArgumentNullException(nameof(version)), timestamp);
    }

    private static void CheckOverlaps(IReadOnlyList<FirmwareSection> sections)
    {
        var ordered = sections.OrderBy(section => section.Range.Start).ToList();
        for (int i = 1; i < ordered.Count; i++)
        {
            var (lower, upper) = (ordered[i - 1], ordered[i]);
            if (upper.Range.Start < lower.Range.End)
            {
                throw new BekenImageException(FindingCode.BuildSections,
                    $"the sections '{lower.Header.Name}' ({lower.Range}) and '{upper.Header.Name}' ({upper.Range}) overlap", upper.Range.Start);
            }
        }
    }
}
