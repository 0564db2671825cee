using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.SecureBoot;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>
/// The programs of an Armino image: its partition table, the partitions it names, and the one cipher of them all. Addresses in the table
/// are physical; a partition that does not begin on the grid of pages holds its first page where the grid goes on. Source:
/// Chips/FORMAT.md, section 6.
/// </summary>
internal sealed class ArminoPrograms
{
    private readonly ImageOrigin _origin;
    private readonly FlashImageOptions _options;
    private readonly List<Partition> _partitions = [];
    private CodeCipher? _cipher;
    private KeySource _source;

    private ArminoPrograms(ImageOrigin origin, FlashImageOptions options)
    {
        _origin = origin;
        _options = options;
    }

    public FalTable? Fal { get; private set; }

    /// <summary><see cref="ProgramLayout.NotDecoded"/>.</summary>
    public FalPartition? NotDecoded { get; private set; }

    public SecureTable? Secure { get; private set; }

    public List<Partition> Partitions => _partitions;

    private ReadOnlySpan<byte> Image => _origin.Bytes.Span;

    public static ArminoPrograms Resolve(ImageOrigin origin, FlashImageOptions options)
    {
        var programs = new ArminoPrograms(origin, options);
        switch (origin.Start)
        {
            case ImageStart.Bootloader:
                programs.ResolveFlash();
                break;
            case ImageStart.LostBootloader:
                programs.ResolveWithoutBootloader();
                break;
            case ImageStart.App:
                programs.ResolvePages();
                break;
            case ImageStart.BootloaderFile:
                programs.ResolveLogical();
                break;
            default:
                programs.ResolveAppFile();
                break;
        }
        return programs;
    }

    private void ResolveFlash()
    {
        byte[] slot = ProgramPages.Strip(Image.Slice(0, Math.Min(Image.Length, FlashGeometry.AppOffset)));
        byte[] app = Image.Length > FlashGeometry.AppOffset ? ProgramPages.Strip(Image.Slice(FlashGeometry.AppOffset), FlashPages.DataSize) : [];
        Fal = FalReader.FindPhysical(slot);
        if (Fal is null)
            Secure = SecureTable.FindRaw(_origin.Bytes);
        FindCipher(cipher =>
            CortexVectors.Match(slot, cipher, 0) || CortexVectors.Match(app, cipher, FlashGeometry.AppLogicalAddress) || HoldsTable(slot, cipher) ||
            HoldsSecureTable(cipher) || _origin.Package is { } parts && parts.Ranges.Any(range => BeginsProgram(range, cipher)) || Secure is not null && Secure.Programs(_origin.Bytes).Any(range => BeginsProgram(range, cipher)));
        if (Fal is not null)
        {
            AddTable();
            return;
        }
        if (Secure is not null)
        {
            AddSecureTable();
            return;
        }
        if (_origin.Package is { } package)
        {
            AddParts(package);
            return;
        }
        AddPages(PartitionNames.Bootloader, new FlashRange(0, Math.Min(Image.Length, FlashGeometry.AppOffset)), PartitionSource.Layout);
        if (Image.Length > FlashGeometry.AppOffset && PagedFile.IsPaged(Image.Slice(FlashGeometry.AppOffset)))
            AddPages(PartitionNames.App, FlashRange.FromBounds(FlashGeometry.AppOffset, EndOfPages(FlashGeometry.AppOffset)), PartitionSource.Scan);
    }

    private bool HoldsSecureTable(CodeCipher cipher)
    {
        if (Fal is not null || Secure is not null)
            return false;
        Secure = SecureTable.FindInPages(_origin.Bytes, cipher);
        return Secure is not null;
    }

    // An MCUboot image, or vectors where the SDK aligns them.
    private bool BeginsProgram(FlashRange partition, CodeCipher cipher)
    {
        const int window = 0x1800;
        var first = new PhysicalAddress(partition.Start).RoundUpToPage();
        if (first.Value >= partition.End)
            return false;
        byte[] plain = ProgramPages.Strip(FlashRange.FromBounds(first.Value, partition.End).Of(_origin.Bytes).Span, window);
        uint start = (uint)first.ToLogical().Value;
        cipher.Decipher(start, plain, plain);
        return CortexVectors.IsMcuBoot(plain) || CortexVectors.MatchIn(plain, start);
    }

