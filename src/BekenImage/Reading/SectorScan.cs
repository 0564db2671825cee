using BekenImage.Formats.Obk;
using BekenImage.Formats.RF;
using BekenImage.Layouts;

namespace BekenImage.Reading;

/// <summary>What lies at the 4 KiB boundaries of an image, told by content alone.</summary>
internal sealed class SectorScan
{
    // More tables or configurations than any image has; keeps a file full of them cheap.
    private const int MaximumOfAKind = 64;

    // A Tuya key block is filled with 0xFF behind its first 32 bytes; this is 16 of them under the fixed master key.
    private static ReadOnlySpan<byte> TuyaErased =>
        [0x46, 0xDC, 0xED, 0x0E, 0x67, 0x2F, 0x3B, 0x70, 0xAE, 0x12, 0x76, 0xA3, 0xF8, 0x71, 0x2E, 0x03];

    private SectorScan(List<RFTable> rfTables, List<ObkConfig> obkConfigs, List<Finding> findings, long? tuyaStorage)
    {
        RfTables = rfTables;
        ObkConfigs = obkConfigs;
        Findings = findings;
        TuyaStorage = tuyaStorage;
    }

    public IReadOnlyList<RFTable> RfTables { get; }

    public IReadOnlyList<ObkConfig> ObkConfigs { get; }

    /// <summary>Offset of the sector that looks like the key block of Tuya's storage.</summary>
    public long? TuyaStorage { get; }

    public IReadOnlyList<Finding> Findings { get; }

    public static SectorScan Run(ReadOnlyMemory<byte> image, ObkPinLayout pins)
    {
        var rfTables = new List<RFTable>();
        var obkConfigs = new List<ObkConfig>();
        var findings = new List<Finding>();
        long? tuyaStorage = null;
        for (int offset = 0; offset < image.Length; offset += FlashMap.SectorSize)
        {
            var sector = image.Slice(offset, Math.Min(FlashMap.SectorSize, image.Length - offset));
            if (rfTables.Count < MaximumOfAKind && RFReader.TryRead(sector, offset, findings, out var table))
                rfTables.Add(table!);
            else if (obkConfigs.Count < MaximumOfAKind && ObkConfigReader.TryRead(sector, offset, pins, findings, out var config))
                obkConfigs.Add(config!);
            else if (tuyaStorage is null && IsTuyaKeyBlock(sector.Span))
                tuyaStorage = offset;
        }
        return new SectorScan(rfTables, obkConfigs, findings, tuyaStorage);
    }

    private static bool IsTuyaKeyBlock(ReadOnlySpan<byte> sector) =>
        sector.Length >= 0x40 && sector.Slice(0x20, 16).SequenceEqual(TuyaErased) && sector.Slice(0x30, 16).SequenceEqual(TuyaErased);
}
