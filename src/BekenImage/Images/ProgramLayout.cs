using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>
/// The programs of an image: its partition table, the partitions that table names, and the keys of the striped ones. The table comes
/// from the image itself; where there is none, from what is known of all Beken images.
/// </summary>
internal sealed class ProgramLayout
{
    /// <summary>Physical ends of the app partition in the two known layouts: Tuya, and Beken SDK.</summary>
    private static readonly long[] KnownAppEnds = [0x129F70, 0x132000];

    private readonly ImageOrigin _origin;
    private readonly FlashImageOptions _options;
    private readonly IReadOnlyList<BekenKey> _keys;
    private readonly BekenKey? _recovered;
    private readonly List<Partition> _partitions = [];
    private StripedBudget _budget;

    private ProgramLayout(ImageOrigin origin, FlashImageOptions options, IReadOnlyList<BekenKey> keys, BekenKey? recovered)
    {
        _recovered = recovered;
        _origin = origin;
        _options = options;
        _keys = keys;
        _budget = new StripedBudget(origin.Bytes.Length);
    }

    /// <summary>The partition table, or null.</summary>
    public FalTable? Fal { get; private set; }

    /// <summary>Partitions in physical order; only those with a byte in the image.</summary>
    public IReadOnlyList<Partition> Partitions => _partitions;

    /// <summary>The first entry of the table that was left out, since those before it hold more than the flash does; null where none was.</summary>
    public FalPartition? NotDecoded { get; private set; }

    public Partition? Bootloader => Find(PartitionNames.Bootloader) ?? FindArmino("bl2", "primary_bootloader");

    public Partition? App => Find(PartitionNames.App) ?? FindArmino(SecureSlot.Primary, "primary_cpu0_app");

    /// <summary>The partition table of an image under secure boot; null for every other one.</summary>
    public SecureTable? Secure { get; private set; }

    /// <summary>Which chips the programs are for.</summary>
    public ChipGeneration Generation => _origin.Generation;

    private ReadOnlySpan<byte> Image => _origin.Bytes.Span;

    /// <summary>True when a program of this image begins with the vectors of its chips' core.</summary>
    /// <param name="program">The program.</param>
    /// <param name="plain">Its bytes, deciphered.</param>
    public bool BeginsWithVectors(Partition program, ReadOnlySpan<byte> plain) =>
        _origin.IsArmino ? CortexVectors.MatchIn(plain, (uint)(program.LogicalStart?.Value ?? 0)) : ArmVectors.Match(plain);

    /// <summary>
    /// True when bytes in some ranges may change without the programs being others: none lies there, and the bootloader's table says where
    /// they lie. Without one, pages and headers anywhere may tell.
    /// </summary>
    public bool StayAsTheyAre(IEnumerable<FlashRange> changed) =>
        _origin.Start == ImageStart.Bootloader && App is { Source: PartitionSource.Fal } &&
        !changed.Any(range => range.Overlaps(FlashGeometry.BootloaderSlot) ||
                              _partitions.Exists(partition => partition.LogicalStart is not null && partition.Range.Overlaps(range)));

    /// <summary>True when what the caller gave as the key opens something in the image.</summary>
    public bool ProveGivenKey => _origin.IsArmino
        ? _partitions.Exists(program => program.KeySource == KeySource.Given)
        : _options.AesKey is null && _options.Key is { } given && ShowVectors(given);

    /// <summary>True when one of the programs begins with ARM vectors under a key.</summary>
    private bool ShowVectors(BekenKey key) => _partitions.Exists(program =>
        program.LogicalStart is { } start && FirstBytes(program) is { Length: > 0 } first && ArmVectors.FindKey(first, (uint)start.Value, [key]) is not null);

    private byte[] FirstBytes(Partition program)
    {
        var stored = program.Range.Of(_origin.Bytes).Span;
        if (!program.IsStriped)
            return stored.Slice(0, Math.Min(stored.Length, FlashPages.DataSize)).ToArray();
        var data = new byte[FlashPages.DataSize];
        if (stored.Length < FlashPages.PageSize)
            return [];
        FlashPages.Decode(stored.Slice(0, FlashPages.PageSize), data);
        return data;
    }

