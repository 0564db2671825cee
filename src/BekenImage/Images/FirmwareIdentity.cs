using BekenImage.Chips;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>What the strings of a deciphered app say.</summary>
internal sealed class AppIdentity
{
    private const int MarkerOffset = 0x100;
    private const int MarkerSize = 8;

    private AppIdentity(FirmwareFlavor flavor, string? version, BekenChip chip, BekenChip markedFor)
    {
        Flavor = flavor;
        Version = version;
        Chip = chip;
        MarkedFor = markedFor;
    }

    public FirmwareFlavor Flavor { get; }

    public string? Version { get; }

    /// <summary>The chip the firmware names; BK7231N stands for its family.</summary>
    public BekenChip Chip { get; }

    /// <summary>Which chips it is for, by its vectors or by the image it is in.</summary>
    public ChipGeneration Generation { get; private init; }

    /// <summary>The family whose own marker stands at 0x100; unknown where there is none.</summary>
    public BekenChip MarkedFor { get; }

    /// <summary>The marker at 0x100 that apps of one or more families carry; null where there is none.</summary>
    public string? Marker { get; private init; }

    /// <summary>False where a missing marker says nothing: no program is there, or the bytes of the marker are not.</summary>
    public bool CanTellMarker { get; private init; }

    /// <summary>The flash map compiled into the app; null where it has none of the SDK's form.</summary>
    public SdkFlashTable? FlashTable { get; private init; }

    /// <summary>The board LibreTiny's firmware was built for, by the line it prints on starting; else null.</summary>
    public string? Board { get; private init; }

    /// <summary>
    /// True where whose firmware it is, and so where it keeps its data, is no more than likely: nothing names it and it shows no flash map.
    /// What is told from it warns; it forbids nothing.
    /// </summary>
    public bool IsGuess => FlashTable is null && Flavor is FirmwareFlavor.BekenFreeRtos or FirmwareFlavor.Unknown;

    /// <summary>Where the firmware writes update packages: by the map compiled into it, else by the map of its kind.</summary>
    /// <param name="map">The map of its kind.</param>
    public long UpdatesBy(ChipLayout map) => FlashTable?.Download ?? map.Updates;

    /// <summary>Reads an app.</summary>
    /// <param name="plain">The app.</param>
    /// <param name="generation">What the image around it is for; where its vectors tell, they count.</param>
    public static AppIdentity Read(ReadOnlySpan<byte> plain, ChipGeneration? generation = null)
    {
        var own = FamilyRule.GenerationOf(plain) ?? generation ?? ChipGeneration.Bk72xx;
        return own == ChipGeneration.Armino ? ReadArmino(plain) : ReadBk72xx(plain);
    }

    // The marker at 0x100 is the BK72xx's; here the name of the firmware is all there is.
    private static AppIdentity ReadArmino(ReadOnlySpan<byte> plain)
    {
        var (flavor, version, chip) = ReadOpenBeken(plain) ?? ReadTuya(plain) ??
            (plain.IndexOf("armino"u8) >= 0 ? FirmwareFlavor.BekenArmino : FirmwareFlavor.Unknown, null, BekenChip.Unknown);
        bool isOfOthers = chip != BekenChip.Unknown && ChipRegistry.FamilyOf(chip)?.Generation != ChipGeneration.Armino;
        return new AppIdentity(flavor, version, isOfOthers ? BekenChip.Unknown : chip, BekenChip.Unknown) { Generation = ChipGeneration.Armino };
    }

