using System.Text;
using BekenImage.Formats.FlashVars;
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
    private readonly Dictionary<string, byte[]> _secrets = new(StringComparer.Ordinal);

    public SecretRemover(FlashImage image)
    {
        _image = image;
        _patch = new SectorPatch(image);
        _programs = ProgramRanges.Of(image);
    }

    private static ReadOnlySpan<byte> PemBegin => "-----BEGIN "u8;

    public byte[] Run()
    {
        CleanTuya();
        CleanFastConnect();
        CleanNetParam();
        CleanFlashVars();
        CleanObkConfigs();
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

    // The identity some vendors put on a device: a sector that begins with a certificate or key in PEM, the other parts of it behind.
    private void CleanVendorCertificates()
    {
        for (long offset = 0; offset + FlashMap.SectorSize <= _image.Length; offset += FlashMap.SectorSize)
        {
            var sector = new FlashRange(offset, FlashMap.SectorSize);
            if (sector.Of(_image.Bytes).Span.StartsWith(PemBegin) && !IsProgram(sector))
                _patch.Replace(offset, FastConnectRecord.BlankSector(), "vendor certificate");
        }
    }

    private void Sweep()
    {
        byte[] bytes = _patch.Bytes.ToArray();
        long at = 0;
        foreach (var program in _programs.Append(new FlashRange(bytes.Length, 0)))
        {
            if (program.Start > at)
                Sweep(bytes, FlashRange.FromBounds(at, program.Start));
            at = Math.Max(at, program.End);
        }
    }

    // One pass over the bytes: the first two tell whether any secret may begin there.
    private void Sweep(byte[] bytes, FlashRange range)
    {
        var byPrefix = _secrets.Values.GroupBy(secret => secret[0] | secret[1] << 8)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(secret => secret.Length).ToArray());
        var begins = new bool[0x10000];
        foreach (int prefix in byPrefix.Keys)
            begins[prefix] = true;
        for (int at = (int)range.Start; at + ShortestSecret <= range.End; at++)
        {
            int prefix = bytes[at] | bytes[at + 1] << 8;
            if (!begins[prefix])
                continue;
            var rest = bytes.AsSpan(at, (int)range.End - at);
            foreach (byte[] secret in byPrefix[prefix])
            {
                if (!rest.StartsWith(secret))
                    continue;
                rest.Slice(0, secret.Length).Fill(Blank);
                _patch.Replace(at, rest.Slice(0, secret.Length), "a secret");
                at += secret.Length - 1;
                break;
            }
        }
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
}
