using BekenImage.Combining;
using BekenImage.Crypto;

namespace BekenImage.Analysis;

/// <summary>A combination that repairs an image: what is typed and what is planned, both from here.</summary>
internal sealed record CombineRepair
{
    /// <summary>True where the backup is the device, and the image only brings the app.</summary>
    public bool IsOntoBackup { get; init; }

    /// <summary>True where the app is the backup's.</summary>
    public bool TakesApp { get; init; }

    /// <summary>True where the bootloader is the backup's, and the image has none.</summary>
    public bool TakesBootloader { get; init; }

    /// <summary>True where the bootloader of what brings the app replaces the image's.</summary>
    public bool ReplacesBootloader { get; init; }

    public bool KeepsConfiguration { get; init; }

    public bool TakesTable { get; init; }

    public bool ErasesFiles { get; init; }

    public BekenChip Chip { get; init; }

    public BekenKey? Key { get; init; }

    public bool NeedsBackup => IsOntoBackup || TakesApp || TakesBootloader;

    public static string TextOf(BekenKey key) => key.Name ?? key.ToString().Replace(' ', ',');

    /// <summary>What is typed behind the program's name.</summary>
    public string[] Arguments(string image, string backup, string output)
    {
        List<string> words = ["combine", IsOntoBackup ? backup : image, TakesApp ? backup : image, "--firmware-dump", "--keep", DeviceData.All];
        if (Chip != BekenChip.Unknown)
            words.AddRange(["--chip", Chip.ToString()]);
        if (Key is { } key)
            words.AddRange(["--key", TextOf(key)]);
        if (KeepsConfiguration)
            words.AddRange(["--obk-config", "keep"]);
        if (TakesTable)
            words.AddRange(["--partition-table", "firmware"]);
        if (ErasesFiles)
            words.AddRange(["--erase", PartitionNames.LittleFs]);
        if (ReplacesBootloader)
            words.Add("--replace-bootloader");
        if (TakesBootloader)
            words.AddRange(["--bootloader", backup]);
        return [.. words, "-o", output];
    }

    /// <summary>What comes of it.</summary>
    /// <exception cref="BekenImageException">It is refused.</exception>
    public byte[] Make(FlashImage image, FlashImage? backup)
    {
        var options = new CombineOptions
        {
            FirmwareIsDump = true,
            Chip = Chip,
            Key = Key,
            ObkConfigFrom = KeepsConfiguration ? ObkConfigChoice.Keep : ObkConfigChoice.Default,
            PartitionTable = TakesTable ? PartitionTableChoice.Firmware : PartitionTableChoice.Keep,
            ReplaceBootloader = ReplacesBootloader,
            Bootloader = TakesBootloader ? backup : null,
        };
        options.Keep.Add(DeviceData.All);
        if (ErasesFiles)
            options.Erase.Add(PartitionNames.LittleFs);
        var plan = new ImageCombiner(IsOntoBackup ? backup! : image, TakesApp ? backup! : image, options).Plan();
        byte[] made = plan.ToArray();
        return CombineReview.Of(plan).Obstacle is { } obstacle
            ? throw new BekenImageException(obstacle.Code, obstacle.Message, obstacle.Offset)
            : made;
    }
}
