using CsCheck;

namespace BekenImage.Tests.Laws;

/// <summary>What holds of every edit of every image: nothing changes outside what it lists, and edits that do not meet may come in any order.</summary>
public class EditPropertyTests
{
    /// <summary>An editor that is new in the draft fails here until it has an entry.</summary>
    [Fact]
    public void EveryEditorOfTheDraft_IsTried() => Assert.Equal(DraftMethods.All, Edits.Names.Order(StringComparer.Ordinal));

    public static TheoryData<string> Editors => new(Edits.Names);

    /// <summary>Each editor on each image, so that none is left to chance.</summary>
    [Theory]
    [MemberData(nameof(Editors))]
    public void Editor_OnEveryImage_ChangesNothingOutsideWhatItLists(string name) => Gen.Int[0, 1_000_000].Sample(
        seed => Assert.NotEqual(0, GeneratedImages.Names.Count(image => ChangesOnlyWhatItLists(image, (name, seed)))), iter: Rounds.Of(1), threads: 1);

    [Fact]
    public void Edits_WhoseRangesDoNotMeet_Commute()
    {
        int commuted = 0;
        Gen.Select(GeneratedImages.AnyName, Edits.AnyEdit, Edits.AnyEdit).Sample(
            (name, first, second) => commuted += Commute(name, first, second) ? 1 : 0, iter: Rounds.Of(40), threads: 1);
        Assert.True(commuted > 0);
    }

    /// <returns>False where it did nothing.</returns>
    private static bool ChangesOnlyWhatItLists(string imageName, (string Name, int Seed) edit)
    {
        var image = GeneratedImages.All[imageName].Value;
        byte[] source = image.Source.ToArray();
        var draft = Edits.TryMake(image, edit);
        Assert.True(image.Source.Span.SequenceEqual(source), $"{edit}: the image itself was changed");
        if (draft is null)
            return false;
        if (edit.Name == "Normalize()")
            return IsNormalized(image, draft);
        byte[] after = draft.ToImage().Bytes.ToArray();
        byte[] before = Grown(image.Bytes.Span, after.Length);
        var isListed = new bool[after.Length];
        foreach (var change in draft.Changes)
            isListed.AsSpan((int)change.Range.Start, (int)change.Range.Length).Fill(true);
        long changed = 0;
        for (int at = 0; at < after.Length; at++)
        {
            if (before[at] == after[at])
                continue;
            changed++;
            Assert.True(isListed[at], $"{edit} on {imageName}: 0x{at:x} was changed and is in none of {string.Join("; ", draft.Changes)}");
        }
        Assert.True(changed <= draft.Changes.Sum(change => change.ChangedBytes), $"{edit} on {imageName}: {changed} bytes were changed, fewer are counted");
        // The file is the image as it was read: rotated as before.
        byte[] file = draft.ToArray();
        int turned = image.Rotation == 0 ? 0 : file.AsSpan().IndexOf(after.AsSpan(0, 0x1000));
        Assert.True(after.AsSpan().SequenceEqual([.. file[turned..], .. file[..turned]]), $"{edit} on {imageName}: the file is another");
        return changed > 0;
    }

    private static bool IsNormalized(FlashImage image, ImageDraft draft)
    {
        Assert.True(image.Bytes.Span.StartsWith(draft.ToArray()));
        return draft.Changes.Count > 0;
    }

    /// <returns>False where they meet, or one of them cannot be made.</returns>
    private static bool Commute(string imageName, (string Name, int Seed) first, (string Name, int Seed) second)
    {
        var image = GeneratedImages.All[imageName].Value;
        if (Edits.TryMake(image, first) is not { } one || Edits.TryMake(image, second) is not { } other)
            return false;
        if (one.Changes.Count == 0 || other.Changes.Count == 0 || one.Changes.Any(change => other.Changes.Any(another => another.Range.Overlaps(change.Range))))
            return false;
        string said = $"{imageName}: {first}, {second}";
        var oneThenOther = Edits.TryMake(one.ToImage(), second);
        var otherThenOne = Edits.TryMake(other.ToImage(), first);
        // Where calibration and configuration go, the app says: with another one it is another edit.
        if (ChangesProgram(image, first, one) && IsMoved(other, oneThenOther) || ChangesProgram(image, second, other) && IsMoved(one, otherThenOne))
            return false;
        Assert.True(oneThenOther is not null && otherThenOne is not null, $"{said}: one is refused after the other");
        Assert.True(oneThenOther.ToImage().Bytes.Span.SequenceEqual(otherThenOne.ToImage().Bytes.Span), Shown(said, one, other, oneThenOther, otherThenOne));
        return true;
    }

    private static string Shown(string said, params ImageDraft[] drafts) =>
        $"{said}: the order shows; {string.Join(" | ", drafts.Select(draft => string.Join("; ", draft.Changes)))}";

    // Also bytes put into a program as they are: the text that named the firmware may be gone.
    private static bool ChangesProgram(FlashImage image, (string Name, int Seed) edit, ImageDraft draft) => Edits.ReplacesPrograms(edit.Name) ||
        image.Programs.Partitions.Any(program => program.LogicalStart is not null && draft.Changes.Any(change => change.Range.Overlaps(program.Range)));

    /// <summary>Whether an edit goes elsewhere, or nowhere, than it does alone.</summary>
    private static bool IsMoved(ImageDraft alone, ImageDraft? after) =>
        after is null || !after.Changes.Select(change => change.Range).SequenceEqual(alone.Changes.Select(change => change.Range));

    private static byte[] Grown(ReadOnlySpan<byte> bytes, int length)
    {
        var grown = new byte[length];
        grown.AsSpan().Fill(0xFF);
        bytes.CopyTo(grown);
        return grown;
    }
}
