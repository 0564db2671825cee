using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;

namespace BekenImage.Images;

/// <summary>Which of several tables counts. The same rules serve reading, verifying and combining.</summary>
internal static class ImageAreas
{
    /// <summary>A calibrated table wins, then the one where the firmware looks, then the lowest.</summary>
    public static RfTable? SelectRf(IEnumerable<RfTable> tables, long? preferredOffset) => tables
        .Where(table => table.IsUsable)
        .DefaultIfEmpty(tables.FirstOrDefault())
        .OrderByDescending(table => table?.IsCalibrated)
        .ThenByDescending(table => table?.Offset == preferredOffset)
        .ThenBy(table => table?.Offset)
        .FirstOrDefault();

    /// <summary>A config with a right checksum wins, then the one where the firmware looks, then the lowest.</summary>
    public static ObkConfig? SelectObkConfig(IEnumerable<ObkConfig> configs, long? preferredOffset) => configs
        .OrderByDescending(config => config.ChecksumOk)
        .ThenByDescending(config => config.Offset == preferredOffset)
        .ThenBy(config => config.Offset)
        .FirstOrDefault();
}
