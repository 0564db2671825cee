using BekenImage.Formats.Foreign;
using BekenImage.Formats.Ua;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage.Firmware;

/// <summary>
/// The programs taken out of a firmware file for an Armino chip: the application, and those of further cores. Where nothing is enciphered
/// and nothing signed: else a changed program does not start.
/// </summary>
internal sealed class ArminoFirmware
{
    private ArminoFirmware(IReadOnlyList<ArminoProgram> programs, AppIdentity identity)
    {
        Programs = programs;
        Identity = identity;
    }

    /// <summary>The programs but the bootloader; one at least is called <c>app</c>.</summary>
    public IReadOnlyList<ArminoProgram> Programs { get; }

    public AppIdentity Identity { get; }

    public ArminoProgram App => Programs.First(program => program.Name == PartitionNames.App);

    /// <summary>Takes the programs out of a file.</summary>
    /// <param name="firmware">The file.</param>
    /// <param name="device">The device it is for; null when not known.</param>
    /// <exception cref="BekenImageException">There are none, or one is damaged.</exception>
    /// <exception cref="ImageGuardException">They are signed or enciphered.</exception>
    public static ArminoFirmware TakeFrom(FlashImage firmware, FlashImage? device = null)
    {
        firmware = firmware.OpenPackage();
        CheckOpen(firmware, "the firmware");
        if (UaPackage.TryRead(firmware.Source, out var wrapped))
            firmware = FlashImage.Parse(wrapped.Unpack(), firmware.Options);
        if (firmware.Kind is ImageKind.Ota or ImageKind.Ug)
            return TakePackage(firmware, device);
        if (firmware.Kind == ImageKind.Bootloader)
            throw new BekenImageException(FindingCode.WrongKind, "it is a bootloader; an application is needed");
        if (firmware.Programs.App is { IsStriped: true } && CutRead.EndsInPage(firmware.Bytes))
        {
            throw new BekenImageException(FindingCode.Truncated,
                "the firmware file is cut: it ends in the middle of a page; get the whole file", firmware.Bytes.Length);
        }
        var programs = firmware.Programs.Partitions
            .Where(partition => partition.LogicalStart is not null && partition.Name != PartitionNames.Bootloader)
            .Select(partition => Take(firmware, partition)).Where(program => program is not null).Select(program => program!).ToArray();
        if (programs.FirstOrDefault(program => program.Name == PartitionNames.App) is null)
        {
            throw ForeignFormats.Describe(firmware.Bytes.Span) is { } other
                ? new BekenImageException(FindingCode.KnownOtherFormat, $"it is {other}")
                : new BekenImageException(FindingCode.WrongKind, "no application is in it; a linear image, a UA file or a plain application is needed");
        }
        return new ArminoFirmware(programs, firmware.Content.App!);
    }

    /// <summary>Refuses what is signed or enciphered, and why.</summary>
    /// <param name="image">A device's image, or a firmware file.</param>
    /// <param name="name">What it is: the subject of the sentence.</param>
    /// <exception cref="ImageGuardException">It is.</exception>
    public static void CheckOpen(FlashImage image, string name)
    {
        if (Closed(image, name) is { } obstacle)
            throw new ImageGuardException(obstacle.Code, obstacle.Message + "; nothing was written", obstacle.Offset);
    }

    /// <summary>Why no program of an image can be put beside another's; null where nothing stands against it.</summary>
    /// <param name="image">A device's image, or a firmware file.</param>
    /// <param name="name">What it is: the subject of the sentence.</param>
    public static AppObstacle? Closed(FlashImage image, string name)
    {
        if (SecureBootSigns.Of(image) is { } sign)
        {
            return new(FindingCode.SecureBootSigned,
                $"{name} is under secure boot ({sign}): its programs are signed, and a changed one fails its signature", 0);
        }
        if (image.Programs.Partitions.FirstOrDefault(partition => image.Origin.IsArmino && partition.IsEncrypted) is not { } program)
            return null;
        string key = image.Key.IsKnown ? "under the key given or published" : "and its key is needed to read it";
        return new(FindingCode.ImageEnciphered,
            $"{name} is enciphered by AES, {key}; programs of two images are put together only where nothing is enciphered", program.Offset);
    }

    private static ArminoFirmware TakePackage(FlashImage firmware, FlashImage? device)
    {
        byte[] plain = UpdatePackages.Open(firmware, null, device);
        var inside = FlashImage.Parse(plain, new FlashImageOptions { Chip = firmware.Options.Chip });
        if (inside.Origin is not { IsArmino: true, Start: ImageStart.AppFile })
            throw new BekenImageException(FindingCode.PackageNotPlain, "what the update package holds is no plain application");
        var taken = TakeFrom(inside);
        return new ArminoFirmware(
            taken.Programs.Select(program => program.Packed()).ToArray(), taken.Identity);
    }

    private static ArminoProgram? Take(FlashImage firmware, Partition partition)
    {
        long start = partition.LogicalStart!.Value.Value;
        if (!partition.IsStriped)
            return new ArminoProgram(partition.Name, firmware.Decode(partition), default, start, partition.Offset);
        var payload = ProgramPayload.Find(firmware, partition);
        var scan = payload.Check(firmware);
        if (scan.Bad > 0)
        {
            throw new BekenImageException(FindingCode.BadPage, FormattableString.Invariant(
                $"the firmware is damaged: {scan.Bad} of the {scan.Total} pages of its '{partition.Name}' {Counted.Have(scan.Bad)} a wrong CRC"),
                payload.PhysicalRange.Start + (long)scan.FirstBad * Crypto.FlashPages.PageSize);
        }
        if (scan.Valid == 0)
            return null;
        var pages = payload.PhysicalRange.Of(firmware.Bytes);
        return new ArminoProgram(partition.Name, firmware.Decode(partition).Slice(0, (int)payload.Length), pages, start, partition.Offset);
    }
}
