using BekenImage.Editing;
using BekenImage.Images;
using BekenImage.Sanitizing;

namespace BekenImage;

/// <summary>
/// Blanks Wi-Fi, MQTT and cloud secrets: in fast-connect records, NET_PARAM tables, OpenBeken's configuration and flash variables, Tuya's
/// storage, protected blocks and UF files, files of LittleFS volumes (which are written anew, so that deleted files are gone), LibreTiny's
/// preferences, certificates a vendor left, and wherever else the same secrets lie in plain bytes. Checksums are
/// right afterwards, and every reader finds what it found before. Programs are left alone; so are MAC and calibration.
/// </summary>
public static class ImageSanitizer
{
    /// <summary>
    /// Blanks the secrets of an image. Done twice, it changes nothing more. Each change of the draft is a stretch from the first changed
    /// byte of an area to the last.
    /// </summary>
    /// <param name="draft">A draft of the image; of any kind.</param>
    /// <exception cref="ImageGuardException">
    /// A secret lies where the bootloader is, or the read holds its chip more than once (<see cref="FindingCode.Doubled"/>); nothing was changed.
    /// </exception>
    public static ImageDraft Sanitize(this ImageDraft draft)
    {
        if (draft is null)
            throw new ArgumentNullException(nameof(draft));
        return draft.Apply(Sanitize);
    }

    // Secrets lie over each other, so they are blanked on a draft of their own; what came of it is one change an area.
    private static void Sanitize(DraftEdit edit)
    {
        // Areas are read where they lie, once; what comes again behind the chip would keep its secrets.
        if (OverlongRead.Find(edit.Image.Source.Span) is { IsRepetition: true } overlong)
            throw new ImageGuardException(FindingCode.Doubled, $"{overlong.Message}: what comes again would keep its secrets", overlong.ChipLength);
        var scratch = new DraftEdit(edit.Image);
        var remover = new SecretRemover(scratch);
        remover.Run();
        edit.Findings.AddRange(remover.Findings);
        var before = edit.Image.Bytes.Span;
        var clean = scratch.Bytes.Span;
        foreach (var piece in RangeOwners.Resolve(edit.Image.Length, edit.Image.Partitions))
        {
            if (Differing(before, clean, piece.Range) is { } range)
                edit.Replace(range.Start, range.Of(scratch.Bytes).Span, piece.Owner?.Name ?? ImageChange.Gap, "secrets were blanked");
        }
    }

    private static FlashRange? Differing(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, FlashRange piece)
    {
        int start = (int)piece.Start;
        int end = (int)piece.End;
        if (before.Slice(start, end - start).SequenceEqual(after.Slice(start, end - start)))
            return null;
        while (before[start] == after[start])
            start++;
        while (before[end - 1] == after[end - 1])
            end--;
        return FlashRange.FromBounds(start, end);
    }
}
