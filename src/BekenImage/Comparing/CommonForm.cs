using BekenImage.Images;

namespace BekenImage.Comparing;

/// <summary>Two images in the same form.</summary>
internal sealed class ComparedPair(ComparedImage a, ComparedImage b)
{
    public ComparedImage A { get; } = a;

    public ComparedImage B { get; } = b;
}

/// <summary>Brings two images into the same form: out of wrappers, once, from physical 0, under one key, with page CRCs or without.</summary>
internal static class CommonForm
{
    public static ComparedPair Make(FlashImage a, FlashImage b, DifferenceList list)
    {
        (a, b) = Unwrap(a, b, list);
        if (a.Rotation != b.Rotation)
            list.Add(DifferenceArea.Rotation, DifferenceKind.Changed, null, (long)a.Rotation, (long)b.Rotation, isForm: true);
        long lengthA = a.FileLength;
        long lengthB = b.FileLength;
        if (a.IsPackagedFlash && b.IsPackagedFlash && a.Length == b.Length && !a.Origin.ToFile(b.Bytes).Span.SequenceEqual(b.Source.Span))
            list.Add(DifferenceArea.Other, DifferenceKind.Changed, "file", null, null);
        (a, b) = (ReadOnce(a), ReadOnce(b));
        var (first, second, asPlain) = UnderOneKey(a, b, list);
        bool isLogical = first.Stored == StoredForm.Logical || second.Stored == StoredForm.Logical;
        if (first.Stored is { } storedA && second.Stored is { } storedB && storedA != storedB)
            list.Add(DifferenceArea.Other, DifferenceKind.Changed, "stored", Word(storedA), Word(storedB), isForm: true);
        bool isByBlocks = asPlain && new[] { first, second }.Any(image => image.Programs.Partitions.Any(program => program.AesKey is not null));
        var pair = new ComparedPair(
            new ComparedImage(first, isLogical, asPlain, isByBlocks), new ComparedImage(second, isLogical, asPlain, isByBlocks));
        if (lengthA != lengthB)
        {
            bool isForm = pair.A.Start == pair.B.Start && pair.A.End == pair.B.End;
            list.Add(DifferenceArea.Length, DifferenceKind.Changed, null, lengthA, lengthB, isForm: isForm);
        }
        return pair;
    }

    private static string Word(StoredForm stored) => stored.ToString().ToLowerInvariant();

    private static (FlashImage, FlashImage) Unwrap(FlashImage a, FlashImage b, DifferenceList list)
    {
        var (firstA, firstB) = (a, b);
        while (true)
        {
            bool opensA = IsOpen(a);
            bool opensB = IsOpen(b);
            if (!opensA && !opensB)
                break;
            if (opensA && opensB && a.Kind == b.Kind && !a.IsArchive)
                CompareHeaders(a, b, list);
            // An archive alone is opened first: what is in it may be a package as the other is.
            bool onlyArchive = a.IsArchive != b.IsArchive;
            (a, b) = (opensA && (!onlyArchive || a.IsArchive) ? a.Contained! : a, opensB && (!onlyArchive || b.IsArchive) ? b.Contained! : b);
        }
        bool isWrapped = !ReferenceEquals(a, firstA) || !ReferenceEquals(b, firstB) || a.IsPackagedFlash != b.IsPackagedFlash;
        if (isWrapped && (firstA.Kind != firstB.Kind || firstA.IsArchive != firstB.IsArchive || a.Source.Span.SequenceEqual(b.Source.Span)))
        {
            list.Add(DifferenceArea.Other, DifferenceKind.Changed, "file", WordOf(firstA), WordOf(firstB), isForm: true);
        }
        return (a, b);
    }

    private static bool IsOpen(FlashImage image) => image is { IsPackagedFlash: false, Contained: not null };

    private static string WordOf(FlashImage image) => image.IsArchive ? "archive" : image.Kind.ToString().ToLowerInvariant();

