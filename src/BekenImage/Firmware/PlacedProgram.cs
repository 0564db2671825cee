using BekenImage.Addressing;
using BekenImage.Formats.Fal;
using BekenImage.Formats.SecureBoot;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Firmware;

/// <summary>A program, and the partition it goes to. FORMAT.md, section 5.</summary>
internal sealed class PlacedProgram
{
    private PlacedProgram(string name, ReadOnlyMemory<byte> bytes, FlashRange partition)
    {
        Name = name;
        Bytes = bytes;
        Partition = partition;
    }

    /// <summary>Name of its partition.</summary>
    public string Name { get; }

    /// <summary>Plain, without page CRCs.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Its partition, physical.</summary>
    public FlashRange Partition { get; }

    /// <summary>Logical address of its first byte.</summary>
    public long Start => new PhysicalAddress(CodePartitionData.FirstPage(Partition)).ToLogical().Value;

    /// <summary>Logical bytes the partition has room for.</summary>
    public int Room => PageGrid.DataLength(Partition.End - CodePartitionData.FirstPage(Partition));

    /// <summary>Places a program.</summary>
    /// <param name="name">Name of the partition.</param>
    /// <param name="bytes">The program.</param>
    /// <param name="table">The table in force.</param>
    /// <exception cref="BekenImageException">There is no such partition in pages (<see cref="FindingCode.BuildTableMissing"/>).</exception>
    /// <exception cref="ImageGuardException">It does not fit, or is linked for another place.</exception>
    public static PlacedProgram Place(string name, ReadOnlyMemory<byte> bytes, FalTable table)
    {
        if (table.Find(name) is not { IsStriped: true } entry)
        {
            throw new BekenImageException(FindingCode.BuildTableMissing,
                $"the bootloader's partition table has no partition '{name}' in pages: {string.Join(", ", table.InForce.Select(other => other.Name))}");
        }
        if (entry.PhysicalRange.End > FlashImage.MaximumLength)
            throw new BekenImageException(FindingCode.BuildSections, $"the partition '{name}' ({entry.PhysicalRange}) lies outside every flash");
        return Place(name, bytes, entry.PhysicalRange);
    }

    /// <summary>The same for a range.</summary>
    public static PlacedProgram Place(string name, ReadOnlyMemory<byte> bytes, FlashRange partition)
    {
        var program = new PlacedProgram(name, bytes, partition);
        if (bytes.Length > program.Room)
        {
            throw new ImageGuardException(FindingCode.BuildNoRoom, FormattableString.Invariant(
                $"the program for '{name}' has 0x{bytes.Length:x} bytes, its partition ({partition}) has room for 0x{Math.Max(0, program.Room):x} without page CRCs"),
                partition.Start);
        }
        if (FamilyRule.OtherGeneration(ChipGeneration.Armino, FamilyRule.GenerationOf(bytes.Span)) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason);
        if (CortexVectors.Match(bytes.Span) && CortexVectors.ResetOf(bytes.Span) is var reset && (reset < program.Start || reset - program.Start >= program.Room))
        {
            throw new ImageGuardException(FindingCode.BuildLinkedElsewhere, FormattableString.Invariant(
                $"the program for '{name}' starts at logical 0x{reset:x}, its partition holds 0x{program.Start:x} to 0x{program.Start + program.Room:x}"),
                partition.Start);
        }
        return program;
    }
}
