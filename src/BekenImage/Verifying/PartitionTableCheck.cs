namespace BekenImage.Verifying;

/// <summary>Whether the bootloader's partition table is one a device can use; asked only where it is not, since such tables are made by hand.</summary>
internal static class PartitionTableCheck
{
    public static IEnumerable<VerifyCheck> Of(FlashImage image)
    {
        var faults = image.Findings.Where(finding => finding.Code is FindingCode.FalTableUnusual or FindingCode.FalEntryRange).ToArray();
        if (faults.Length > 0)
            yield return new(faults[0].Code, "partition-table", CheckStatus.Warn, string.Join("; ", faults.Select(fault => fault.Message)), faults[0].Offset);
    }
}
