using BekenImage.Formats.FlashVars;
using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Tuya;
using BekenImage.Images;
using BekenImage.IO;

namespace BekenImage.Sanitizing;

/// <summary>
/// The places of one image that hold secrets, by format, and the secrets themselves: what sanitizing blanks and what a file is kept private
/// for are the same list. Programs are left alone.
/// </summary>
internal sealed class SecretFinder
{
    /// <summary>A sector a vendor put on the device: a certificate or key in PEM, the other parts of it behind.</summary>
    public const string Certificate = "vendor certificate";

    private readonly FlashImage _image;
    private readonly List<FlashRange> _programs;
    private readonly List<FlashRange> _leftAlone;

    public SecretFinder(FlashImage image)
    {
        _image = image;
        _programs = ProgramRanges.Of(image);
        LittleFs = new LittleFsCleaner(image, Secrets, image.Content.PinLayout, _programs);
        _leftAlone = [.. _programs, .. LittleFs.Ranges];
        _leftAlone.Sort((left, right) => left.Start.CompareTo(right.Start));
        Tuya = FindTuya();
        FastConnect = image.FastConnectRecords.Where(record => !IsLeftAlone(new FlashRange(record.Offset, record.Length))).ToArray();
        NetParam = image.NetParamTables.Where(table => !IsLeftAlone(new FlashRange(table.Offset, table.Bytes.Length))).ToArray();
        ObkConfigs = image.Content.Sectors.ObkConfigs.Where(config => !IsLeftAlone(new FlashRange(config.Offset, config.Length))).ToArray();
        if (image.Flavor == FirmwareFlavor.LibreTiny && image.FindPartition("kvs") is { } store && !IsLeftAlone(store.Range))
            LibreTinyStore = store;
        Certificates = FindCertificates();
        PemKeys = Sanitizing.PemKeys.Find(image.Bytes.Span).Where(range => !IsLeftAlone(range)).ToArray();
        Collect();
    }

    private static ReadOnlySpan<byte> PemBegin => "-----BEGIN "u8;

    /// <summary>What is secret, whatever its place.</summary>
    public SecretPatterns Secrets { get; } = new();

    public LittleFsCleaner LittleFs { get; }

    /// <summary>Tuya's sectors as they are without secrets, where that makes a difference.</summary>
    public IReadOnlyList<TuyaSector> Tuya { get; }

    public IReadOnlyList<FastConnectRecord> FastConnect { get; }

    public IReadOnlyList<NetParamTable> NetParam { get; }

    public IReadOnlyList<ObkConfig> ObkConfigs { get; }

    /// <summary>LibreTiny's preferences: the network's name and password under hashed names.</summary>
    public Partition? LibreTinyStore { get; }

    /// <summary>Sectors that begin with a certificate or key in PEM.</summary>
    public IReadOnlyList<FlashRange> Certificates { get; }

    /// <summary>Private keys in PEM, wherever they begin.</summary>
    public IReadOnlyList<FlashRange> PemKeys { get; }

    /// <summary>The stretches outside of programs and LittleFS volumes, which are cleaned by their own means.</summary>
    public IEnumerable<FlashRange> Rest()
    {
        long at = 0;
        foreach (var range in _leftAlone.Append(new FlashRange(_image.Length, 0)))
        {
            if (range.Start > at)
                yield return FlashRange.FromBounds(at, range.Start);
            at = Math.Max(at, range.End);
        }
    }

    /// <summary>The areas that hold secrets: one for each place, in no order; the same secret may be in two that overlap.</summary>
    public IReadOnlyList<FlashArea> Areas()
    {
        var areas = new List<FlashArea>();
        void Add(string name, FlashRange range) => areas.Add(new(name, range.Intersect(new FlashRange(0, _image.Length))));

        foreach (var record in FastConnect)
            Add(PartitionNames.FastConnect, new FlashRange(record.Offset, FlashGeometry.SectorSize));
        foreach (var table in NetParam.Where(table => table.Items.Any(item => item.IsSecret && !ByteRuns.IsAll(item.Data.Span, 0))))
            Add(PartitionNames.Net, new FlashRange(table.Offset, table.Bytes.Length));
        if (_image.FlashVarsStore is { } store && !store.Bytes.Span.SequenceEqual(EasyFlashWriter.WithoutSecrets(store)))
            Add(PartitionNames.FlashVars, new FlashRange(store.Offset, store.Bytes.Length));
        foreach (var config in ObkConfigs.Where(HoldsSecrets))
            Add(PartitionNames.ObkConfig, new FlashRange(config.Offset, FlashGeometry.SectorSize));
        if (LibreTinyStore is { } preferences && !ByteRuns.IsAll(preferences.Range.Of(_image.Bytes).Span, 0xFF))
            Add(preferences.Name, preferences.Range);
        foreach (var sector in Tuya)
            Add(NameOfTuya(sector.Offset), new FlashRange(sector.Offset, FlashGeometry.SectorSize));
        foreach (var range in LittleFs.RangesWithSecrets)
            Add(PartitionNames.LittleFs, range);
        foreach (var range in Certificates.Concat(PemKeys))
            Add(Certificate, range);
        AddStrays(areas);
        return areas;
    }

