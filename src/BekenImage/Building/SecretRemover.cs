using System.Text;
using BekenImage.Formats.FlashVars;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Tuya;
using BekenImage.Layouts;
using BekenImage.Reading;

namespace BekenImage.Building;

/// <summary>
/// Blanks the secrets of one image: each format by its own means, then the same secrets in whatever plain bytes are left, then the
/// checksums of what that touched.
/// </summary>
internal sealed class SecretRemover
{
    /// <summary>Shorter ones would be found by chance in other data.</summary>
    private const int ShortestSecret = 6;

    private const byte Blank = (byte)'0';

    private readonly FlashImage _image;
    private readonly SectorPatch _patch;
    private readonly List<FlashRange> _programs;
    private readonly List<FlashRange> _volumes = [];
    private readonly List<Finding> _findings = [];
    private Dictionary<int, byte[][]>? _byPrefix;
    private readonly Dictionary<string, byte[]> _secrets = new(StringComparer.Ordinal);

    public SecretRemover(FlashImage image)
    {
        _image = image;
        _patch = new SectorPatch(image);
        _programs = ProgramRanges(image);
    }

    /// <summary>What could not be done as it should.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    private static ReadOnlySpan<byte> PemBegin => "-----BEGIN "u8;

    public byte[] Run()
    {
        CleanTuya();
        CleanFastConnect();
        CleanNetParam();
        CleanFlashVars();
        CleanObkConfigs();
        CleanLittleFs();
        CleanLibreTiny();
        CleanVendorCertificates();
        Sweep();
        RenewObkChecksums();
        return _patch.Bytes.ToArray();
    }

    private void CleanTuya()
    {
        var result = TuyaSanitizer.Sanitize(_image.Bytes.Span);
        foreach (var secret in result.Secrets)
            Remember(secret.Span);
        foreach (var sector in result.Sectors.Where(sector => !IsProgram(sector.Range)))
            _patch.Replace(sector.Offset, sector.Data.Span, PartitionNames.Tuya);
    }

    private void CleanFastConnect()
    {
        foreach (var record in _image.FastConnectRecords.Where(record => !IsProgram(new FlashRange(record.Offset, record.Length))))
        {
            Remember(record.RevealSsid());
            Remember(record.RevealPsk());
            Remember(record.RevealPassphrase());
            long length = Math.Min(FlashMap.SectorSize, _image.Length - record.Offset);
            _patch.Replace(record.Offset, FastConnectRecord.BlankSector().AsSpan(0, (int)length), PartitionNames.FastConnect);
        }
    }

    private void CleanNetParam()
    {
        foreach (var table in _image.NetParamTables.Where(table => !IsProgram(new FlashRange(table.Offset, table.Bytes.Length))))
        {
            foreach (var item in table.Items.Where(item => item.IsSecret))
                RememberTexts(item.Data.Span);
            _patch.Replace(table.Offset, NetParamWriter.WithoutSecrets(table).Bytes.Span, PartitionNames.Net);
        }
    }

    private void CleanFlashVars()
    {
        if (_image.FlashVarsStore is not { } store)
            return;
        foreach (var entry in store.Entries.Where(entry => entry.IsSecret))
            RememberTexts(entry.Value.Span);
        _patch.Replace(store.Offset, EasyFlashWriter.WithoutSecrets(store), PartitionNames.FlashVars);
    }

    private void CleanObkConfigs()
    {
        var defaults = new HashSet<string>(StringComparer.Ordinal) { "homeassistant", "qqqqqqqqqq" };
        foreach (var config in ObkConfigs())
        {
            foreach (var field in ObkFields.All.Where(field => field.IsPrivate && field.ExistsIn(config.Length)))
            {
                if (config[field.Name] is string text && !defaults.Contains(text))
                    Remember(text);
            }
            PutConfig(config, ObkSecrets.Remove(config));
        }
    }

    // A volume is written anew, because deleted files and earlier versions of scripts lie in its free blocks. Of volumes that overlap the
    // one the firmware mounts is kept; the others are remains.
    private void CleanLittleFs()
    {
        var volumes = LittleFsReader.FindAll(_image.Bytes);
        var mounted = LittleFsPlace.For(_image.Chip)?.Choose(volumes, _image.ObkConfig?["lfsSize"] as long?);
        foreach (var volume in volumes.OrderByDescending(volume => volume == mounted))
        {
            if (volume.IsClipped || IsProgram(volume.Range) || _volumes.Any(other => other.Overlaps(volume.Range)))
                continue;
            try
            {
                byte[] clean = LittleFsWriter.Rebuild(volume, volume.Files.Where(file => file.IsComplete).Select(Clean));
                _patch.Replace(volume.Offset, clean, PartitionNames.LittleFs);
                _volumes.Add(volume.Range);
            }
            catch (BekenImageException refusal) when (refusal is not ImageGuardException)
            {
                _findings.Add(new Finding(FindingSeverity.Warning, refusal.Code,
                    "the LittleFS volume cannot be written anew, so that only secrets known from elsewhere were blanked in it: " + refusal.Message, volume.Offset, PartitionNames.LittleFs));
            }
        }
    }