    private static AppIdentity ReadBk72xx(ReadOnlySpan<byte> plain)
    {
        string? marker = null;
        var markedFor = BekenChip.Unknown;
        foreach (var family in ChipRegistry.Families)
        {
            bool own = HasMarker(plain, family.Signs.OwnAppMarker);
            if (own)
                markedFor = family.Head;
            if (own || HasMarker(plain, family.Signs.SharedAppMarker))
                marker = own ? family.Signs.OwnAppMarker : family.Signs.SharedAppMarker;
        }
        var table = SdkFlashTable.Find(plain);
        var (flavor, version, chip) = ReadOpenBeken(plain) ?? ReadLibreTiny(plain) ?? ReadTuya(plain) ??
            (marker is not null || plain.IndexOf("beken378"u8) >= 0 ? ByTable(table, markedFor) : FirmwareFlavor.Unknown, null, BekenChip.Unknown);
        return new AppIdentity(flavor, version, chip == BekenChip.Unknown ? markedFor : chip, markedFor)
        {
            Marker = marker,
            CanTellMarker = plain.Length >= MarkerOffset + MarkerSize && !ByteRuns.IsErased(plain.Slice(MarkerOffset, MarkerSize)) &&
                (flavor != FirmwareFlavor.Unknown || ArmVectors.Match(plain)),
            FlashTable = table,
            Board = flavor == FirmwareFlavor.LibreTiny && version is not null ? FirmwareText.FindAfter(plain, $"LibreTiny v{version} on ") : null,
        };
    }

    // Apps built with Tuya's SDK but without its cloud have none of its texts; they have its flash map, which is not Beken's own.
    private static FirmwareFlavor ByTable(SdkFlashTable? table, BekenChip chip)
    {
        bool isTuya = table is not null && Fits(table, ChipLayout.For(chip, FirmwareFlavor.Tuya)) &&
            !Fits(table, ChipLayout.For(chip, FirmwareFlavor.BekenFreeRtos));
        return isTuya ? FirmwareFlavor.Tuya : FirmwareFlavor.BekenFreeRtos;
    }

    private static bool Fits(SdkFlashTable table, ChipLayout? map) =>
        map is not null && table.Download == map.Updates && table.Rf == map.Rf.Start && table.Net == map.Net.Start;

    // The marker is a text and NULs, 8 bytes.
    private static bool HasMarker(ReadOnlySpan<byte> plain, string? marker) =>
        marker is not null && plain.Length >= MarkerOffset + MarkerSize &&
        Text.FromLatin1(plain.Slice(MarkerOffset, MarkerSize)) == marker.PadRight(MarkerSize, '\0');

    // "OpenBK7231N_1.18.300"; builds of pull requests have a plain number. Every build also names the repository, OpenBK7231T_App.
    private static (FirmwareFlavor, string?, BekenChip)? ReadOpenBeken(ReadOnlySpan<byte> plain)
    {
        bool isOpenBeken = false;
        foreach (string token in FirmwareText.FindTokens(plain, "OpenBK"))
        {
            isOpenBeken = true;
            int underscore = token.IndexOf('_');
            if (underscore < 0 || underscore + 1 == token.Length || token[underscore + 1] is < '0' or > '9')
                continue;
            BekenChips.TryParse(token.Substring(4, underscore - 4), out var chip);
            return (FirmwareFlavor.OpenBeken, token.Substring(underscore + 1), chip);
        }
        return isOpenBeken ? (FirmwareFlavor.OpenBeken, null, BekenChip.Unknown) : null;
    }

    private static (FirmwareFlavor, string?, BekenChip)? ReadLibreTiny(ReadOnlySpan<byte> plain)
    {
        if (FirmwareText.FindAfter(plain, "LibreTiny v") is { } version)
            return (FirmwareFlavor.LibreTiny, version, ReadBoard(plain));
        return plain.IndexOf("LibreTiny"u8) >= 0 || plain.IndexOf("libretiny"u8) >= 0
            ? (FirmwareFlavor.LibreTiny, null, BekenChip.Unknown)
            : null;
    }

    // The generic boards have the chip in their name, "generic-bk7231t-qfn32-tuya"; the names of modules tell no chip for sure.
    private static BekenChip ReadBoard(ReadOnlySpan<byte> plain)
    {
        const string prefix = "generic-";
        var chips = new HashSet<BekenChip>();
        foreach (string board in FirmwareText.FindTokens(plain, prefix))
        {
            if (BekenChips.TryParse(board.Substring(prefix.Length).Split('-')[0], out var chip))
                chips.Add(BekenChips.FamilyOf(chip));
        }
        return chips.Count == 1 ? chips.First() : BekenChip.Unknown;
    }