    // The same secret in plain bytes where no format says so. What was found above needs no second word.
    private void AddStrays(List<FlashArea> areas)
    {
        var owners = RangeOwners.Resolve(_image.Length, _image.Partitions);
        int known = areas.Count;
        foreach (var stray in Rest().Concat(LittleFs.Ranges).SelectMany(range => Secrets.FindIn(_image.Bytes.Span, range)))
        {
            if (areas.Take(known).Any(area => area.Range.Overlaps(stray)))
                continue;
            areas.Add(new(owners.FirstOrDefault(piece => piece.Range.Overlaps(stray))?.Owner?.Name ?? ImageChange.Gap, stray));
        }
    }

    private string NameOfTuya(long offset)
    {
        if (_image.TuyaContents.ProtectedBlocks.Any(block => block.Offset == offset))
            return PartitionNames.TuyaProtected;
        return _image.TuyaContents.FileSystem?.Areas.Any(area => area.Contains(offset)) == true ? PartitionNames.TuyaUf : PartitionNames.Tuya;
    }

    private IReadOnlyList<TuyaSector> FindTuya()
    {
        var result = TuyaSanitizer.Sanitize(_image.Bytes.Span, _image.Content.SectorPhase);
        foreach (var secret in result.Secrets)
            Secrets.Add(secret.Span);
        return result.Sectors.Where(sector => !IsLeftAlone(sector.Range)).ToArray();
    }

    private FlashRange[] FindCertificates()
    {
        var found = new List<FlashRange>();
        for (long offset = _image.Content.SectorPhase; offset + FlashGeometry.SectorSize <= _image.Length; offset += FlashGeometry.SectorSize)
        {
            var sector = new FlashRange(offset, FlashGeometry.SectorSize);
            if (sector.Of(_image.Bytes).Span.StartsWith(PemBegin) && !IsLeftAlone(sector))
                found.Add(sector);
        }
        return found.ToArray();
    }

    // The checksum tells nothing, and is renewed with everything else.
    private static bool HoldsSecrets(ObkConfig config)
    {
        byte[] clean = ObkSecrets.Remove(config).Bytes.ToArray();
        clean[ObkConfig.ChecksumOffset] = config.Bytes.Span[ObkConfig.ChecksumOffset];
        return !config.Bytes.Span.SequenceEqual(clean);
    }

    private void Collect()
    {
        foreach (var record in FastConnect)
        {
            Secrets.Add(record.RevealSsid());
            Secrets.Add(record.RevealPsk());
            Secrets.Add(record.RevealPassphrase());
        }
        foreach (var item in NetParam.SelectMany(table => table.Items).Where(item => item.IsSecret))
            RememberTexts(item.Data.Span);
        foreach (var entry in (_image.FlashVarsStore?.Entries ?? []).Where(entry => entry.IsSecret))
            RememberTexts(entry.Value.Span);
        foreach (string secret in ObkConfigs.SelectMany(ObkSecretTexts.Of))
            Secrets.Add(secret);
    }

    private void RememberTexts(ReadOnlySpan<byte> fields)
    {
        while (!fields.IsEmpty)
        {
            int end = fields.IndexOf((byte)0);
            var text = end < 0 ? fields : fields.Slice(0, end);
            if (Text.IsPrintable(text))
                Secrets.Add(text);
            fields = end < 0 ? default : fields.Slice(end + 1);
        }
    }

    private bool IsLeftAlone(FlashRange range) => _leftAlone.Any(other => other.Overlaps(range));
}
