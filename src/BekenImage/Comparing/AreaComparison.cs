using BekenImage.IO;

namespace BekenImage.Comparing;

/// <summary>
/// Compares two images in one form. First every stretch in which a byte differs is found; then the content of what differs is compared;
/// what that does not account for is listed by its area. So the same bytes at the same place are never a difference, and others always.
/// </summary>
internal sealed class AreaComparison
{
    private readonly DifferenceList _list;
    private readonly List<Piece> _pieces = [];

    public AreaComparison(ComparedPair pair, DifferenceList list)
    {
        _list = list;
        A = new ComparedSide(pair.A);
        B = new ComparedSide(pair.B);
    }

    public ComparedSide A { get; }

    public ComparedSide B { get; }

    public void Run()
    {
        FindPieces();
        ProgramComparison.Run(A, B, _list);
        HeaderComparison.Run(A, B, _list);
        DeviceComparison.Run(A, B, _list);
        ObkComparison.Run(A, B, _list);
        TuyaComparison.Run(A, B, _list);
        LittleFsComparison.Run(A, B, _list);
        ListTheRest();
    }

    /// <summary>Areas of both without a difference.</summary>
    public IReadOnlyList<DifferenceArea> SameAreas() => A.Owners.Areas.Intersect(B.Owners.Areas).Where(area => !_list.Has(area)).ToArray();

    private void FindPieces()
    {
        var inA = A.Owners.Boundaries;
        var inB = B.Owners.Boundaries;
        int atA = 0;
        int atB = 0;
        AreaOwner? ownerA = null;
        AreaOwner? ownerB = null;
        long[] bounds = inA.Select(bound => bound.Place).Concat(inB.Select(bound => bound.Place)).Distinct().OrderBy(place => place).ToArray();
        for (int i = 0; i + 1 < bounds.Length; i++)
        {
            for (; atA < inA.Count && inA[atA].Place <= bounds[i]; atA++)
                ownerA = inA[atA].Owner;
            for (; atB < inB.Count && inB[atB].Place <= bounds[i]; atB++)
                ownerB = inB[atB].Owner;
            var range = FlashRange.FromBounds(bounds[i], bounds[i + 1]);
            if (Differing(range) is not { } differing)
                continue;
            var piece = new Piece(differing, ownerA, ownerB, IsUsed(A, differing), IsUsed(B, differing));
            _pieces.Add(piece);
            if (ownerA is not null)
                ownerA.Differs = true;
            if (ownerB is not null)
                ownerB.Differs = true;
        }
        A.Pieces = B.Pieces = _pieces;
    }

    // Bytes that an image does not reach are as good as erased.
    private FlashRange? Differing(FlashRange range)
    {
        var a = A.Image.At(range);
        var b = B.Image.At(range);
        if (a.Length > 0 && b.Length > 0)
        {
            if (a.SequenceEqual(b))
                return null;
            int first = 0;
            int last = a.Length - 1;
            while (a[first] == b[first])
                first++;
            while (a[last] == b[last])
                last--;
            return FlashRange.FromBounds(range.Start + first, range.Start + last + 1);
        }
        var only = a.Length > 0 ? a : b;
        if (ByteRuns.IsErased(only))
            return null;
        int start = 0;
        int end = only.Length;
        while (only[start] == 0xFF)
            start++;
        while (only[end - 1] == 0xFF)
            end--;
        return FlashRange.FromBounds(range.Start + start, range.Start + end);
    }

    private static bool IsUsed(ComparedSide side, FlashRange range)
    {
        var bytes = side.Image.At(range);
        return bytes.Length > 0 && !ByteRuns.IsErased(bytes);
    }

    private void ListTheRest()
    {
        var rest = new Dictionary<(AreaOwner?, AreaOwner?, DifferenceKind), Rest>();
        var order = new List<Rest>();
        foreach (var piece in _pieces)
        {
            bool isOne = piece.A?.Area == piece.B?.Area && piece.A?.Name == piece.B?.Name;
            if (isOne)
            {
                if (piece.A is { IsExplained: true } || piece.B is { IsExplained: true })
                    continue;
                Note(piece, piece.A, piece.B, piece.IsUsedInA ? piece.IsUsedInB ? DifferenceKind.Changed : DifferenceKind.Removed : DifferenceKind.Added);
                continue;
            }
            if (piece.IsUsedInA && piece.A is not { IsExplained: true })
                Note(piece, piece.A, null, DifferenceKind.Removed);
            if (piece.IsUsedInB && piece.B is not { IsExplained: true })
                Note(piece, null, piece.B, DifferenceKind.Added);
        }
        foreach (var stretch in order)
            List(stretch);

        void Note(Piece piece, AreaOwner? a, AreaOwner? b, DifferenceKind kind)
        {
            if (!rest.TryGetValue((a, b, kind), out var known))
            {
                known = new Rest(a ?? b, kind, piece.Range.Start);
                rest.Add((a, b, kind), known);
                order.Add(known);
            }
            known.End = piece.Range.End;
        }
    }

    private void List(Rest rest)
    {
        long length = rest.End - rest.Start;
        bool isInA = rest.Kind != DifferenceKind.Added;
        bool isInB = rest.Kind != DifferenceKind.Removed;
        _list.Add(rest.Owner?.Area ?? DifferenceArea.Other, rest.Kind, rest.Owner?.Name, null, null,
            isInA ? A.Image.OffsetOf(rest.Start) : null, isInB ? B.Image.OffsetOf(rest.Start) : null, length);
    }

    private sealed class Rest(AreaOwner? owner, DifferenceKind kind, long start)
    {
        public AreaOwner? Owner { get; } = owner;

        public DifferenceKind Kind { get; } = kind;

        public long Start { get; } = start;

        public long End { get; set; }
    }
}

/// <summary>A stretch within one owner of each image, from the first byte that differs to the last.</summary>
internal sealed class Piece(FlashRange range, AreaOwner? a, AreaOwner? b, bool isUsedInA, bool isUsedInB)
{
    public FlashRange Range { get; } = range;

    public AreaOwner? A { get; } = a;

    public AreaOwner? B { get; } = b;

    /// <summary>The first image has something there that is not erased.</summary>
    public bool IsUsedInA { get; } = isUsedInA;

    public bool IsUsedInB { get; } = isUsedInB;
}

/// <summary>One image of a comparison, and what its bytes belong to.</summary>
internal sealed class ComparedSide(ComparedImage image)
{
    public ComparedImage Image { get; } = image;

    public OwnerMap Owners { get; } = new(image);

    public IReadOnlyList<Piece> Pieces { get; set; } = [];

    public FlashImage Content => Image.Image;

    /// <summary>Where an offset of the image is compared.</summary>
    public long Place(long offset) => Image.Place(new FlashRange(offset, 0)).Start;
}
