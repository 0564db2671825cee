using BekenImage.Editing;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Images;
using BekenImage.Splitting;

namespace BekenImage;

/// <summary>
/// Joins a split image. Untouched files give the original back byte for byte, rotation included. An edited raw file replaces its bytes;
/// an edited plain file is encrypted, paged and put in, and its RBL header renewed.
/// </summary>
public static class ImageMerger
{
    /// <summary>Joins files.</summary>
    /// <param name="manifest">What <see cref="ImageSplitter"/> wrote down.</param>
    /// <param name="read">Gives the bytes of a file by its name in the manifest, or null where the file is missing.</param>
    /// <returns>The image, as long as the original and rotated as it was.</returns>
    /// <exception cref="BekenImageException">The manifest does not describe an image, a raw file is missing or has another length, or both files of a partition were edited.</exception>
    /// <exception cref="ImageGuardException">
    /// An edited plain file does not fit its partition, an edited program is for another family of chips, or the image would not boot any more.
    /// </exception>
    public static byte[] Merge(SplitManifest manifest, Func<string, ReadOnlyMemory<byte>?> read) => Merge(manifest, read, null);

    /// <inheritdoc cref="Merge(SplitManifest, Func{string, ReadOnlyMemory{byte}?})"/>
    /// <param name="manifest">What <see cref="ImageSplitter"/> wrote down.</param>
    /// <param name="read">Gives the bytes of a file by its name in the manifest, or null where the file is missing.</param>
    /// <param name="findings">
    /// Receives what is to be said of edited files: what became of the device's calibration; an error where the image would not boot, and only who
    /// holds a signing key could help it, or the folder does not say whether it did before. Null for nobody: then such an error is a refusal.
    /// </param>
    public static byte[] Merge(SplitManifest manifest, Func<string, ReadOnlyMemory<byte>?> read, ICollection<Finding>? findings)
    {
        if (manifest is null)
            throw new ArgumentNullException(nameof(manifest));
        if (read is null)
            throw new ArgumentNullException(nameof(read));
        CheckManifest(manifest);
        var joined = new byte[manifest.Length];
        var editedRaw = new List<SplitFile>();
        foreach (var file in manifest.Files.Where(file => file.Role == SplitRole.Raw))
            PutRaw(joined, file, read(file.Name), editedRaw);
        if (manifest.Files.FirstOrDefault(file => file.Role == SplitRole.Part && IsEdited(file, read)) is { } part)
        {
            throw new BekenImageException(FindingCode.WrongKind,
                $"{part.Name} was edited; a part of a package is there for reading, and the package is made anew of its parts").About(part.Name);
        }
        var editedPlain = ReadEdited(manifest, read);
        List<SplitFile> edited = [.. editedRaw, .. editedPlain.Select(edit => edit.File)];
        // What was there tells the device, as far as the folder holds it still.
        var before = edited.Count > 0 ? Parse(manifest, Restored(manifest, joined, read, editedRaw)) : null;
        var image = new ImageBuffer(joined);
        foreach (var (file, plain) in editedPlain)
        {
            if (editedRaw.FirstOrDefault(raw => raw.Range.Overlaps(file.PartitionRange)) is { } both)
                throw Bad($"both {file.Name} and {both.Name} were edited; restore one of them").About(file.Name);
            if (plain.IsEmpty)
                throw Bad($"{file.Name} is empty; a missing file is no edit, an empty one no program").About(file.Name);
            Blame.On(file.Name, () =>
            {
                FamilyGuard.CheckProgram(before!.Content, plain.Span);
                PutPlain(image, file, plain);
            });
        }
        if (before is not null)
        {
            var after = Parse(manifest, image.Bytes);
            JudgeCalibration(after, editedRaw, findings);
            CheckPrograms(before, after, edited, findings);
        }
        if (manifest.Package is { } package)
            return PackagedFlash.Rebuild(package, image.Bytes.Span, isEdited: editedRaw.Count + editedPlain.Count > 0);
        return manifest.Rotation == 0 ? joined : ImageOrigin.RotateRight(image.Bytes.Span, image.Length - manifest.Rotation);
    }