    /// <param name="origin">Where the image begins.</param>
    /// <param name="options">What the caller knows.</param>
    /// <param name="keys">The keys to try.</param>
    /// <param name="recovered">That one of them which was recovered from this image.</param>
    public static ProgramLayout Resolve(ImageOrigin origin, FlashImageOptions options, IReadOnlyList<BekenKey> keys, BekenKey? recovered)
    {
        var layout = new ProgramLayout(origin, options, keys, recovered);
        if (origin.IsArmino)
        {
            var armino = ArminoPrograms.Resolve(origin, options);
            layout.Fal = armino.Fal;
            layout.Secure = armino.Secure;
            layout.NotDecoded = armino.NotDecoded;
            layout._partitions.AddRange(armino.Partitions.OrderBy(partition => partition.Offset));
            return layout;
        }
        switch (origin.Start)
        {
            case ImageStart.Bootloader:
                layout.ResolveFlash();
                break;
            case ImageStart.App:
                layout.ResolvePackedApp();
                break;
            case ImageStart.BootloaderFile:
                layout.ResolveBootloaderFile();
                break;
            case ImageStart.AppFile:
                layout.ResolveAppFile();
                break;
            default:
                layout.ResolveWithoutBootloader();
                break;
        }
        if (options.Key is null)
            layout.RecoverKeys();
        layout._partitions.Sort((left, right) => left.Offset.CompareTo(right.Offset));
        return layout;
    }

    // What no known key deciphers: bootloader and app together first, since they leave less open, then each alone.
    private void RecoverKeys()
    {
        var unknown = _partitions.FindAll(partition => partition is { IsStriped: true, Key: null, Pages.Valid: > 0 });
        if (unknown.Count == 0)
            return;
        var together = KeySearch.Recover(_origin.Bytes, unknown);
        foreach (var partition in unknown)
        {
            var result = together.Key is null && unknown.Count > 1 ? KeySearch.Recover(_origin.Bytes, [partition]) : together;
            if (result.Key is { } key)
                _partitions[_partitions.IndexOf(partition)] = partition.With(new CoefficientCipher(key), result.IsExact ? KeySource.Bootloader : KeySource.Recovered);
        }
        if (Fal is null && Bootloader is { Key: { IsIdentity: false } bootloaderKey } bootloader)
            FindEncipheredTable(bootloader, bootloaderKey);
    }

    // A table that was enciphered with the whole bootloader shows only now; the app's partition may get its true end from it.
    private void FindEncipheredTable(Partition bootloader, BekenKey key)
    {
        byte[] plain = ProgramPages.Decode(bootloader.Range.Of(_origin.Bytes).Span, key, 0);
        Fal = FalReader.Find(plain, isPlain: false);
        if (Fal is null)
            return;
        var known = _partitions.ToDictionary(partition => partition.Name);
        _partitions.Clear();
        _budget = new StripedBudget(Image.Length);
        foreach (var entry in StripedBudget.ProgramsFirst(Fal.Partitions))
            AddFromTable(entry);
        for (int i = 0; i < _partitions.Count; i++)
        {
            if (known.TryGetValue(_partitions[i].Name, out var before) && before.Key is { } beforeKey)
                _partitions[i] = _partitions[i].With(new CoefficientCipher(beforeKey), before.KeySource);
        }
        foreach (var missing in known.Values.Where(before => Find(before.Name) is null))
            _partitions.Add(missing);
    }

    // As the SDK for secure boot calls them.
    private Partition? FindArmino(params string[] names) => _origin.IsArmino ? names.Select(Find).FirstOrDefault(found => found is not null) : null;

    private Partition? Find(string name) => _partitions.Find(partition => partition.Name == name);

    private void ResolveFlash()
    {
        var slot = Image.Slice(0, Math.Min(Image.Length, FlashGeometry.AppOffset));
        byte[] logical = ProgramPages.Strip(slot);
        var key = FindKey(logical, 0);
        Fal = FalReader.Find(logical);
        if (Fal is null && key is { IsIdentity: false } bootloaderKey)
        {
            FlashCipher.Apply(bootloaderKey, 0, logical, logical);
            Fal = FalReader.Find(logical, isPlain: false);
        }
        if (Fal is null && EndOfProgramAt0(key) is { } end)
        {
            AddStriped(PartitionNames.App, new FlashRange(0, end), PartitionSource.Scan);
            return;
        }
        foreach (var entry in StripedBudget.ProgramsFirst(Fal?.Partitions ?? []))
            AddFromTable(entry);
        if (Bootloader is null)
            AddStriped(PartitionNames.Bootloader, new FlashRange(0, slot.Length), PartitionSource.Layout);
        if (App is null && Image.Length > FlashGeometry.AppOffset && PagedFile.IsPaged(Image.Slice(FlashGeometry.AppOffset)))
            AddAppByLayout();
    }