    private void AddSecureTable()
    {
        var table = Secure!.Table;
        var all = new FlashRange(0, Image.Length);
        var slots = table.Partitions.Where(record => record.IsMerged).Select(record => record.PhysicalRange).ToArray();
        foreach (var record in table.Partitions)
        {
            var range = record.PhysicalRange.Intersect(all);
            if (range.IsEmpty)
                continue;
            if (Secure.IsInPages(record, _origin.Bytes))
                AddPages(record.Name, range, PartitionSource.Table, record.PhysicalRange, !record.IsMerged && slots.Any(slot => slot.Contains(record.PhysicalRange)));
            else
                _partitions.Add(new Partition(record.Name, range, false, PartitionSource.Table, null, null, null));
        }
    }

    // With the bootloader went the table: the app lies where it does on all of these chips, and of the others nothing is known.
    private void ResolveWithoutBootloader()
    {
        var behind = Image.Slice(FlashGeometry.AppOffset);
        if (!PagedFile.IsPaged(behind))
            return;
        byte[] app = ProgramPages.Strip(behind, FlashPages.DataSize);
        FindCipher(cipher => CortexVectors.Match(app, cipher, FlashGeometry.AppLogicalAddress));
        AddPages(PartitionNames.App, FlashRange.FromBounds(FlashGeometry.AppOffset, EndOfPages(FlashGeometry.AppOffset)), PartitionSource.Layout);
    }

    // A table that can be read as it is stored proves that nothing is enciphered: it is part of the program.
    private bool HoldsTable(byte[] slot, CodeCipher cipher)
    {
        if (Fal is not null)
            return cipher.IsIdentity;
        if (cipher.IsIdentity)
            return false;
        Fal = FalReader.FindPhysical(new ProgramStorage(isPaged: false, cipher).Decode(slot, 0), isPlain: false);
        return Fal is not null;
    }

    private void FindCipher(Func<CodeCipher, bool> opens)
    {
        foreach (var (cipher, source) in ArminoCiphers.Candidates(_options))
        {
            if (!opens(cipher))
                continue;
            (_cipher, _source) = (cipher, source);
            // The vectors came first; the table lies further back.
            if (cipher.IsIdentity && Fal is null && Secure is null && _origin.Start == ImageStart.Bootloader)
                HoldsSecureTable(cipher);
            if (Fal is null && !cipher.IsIdentity && _origin.Start == ImageStart.Bootloader && !HoldsSecureTable(cipher))
                HoldsTable(ProgramPages.Strip(Image.Slice(0, Math.Min(Image.Length, FlashGeometry.AppOffset))), cipher);
            return;
        }
    }

    private void AddTable()
    {
        var budget = new StripedBudget(Image.Length);
        foreach (var entry in StripedBudget.ProgramsFirst(Fal!.InForce))
        {
            var range = entry.PhysicalRange.Intersect(new FlashRange(0, Image.Length));
            if (range.IsEmpty)
                continue;
            if (entry.IsStriped && !budget.TryTake(range.Length))
                NotDecoded ??= entry;
            else if (entry.IsStriped)
                AddPages(entry.Name, range, PartitionSource.Fal);
            else
                _partitions.Add(new Partition(entry.Name, range, false, PartitionSource.Fal, null, null, null));
        }
    }

    /// <param name="name">Its name.</param>
    /// <param name="range">The part of it that the image holds.</param>
    /// <param name="source">What names it.</param>
    /// <param name="slot">All of it, where a status may lie at its end.</param>
    /// <param name="isPart">Whether its bytes are another partition's too.</param>
    private void AddPages(string name, FlashRange range, PartitionSource source, FlashRange? slot = null, bool isPart = false)
    {
        var first = new PhysicalAddress(range.Start).RoundUpToPage();
        var code = FlashRange.FromBounds(Math.Min(first.Value, range.End), range.End);
        if (slot is { Length: >= FlashGeometry.SectorSize } whole && XipStatus.PositionIn(whole) is var status && status < code.End && status >= code.Start &&
            XipStatus.IsSet(Image.Slice((int)status)))
        {
            code = FlashRange.FromBounds(code.Start, code.Start + WithoutZeros(Image.Slice((int)code.Start, (int)(status - code.Start))));
        }
        var scan = FlashPages.Check(ProgramPages.Whole(code.Of(_origin.Bytes).Span));
        _partitions.Add(new Partition(name, range, true, source, _cipher, scan, first.ToLogical()) { KeySource = _source, Code = code, IsPart = isPart });
    }

    // Some packers fill with 0x00 between the last page and the status.
    private static int WithoutZeros(ReadOnlySpan<byte> pages)
    {
        int used = pages.Length;
        while (used > 0 && pages[used - 1] == 0)
            used--;
        return Math.Min((used + FlashPages.PageSize - 1) / FlashPages.PageSize * FlashPages.PageSize, pages.Length);
    }