    // A linked library may bring an older version line of its own, so the highest counts.
    private static (FirmwareFlavor, string?, BekenChip)? ReadTuya(ReadOnlySpan<byte> plain)
    {
        string? version = FirmwareText.Highest(FirmwareText.FindAllAfter(plain, "< TuyaOS V:"))
            ?? FirmwareText.Highest(FirmwareText.FindAllAfter(plain, "< TUYA IOT SDK V:"));
        if (version is null)
            return null;
        foreach (var family in ChipRegistry.Families)
        {
            if (family.Signs.TuyaBuildPlatform is { } platform && FirmwareText.Contains(plain, " AT " + platform + " "))
                return (FirmwareFlavor.Tuya, version, family.Head);
        }
        return (FirmwareFlavor.Tuya, version, BekenChip.Unknown);
    }
}

/// <summary>Finds words in the read-only data of a program.</summary>
internal static class FirmwareText
{
    private const int MaximumHits = 64;
    private const int MaximumLength = 48;

    /// <summary>The first word that begins with a prefix.</summary>
    public static string? FindToken(ReadOnlySpan<byte> plain, string prefix) => FindTokens(plain, prefix).FirstOrDefault();

    /// <summary>Words (letters, digits, <c>.</c>, <c>_</c>, <c>-</c>) that begin with a prefix, and with nothing before it.</summary>
    public static List<string> FindTokens(ReadOnlySpan<byte> plain, string prefix)
    {
        var tokens = new List<string>();
        foreach (int at in Find(plain, prefix))
        {
            if (at == 0 || !IsWordCharacter(plain[at - 1]))
                tokens.Add(Word(plain.Slice(at)));
        }
        return tokens;
    }

    /// <summary>True when a text occurs.</summary>
    public static bool Contains(ReadOnlySpan<byte> plain, string text)
    {
        Span<byte> pattern = stackalloc byte[text.Length];
        Text.WritePadded(text, pattern);
        return plain.IndexOf(pattern) >= 0;
    }

    /// <summary>The word right behind a text.</summary>
    public static string? FindAfter(ReadOnlySpan<byte> plain, string text) => FindAllAfter(plain, text).FirstOrDefault();

    /// <summary>The words right behind every occurrence of a text.</summary>
    public static List<string> FindAllAfter(ReadOnlySpan<byte> plain, string text)
    {
        var words = new List<string>();
        foreach (int at in Find(plain, text))
        {
            string word = Word(plain.Slice(at + text.Length));
            if (word.Length > 0)
                words.Add(word);
        }
        return words;
    }

    /// <summary>The highest of some version numbers, compared part by part.</summary>
    public static string? Highest(IEnumerable<string> versions)
    {
        string? highest = null;
        foreach (string version in versions)
        {
            if (highest is null || Compare(version, highest) > 0)
                highest = version;
        }
        return highest;
    }

    private static int Compare(string left, string right)
    {
        string[] leftParts = left.Split('.');
        string[] rightParts = right.Split('.');
        for (int i = 0; i < Math.Min(leftParts.Length, rightParts.Length); i++)
        {
            bool numbers = uint.TryParse(leftParts[i], out uint a) & uint.TryParse(rightParts[i], out uint b);
            int order = numbers ? a.CompareTo(b) : string.CompareOrdinal(leftParts[i], rightParts[i]);
            if (order != 0)
                return order;
        }
        return leftParts.Length.CompareTo(rightParts.Length);
    }

    private static List<int> Find(ReadOnlySpan<byte> plain, string text)
    {
        Span<byte> pattern = stackalloc byte[text.Length];
        Text.WritePadded(text, pattern);
        var hits = new List<int>();
        for (int from = 0; hits.Count < MaximumHits;)
        {
            int next = plain.Slice(from).IndexOf(pattern);
            if (next < 0)
                break;
            hits.Add(from + next);
            from += next + 1;
        }
        return hits;
    }

    private static string Word(ReadOnlySpan<byte> bytes)
    {
        int length = 0;
        while (length < bytes.Length && length < MaximumLength && IsWordCharacter(bytes[length]))
            length++;
        return Text.FromLatin1(bytes.Slice(0, length));
    }

    private static bool IsWordCharacter(byte value) =>
        value is >= (byte)'0' and <= (byte)'9' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' or (byte)'.' or (byte)'_' or (byte)'-';
}
