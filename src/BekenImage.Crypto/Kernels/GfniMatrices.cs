#if NET10_0_OR_GREATER
using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace BekenImage.Crypto.Kernels;

/// <summary>
/// The page CRC as bit matrices. Without its initial value it is linear over GF(2), so the data byte at each of the 32 positions adds
/// one 8 x 8 matrix of its bits to the upper byte of the CRC and another to the lower.
/// </summary>
internal static class GfniMatrices
{
    /// <summary>What the initial value adds to the CRCs of eight pages, as they are stored.</summary>
    public static Vector128<byte> StoredCrcOfZeros => Vector128.Create(BinaryPrimitives.ReverseEndianness(PortablePage.CrcOfZeros)).AsByte();

    /// <summary>The matrix from the data byte at a position to one byte of the CRC, in the order GF2P8AFFINEQB takes: row i is byte 7 - i.</summary>
    /// <param name="position">Index of the data byte in its page, 0 to 31.</param>
    /// <param name="firstBit">8 for the upper byte of the CRC, 0 for the lower.</param>
    public static ulong At(int position, int firstBit)
    {
        ulong matrix = 0;
        Span<byte> data = stackalloc byte[FlashPages.DataSize];
        data.Clear();
        for (int column = 0; column < 8; column++)
        {
            data[position] = (byte)(1 << column);
            int crc = Crc16Cms.Compute(data) ^ PortablePage.CrcOfZeros;
            for (int row = 0; row < 8; row++)
                matrix |= (ulong)(crc >> firstBit + row & 1) << (7 - row) * 8 + column;
        }
        return matrix;
    }
}
#endif
