using System.Collections;

namespace BekenImage.Formats.LittleFs;

/// <summary>The blocks of a volume, each handed out once: this is what keeps cyclic and shared chains finite.</summary>
internal sealed class LittleFsBlockUse
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly BitArray _isUsed;

    public LittleFsBlockUse(ReadOnlyMemory<byte> bytes, int blockSize, int blockCount)
    {
        _bytes = bytes;
        BlockSize = blockSize;
        BlockCount = blockCount;
        // As many as are there, whatever the superblock states.
        _isUsed = new BitArray(Math.Min(blockCount, bytes.Length / blockSize));
    }

    public int BlockSize { get; }

    /// <summary>What the superblock states.</summary>
    public int BlockCount { get; }

    public int UsedBlocks { get; private set; }

    /// <summary>Takes a block; false when it lies outside the volume or the image, or was taken before.</summary>
    public bool TryTake(uint block, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (block >= (uint)_isUsed.Length || _isUsed[(int)block])
            return false;
        _isUsed[(int)block] = true;
        UsedBlocks++;
        bytes = _bytes.Slice((int)block * BlockSize, BlockSize);
        return true;
    }

    public string WhyNot(uint block) => block >= (uint)BlockCount
        ? FormattableString.Invariant($"block 0x{block:x} lies outside the volume of {BlockCount} blocks")
        : block >= (uint)_isUsed.Length
            ? FormattableString.Invariant($"block 0x{block:x} lies behind the end of the image")
            : FormattableString.Invariant($"block 0x{block:x} is already in use elsewhere, or the chain is a loop");
}
