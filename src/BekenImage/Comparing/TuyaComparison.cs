using BekenImage.Formats.Tuya;

namespace BekenImage.Comparing;

/// <summary>What Tuya's firmware keeps: storage, protected blocks, UF files.</summary>
internal static class TuyaComparison
{
    public static void Run(ComparedSide a, ComparedSide b, DifferenceList list)
    {
        NamedContent Value(string name, ReadOnlyMemory<byte> data, long? offset) =>
            new(name, data, TuyaSecrets.Show(name, data.Span, list.ShowSecrets), offset);

        List<NamedContent>? Storage(FlashImage image) => image.TuyaStorage?.Values.Select(value => Value(value.Name, value.Data, value.Offset)).ToList();

        List<NamedContent>? Files(FlashImage image) => image.TuyaContents.FileSystem?.Files
            .Select(file => Value(file.Name, file.Data, file.Offsets.Count > 0 ? file.Offsets[0] : null)).ToList();

        List<NamedContent>? Blocks(FlashImage image) => image.TuyaContents.ProtectedBlocks.Count == 0 ? null
            : image.TuyaContents.ProtectedBlocks.SelectMany(block => block.Entries.Select(entry => Value(entry.Name, entry.Data, block.Offset))).ToList();

        NamedArea.Compare(a, b, list, DifferenceArea.Tuya, Storage(a.Content), Storage(b.Content), "values");
        NamedArea.Compare(a, b, list, DifferenceArea.TuyaProtected, Blocks(a.Content), Blocks(b.Content), "values");
        NamedArea.Compare(a, b, list, DifferenceArea.TuyaUf, Files(a.Content), Files(b.Content), "files");
    }
}

/// <summary>An area of named values, of which an image has one.</summary>
internal static class NamedArea
{
    /// <summary>Null for an image that has none.</summary>
    public static void Compare(
        ComparedSide a, ComparedSide b, DifferenceList list, DifferenceArea area, List<NamedContent>? first, List<NamedContent>? second, string what)
    {
        var ownersA = a.Owners.Of(area).ToArray();
        var ownersB = b.Owners.Of(area).ToArray();
        if (first is null && second is null || !ownersA.Concat(ownersB).Any(owner => owner.Differs))
            return;
        int before = list.Count;
        var placeA = first is null ? null : ownersA.FirstOrDefault();
        var placeB = second is null ? null : ownersB.FirstOrDefault();
        if (first is null || second is null)
        {
            list.Add(area, first is null ? DifferenceKind.Added : DifferenceKind.Removed, null, Count(first, what), Count(second, what),
                placeA?.Range.Start, placeB?.Range.Start, (placeB ?? placeA)?.Range.Length);
        }
        else
        {
            if (placeA is not null && placeB is not null && a.Place(placeA.Range.Start) != b.Place(placeB.Range.Start))
                list.Add(area, DifferenceKind.Moved, null, null, null, placeA.Range.Start, placeB.Range.Start, placeB.Range.Length);
            NamedContents.Compare(area, first, second, list);
        }
        if (list.Count == before)
            return;
        foreach (var owner in ownersA.Concat(ownersB))
            owner.IsExplained = true;
    }

    private static string? Count(List<NamedContent>? values, string what) =>
        values is null ? null : FormattableString.Invariant($"{values.Count} {what}");
}