    private static void CompareHeaders(FlashImage a, FlashImage b, DifferenceList list)
    {
        if (a.Containers.FirstOrDefault() is { } first && b.Containers.FirstOrDefault() is { } second &&
            !first.Header.Bytes.Span.SequenceEqual(second.Header.Bytes.Span))
        {
            list.Add(DifferenceArea.Container, DifferenceKind.Changed, first.Header.Name, HeaderComparison.Describe(first), HeaderComparison.Describe(second),
                first.Offset, second.Offset, first.End - first.Offset);
        }
    }

    private static FlashImage ReadOnce(FlashImage image)
    {
        if (image.IsPackagedFlash || OverlongRead.Find(image.Source.Span) is null)
            return image;
        return FlashImage.Parse(ImageNormalizer.Normalize(image).Bytes, image.Options);
    }

    private static (FlashImage A, FlashImage B, bool AsPlain) UnderOneKey(FlashImage a, FlashImage b, DifferenceList list)
    {
        var common = Common(a, b).ToArray();
        var other = common.Where(pair => pair is { A.Storage.Cipher: { } left, B.Storage.Cipher: { } right } && !left.IsEquivalentTo(right)).ToArray();
        foreach (var (first, second) in common.Where(pair => pair.A.Storage.Cipher is null != pair.B.Storage.Cipher is null))
        {
            list.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.KeyUnknown,
                $"the key of '{first.Name}' is known in the {(first.Storage.Cipher is null ? "second" : "first")} image only; it is compared as it is stored",
                first.Offset, first.Name));
        }
        if (other.Length == 0)
            return (a, b, false);
        bool isOne = other.Length == common.Length || other.All(pair => pair.A.Storage.Cipher!.IsEquivalentTo(other[0].A.Storage.Cipher!) &&
            pair.B.Storage.Cipher!.IsEquivalentTo(other[0].B.Storage.Cipher!));
        foreach (var (first, second) in isOne ? other.Take(1) : other)
            list.Add(DifferenceArea.Key, DifferenceKind.Changed, isOne ? null : first.Name, KeyText(first, list), KeyText(second, list), isForm: true);
        // A record that did not fit its key is renewed, so one of the two ways may not lead back: that counts which changes less.
        var movedB = Rekeyed(b, a);
        int restB = movedB is null ? int.MaxValue : CountOther(a, movedB);
        if (restB == 0)
            return (a, movedB!, false);
        var movedA = Rekeyed(a, b);
        int restA = movedA is null ? int.MaxValue : CountOther(movedA, b);
        return movedA is not null && restA < restB ? (movedA, b, false)
            : movedB is not null ? (a, movedB, false)
            : (a, b, true);
    }

    private static int CountOther(FlashImage a, FlashImage b)
    {
        if (a.Programs.Bootloader is not { } first || b.Programs.Bootloader is not { } second)
            return 0;
        var left = first.Range.Of(a.Bytes).Span;
        var right = second.Range.Of(b.Bytes).Span;
        int other = Math.Abs(left.Length - right.Length);
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
            other += left[i] != right[i] ? 1 : 0;
        return other;
    }

    private static IEnumerable<(Partition A, Partition B)> Common(FlashImage a, FlashImage b) =>
        new ComparedImage(a).Programs.SelectMany(program => new ComparedImage(b).Programs.Where(other => other.Name == program.Name)
            .Take(1).Select(other => (program, other)));

    private static string KeyText(Partition program, DifferenceList list) =>
        program.AesKey is { } aes ? list.ShowSecrets ? aes.ToHex() : SecretMask.Text
        : program.Key is { } key ? key.Name is { } name ? name : string.Join(" ", key.ToWords()) : program.Storage.Cipher!.DisplayName;

    // A bootloader stores words of its key, and headers count what is stored: moving the programs renews both.
    private static FlashImage? Rekeyed(FlashImage image, FlashImage to)
    {
        if (to.Key.Value is not { } key || to.Programs.Partitions.Any(program => program.Key is { } own && !own.IsEquivalentTo(key)))
            return null;
        try
        {
            var moved = image.Edit().Rekey(key).ToImage();
            return Common(moved, to).All(pair => pair is { A.Storage.Cipher: { } left, B.Storage.Cipher: { } right } && left.IsEquivalentTo(right)) ? moved : null;
        }
        catch (BekenImageException)
        {
            return null;
        }
    }
}
