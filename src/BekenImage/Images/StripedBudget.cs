using BekenImage.Formats.Fal;

namespace BekenImage.Images;

/// <summary>
/// How much the striped entries of a partition table may hold together: each of its bytes is checked and may be deciphered, and a table that
/// a device can use holds no byte twice.
/// </summary>
/// <param name="length">Length of the image.</param>
internal struct StripedBudget(long length)
{
    private long _left = 2 * length;

    /// <summary>Bootloader and app before whatever else a table names.</summary>
    public static IEnumerable<FalPartition> ProgramsFirst(IEnumerable<FalPartition> table) =>
        table.OrderBy(entry => entry.Name is PartitionNames.Bootloader or PartitionNames.App ? 0 : 1);

    public bool TryTake(long bytes)
    {
        if (bytes > _left)
            return false;
        _left -= bytes;
        return true;
    }
}