    // Of a package without a table only the places of its parts are known.
    private void AddParts(PackagedFlash package)
    {
        foreach (var range in package.Ranges.OrderBy(range => range.Start))
        {
            var first = new PhysicalAddress(range.Start).RoundUpToPage();
            string name = range.Start == 0 ? PartitionNames.Bootloader : FormattableString.Invariant($"part-0x{range.Start:x}");
            if (first.Value < range.End && PagedFile.IsPaged(Image.Slice((int)first.Value, (int)(range.End - first.Value))))
                AddPages(package.IsUpdate ? SecureSlot.Primary : name, range, PartitionSource.Scan);
            else
                _partitions.Add(new Partition(name, range, false, PartitionSource.Scan, null, null, null));
        }
    }

    // Up to the first page that is none.
    private long EndOfPages(int start)
    {
        var scan = FlashPages.Check(ProgramPages.Whole(Image.Slice(start)));
        return scan.FirstBad < 0 ? Image.Length : start + (long)scan.FirstBad * FlashPages.PageSize;
    }

    // What a packager writes for physical 0x11000.
    private void ResolvePages()
    {
        byte[] first = ProgramPages.Strip(Image, FlashPages.DataSize);
        FindCipher(cipher => CortexVectors.Match(first, cipher, FlashGeometry.AppLogicalAddress));
        var range = new FlashRange(0, Image.Length);
        _partitions.Add(new Partition(
            PartitionNames.App, range, true, PartitionSource.Scan, _cipher, FlashPages.Check(ProgramPages.Whole(Image)),
            new LogicalAddress(FlashGeometry.AppLogicalAddress)) { KeySource = _source });
    }

    // A bootloader's file, or a linear image without page CRCs, where each partition lies at its logical address.
    private void ResolveLogical()
    {
        const int app = (int)FlashGeometry.AppLogicalAddress;
        byte[] slot = Image.Slice(0, Math.Min(Image.Length, app)).ToArray();
        Fal = FalReader.FindPhysical(slot);
        FindCipher(cipher => CortexVectors.Match(slot, cipher, 0) || HoldsTable(slot, cipher));
        if (Image.Length <= app)
        {
            AddUnpaged(PartitionNames.Bootloader, new FlashRange(0, Image.Length), 0);
            return;
        }
        AddUnpaged(PartitionNames.Bootloader, new FlashRange(0, app), 0);
        var programs = Fal?.InForce.Where(entry => entry.IsStriped && entry.Name != PartitionNames.Bootloader).ToArray() ?? [];
        foreach (var entry in programs)
        {
            long start = new PhysicalAddress(entry.PhysicalRange.Start).RoundUpToPage().ToLogical().Value;
            long end = new PhysicalAddress(entry.PhysicalRange.End).ToLogical().Value;
            if (start < Image.Length && start < end)
                AddUnpaged(entry.Name, FlashRange.FromBounds(start, Math.Min(end, Image.Length)), start);
        }
        if (programs.Length == 0)
            AddUnpaged(PartitionNames.App, FlashRange.FromBounds(app, Image.Length), app);
    }

    // Tuya's UA files hold the application of a second core too, at the distance the two have in its flash map.
    private void ResolveAppFile()
    {
        const int second = 0x100000;
        // Its header does not say where in the flash it belongs.
        if (CortexVectors.IsMcuBoot(Image))
        {
            (_cipher, _source) = (CoefficientCipher.None, KeySource.Vectors);
            AddUnpaged(PartitionNames.App, new FlashRange(0, Image.Length), 0);
            return;
        }
        long start = CortexVectors.ResetOf(Image) is var reset && reset < FlashGeometry.AppLogicalAddress + Image.Length
            ? FlashGeometry.AppLogicalAddress : reset / FlashGeometry.AppLogicalAddress * FlashGeometry.AppLogicalAddress;
        FindCipher(cipher => CortexVectors.Match(_origin.Bytes.Span, cipher, (uint)start));
        bool hasSecond = Image.Length > second && CortexVectors.Match(Image.Slice(second)) && CortexVectors.ResetOf(Image.Slice(second)) >= start + second;
        AddUnpaged(PartitionNames.App, new FlashRange(0, hasSecond ? second : Image.Length), start);
        if (hasSecond)
            AddUnpaged(PartitionNames.App1, FlashRange.FromBounds(second, Image.Length), start + second);
    }

    private void AddUnpaged(string name, FlashRange range, long logicalStart) =>
        _partitions.Add(new Partition(name, range, false, PartitionSource.Scan, _cipher, null, new LogicalAddress(logicalStart)) { KeySource = _source });
}
