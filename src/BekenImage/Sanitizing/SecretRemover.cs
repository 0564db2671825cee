using BekenImage.Editing;
using BekenImage.Formats.FlashVars;
using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;
using BekenImage.IO;

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
    private readonly SecretFinder _found;

    /// <param name="edit">Receives the changes.</param>
    public SecretRemover(DraftEdit edit)
    {
        _image = edit.Image;
        _edit = edit;
        _found = new SecretFinder(edit.Image);
    }

    /// <summary>What could not be done as it should.</summary>
    public IReadOnlyList<Finding> Findings => _found.LittleFs.Findings;

    public void Run()
    {
        foreach (var sector in _found.Tuya)
            _edit.Replace(sector.Offset, sector.Data.Span, PartitionNames.Tuya, Why);
        CleanFastConnect();
        foreach (var table in _found.NetParam)
            _edit.Replace(table.Offset, NetParamWriter.WithoutSecrets(table).Bytes.Span, PartitionNames.Net, Why);
        if (_image.FlashVarsStore is { } store)
            _edit.Replace(store.Offset, EasyFlashWriter.WithoutSecrets(store), PartitionNames.FlashVars, Why);
        foreach (var config in _found.ObkConfigs)
            PutConfig(config, ObkSecrets.Remove(config));
        // The firmware starts with an empty store where it finds none.
        if (_found.LibreTinyStore is { } preferences)
            _edit.Replace(preferences.Offset, ByteRuns.Erased(preferences.Length), preferences.Name, Why);
        CleanPem();
        _found.LittleFs.Write(_edit);
        Sweep();
        RenewObkChecksums();
    }

    private void CleanFastConnect()
    {
        foreach (var record in _found.FastConnect)
        {
            long length = Math.Min(FlashGeometry.SectorSize, _image.Length - record.Offset);
            _edit.Replace(record.Offset, FastConnectRecord.BlankSector().AsSpan(0, (int)length), PartitionNames.FastConnect, Why);
        }
    }

    // A key may go on behind the sector that goes whole.
    private void CleanPem()
    {
        foreach (var range in _found.PemKeys)
        {
            byte[] body = range.Of(_edit.Bytes).ToArray();
            PemKeys.BlankBody(body);
            _edit.Replace(range.Start, body, "private key", Why);
        }
        foreach (var sector in _found.Certificates)
            _edit.Replace(sector.Start, FastConnectRecord.BlankSector(), SecretFinder.Certificate, Why);
    }

    private void Sweep()
    {
        byte[] bytes = _edit.Bytes.ToArray();
        foreach (var blanked in _found.Rest().SelectMany(range => _found.Secrets.BlankIn(bytes, range)))
            _edit.Replace(blanked.Start, blanked.Of(bytes).Span, "a secret", Why);
    }

    private void RenewObkChecksums()
    {
        foreach (var config in _found.ObkConfigs)
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
}
