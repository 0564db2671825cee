using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>What the strings of a deciphered bootloader say.</summary>
internal sealed class BootloaderIdentity
{
    // The SDK bootloaders print a chip name and a version that stand apart. BK7252N also carries the marker "BK7238", so it comes first.
    private static readonly (string Name, BekenChip Chip)[] SdkNames =
    [
        ("BK7252N", BekenChip.BK7252N),
        ("BK7251", BekenChip.BK7252),
        ("BK7231u", BekenChip.BK7231U),
        ("BK7231n", BekenChip.BK7231N),
        ("BK7238", BekenChip.BK7238),
    ];

    // The WA2's bootloader prints no name; its reset branch tells it from all others.
    private const uint BK7231QResetBranch = 0xEA001C68;

    private BootloaderIdentity(BekenChip chip, string? version, bool isSdk)
    {
        Chip = chip;
        Version = version;
        IsSdk = isSdk;
    }

    /// <summary>The chip by its bootloader; BK7231N stands for its family.</summary>
    public BekenChip Chip { get; }

    /// <summary>What the bootloader prints, such as <c>BK7231n_1.0.8</c>.</summary>
    public string? Version { get; }

    /// <summary>True for bootloaders of the Beken SDK, false for Tuya's.</summary>
    public bool IsSdk { get; }

    public static BootloaderIdentity Read(ReadOnlySpan<byte> plain)
    {
        if (FirmwareText.FindToken(plain, "BK7231N_") is { } n)
            return new BootloaderIdentity(BekenChip.BK7231N, n, isSdk: false);
        if (FirmwareText.FindToken(plain, "BK7231S_") is { } t)
            return new BootloaderIdentity(BekenChip.BK7231T, t, isSdk: false);
        string? version = FirmwareText.FindToken(plain, "_1.0.");
        foreach (var (name, chip) in SdkNames)
        {
            if (version is not null && FirmwareText.FindToken(plain, name) == name)
                return new BootloaderIdentity(chip, name + version, isSdk: true);
        }
        bool isQ = plain.Length >= 4 && System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(plain) == BK7231QResetBranch;
        return new BootloaderIdentity(isQ ? BekenChip.BK7231Q : BekenChip.Unknown, null, isSdk: false);
    }
}

/// <summary>What the strings of a deciphered app say.</summary>
internal sealed class AppIdentity
{
    private const int MarkerOffset = 0x100;

    private AppIdentity(FirmwareFlavor flavor, string? version, BekenChip chip, bool hasNMarker)
    {
        Flavor = flavor;
        Version = version;
        Chip = chip;
        HasNMarker = hasNMarker;
    }

    public FirmwareFlavor Flavor { get; }

    public string? Version { get; }

    /// <summary>The chip the firmware names; BK7231N stands for its family.</summary>
    public BekenChip Chip { get; }

    /// <summary>True when "BK7231" stands at 0x100, as in every app for BK7231N, BK7231M and BL2028N, and in no other.</summary>
    public bool HasNMarker { get; }

    public static AppIdentity Read(ReadOnlySpan<byte> plain)
    {
        bool hasNMarker = plain.Length >= MarkerOffset + 8 && plain.Slice(MarkerOffset, 8).SequenceEqual("BK7231\0\0"u8);
        bool hasMarker = hasNMarker || plain.Length >= MarkerOffset + 8 && plain.Slice(MarkerOffset, 8).SequenceEqual("BK7238\0\0"u8);
        var (flavor, version, chip) = ReadOpenBeken(plain) ?? ReadLibreTiny(plain) ?? ReadTuya(plain) ??
            (hasMarker || plain.IndexOf("beken378"u8) >= 0 ? FirmwareFlavor.BekenFreeRtos : FirmwareFlavor.Unknown, null, BekenChip.Unknown);
        if (chip == BekenChip.Unknown && hasNMarker)
            chip = BekenChip.BK7231N;
        return new AppIdentity(flavor, version, chip, hasNMarker);
    }

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
            return (FirmwareFlavor.LibreTiny, version, BekenChip.Unknown);
        return plain.IndexOf("LibreTiny"u8) >= 0 || plain.IndexOf("libretiny"u8) >= 0
            ? (FirmwareFlavor.LibreTiny, null, BekenChip.Unknown)
            : null;
    }

    // A linked library may bring an older version line of its own, so the highest counts.
    private static (FirmwareFlavor, string?, BekenChip)? ReadTuya(ReadOnlySpan<byte> plain)
    {
        string? version = FirmwareText.Highest(FirmwareText.FindAllAfter(plain, "< TuyaOS V:"))
            ?? FirmwareText.Highest(FirmwareText.FindAllAfter(plain, "< TUYA IOT SDK V:"));
        if (version is null)
            return null;
        var chip = plain.IndexOf(" AT bk7231n "u8) >= 0 ? BekenChip.BK7231N
            : plain.IndexOf(" AT bk7231t "u8) >= 0 ? BekenChip.BK7231T
            : BekenChip.Unknown;
        return (FirmwareFlavor.Tuya, version, chip);
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