    private static bool IsEdited(SplitFile file, Func<string, ReadOnlyMemory<byte>?> read) =>
        read(file.Name) is { } bytes && Sha256Text.Of(bytes.Span) != file.Sha256;

    private static List<(SplitFile File, ReadOnlyMemory<byte> Plain)> ReadEdited(SplitManifest manifest, Func<string, ReadOnlyMemory<byte>?> read)
    {
        var edited = new List<(SplitFile, ReadOnlyMemory<byte>)>();
        foreach (var file in manifest.Files.Where(file => file.Role == SplitRole.Plain))
        {
            if (read(file.Name) is { } plain && Sha256Text.Of(plain.Span) != file.Sha256)
                edited.Add((file, plain));
        }
        return edited;
    }

    private static FlashImage Parse(SplitManifest manifest, ReadOnlyMemory<byte> unrotated)
    {
        var app = manifest.Files.FirstOrDefault(file => file.Role == SplitRole.Plain && file.Partition == PartitionNames.App);
        return FlashImage.Parse(unrotated.ToArray(), new FlashImageOptions { Key = app?.Key, AesKey = app?.AesKey, AesVariant = app?.AesVariant });
    }

    // What the table was is not in the folder any more: the new one is judged by what else tells the device.
    private static void JudgeCalibration(FlashImage after, List<SplitFile> editedRaw, ICollection<Finding>? findings)
    {
        var edited = editedRaw.Find(file => file.Partition == PartitionNames.Rf || after.Rf is { } table && file.Range.Contains(table.Offset));
        if (findings is null || edited is null)
            return;
        foreach (var finding in CalibrationGuard.JudgeNew(after, edited.Range))
            findings.Add(finding);
    }

    // An image that was put together of two families once, or is damaged, may be split and merged; an edited program may not make such a one.
    private static void CheckPrograms(FlashImage before, FlashImage after, List<SplitFile> edited, ICollection<Finding>? findings)
    {
        SplitFile? OfProgram(string name) => edited.Find(file => file.Partition == name);
        if ((OfProgram(PartitionNames.App) ?? OfProgram(PartitionNames.Bootloader)) is { } program)
        {
            Blame.On(program.Name, () =>
            {
                FamilyGuard.Check(before.Content, after.Content);
                FamilyGuard.CheckTogether(after.Content);
            });
        }
        var said = new List<Finding>();
        try
        {
            said.AddRange(BootGuard.Check(before, after));
        }
        catch (ImageGuardException refusal)
        {
            throw refusal.About((edited.Find(file => refusal.Offset is { } at && file.Range.Contains(at)) ?? edited[0]).Name);
        }
        if (said.Count == 0 && BootGuard.JudgeNew(after, edited.Where(file => file.Role == SplitRole.Raw).Select(file => file.Range).ToArray()) is { } finding)
            said.Add(finding);
        foreach (var one in said)
        {
            if (findings is null)
                throw new ImageGuardException(one.Code, one.Message, one.Offset).About(edited[0].Name);
            findings.Add(one);
        }
    }

    // The pages of a plain file were sound when it was written; with it, they are what they were, whatever became of the raw file.
    private static byte[] Restored(SplitManifest manifest, byte[] joined, Func<string, ReadOnlyMemory<byte>?> read, List<SplitFile> editedRaw)
    {
        byte[] original = (byte[])joined.Clone();
        foreach (var file in manifest.Files.Where(file => file.Role == SplitRole.Plain && editedRaw.Exists(raw => raw.Range.Overlaps(file.Range))))
        {
            if (read(file.Name) is not { } plain || Sha256Text.Of(plain.Span) != file.Sha256)
                continue;
            var section = StripedEdit.Make(
                original, file.PartitionRange, IsPaged(file), file.Cipher!, (uint)file.LogicalStart, headerOffset: null, plain.Span, previousLength: file.Length);
            section.Slot.CopyTo(original, (int)file.PartitionRange.Start);
        }
        return original;
    }