    /// <summary>
    /// Where one program that begins at 0 ends, when it goes on behind the bootloader's slot: no header and no erased page at the slot's end,
    /// pages right through, and no program that begins behind it. Programs linked at 0 have no bootloader. Null where a slot ends.
    /// </summary>
    private long? EndOfProgramAt0(BekenKey? key)
    {
        const int Window = 64 * FlashPages.PageSize;
        if (key is null || Image.Length < FlashGeometry.AppOffset + FlashPages.PageSize)
            return null;
        var behind = Image.Slice(FlashGeometry.AppOffset);
        var across = Image.Slice(FlashGeometry.AppOffset - Window, Window + Math.Min(Window, ProgramPages.Whole(behind).Length));
        if (FlashPages.Check(across).Valid * FlashPages.PageSize != across.Length || ContainsErased(across, FlashPages.PageSize))
            return null;
        byte[] next = ProgramPages.Strip(behind, 2 * FlashPages.DataSize);
        if (FindVectors(next, FlashGeometry.AppLogicalAddress) is not null || ArmVectors.Match(next, key.Value, FlashGeometry.AppLogicalAddress) ||
            BeginsUnderAnUnknownKey(behind))
            return null;
        return PageGrid.StoredOf(PageRun.WithoutBounds(Image));
    }

    private static bool ContainsErased(ReadOnlySpan<byte> bytes, int unit)
    {
        for (int at = 0; at <= bytes.Length - unit; at += unit)
        {
            if (ByteRuns.IsErased(bytes.Slice(at, unit)))
                return true;
        }
        return false;
    }

    private void AddFromTable(FalPartition entry)
    {
        var range = entry.PhysicalRange.Intersect(new FlashRange(0, Image.Length));
        if (range.IsEmpty)
            return;
        if (!entry.IsStriped)
            _partitions.Add(new Partition(entry.Name, range, false, PartitionSource.Fal, null, null, null));
        else if (!new PhysicalAddress(range.Start).IsPageBoundary)
            return;
        else if (_budget.TryTake(range.Length))
            AddStriped(entry.Name, range, PartitionSource.Fal);
        else
            NotDecoded ??= entry;
    }

    // Pages without bootloader in front: what a packager writes for physical 0x11000, with or without the header that ends it.
    private void ResolvePackedApp()
    {
        long end = HeaderEnd(Image) ?? Math.Min(Image.Length, KnownAppEnds[1] - FlashGeometry.AppOffset);
        AddStriped(PartitionNames.App, new FlashRange(0, end), PartitionSource.Scan, FlashGeometry.AppLogicalAddress);
    }

    // A file of an app, or what was read of its slot without page CRCs.
    private void ResolveAppFile() =>
        AddUnpaged(PartitionNames.App, new FlashRange(0, LogicalReads.AppLength(Image, null)), FlashGeometry.AppLogicalAddress);

    // A file of a bootloader, or a read without page CRCs that begins with it and may go on to the app and further.
    private void ResolveBootloaderFile()
    {
        const int app = (int)FlashGeometry.AppLogicalAddress;
        bool isLong = Image.Length > app;
        bool hasApp = isLong && BeginsWithApp(Image.Slice(app));
        if (isLong && !hasApp && RunsThroughSlot())
        {
            AddUnpaged(PartitionNames.App, new FlashRange(0, Image.Length), 0);
            return;
        }
        bool isSlot = isLong;
        var bootloader = new FlashRange(0, isSlot ? app : Image.Length);
        var key = AddUnpaged(PartitionNames.Bootloader, bootloader, 0);
        byte[] stored = bootloader.Of(_origin.Bytes).ToArray();
        Fal = FalReader.Find(stored);
        if (Fal is null && key is { IsIdentity: false } bootloaderKey)
        {
            FlashCipher.Apply(bootloaderKey, 0, stored, stored);
            Fal = FalReader.Find(stored, isPlain: false);
        }
        if (hasApp)
            AddUnpaged(PartitionNames.App, new FlashRange(app, LogicalReads.AppLength(Image.Slice(app), Fal)), app);
    }

    // As EndOfProgramAt0, without pages: no header, nothing erased at the slot's end or behind it.
    private bool RunsThroughSlot()
    {
        const int Window = 64 * FlashPages.DataSize, End = (int)FlashGeometry.AppLogicalAddress;
        var across = Image.Slice(End - Window, Math.Min(2 * Window, Image.Length - End + Window));
        return !ContainsErased(across, FlashPages.DataSize) && !Image.Slice((int)LogicalReads.HeaderOffset(End)).StartsWith(RblHeader.Magic);
    }

