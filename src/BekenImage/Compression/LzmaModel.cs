namespace BekenImage.Compression;

/// <summary>The probabilities of an LZMA stream and what follows from its properties; decoder and encoder walk them alike. FORMAT.md, section 5.</summary>
internal sealed class LzmaModel
{
    public const int ProbabilityBits = 11;
    public const int MoveBits = 5;
    public const int MinimumMatch = 2;
    public const int States = 12;
    public const int SlotBits = 6;
    public const int AlignBits = 4;
    public const int FirstModelSlot = 4;
    public const int EndModelSlot = 14;
    public const int MaximumPositionStates = 1 << 4;

    private const ushort Half = 1 << ProbabilityBits - 1;

    public LzmaModel(int literalContextBits, int literalPositionBits, int positionBits)
    {
        LiteralContextBits = literalContextBits;
        LiteralPositionMask = (1 << literalPositionBits) - 1;
        PositionMask = (1 << positionBits) - 1;
        Literals = Make(0x300 << literalContextBits + literalPositionBits);
    }

    public int LiteralContextBits { get; }

    public int LiteralPositionMask { get; }

    public int PositionMask { get; }

    public ushort[] Literals { get; }

    public ushort[] IsMatch { get; } = Make(States * MaximumPositionStates);

    public ushort[] IsRepeat { get; } = Make(States);

    public ushort[] IsRepeatG0 { get; } = Make(States);

    public ushort[] IsRepeatG1 { get; } = Make(States);

    public ushort[] IsRepeatG2 { get; } = Make(States);

    public ushort[] IsRepeat0Long { get; } = Make(States * MaximumPositionStates);

    public ushort[] Slots { get; } = Make(4 << SlotBits);

    public ushort[] Distances { get; } = Make(1 + 128 - EndModelSlot);

    public ushort[] Align { get; } = Make(1 << AlignBits);

    public LzmaLengths MatchLengths { get; } = new();

    public LzmaLengths RepeatLengths { get; } = new();

    public static ushort[] Make(int count)
    {
        var probabilities = new ushort[count];
        for (int i = 0; i < count; i++)
            probabilities[i] = Half;
        return probabilities;
    }

    /// <summary>Where the 0x300 probabilities of a literal begin.</summary>
    public int LiteralOffset(int position, int previous) =>
        0x300 * (((position & LiteralPositionMask) << LiteralContextBits) + (previous >> 8 - LiteralContextBits));

    public static int AfterLiteral(int state) => state < 4 ? 0 : state < 10 ? state - 3 : state - 6;

    public static int AfterMatch(int state) => state < 7 ? 7 : 10;

    public static int AfterRepeat(int state) => state < 7 ? 8 : 11;

    public static int AfterShortRepeat(int state) => state < 7 ? 9 : 11;

    /// <summary>Which of the four trees of distance slots a length takes.</summary>
    public static int LengthState(int length) => Math.Min(length - MinimumMatch, 3);
}

/// <summary>The probabilities of match lengths, from 2 to 273.</summary>
internal sealed class LzmaLengths
{
    public const int ShortBits = 3;
    public const int LongBits = 8;
    public const int Shorts = 1 << ShortBits;
    public const int Longest = LzmaModel.MinimumMatch + 2 * Shorts + (1 << LongBits) - 1;

    public ushort[] Choice { get; } = LzmaModel.Make(2);

    public ushort[] Low { get; } = LzmaModel.Make(LzmaModel.MaximumPositionStates << ShortBits);

    public ushort[] Middle { get; } = LzmaModel.Make(LzmaModel.MaximumPositionStates << ShortBits);

    public ushort[] High { get; } = LzmaModel.Make(1 << LongBits);
}
