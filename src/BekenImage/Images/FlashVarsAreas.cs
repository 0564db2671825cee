using BekenImage.Formats.FlashVars;

namespace BekenImage.Images;

/// <summary>OpenBeken's flash variables of an image, in both the forms its releases used, and what is odd about them.</summary>
internal sealed class FlashVarsAreas
{
    private FlashVarsAreas(EasyFlashStore? store, FlashVarsJournal? journal, IReadOnlyList<Finding> findings)
    {
        Store = store;
        Journal = journal;
        Findings = findings;
    }

    public EasyFlashStore? Store { get; }

    public FlashVarsJournal? Journal { get; }

    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>True when the firmware would find variables in one of the two.</summary>
    public bool HoldsVariables => Store is { Names.Count: > 0 } || Journal is { Variables: not null };

    /// <param name="image">The un-rotated image.</param>
    /// <param name="map">
    /// Where its firmware looks. The store has its place on every chip and a mark of its own, so it is looked for without a map too; the
    /// journal's mark is four equal bytes, so it counts only where OpenBeken would look for it.
    /// </param>
    public static FlashVarsAreas Read(ReadOnlyMemory<byte> image, ChipLayout? map)
    {
        var findings = new List<Finding>();
        EasyFlashStore? store = null;
        FlashVarsJournal? journal = null;
        var area = new FlashRange(EasyFlashStore.UsualOffset, EasyFlashStore.Size);
        if (area.End <= image.Length)
            EasyFlashReader.TryRead(area.Of(image), area.Start, findings, out store);
        if (map?.FlashVarsJournal is { } older && older.End <= image.Length)
            Formats.FlashVars.FlashVarsJournal.TryRead(older.Of(image), older.Start, findings, out journal);
        return new FlashVarsAreas(store, journal, findings);
    }
}
