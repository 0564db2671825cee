using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BekenImage.Formats.Uf2;

/// <summary>The patch that makes a block of the second firmware from one of the first. Source: FORMAT.md, section 4.</summary>
internal static class Uf2Patch
{
    private const byte AddToWords = 0xFE;

    /// <returns>False where an operation is not known, or reaches out of the data.</returns>
    public static bool TryApply(ReadOnlySpan<byte> data, ReadOnlySpan<byte> patch, [NotNullWhen(true)] out byte[]? patched)
    {
        patched = null;
        byte[] result = data.ToArray();
        while (patch.Length >= 2)
        {
            byte code = patch[0];
            int length = patch[1];
            if (code != AddToWords || length < sizeof(int) || length > patch.Length - 2)
                return false;
            int difference = BinaryPrimitives.ReadInt32LittleEndian(patch.Slice(2));
            foreach (byte offset in patch.Slice(2 + sizeof(int), length - sizeof(int)))
            {
                if (offset > result.Length - sizeof(int))
                    return false;
                var word = result.AsSpan(offset);
                BinaryPrimitives.WriteInt32LittleEndian(word, unchecked(BinaryPrimitives.ReadInt32LittleEndian(word) + difference));
            }
            patch = patch.Slice(2 + length);
        }
        if (!patch.IsEmpty)
            return false;
        patched = result;
        return true;
    }
}