    // The manifest comes from outside: its raw files must cover the image exactly once, and no name may leave the folder.
    private static void CheckManifest(SplitManifest manifest)
    {
        if (manifest.Length is < 0 or > FlashImage.MaximumLength || manifest.Rotation < 0 || manifest.Rotation > manifest.Length)
            throw Bad("the manifest's length or rotation is that of no image");
        if (manifest.Files.FirstOrDefault(file => !SafeNames.IsSafe(file.Name)) is { } unsafeFile)
            throw Bad($"the manifest names a file '{unsafeFile.Name}' that splitting would not have written");
        if (manifest.Files.GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Skip(1).Any()) is { } twins)
            throw Bad($"the manifest names '{twins.Key}' twice, which is one file on some systems");
        long at = 0;
        foreach (var range in manifest.Files.Where(file => file.Role == SplitRole.Raw).Select(file => file.Range).OrderBy(range => range.Start))
        {
            if (range.Start != at)
                throw Bad(FormattableString.Invariant($"the manifest's raw files do not cover the image exactly once (at 0x{Math.Min(at, range.Start):x})"));
            at = range.End;
        }
        if (at != manifest.Length)
            throw Bad("the manifest's raw files do not cover the image exactly once");
        var whole = new FlashRange(0, manifest.Length);
        foreach (var file in manifest.Files.Where(file => file.Role == SplitRole.Plain))
        {
            bool fits = whole.Contains(file.PartitionRange) && file.PartitionRange.Contains(file.Range) && file.Cipher is not null &&
                file.LogicalStart is >= 0 and <= uint.MaxValue && file.PartitionRange.Start == file.Range.Start &&
                (file.HeaderOffset is not { } header || header >= file.PartitionRange.Start && header <= (IsPaged(file) ? RblHeader.OffsetAtEndOf(whole) : LogicalReads.HeaderOffset(whole.End)));
            if (!fits)
                throw Bad($"the manifest's entry for {file.Name} does not fit the image");
        }
    }

    // The file that was edited names its program, the bootloader among them.
    private static void PutPlain(ImageBuffer image, SplitFile file, ReadOnlyMemory<byte> plain)
    {
        if (file.Partition == PartitionNames.App)
            plain = PlainApp.Take(plain);
        var section = StripedEdit.Make(
            image.Bytes, file.PartitionRange, IsPaged(file), file.Cipher!, (uint)file.LogicalStart, file.HeaderOffset, plain.Span, previousLength: file.Length);
        image.Write(file.PartitionRange.Start, section.Slot, file.Partition ?? file.Name, file.Name, "edited");
        if (section.Header is not null)
            image.Write(file.HeaderOffset!.Value, section.Header, file.Partition ?? file.Name, null, "the RBL header describes the edited program");
    }

    // Page CRCs make what is stored longer than what it holds.
    private static bool IsPaged(SplitFile file) => file.Range.Length != file.Length;

    private static void PutRaw(byte[] image, SplitFile file, ReadOnlyMemory<byte>? bytes, List<SplitFile> edited)
    {
        if (bytes is not { } stored)
            throw Bad($"{file.Name} is missing").About(file.Name);
        if (stored.Length != file.Range.Length)
            throw Bad(FormattableString.Invariant($"{file.Name} has {stored.Length} bytes, its range has {file.Range.Length}; a raw file keeps its length")).About(file.Name);
        stored.Span.CopyTo(image.AsSpan((int)file.Range.Start));
        if (Sha256Text.Of(stored.Span) != file.Sha256)
            edited.Add(file);
    }

    private static BekenImageException Bad(string message) => new(FindingCode.WrongKind, message);
}
