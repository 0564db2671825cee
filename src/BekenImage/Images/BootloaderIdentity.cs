using System.Buffers.Binary;
using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>What a deciphered bootloader says of its chip. Rules: Chips/FORMAT.md, section 3.</summary>
internal sealed class BootloaderIdentity
{
    private const string SdkVersion = "_1.0.";

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

    /// <summary>The chip it names, where that is none this library knows.</summary>
    public string? Foreign { get; private init; }

    /// <summary>Why the chip is not told; null where it is.</summary>
    public string? Doubt { get; private init; }

    /// <summary>Which chips it is for.</summary>
    public ChipGeneration Generation { get; private init; }

    /// <summary>True where the chip is the likeliest of several whose loaders show the same signs.</summary>
    public bool IsLikely { get; private init; }

    /// <summary>
    /// The chip by the mark and the table of an Armino image. The mark BK7236 is in the loaders of four chips: that a second core has a
    /// program of its own, or that the flash is larger than 4 MiB, is BK7258 alone.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="bootloader">Its bootloader; null where it has none.</param>
    public static BootloaderIdentity OfArmino(ImageContent image, Partition? bootloader)
    {
        const long small = 0x400000;
        // Where the start of the flash is not in the image, the app's own mark tells as much.
        string? mark = ArminoSigns.MarkOf(image) ?? ArminoSigns.MarkOfApp(image);
        var table = image.Programs.Fal?.Partitions ?? [];
        bool isLarge = image.Bytes.Length > small || table.Any(entry => entry.PhysicalRange.End > small || entry is { IsStriped: true, Name: PartitionNames.App1 });
        var chip = mark switch
        {
            "BK7236" => isLarge ? BekenChip.BK7258 : !image.Key.IsKnown ? BekenChip.Unknown : BekenChip.BK7236,
            "BEKEN" => BekenChip.BK7239N,
            _ => BekenChip.Unknown,
        };
        return new BootloaderIdentity(chip, null, isSdk: true)
        {
            Generation = ChipGeneration.Armino,
            IsLikely = chip == BekenChip.BK7236,
            Foreign = mark == "BK7256" ? mark : null,
            Doubt = image.Origin.Package is not null && mark is null ? null : mark == "BK7256" ? "the bootloader is marked 'BK7256', as those of the RISC-V chips BK7235 and BK7256 are; their firmware is not known here"
                : chip == BekenChip.Unknown && mark is not null
                    ? $"the bootloader is marked '{mark}', as those of BK7234, BK7236, BK7239 and BK7258 are, and nothing else of it can be read"
                : chip == BekenChip.Unknown ? "the bootloader carries no mark, and its table names no chip" : null,
        };
    }

    public static BootloaderIdentity Read(ReadOnlySpan<byte> plain)
    {
        foreach (var family in ChipRegistry.Families)
        {
            if (family.Signs.TuyaBootPrefix is { } prefix && FirmwareText.FindToken(plain, prefix) is { } text)
                return new BootloaderIdentity(family.Head, text, isSdk: false);
        }
        // The SDK's bootloaders print a chip name and a version that stand apart.
        return FirmwareText.FindToken(plain, SdkVersion) is { } version ? ReadSdk(plain, version) : ReadSilent(plain);
    }

    private static BootloaderIdentity ReadSdk(ReadOnlySpan<byte> plain, string version)
    {
        foreach (var family in ChipRegistry.Families)
        {
            if (family.Signs.SdkBootName is { } name && FirmwareText.FindToken(plain, name) == name)
                return new BootloaderIdentity(family.Head, name + version, isSdk: true);
        }
        string? printed = PrintedName(plain);
        foreach (var family in ChipRegistry.Families)
        {
            foreach (var sign in family.Signs.ConfirmedBootloaders)
            {
                if (sign.SdkName is { } name && name == printed && IsConfirmed(sign, plain))
                    return new BootloaderIdentity(family.Head, name + version, isSdk: true);
            }
        }
        bool isShared = printed is not null && ChipRegistry.Families.Any(family => family.Signs.ConfirmedBootloaders.Any(sign => sign.SdkName == printed));
        return new BootloaderIdentity(BekenChip.Unknown, printed + version, isSdk: true)
        {
            Foreign = isShared ? null : printed,
            Doubt = printed is null ? "the bootloader prints a version and no chip"
                : isShared ? $"the bootloader calls itself {printed}, but does not program the registers of that chip; the chip stays open"
                : $"the bootloader calls itself {printed}, a chip whose layout and firmware are not known here",
        };
    }

