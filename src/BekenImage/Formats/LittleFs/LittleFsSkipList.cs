using System.Buffers.Binary;

namespace BekenImage.Formats.LittleFs;

/// <summary>
/// The layout of larger files ("CTZ list"): data block n > 0 begins with ctz(n) + 1 pointers, the k-th leading to block n - 2^k; then
/// data. The directory knows the block of the highest number.
/// </summary>
internal static class LittleFsSkipList
{
    private const int PointerSize = sizeof(uint);

    /// <summary>Bytes of pointers at the start of data block n.</summary>
    public static int PointerLength(int index) => PointerCount(index) * PointerSize;

    public static int PointerCount(int index)
    {
        if (index == 0)
            return 0;
        int count = 1;
        for (; (index & 1) == 0; index >>= 1)
            count++;
        return count;
    }

    /// <summary>Number of the data block that holds a byte of the file.</summary>
    public static int IndexOf(long position, int blockSize)
    {
        // StartOf solved for the index; the first guess has the popcount that is needed.
        long perBlock = blockSize - 2 * PointerSize;
        long index = position / perBlock;
        if (index == 0)
            return 0;
        return (int)((position - PointerSize * (BitCount(index - 1) + 2)) / perBlock);
    }

    /// <summary>Position in the file at which a data block's content begins.</summary>
    public static long StartOf(int index, int blockSize)
    {
        // Blocks 1 to i - 1 hold 2 (i - 1) - popcount(i - 1) pointers.
        return index == 0 ? 0 : (long)index * blockSize - PointerSize * (2 * (index - 1L) - BitCount(index - 1));
    }

    public static int BlocksFor(long size, int blockSize) => size == 0 ? 0 : IndexOf(size - 1, blockSize) + 1;

    public static uint ReadPointer(ReadOnlySpan<byte> block, int number) =>
        BinaryPrimitives.ReadUInt32LittleEndian(block.Slice(number * PointerSize));

    public static void WritePointer(Span<byte> block, int number, uint target) =>
        BinaryPrimitives.WriteUInt32LittleEndian(block.Slice(number * PointerSize), target);

    private static int BitCount(long value)
    {
        int count = 0;
        for (; value != 0; value &= value - 1)
            count++;
        return count;
    }
}
