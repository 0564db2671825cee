using BekenImage.Formats.Tuya;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage.Comparing;

/// <summary>
/// Programs of the same name. Where the code is not the same, versions and texts are compared and not the functions' bytes; where it is,
/// what differs is said to be something else of the partition.
/// </summary>
internal sealed class ProgramComparison
{
    private const int ShownTexts = 16;

    private readonly ComparedSide _a;
    private readonly ComparedSide _b;
    private readonly DifferenceList _list;

    private ProgramComparison(ComparedSide a, ComparedSide b, DifferenceList list)
    {
        _a = a;
        _b = b;
        _list = list;
    }

    public static void Run(ComparedSide a, ComparedSide b, DifferenceList list)
    {
        var job = new ProgramComparison(a, b, list);
        var rest = b.Image.Programs.ToList();
        foreach (var program in a.Image.Programs)
        {
            var other = rest.Find(candidate => candidate.Name == program.Name);
            if (other is not null)
                rest.Remove(other);
            if (other is not null)
                job.Compare(program, other);
            else
                job.ListOnly(a, program, DifferenceKind.Removed);
        }
        foreach (var program in rest)
            job.ListOnly(b, program, DifferenceKind.Added);
    }

    private void ListOnly(ComparedSide side, Partition program, DifferenceKind kind)
    {
        if (side.Owners.Find(program) is not { Differs: true } owner)
            return;
        string text = Describe(side, program);
        bool isRemoved = kind == DifferenceKind.Removed;
        _list.Add(owner.Area, kind, owner.Name, isRemoved ? text : null, isRemoved ? null : text,
            isRemoved ? program.Offset : null, isRemoved ? null : program.Offset, program.Length);
        owner.IsExplained = true;
    }

    private static string Describe(ComparedSide side, Partition program) =>
        VersionOf(side, program) ?? Counted.Of(ProgramPayload.Find(side.Content, program).Length, "byte");

    private void Compare(Partition first, Partition second)
    {
        var ownerA = _a.Owners.Find(first);
        var ownerB = _b.Owners.Find(second);
        bool differs = ownerA is { Differs: true } || ownerB is { Differs: true };
        long placeA = _a.Place(first.Code.Start);
        long placeB = _b.Place(second.Code.Start);
        if (ownerA is null || ownerB is null || !differs && placeA == placeB)
            return;
        string? name = ownerA.Name;
        byte[] codeA = _a.Image.CodeOf(first);
        byte[] codeB = _b.Image.CodeOf(second);
        int before = _list.Count;
        if (placeA != placeB)
            _list.Add(ownerA.Area, DifferenceKind.Moved, name, null, null, first.Offset, second.Offset, codeB.Length);
        if (!codeA.AsSpan().SequenceEqual(codeB))
            ListCode(ownerA.Area, name, first, second, codeA, codeB);
        else if (differs && placeA == placeB)
            ListRest(ownerA, ownerB, first, second, name);
        if (_list.Count == before)
            return;
        ownerA.IsExplained = true;
        ownerB.IsExplained = true;
    }

    private void ListCode(DifferenceArea area, string? name, Partition first, Partition second, byte[] codeA, byte[] codeB)
    {
        int common = Math.Min(codeA.Length, codeB.Length);
        if (codeA.Length != codeB.Length && codeA.AsSpan(0, common).SequenceEqual(codeB.AsSpan(0, common)))
        {
            bool isLonger = codeB.Length > codeA.Length;
            _list.Add(area, isLonger ? DifferenceKind.Added : DifferenceKind.Removed, Sub(name, "end"), (long)codeA.Length, (long)codeB.Length,
                first.Offset, second.Offset, Math.Abs(codeA.Length - codeB.Length));
            return;
        }
        _list.Add(area, DifferenceKind.Changed, name, (long)codeA.Length, (long)codeB.Length, first.Offset, second.Offset, Math.Max(codeA.Length, codeB.Length));
        string? versionA = VersionOf(_a, first);
        string? versionB = VersionOf(_b, second);
        if (versionA != versionB)
            _list.Add(area, DifferenceKind.Changed, Sub(name, "version"), versionA, versionB);
        ListTexts(area, name, first, second);
    }

