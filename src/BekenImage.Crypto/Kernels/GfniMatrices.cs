namespace BekenImage.Crypto.Kernels;

/// <summary>
/// The page CRC as bit matrices. Without its initial value it is linear over GF(2), so the data byte at each of the 32 positions adds
/// one 8 x 8 matrix of its bits to the upper byte of the CRC and another to the lower.
/// </summary>
internal static class GfniMatrices
{
    /// <summary>The matrix from the data byte at a position to one byte of the CRC, in the order GF2P8AFFINEQB takes: row i is byte 7 - i.</summary>
    /// <param name="position">Index of the data byte in its page, 0 to 31.</param>
    /// <param name="firstBit">8 for the upper byte of the CRC, 0 for the lower.</param>
    public static ulong At(int position, int firstBit)
    {
        ulong matrix = 0;
        var data = new byte[FlashPages.DataSize];
        for (int column = 0; column < 8; column++)
        {
            data[position] = (byte)(1 << column);
            int crc = Crc16Cms.Compute(data) ^ PortablePage.CrcOfZeros;
            for (int row = 0; row < 8; row++)
                matrix |= (ulong)(crc >> firstBit + row & 1) << (7 - row) * 8 + column;
        }
        return matrix;
    }

    /// <summary>Matrices in the order of a kernel's registers, one 64-bit word for each.</summary>
    public static ulong[] InOrder(int firstBit, Func<int, int> positionOfWord) =>
        Enumerable.Range(0, FlashPages.DataSize).Select(word => At(positionOfWord(word), firstBit)).ToArray();
}