    private LittleFsEntry Clean(LittleFsEntry file)
    {
        byte[] content = file.ToArray();
        if (file.Path.EndsWith(".bat", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
            content = ObkSecrets.RemoveFromScript(IO.Text.FromLatin1(content)).Select(character => (byte)character).ToArray();
        foreach (var (at, length) in FindSecrets(content))
            content.AsSpan(at, length).Fill(Blank);
        return new LittleFsEntry(file.RawPath, isDirectory: false, [content], content.Length, file.Attributes);
    }

    // Its preferences hold the network's name and password under hashed names; the firmware starts with an empty store where it finds none.
    private void CleanLibreTiny()
    {
        if (_image.Flavor != FirmwareFlavor.LibreTiny || _image.FindPartition("kvs") is not { } store || IsProgram(store.Range))
            return;
        var erased = new byte[store.Length];
        erased.AsSpan().Fill(0xFF);
        _patch.Replace(store.Offset, erased, store.Name);
    }

    // The identity some vendors put on a device: a sector that begins with a certificate or key in PEM, the other parts of it behind.
    private void CleanVendorCertificates()
    {
        for (long offset = 0; offset + FlashMap.SectorSize <= _image.Length; offset += FlashMap.SectorSize)
        {
            var sector = new FlashRange(offset, FlashMap.SectorSize);
            if (sector.Of(_image.Bytes).Span.StartsWith(PemBegin) && !IsProgram(sector) && !_volumes.Any(volume => volume.Overlaps(sector)))
                _patch.Replace(offset, FastConnectRecord.BlankSector(), "vendor certificate");
        }
    }

    private void Sweep()
    {
        byte[] bytes = _patch.Bytes.ToArray();
        var closed = _programs.Concat(_volumes).Append(new FlashRange(bytes.Length, 0)).OrderBy(range => range.Start);
        long start = 0;
        foreach (var range in closed)
        {
            if (range.Start > start)
            {
                foreach (var (at, length) in FindSecrets(bytes.AsSpan((int)start, (int)(range.Start - start))))
                    _patch.Replace(start + at, Enumerable.Repeat(Blank, length).ToArray(), "a secret");
            }
            start = Math.Max(start, range.End);
        }
    }

    // One pass over the bytes: the first two tell whether any secret may begin there.
    private List<(int At, int Length)> FindSecrets(ReadOnlySpan<byte> bytes)
    {
        var found = new List<(int At, int Length)>();
        _byPrefix ??= _secrets.Values.GroupBy(secret => secret[0] | secret[1] << 8)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(secret => secret.Length).ToArray());
        for (int at = 0; at + ShortestSecret <= bytes.Length; at++)
        {
            if (!_byPrefix.TryGetValue(bytes[at] | bytes[at + 1] << 8, out byte[][]? candidates))
                continue;
            foreach (byte[] secret in candidates)
            {
                if (!bytes.Slice(at).StartsWith(secret))
                    continue;
                found.Add((at, secret.Length));
                at += secret.Length - 1;
                break;
            }
        }
        return found;
    }

    private void RenewObkChecksums()
    {
        foreach (var config in ObkConfigs())
        {
            var now = new ObkConfig(new FlashRange(config.Offset, config.Length).Of(_patch.Bytes).ToArray(), config.Offset, config.Layout);
            PutConfig(config, new ObkConfigBuilder(now).Build());
        }
    }

    // A configuration that the firmware refused before must not become one it takes.
    private void PutConfig(ObkConfig before, ObkConfig clean)
    {
        byte[] bytes = clean.Bytes.ToArray();
        if (!before.ChecksumOk)
            bytes[ObkConfig.ChecksumOffset] = before.StoredChecksum != clean.ComputedChecksum ? before.StoredChecksum : (byte)~before.StoredChecksum;
        _patch.Replace(before.Offset, bytes, PartitionNames.ObkConfig);
    }

    private IEnumerable<ObkConfig> ObkConfigs() =>
        _image.Content.Sectors.ObkConfigs.Where(config => !IsProgram(new FlashRange(config.Offset, config.Length)));

    private void Remember(string text)
    {
        Remember(Encoding.UTF8.GetBytes(text));
        Remember(text.Select(character => (byte)(character & 0xFF)).ToArray());
    }

    private void Remember(ReadOnlySpan<byte> secret)
    {
        if (secret.Length >= ShortestSecret && !IO.ByteRuns.IsAll(secret, secret[0]))
            _secrets[IO.Text.FromLatin1(secret)] = secret.ToArray();
    }

    private void RememberTexts(ReadOnlySpan<byte> fields)
    {
        while (!fields.IsEmpty)
        {
            int end = fields.IndexOf((byte)0);
            var text = end < 0 ? fields : fields.Slice(0, end);
            if (IO.Text.IsPrintable(text))
                Remember(text);
            fields = end < 0 ? default : fields.Slice(end + 1);
        }
    }

    private bool IsProgram(FlashRange range) => _programs.Any(program => program.Overlaps(range));

    // What a program's partition holds besides code in use and its header may be data: Tuya's T firmware keeps files behind the app.
    private static List<FlashRange> ProgramRanges(FlashImage image)
    {
        var ranges = new List<FlashRange>();
        foreach (var partition in image.Programs.Partitions.Where(partition => partition.IsStriped))
            ranges.Add(ProgramPayload.Find(image, partition).PhysicalRange);
        foreach (var container in image.Containers)
            ranges.Add(new FlashRange(container.Offset, container.IsStriped ? Formats.Rbl.RblHeader.StripedSize : Formats.Rbl.RblHeader.Size));
        foreach (var program in new[] { image.Programs.Bootloader, image.Programs.App })
        {
            if (program is { IsStriped: false })
                ranges.Add(program.Range);
        }
        ranges.Sort((left, right) => left.Start.CompareTo(right.Start));
        return ranges;
    }
}