    private void ListTexts(DifferenceArea area, string? name, Partition first, Partition second)
    {
        if (_a.Image.PlainCodeOf(first) is not { } plainA || _b.Image.PlainCodeOf(second) is not { } plainB)
            return;
        var textsA = ProgramTexts.Of(plainA.Span);
        var textsB = ProgramTexts.Of(plainB.Span);
        var inA = new HashSet<string>(textsA, StringComparer.Ordinal);
        var inB = new HashSet<string>(textsB, StringComparer.Ordinal);
        var removed = textsA.Where(text => !inB.Contains(text)).ToArray();
        var added = textsB.Where(text => !inA.Contains(text)).ToArray();
        if (removed.Length == 0 && added.Length == 0)
            return;
        _list.Add(area, DifferenceKind.Changed, Sub(name, "strings"), (long)removed.Length, (long)added.Length);
        foreach (string text in removed.Take(ShownTexts))
            _list.Add(area, DifferenceKind.Removed, Sub(name, "string"), Shown(text), null);
        foreach (string text in added.Take(ShownTexts))
            _list.Add(area, DifferenceKind.Added, Sub(name, "string"), null, Shown(text));
    }

    // Tuya's apps may carry a device's values in their text.
    private string Shown(string text) => _list.ShowSecrets ? text : TuyaSecrets.Mask("text", text);

    private void ListRest(AreaOwner ownerA, AreaOwner ownerB, Partition first, Partition second, string? name)
    {
        var payload = ProgramPayload.Find(_a.Content, first);
        long end = _a.Image.Place(payload.PhysicalRange).End;
        var pieces = _a.Pieces.Where(piece => ReferenceEquals(piece.A, ownerA) || ReferenceEquals(piece.B, ownerB)).ToArray();
        foreach (bool isInCode in new[] { true, false })
        {
            // A piece from within the code to behind it holds both.
            var ranges = pieces.Select(piece => isInCode
                ? piece.Range.Start < end ? FlashRange.FromBounds(piece.Range.Start, Math.Min(end, piece.Range.End)) : default
                : piece.Range.End > end ? FlashRange.FromBounds(Math.Max(end, piece.Range.Start), piece.Range.End) : default)
                .Where(range => !range.IsEmpty && !_a.Image.At(range).SequenceEqual(_b.Image.At(range))).ToArray();
            if (ranges.Length == 0)
                continue;
            long start = ranges.Min(range => range.Start);
            _list.Add(ownerA.Area, DifferenceKind.Changed, Sub(name, isInCode ? "page CRCs" : "behind the code"), null, null,
                _a.Image.OffsetOf(start), _b.Image.OffsetOf(start), ranges.Max(range => range.End) - start);
        }
    }

    private static string Sub(string? name, string part) => name is null ? part : name + "." + part;

    private static string? VersionOf(ComparedSide side, Partition program)
    {
        var image = side.Content;
        if (ReferenceEquals(program, image.Programs.App))
            return image.AppVersion is { } version ? $"{FlavorName(image.Flavor)}{version}" : image.Flavor == FirmwareFlavor.Unknown ? null : FlavorName(image.Flavor).Trim();
        return ReferenceEquals(program, image.Programs.Bootloader) ? image.BootVersion : null;
    }

    private static string FlavorName(FirmwareFlavor flavor) => flavor switch
    {
        FirmwareFlavor.Tuya => "TuyaOS ",
        FirmwareFlavor.OpenBeken => "OpenBeken ",
        FirmwareFlavor.BekenFreeRtos => "Beken FreeRTOS ",
        FirmwareFlavor.LibreTiny => "LibreTiny ",
        FirmwareFlavor.BekenArmino => "Beken Armino ",
        _ => string.Empty,
    };
}
