using BekenImage.Addressing;
using BekenImage.Chips;
using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Firmware;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Ua;
using BekenImage.Images;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>
/// Builds linear images for BK7236, BK7258 and BK7239N of plain programs, byte for byte as <c>cmake_Gen_image</c> and
/// <c>cmake_encrypt_crc</c> do. The places are those of the bootloader's own table. The options are read with every call. Source:
/// Firmware/FORMAT.md, section 5.
/// </summary>
public sealed class ArminoImageBuilder
{
    /// <summary>Names of the partitions that programs go to, in the order in which they are given.</summary>
    private static readonly string[] Slots = [PartitionNames.App, PartitionNames.App1, PartitionNames.App2];

    private readonly ArminoBuildOptions _options;
    private readonly ChipFamily _family;

    /// <summary>Makes a builder for a chip.</summary>
    /// <param name="chip">BK7236, BK7258 or BK7239N.</param>
    /// <param name="options">What differs from what the inputs say; null for nothing.</param>
    /// <exception cref="BekenImageException">It is no chip of this family.</exception>
    public ArminoImageBuilder(BekenChip chip, ArminoBuildOptions? options = null)
    {
        _family = ChipRegistry.FamilyOf(chip) is { Generation: ChipGeneration.Armino } family ? family : throw new BekenImageException(
            FindingCode.BuildNoRecipe, $"{chip} is none of the family of BK7236; {nameof(FirmwareBuilder)} builds for it");
        Chip = chip;
        _options = options ?? new ArminoBuildOptions();
    }

    /// <summary>The chip.</summary>
    public BekenChip Chip { get; }

    /// <summary>True for the chips whose linear images are built here; for others there is <see cref="FirmwareBuilder"/>.</summary>
    /// <param name="chip">A chip.</param>
    public static bool Supports(BekenChip chip) => ChipRegistry.FamilyOf(chip)?.Generation == ChipGeneration.Armino;

    /// <summary>True for a bootloader file of these chips, by the mark at 0x100.</summary>
    /// <param name="bootloader">The file, with page CRCs or without.</param>
    public static bool IsBootloader(byte[] bootloader)
    {
        if (bootloader is null)
            throw new ArgumentNullException(nameof(bootloader));
        return ArminoSigns.MarkIn(bootloader) is not null || ArminoSigns.MarkInPages(bootloader) is not null;
    }

    /// <summary>The chip of this family a bootloader file is likeliest for; the mark BK7236 does not tell BK7258 from BK7236.</summary>
    /// <param name="bootloader">The file, with page CRCs or without.</param>
    /// <param name="hasSecondProgram">Whether there is a program for a second core, which BK7258 alone has.</param>
    public static BekenChip ChipOf(byte[] bootloader, bool hasSecondProgram)
    {
        if (bootloader is null)
            throw new ArgumentNullException(nameof(bootloader));
        return hasSecondProgram ? BekenChip.BK7258
            : (ArminoSigns.MarkIn(bootloader) ?? ArminoSigns.MarkInPages(bootloader)) == "BEKEN" ? BekenChip.BK7239N : BekenChip.BK7236;
    }

    /// <summary>Builds bootloader and programs, to be flashed at physical 0.</summary>
    /// <param name="bootloader">
    /// The bootloader: plain, or in pages as it lies in flash; what <c>split</c> takes out of an image gives the same image.
    /// </param>
    /// <param name="apps">The plain programs for app, app1 and app2, as many as there are.</param>
    /// <param name="findings">Receives what is to be said about it; null where nobody listens.</param>
    /// <exception cref="BekenImageException">The bootloader is none of this family or has no table; a program is missing, or is no plain one.</exception>
    /// <exception cref="ImageGuardException">A program does not fit its partition, is linked for another place, or is for other chips.</exception>
    public byte[] BuildQio(byte[] bootloader, IReadOnlyList<byte[]> apps, ICollection<Finding>? findings = null)
    {
        var cipher = Cipher();
        var loader = Blame.On(PartitionNames.Bootloader, () => ArminoLoader.Read(bootloader, cipher, _options.Table));
        var programs = Place(apps, loader.Table);
        RequireAll(programs, loader.Table);
        programs.Insert(0, Blame.On(PartitionNames.Bootloader, () => PlaceLoader(loader)));
        long length = programs.Max(program => program.Start + program.Bytes.Length);
        byte[] logical = ByteRuns.Erased(PageGrid.DataOf(PageGrid.CountFor(length)));
        foreach (var program in programs)
            program.Bytes.Span.CopyTo(logical.AsSpan((int)program.Start));
        byte[] image = ToPages(0, logical, cipher);
        if (cipher is not null)
            WriteMark(loader, logical, image);
        CheckFamily(image);
        Report(findings, cipher, programs[1]);
        return image;
    }