    private static BootloaderIdentity ReadSilent(ReadOnlySpan<byte> plain)
    {
        uint? reset = plain.Length >= sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(plain) : null;
        bool isKnown = false;
        foreach (var family in ChipRegistry.Families)
        {
            foreach (var sign in family.Signs.ConfirmedBootloaders.Where(sign => sign.SdkName is null))
            {
                if (sign.ResetBranch is { } branch && branch != reset)
                    continue;
                isKnown |= sign.ResetBranch is not null;
                if (IsConfirmed(sign, plain))
                    return new BootloaderIdentity(family.Head, null, isSdk: false);
            }
        }
        return new BootloaderIdentity(BekenChip.Unknown, null, isSdk: false)
        {
            Doubt = isKnown
                ? FormattableString.Invariant($"the bootloader prints no name, and loaders of several chips begin with the word {reset:X8}; the chip stays open")
                : "the bootloader names no chip and shows no two signs of one",
        };
    }

    private static bool IsConfirmed(ConfirmedBootloader sign, ReadOnlySpan<byte> plain)
    {
        if (sign.PassesExceptionsOn && (!ArmVectorTable.PassesOn(plain) || !FirmwareText.Contains(plain, "RT-Thread")))
            return false;
        return sign.Pwm is not { } pwm || Programs(plain, pwm) && !Programs(plain, pwm == ConfirmedBootloader.OldPwm ? ConfirmedBootloader.NewPwm : ConfirmedBootloader.OldPwm);
    }

    /// <summary>True where the address of a block of registers is a literal of the code.</summary>
    private static bool Programs(ReadOnlySpan<byte> plain, uint block)
    {
        for (int at = 0; at <= plain.Length - sizeof(uint); at += sizeof(uint))
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(plain.Slice(at)) == block)
                return true;
        }
        return false;
    }

    // The marker at 0x100 is no name: several chips share one. It counts where nothing else is printed.
    private static string? PrintedName(ReadOnlySpan<byte> plain)
    {
        string? marker = ProgramMarker.Read(plain);
        var names = FirmwareText.FindTokens(plain, "BK7").Where(ProgramMarker.IsChipName).ToArray();
        return names.FirstOrDefault(name => name != marker) ?? names.FirstOrDefault();
    }
}

/// <summary>The chip's name that Beken's build puts at logical 0x100 of many programs.</summary>
internal static class ProgramMarker
{
    private const int Offset = 0x100;
    private const int Size = 8;

    /// <summary>The name, such as <c>BK7236</c>; null where there is none.</summary>
    public static string? Read(ReadOnlySpan<byte> plain)
    {
        if (plain.Length < Offset + Size)
            return null;
        string text = Text.FromLatin1(plain.Slice(Offset, Size));
        string name = new(text.TakeWhile(character => character is >= '0' and <= '9' or >= 'A' and <= 'Z' or >= 'a' and <= 'z').ToArray());
        return IsChipName(name) ? name : null;
    }

    /// <summary>True for BK7231, BK7231u, BK7271.</summary>
    public static bool IsChipName(string text) =>
        text.Length is 6 or 7 && text.StartsWith("BK7", StringComparison.Ordinal) && text.Skip(2).Take(4).All(digit => digit is >= '0' and <= '9') &&
        text.Skip(6).All(letter => letter is >= 'A' and <= 'Z' or >= 'a' and <= 'z');

    /// <summary>
    /// The chip a program is marked for that begins with no ARM vectors, neither as stored nor under a key: those of BK7235, BK7236, BK7256
    /// and BK7258 are for other cores. Null where that does not tell.
    /// </summary>
    /// <param name="stored">Logical bytes as stored, from the program's start on.</param>
    public static string? OfOtherCore(ReadOnlySpan<byte> stored) =>
        Read(stored) is { } name && !ArmVectorTable.Match(stored) && !ChipRegistry.Families.Any(family =>
            family.Chips.Count > 0 && (family.Signs.OwnAppMarker == name || family.Signs.SharedAppMarker == name))
        ? name : null;
}
