using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>A read that went on behind the end of its chip, which shows its start again there, once or many times, or nothing.</summary>
/// <param name="ChipLength">The chip's length: the shortest that explains the file.</param>
/// <param name="Length">The file's.</param>
/// <param name="IsRepetition">True where the chip's content comes again, false where nothing was written behind it.</param>
internal readonly record struct OverlongRead(int ChipLength, int Length, bool IsRepetition)
{
    private const int LargestChip = 0x1000000;

    /// <summary>Both lengths, and what lies behind the end.</summary>
    public string Message => FormattableString.Invariant(
        $"the read went on behind the chip's end: 0x{Length:x} bytes of 0x{ChipLength:x}, {(IsRepetition ? "the same again" : "nothing behind them")}");

    /// <summary>How a file is longer than its chip, or null. One byte over and over repeats nothing.</summary>
    public static OverlongRead? Find(ReadOnlySpan<byte> bytes)
    {
        OverlongRead? found = null;
        int length = bytes.Length;
        for (int chip = LargestChip; ImageOrigin.IsChipSize(chip); chip /= 2)
        {
            if (chip >= bytes.Length)
                continue;
            bool repeats = Repeats(bytes, chip);
            if (!repeats && !(found is null && EndsIn(bytes, chip)))
                break;
            found = new OverlongRead(chip, length, repeats);
            bytes = bytes.Slice(0, chip);
        }
        return found;
    }

    // A start that comes once more and is cut proves less than one that comes whole: then it must be a chip somebody has.
    private static bool Repeats(ReadOnlySpan<byte> bytes, int chip) =>
        (bytes.Length % chip == 0 || chip >= ImageOrigin.SmallestWholeChip) &&
        bytes.Slice(chip).SequenceEqual(bytes.Slice(0, bytes.Length - chip)) && !ByteRuns.IsAll(bytes.Slice(chip), bytes[0]);

    // A chip may well be empty in its second half: only a length no chip has tells that a read went on.
    private static bool EndsIn(ReadOnlySpan<byte> bytes, int chip)
    {
        var behind = bytes.Slice(chip);
        return !ImageOrigin.IsChipSize(bytes.Length) && chip >= ImageOrigin.SmallestWholeChip && (ByteRuns.IsErased(behind) || ByteRuns.IsAll(behind, 0));
    }
}