    /// <summary>Builds what a device takes over the air (UA): the plain programs at their logical distances, without bootloader and page CRCs.</summary>
    /// <param name="apps">As in <see cref="BuildQio"/>.</param>
    /// <param name="bootloader">The bootloader whose table says how far the programs stand apart; null for one program, or where the options have a table.</param>
    /// <exception cref="BekenImageException">As in <see cref="BuildQio"/>; or several programs, and no table.</exception>
    /// <exception cref="ImageGuardException">As in <see cref="BuildQio"/>.</exception>
    public byte[] BuildUa(IReadOnlyList<byte[]> apps, byte[]? bootloader = null)
    {
        var programs = Place(apps, TableFor(apps, bootloader));
        var slots = new List<UaSlot>();
        for (int i = 0; i < programs.Count; i++)
        {
            long room = i + 1 < programs.Count ? programs[i + 1].Start - programs[i].Start : programs[i].Room;
            if (room < programs[i].Bytes.Length)
            {
                throw new BekenImageException(FindingCode.BuildSections,
                    $"the partition '{programs[i + 1].Name}' does not lie behind '{programs[i].Name}', as an update file needs it");
            }
            slots.Add(new UaSlot(programs[i].Bytes.ToArray(), (int)room));
        }
        return UaWriter.Join(slots);
    }

    /// <summary>Builds the pages of the first program alone, to be flashed where its partition begins.</summary>
    /// <param name="app">The plain program.</param>
    /// <param name="bootloader">The bootloader whose table says where that is; null for physical 0x11000, or where the options have a table.</param>
    /// <param name="findings">Receives what is to be said about it; null where nobody listens.</param>
    /// <exception cref="BekenImageException">As in <see cref="BuildQio"/>.</exception>
    /// <exception cref="ImageGuardException">As in <see cref="BuildQio"/>.</exception>
    public byte[] BuildApp(byte[] app, byte[]? bootloader = null, ICollection<Finding>? findings = null)
    {
        var cipher = Cipher();
        byte[][] apps = [app];
        var program = Place(apps, TableFor(apps, bootloader))[0];
        byte[] data = ByteRuns.Erased(PageGrid.DataOf(PageGrid.CountFor(program.Bytes.Length)), program.Bytes.Span);
        Report(findings, cipher, program);
        return ToPages(program.Start, data, cipher);
    }

    private static byte[] ToPages(long logicalStart, byte[] data, CodeCipher? cipher)
    {
        var pages = new byte[PageGrid.StoredLength(data.Length)];
        if (cipher is null)
            FlashPages.Encode(data, pages);
        else
            cipher.EncodePages((uint)logicalStart, data, pages);
        return pages;
    }

    /// <summary>
    /// The page of the mark stays readable: the SDK's packager of enciphered linear images takes it, CRC and all, from the image that is not
    /// enciphered (flash_encrypt/main.py).
    /// </summary>
    private static void WriteMark(ArminoLoader loader, byte[] logical, byte[] image)
    {
        const int page = ArminoSigns.MarkOffset / FlashPages.DataSize;
        ReadOnlySpan<byte> stored = loader.Mark is { } mark ? mark.Span : logical.AsSpan(page * FlashPages.DataSize, FlashPages.DataSize);
        FlashPages.Encode(stored, image.AsSpan(page * FlashPages.PageSize, FlashPages.PageSize));
    }

    private static PlacedProgram PlaceLoader(ArminoLoader loader) => loader.Table.Find(PartitionNames.Bootloader) is null
        ? PlacedProgram.Place(PartitionNames.Bootloader, loader.Plain, new FlashRange(0, FlashGeometry.AppOffset))
        : PlacedProgram.Place(PartitionNames.Bootloader, loader.Plain, loader.Table);

