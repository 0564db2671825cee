using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;

namespace BekenImage.Images;

/// <summary>Which of several tables counts. The same rules serve reading, verifying and combining.</summary>
internal static class ImageAreas
{
    /// <summary>
    /// One with a MAC a station may have wins; among those the device's own calibration, then another unit's that a flasher wrote, then
    /// what calibrates nothing; then the one where the firmware looks, then the lowest.
    /// </summary>
    public static RfTable? SelectRf(IEnumerable<RfTable> tables, long? preferredOffset) => tables
        .OrderByDescending(table => table.IsUsable)
        .ThenByDescending(Rank)
        .ThenByDescending(table => table.Offset == preferredOffset)
        .ThenBy(table => table.Offset)
        .FirstOrDefault();

    /// <summary>A config with a right checksum wins, then the one where the firmware looks, then the lowest.</summary>
    public static ObkConfig? SelectObkConfig(IEnumerable<ObkConfig> configs, long? preferredOffset) => configs
        .OrderByDescending(config => config.ChecksumOk)
        .ThenByDescending(config => config.Offset == preferredOffset)
        .ThenBy(config => config.Offset)
        .FirstOrDefault();

    private static int Rank(RfTable table) => (table.IsCalibrated ? 2 : 0) + (table.IsGeneric ? 0 : 1);
}