    private bool BeginsWithApp(ReadOnlySpan<byte> bytes) =>
        FindVectors(bytes, FlashGeometry.AppLogicalAddress) is not null || BeginsUnderAnUnknownKey(bytes);

    private BekenKey? AddUnpaged(string name, FlashRange range, uint logicalStart)
    {
        var key = FindKey(range.Of(_origin.Bytes).Span, logicalStart);
        _partitions.Add(new Partition(
            name, range, false, PartitionSource.Scan, CipherOf(key), null, new LogicalAddress(logicalStart)) { KeySource = SourceOf(key) });
        return key;
    }

    // A chip whose bootloader is erased or unreadable may still hold its app, and everything else, in place.
    private void ResolveWithoutBootloader()
    {
        if (Image.Length <= FlashGeometry.AppOffset)
            return;
        var app = Image.Slice(FlashGeometry.AppOffset);
        Span<byte> data = stackalloc byte[FlashPages.DataSize];
        if (!PagedFile.IsPaged(app))
            return;
        FlashPages.Decode(app.Slice(0, FlashPages.PageSize), data);
        if (FindVectors(data, FlashGeometry.AppLogicalAddress) is not null || BeginsUnderAnUnknownKey(app))
            AddAppByLayout();
    }

    private bool BeginsUnderAnUnknownKey(ReadOnlySpan<byte> app) =>
        _options.Key is null && KeySearch.RecoverStart(app, FlashGeometry.AppLogicalAddress).Count > 0;

    // Without a table the header behind the app tells where its partition ends; without that only what is known of all such chips.
    private void AddAppByLayout()
    {
        var (range, source) = AppRange();
        AddStriped(PartitionNames.App, range, source);
    }

    private (FlashRange Range, PartitionSource Source) AppRange()
    {
        foreach (long end in KnownAppEnds)
        {
            long header = RblHeader.OffsetAtEndOf(FlashRange.FromBounds(FlashGeometry.AppOffset, end));
            if (header + RblHeader.Magic.Length <= Image.Length && Image.Slice((int)header).StartsWith(RblHeader.Magic))
                return (FlashRange.FromBounds(FlashGeometry.AppOffset, Math.Min(end, Image.Length)), PartitionSource.Scan);
        }
        long? found = HeaderEnd(Image.Slice(FlashGeometry.AppOffset), onGrid: true);
        long appEnd = Math.Min(FlashGeometry.AppOffset + found ?? KnownAppEnds[0], Image.Length);
        return (FlashRange.FromBounds(FlashGeometry.AppOffset, appEnd), found is null ? PartitionSource.Layout : PartitionSource.Scan);
    }

    private static long? HeaderEnd(ReadOnlySpan<byte> app, bool onGrid = false)
    {
        foreach (var hit in ContainerScanner.Find(app, []))
        {
            if (hit.IsStriped && (!onGrid || hit.Offset % FlashPages.PageSize == 0))
                return hit.Offset + RblHeader.StripedSize;
        }
        return null;
    }

    private void AddStriped(string name, FlashRange range, PartitionSource source, uint? logicalStart = null)
    {
        var stored = range.Of(_origin.Bytes).Span;
        var whole = ProgramPages.Whole(stored);
        var logical = new LogicalAddress(logicalStart ?? new PhysicalAddress(range.Start).ToLogical().Value);
        BekenKey? key = null;
        if (whole.Length > 0)
        {
            Span<byte> data = stackalloc byte[FlashPages.DataSize];
            FlashPages.Decode(whole.Slice(0, FlashPages.PageSize), data);
            key = FindKey(data, (uint)logical.Value);
        }
        _partitions.Add(new Partition(name, range, true, source, CipherOf(key), FlashPages.Check(whole), logical) { KeySource = SourceOf(key) });
    }

    private static CoefficientCipher? CipherOf(BekenKey? key) => key is { } known ? new CoefficientCipher(known) : null;

    private KeySource SourceOf(BekenKey? key) =>
        key is null ? KeySource.None : _options.Key is not null ? KeySource.Given : _recovered == key ? KeySource.Recovered : KeySource.Vectors;

    private BekenKey? FindKey(ReadOnlySpan<byte> stored, uint logicalStart) => _options.Key ?? FindVectors(stored, logicalStart);

    private BekenKey? FindVectors(ReadOnlySpan<byte> stored, uint logicalStart) => ArmVectors.FindKey(stored, logicalStart, _keys);
}
