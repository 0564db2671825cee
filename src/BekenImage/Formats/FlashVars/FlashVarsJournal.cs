using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.FlashVars;

/// <summary>
/// The journal in which OpenBeken kept its flash variables before release 1.18.255: copies of the structure one behind the other, the last
/// of which counts. Immutable.
/// </summary>
/// <remarks>Source: FORMAT.md, "Journal".</remarks>
public sealed class FlashVarsJournal
{
    /// <summary>Its size in bytes: two sectors.</summary>
    public const int Size = 0x2000;

    private const int MagicSize = 4;
    private const byte MagicByte = 0xFE;

    private FlashVarsJournal(long offset, ReadOnlyMemory<byte> bytes, int used, FlashVariables? variables)
    {
        Offset = offset;
        Bytes = bytes;
        UsedSize = used;
        Variables = variables;
    }

    /// <summary>Physical offset of its first byte.</summary>
    public long Offset { get; }

    /// <summary>The bytes, as they were given.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Bytes from its start up to the last that is not 0xFF.</summary>
    public int UsedSize { get; }

    /// <summary>The newest copy; null when there is none yet, or not one of 64 bytes.</summary>
    public FlashVariables? Variables { get; }

    /// <summary>Reads the journal that begins with these bytes. Content never throws.</summary>
    /// <param name="area">Bytes from the start of the journal; more than 0x2000 are ignored.</param>
    /// <param name="offset">Physical offset of the first byte, kept in the journal and in findings.</param>
    /// <param name="findings">Receives <see cref="FindingCode.FlashVarsJournalDamaged"/>, or null.</param>
    /// <param name="journal">The journal, or null.</param>
    /// <returns>False when the bytes do not begin with the mark FE FE FE FE.</returns>
    public static bool TryRead(
        ReadOnlyMemory<byte> area, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out FlashVarsJournal? journal)
    {
        journal = null;
        var bytes = area.Slice(0, Math.Min(area.Length, Size));
        var span = bytes.Span;
        if (span.Length < MagicSize || span[0] != MagicByte || span[1] != MagicByte || span[2] != MagicByte || span[3] != MagicByte)
            return false;
        int used = span.Length;
        while (span[used - 1] == 0xFF)
            used--;
        var newest = default(ReadOnlyMemory<byte>);
        if (used > MagicSize)
        {
            int length = span[used - 1];
            if (length > 0 && length <= used - MagicSize)
                newest = bytes.Slice(used - length, length);
        }
        journal = new FlashVarsJournal(offset, bytes, used, FlashVariables.TryDecode(newest));
        if (used > MagicSize && journal.Variables is null)
        {
            findings?.Add(new Finding(FindingSeverity.Warning, FindingCode.FlashVarsJournalDamaged,
                "the journal of flash variables does not end with a copy of 64 bytes; the firmware starts with zeros", offset + used - 1));
        }
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, long, ICollection{Finding}?, out FlashVarsJournal?)"/>
    public static bool TryRead(
        byte[] area, long offset, ICollection<Finding>? findings, [NotNullWhen(true)] out FlashVarsJournal? journal) =>
        TryRead((area ?? throw new ArgumentNullException(nameof(area))).AsMemory(), offset, findings, out journal);
}