    private static List<PlacedProgram> Place(IReadOnlyList<byte[]> apps, FalTable? table)
    {
        if (apps is null)
            throw new ArgumentNullException(nameof(apps));
        if (apps.Count == 0 || apps.Count > Slots.Length)
            throw new ArgumentOutOfRangeException(nameof(apps), "There are one to three programs: app, app1 and app2.");
        return apps.Select((app, index) => Blame.On(Slots[index], () =>
        {
            var plain = Plain(Slots[index], app ?? throw new ArgumentNullException(nameof(apps)));
            return table is not null ? PlacedProgram.Place(Slots[index], plain, table)
                : PlacedProgram.Place(Slots[index], plain, FlashRange.FromBounds(FlashGeometry.AppOffset, FlashImage.MaximumLength));
        })).ToList();
    }

    // The other cores run programs that are not known here, such as one for RISC-V in the vendor's own example: pages and packages are none.
    private static ReadOnlyMemory<byte> Plain(string name, byte[] file)
    {
        if (name == PartitionNames.App)
            return PlainApp.Take(file);
        if (PagedFile.IsPaged(file) || FlashImage.Parse(file).Kind is ImageKind.Ota or ImageKind.Ug or ImageKind.Package)
            throw new BekenImageException(FindingCode.WrongKind, "the file is no plain program: it has page CRCs, or is a package");
        return file;
    }

    // A second core without a program halts the first one.
    private static void RequireAll(List<PlacedProgram> programs, FalTable table)
    {
        if (programs.Count == 1 && table.Find(PartitionNames.App1) is { IsStriped: true } second)
        {
            throw new BekenImageException(FindingCode.BuildPartMissing,
                $"the bootloader's partition table has a partition 'app1' ({second.PhysicalRange}), and there is no program for it").About(PartitionNames.App1);
        }
    }

    private FalTable? TableFor(IReadOnlyList<byte[]> apps, byte[]? bootloader)
    {
        if (bootloader is not null)
            return Blame.On(PartitionNames.Bootloader, () => ArminoLoader.Read(bootloader, Cipher(), _options.Table)).Table;
        if (_options.Table is { Count: > 0 } entries)
        {
            return FalReader.FindPhysical(FalWriter.Write(new FalTable(0, isPlain: true, entries))) ?? throw new BekenImageException(
                FindingCode.BuildTableMissing, "the partition table is none of this family: neither bootloader nor app lies at its physical place");
        }
        return apps is { Count: > 1 }
            ? throw new BekenImageException(FindingCode.BuildTableMissing, "how far app and app1 stand apart is said by the bootloader's partition table, and there is none")
            : null;
    }

    private void CheckFamily(byte[] image)
    {
        var content = FlashImage.Parse(image, new FlashImageOptions { AesKey = _options.AesKey, AesVariant = _options.AesKey is null ? null : Variant }).Content;
        if (content.Bootloader is { } bootloader && FamilyRule.BootloaderOn(Chip, bootloader) is { } reason)
            throw new ImageGuardException(FindingCode.ChipsDiffer, reason).About(PartitionNames.Bootloader);
        Blame.On(PartitionNames.App, () => FamilyGuard.CheckTogether(content));
    }

    private void Report(ICollection<Finding>? findings, CodeCipher? cipher, PlacedProgram app)
    {
        if (!CortexVectors.Match(app.Bytes.Span))
        {
            findings?.Add(new Finding(FindingSeverity.Warning, FindingCode.BuildAppUnfit,
                "the program does not begin with vectors of a Cortex-M program, so that it is not known whether it is linked for its place", app.Partition.Start, app.Name));
        }
        if (cipher is not null)
        {
            findings?.Add(new Finding(FindingSeverity.Warning, FindingCode.BuildFromSources, Variant == AesFlashVariant.Standard
                ? "how an enciphered linear image for this chip is made is known from sources alone, and these contradict themselves about the addresses; here they are logical"
                : "how an enciphered linear image for this chip is made is known from the SDK's scripts alone; no image of a device was met", 0));
        }
    }

    private AesFlashVariant Variant => _options.AesVariant ?? (_family.HasStandardAes ? AesFlashVariant.Standard : AesFlashVariant.WordSwapped);

    private AesCodeCipher? Cipher() => _options.AesKey is { } key ? new AesCodeCipher(key, Variant) : null;
}
