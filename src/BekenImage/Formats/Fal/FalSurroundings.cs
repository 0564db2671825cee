namespace BekenImage.Formats.Fal;

/// <summary>What lies in the flash that a partition table describes: the table cannot be right without room for it.</summary>
/// <param name="bootloader">The bootloader up to the end of its table, which is its last part; null where that is not known.</param>
/// <param name="app">The app's code in use with its header; null where no header says how much that is.</param>
internal sealed class FalSurroundings(FlashRange? bootloader, FlashRange? app)
{
    /// <summary>What of a program is in use, physical.</summary>
    public FlashRange? InUse(string name) => name == PartitionNames.Bootloader ? bootloader : name == PartitionNames.App ? app : null;
}
