using BekenImage.Editing;
using BekenImage.Formats.FlashVars;
using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Tuya;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage.Sanitizing;

/// <summary>
/// Blanks the secrets of one image: each format by its own means, then the same secrets in whatever plain bytes are left, then the
/// checksums of what that touched.
/// </summary>
internal sealed class SecretRemover
{
    private const string Why = "secrets were blanked";

    private readonly FlashImage _image;
    private readonly DraftEdit _edit;
    private readonly List<FlashRange> _leftAlone;
    private readonly SecretPatterns _secrets = new();
    private readonly LittleFsCleaner _littleFs;

    /// <param name="edit">Receives the changes.</param>
    public SecretRemover(DraftEdit edit)
    {
        var image = edit.Image;
        _image = image;
        _edit = edit;
        _leftAlone = ProgramRanges.Of(image);
        _littleFs = new LittleFsCleaner(image, _secrets, image.Content.PinLayout, _leftAlone);
        _leftAlone.AddRange(_littleFs.Ranges);
        _leftAlone.Sort((left, right) => left.Start.CompareTo(right.Start));
    }

    /// <summary>What could not be done as it should.</summary>
    public IReadOnlyList<Finding> Findings => _littleFs.Findings;

    private static ReadOnlySpan<byte> PemBegin => "-----BEGIN "u8;

    public void Run()
    {
        CleanTuya();
        CleanFastConnect();
        CleanNetParam();
        CleanFlashVars();
        CleanObkConfigs();
        CleanLibreTiny();
        CleanVendorCertificates();
        _littleFs.Write(_edit);
        Sweep();
        RenewObkChecksums();
    }

    private void CleanTuya()
    {
        var result = TuyaSanitizer.Sanitize(_image.Bytes.Span, _image.Content.SectorPhase);
        foreach (var secret in result.Secrets)
            _secrets.Add(secret.Span);
        foreach (var sector in result.Sectors.Where(sector => !IsLeftAlone(sector.Range)))
            _edit.Replace(sector.Offset, sector.Data.Span, PartitionNames.Tuya, Why);
    }

    private void CleanFastConnect()
    {
        foreach (var record in _image.FastConnectRecords.Where(record => !IsLeftAlone(new FlashRange(record.Offset, record.Length))))
        {
            _secrets.Add(record.RevealSsid());
            _secrets.Add(record.RevealPsk());
            _secrets.Add(record.RevealPassphrase());
            long length = Math.Min(FlashGeometry.SectorSize, _image.Length - record.Offset);
            _edit.Replace(record.Offset, FastConnectRecord.BlankSector().AsSpan(0, (int)length), PartitionNames.FastConnect, Why);
        }
    }

    private void CleanNetParam()
    {
        foreach (var table in _image.NetParamTables.Where(table => !IsLeftAlone(new FlashRange(table.Offset, table.Bytes.Length))))
        {
            foreach (var item in table.Items.Where(item => item.IsSecret))
                RememberTexts(item.Data.Span);
            _edit.Replace(table.Offset, NetParamWriter.WithoutSecrets(table).Bytes.Span, PartitionNames.Net, Why);
        }
    }

    private void CleanFlashVars()
    {
        if (_image.FlashVarsStore is not { } store)
            return;
        foreach (var entry in store.Entries.Where(entry => entry.IsSecret))
            RememberTexts(entry.Value.Span);
        _edit.Replace(store.Offset, EasyFlashWriter.WithoutSecrets(store), PartitionNames.FlashVars, Why);
    }

    private void CleanObkConfigs()
    {
        foreach (var config in ObkConfigs())
        {
            foreach (string secret in ObkSecretTexts.Of(config))
                _secrets.Add(secret);
            PutConfig(config, ObkSecrets.Remove(config));
        }
    }

    // Its preferences hold the network's name and password under hashed names; the firmware starts with an empty store where it finds none.
    private void CleanLibreTiny()
    {
        if (_image.Flavor != FirmwareFlavor.LibreTiny || _image.FindPartition("kvs") is not { } store || IsLeftAlone(store.Range))
            return;
        _edit.Replace(store.Offset, ByteRuns.Erased(store.Length), store.Name, Why);
    }

    // The identity some vendors put on a device: a sector that begins with a certificate or key in PEM, the other parts of it behind.
    private void CleanVendorCertificates()
    {
        for (long offset = _image.Content.SectorPhase; offset + FlashGeometry.SectorSize <= _image.Length; offset += FlashGeometry.SectorSize)
        {
            var sector = new FlashRange(offset, FlashGeometry.SectorSize);
            if (sector.Of(_image.Bytes).Span.StartsWith(PemBegin) && !IsLeftAlone(sector))
                _edit.Replace(offset, FastConnectRecord.BlankSector(), "vendor certificate", Why);
        }
    }

    private void Sweep()
    {
        byte[] bytes = _edit.Bytes.ToArray();
        long at = 0;
        foreach (var range in _leftAlone.Append(new FlashRange(bytes.Length, 0)))
        {
            foreach (var blanked in range.Start > at ? _secrets.BlankIn(bytes, FlashRange.FromBounds(at, range.Start)) : [])
                _edit.Replace(blanked.Start, blanked.Of(bytes).Span, "a secret", Why);
            at = Math.Max(at, range.End);
        }
    }

    private void RenewObkChecksums()
    {
        foreach (var config in ObkConfigs())
        {
            var now = new ObkConfig(new FlashRange(config.Offset, config.Length).Of(_edit.Bytes).ToArray(), config.Offset, config.Layout);
            PutConfig(config, new ObkConfigBuilder(now).Build());
        }
    }

    // A configuration that the firmware refused before must not become one it takes.
    private void PutConfig(ObkConfig before, ObkConfig clean)
    {
        byte[] bytes = clean.Bytes.ToArray();
        if (!before.ChecksumOk)
            bytes[ObkConfig.ChecksumOffset] = before.StoredChecksum != clean.ComputedChecksum ? before.StoredChecksum : (byte)(before.StoredChecksum ^ 0xFF);
        _edit.Replace(before.Offset, bytes, PartitionNames.ObkConfig, Why);
    }

    private IEnumerable<ObkConfig> ObkConfigs() =>
        _image.Content.Sectors.ObkConfigs.Where(config => !IsLeftAlone(new FlashRange(config.Offset, config.Length)));

    private void RememberTexts(ReadOnlySpan<byte> fields)
    {
        while (!fields.IsEmpty)
        {
            int end = fields.IndexOf((byte)0);
            var text = end < 0 ? fields : fields.Slice(0, end);
            if (IO.Text.IsPrintable(text))
                _secrets.Add(text);
            fields = end < 0 ? default : fields.Slice(end + 1);
        }
    }

    private bool IsLeftAlone(FlashRange range) => _leftAlone.Any(other => other.Overlaps(range));
}
