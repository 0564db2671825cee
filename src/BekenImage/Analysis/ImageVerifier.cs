using BekenImage.Analysis;
using BekenImage.Crypto;
using BekenImage.IO;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>
/// Would this image boot, and is it a backup worth keeping? The checks are made in the order in which a chip starts: bootloader, key, app,
/// and the header the bootloader verifies the app by.
/// </summary>
public static class ImageVerifier
{
    /// <summary>Verifies an image.</summary>
    /// <param name="image">The image; of any kind.</param>
    public static VerifyResult Verify(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        var checks = new List<VerifyCheck>
        {
            Vectors(image, image.Programs.Bootloader, "bootloader-vectors", FindingCode.BootloaderMissing),
            Pages(image, image.Programs.Bootloader, "bootloader-pages"),
            Vectors(image, image.Programs.App, "app-vectors", FindingCode.AppMissing),
            SameKey(image),
            StoredKeyCheck.Of(image),
            FamilyCheck.Judge(image),
            Pages(image, image.Programs.App, "app-pages"),
        };
        var acceptance = BootloaderAcceptance.Judge(image);
        checks.Add(acceptance.Check);
        checks.Add(StagedPackage(image));
        bool boots = checks.All(check => check.Status != CheckStatus.Fail);
        bool? backup = null;
        if (image.IsWholeChip)
        {
            var content = BackupChecks(image).ToArray();
            checks.AddRange(content);
            bool sound = checks.Where(check => check.Name is "bootloader-pages" or "app-pages").All(check => check.Status != CheckStatus.Fail);
            backup = sound && content.All(check => check.Status != CheckStatus.Fail);
        }
        return new VerifyResult(boots, acceptance.Accepts, backup, checks);
    }

    private static VerifyCheck Vectors(FlashImage image, Partition? program, string name, FindingCode code)
    {
        if (program is not { IsStriped: true, Pages.Valid: > 0 })
            return new(code, name, CheckStatus.Fail, "there is no such program in pages in this image");
        if (image.Content.RefusedKey is not null)
            return new(FindingCode.KeyUnknown, name, CheckStatus.Fail, "the given key gives no ARM vectors", program.Offset);
        if (program.Key is not { } key || !ArmVectors.Match(image.Decode(program).Span))
        {
            return new(FindingCode.KeyUnknown, name, CheckStatus.Fail,
                image.Options.Key is null ? "no known key gives ARM vectors" : "the given key gives no ARM vectors", program.Offset);
        }
        return new(code, name, CheckStatus.Pass, $"ARM vectors under key {key.DisplayName}", program.Offset);
    }

    private static VerifyCheck SameKey(FlashImage image)
    {
        const string name = "same-key";
        if (image.Programs is not { Bootloader.Key: { } bootloader, App.Key: { } app })
            return new(FindingCode.KeysDiffer, name, CheckStatus.Skipped, "one of the two keys is not known");
        return bootloader.IsEquivalentTo(app)
            ? new(FindingCode.KeysDiffer, name, CheckStatus.Pass, "bootloader and app have the same key")
            : new(FindingCode.KeysDiffer, name, CheckStatus.Fail, "bootloader and app have different keys; a device has one", image.Programs.App.Offset);
    }

    private static VerifyCheck Pages(FlashImage image, Partition? program, string name)
    {
        if (program is not { IsStriped: true, Pages.Valid: > 0 })
            return new(FindingCode.BadPage, name, CheckStatus.Skipped, "there are no pages to check");
        var payload = ProgramPayload.Find(image, program);
        var scan = payload.Check(image);
        if (scan.Bad > 0)
        {
            return new(FindingCode.BadPage, name, CheckStatus.Fail,
                FormattableString.Invariant($"{scan.Bad} of the {scan.Total} pages in use have a wrong CRC, the first is page {scan.FirstBad}"),
                program.Offset + (long)scan.FirstBad * FlashPages.PageSize);
        }
        // A header that fits its payload vouches for erased pages too: they were packed as 0xFF, or the hash would not fit.
        if (payload.Container is { PayloadHashOk: false } && scan.Erased > 0)
        {
            return new(FindingCode.BadPage, name, CheckStatus.Fail,
                FormattableString.Invariant($"{scan.Erased} of the {scan.Total} pages in use are erased"), program.Offset);
        }
        return new(FindingCode.BadPage, name, CheckStatus.Pass, FormattableString.Invariant($"all {scan.Total} pages in use are sound"), program.Offset);
    }

    private static VerifyCheck StagedPackage(FlashImage image)
    {
        const string name = "staged-package";
        var staged = image.Containers.FirstOrDefault(container =>
            !container.IsStriped && container.HeaderCrcOk && container.Partition == PartitionNames.Download);
        return staged is null
            ? new(FindingCode.PackageStaged, name, CheckStatus.Pass, "no update package is staged")
            : new(FindingCode.PackageStaged, name, CheckStatus.Warn, "an update package lies in the download partition; the bootloader may install it", staged.Offset);
    }

    private static IEnumerable<VerifyCheck> BackupChecks(FlashImage image)
    {
        var bytes = image.Bytes;
        yield return ByteRuns.IsErased(bytes.Span) || ByteRuns.IsAll(bytes.Span, 0)
            ? new(FindingCode.Blank, "not-blank", CheckStatus.Fail, "every byte is the same")
            : new(FindingCode.Blank, "not-blank", CheckStatus.Pass, "there is content");
        yield return ImageOrigin.IsDoubled(bytes.Span)
            ? new(FindingCode.Doubled, "complete", CheckStatus.Warn, "the read is complete, but twice as long as the chip")
            : new(FindingCode.Truncated, "complete", CheckStatus.Pass, FormattableString.Invariant($"the whole chip: 0x{bytes.Length:x} bytes"));
        foreach (var check in RfChecks.OfBackup(image))
            yield return check;
    }
}
