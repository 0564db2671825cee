using BekenImage.IO;

namespace BekenImage.Formats.Rf;

/// <summary>Changes RF tables and makes sectors of them. Nothing is ever invented: every table comes from one that was read.</summary>
internal static class RfWriter
{
    /// <summary>A new table that differs in the six bytes of the MAC only.</summary>
    /// <param name="table">The table to start from; it stays as it is.</param>
    /// <param name="mac">The MAC the new table shall have.</param>
    /// <exception cref="BekenImageException">
    /// No station may have that MAC (<see cref="FindingCode.RfMacRefused"/>), or the table has no TXID_MAC of six bytes
    /// (<see cref="FindingCode.RfMacMissing"/>).
    /// </exception>
    public static RfTable WithMac(RfTable table, MacAddress mac)
    {
        if (table is null)
            throw new ArgumentNullException(nameof(table));
        if (!mac.IsStation)
        {
            throw new BekenImageException(FindingCode.RfMacRefused,
                $"{mac} is no MAC a station may have: it must not be multicast (odd first byte), all 00 or all FF", table.Offset).About(PartitionNames.Rf);
        }
        if (table.Find(RfTags.Mac) is not { Data.Length: MacAddress.Size } item)
        {
            throw new BekenImageException(FindingCode.RfMacMissing,
                "RF table has no element TXID_MAC of 6 bytes to change; restore a table that has one", table.Offset).About(PartitionNames.Rf);
        }
        byte[] bytes = table.Bytes.ToArray();
        mac.ToArray().CopyTo(bytes, item.DataOffset);
        RfReader.TryRead(bytes, table.Offset, null, out var changed);
        return changed!;
    }

    /// <summary>
    /// The sector to write when a table is restored: the source's table, with another MAC where one is asked for, then 0xFF. Where it
    /// goes, and that nothing else lies there, is the caller's decision.
    /// </summary>
    /// <param name="source">The table to restore.</param>
    /// <param name="mac">The MAC it shall have; null keeps its own.</param>
    /// <param name="own">The MAC of the device it is for, and where that stands; null when it is not known. Another one gives a warning.</param>
    /// <param name="allowUncalibrated">True to restore a table with chip information only, which restores no calibration at all.</param>
    /// <param name="findings">Receives the warnings, or null.</param>
    /// <returns>4096 bytes.</returns>
    /// <exception cref="BekenImageException">
    /// The source is uncalibrated and that was not allowed (<see cref="FindingCode.RfUncalibrated"/>), it has no usable MAC
    /// (<see cref="FindingCode.RfMacMissing"/>, <see cref="FindingCode.RfMacInvalid"/>), or the MAC asked for is none
    /// (<see cref="FindingCode.RfMacRefused"/>).
    /// </exception>
    public static byte[] BuildRestoredSector(
        RfTable source, MacAddress? mac, (MacAddress Mac, long Offset)? own, bool allowUncalibrated, ICollection<Finding>? findings)
    {
        if (source is null)
            throw new ArgumentNullException(nameof(source));
        var restored = mac is { } wanted ? WithMac(source, wanted) : source;
        if (restored.Mac is not { } result)
        {
            throw new BekenImageException(FindingCode.RfMacMissing,
                "the RF table to restore has no element TXID_MAC of 6 bytes", source.Offset).About(PartitionNames.Rf);
        }
        if (!result.IsStation)
        {
            throw new BekenImageException(FindingCode.RfMacInvalid,
                $"the RF table to restore has the MAC {result}, which no station may have; name another one", source.Offset).About(PartitionNames.Rf);
        }
        if (!source.IsCalibrated)
        {
            const string message = "the RF table to restore holds chip information only, no calibration";
            if (!allowUncalibrated)
                throw new BekenImageException(FindingCode.RfUncalibrated, message, source.Offset).About(PartitionNames.Rf);
            findings?.Add(new Finding(FindingSeverity.Warning, FindingCode.RfUncalibrated, message, source.Offset));
        }
        else if (source.IsGeneric)
        {
            findings?.Add(RfFaults.Calibration(source)!);
        }
        if (result.IsPlaceholder)
            findings?.Add(RfFaults.Mac(restored)!);
        if (own is { } device && device.Mac != result)
            findings?.Add(MacDiffers(device, result));
        return ToSector(restored);
    }

    /// <summary>The warning that a table is of another device than the one it is for.</summary>
    public static Finding MacDiffers((MacAddress Mac, long Offset) own, MacAddress result) => new(
        FindingSeverity.Warning, FindingCode.RfMacDiffers, $"the device's MAC is {own.Mac}, the RF table has {result}: calibration and MAC belong to one chip, and while another device " +
        "has that MAC the two disturb their network", own.Offset);

    /// <summary>The sector that holds a table: its bytes, then 0xFF. Where it goes is the caller's decision.</summary>
    /// <param name="table">The table.</param>
    /// <returns>4096 bytes.</returns>
    public static byte[] ToSector(RfTable table)
    {
        if (table is null)
            throw new ArgumentNullException(nameof(table));
        return ByteRuns.Erased(FlashGeometry.SectorSize, table.Bytes.Span);
    }
}
