using System.Runtime.InteropServices;

namespace BekenImage.IO;

/// <summary>Stretches of equal bytes: asked about, and made.</summary>
internal static class ByteRuns
{
    /// <summary>True when every byte is 0xFF: erased flash. True for no bytes at all.</summary>
    public static bool IsErased(ReadOnlySpan<byte> bytes) => IsAll(bytes, 0xFF);

    /// <summary>Erased flash: that many bytes of 0xFF.</summary>
    public static byte[] Erased(long length) => Erased(length, default);

    /// <summary>That many bytes: the content, and 0xFF behind it.</summary>
    public static byte[] Erased(long length, ReadOnlySpan<byte> content)
    {
        byte[] bytes = Uninitialized.Bytes(length);
        content.CopyTo(bytes);
        bytes.AsSpan(content.Length).Fill(0xFF);
        return bytes;
    }

    /// <summary>How many bytes differ from those at the same place.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other, as long.</param>
    public static long CountDifferences(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var leftWords = MemoryMarshal.Cast<byte, ulong>(left);
        var rightWords = MemoryMarshal.Cast<byte, ulong>(right);
        long count = 0;
        for (int i = 0; i < leftWords.Length; i++)
            count += OtherBytes(leftWords[i] ^ rightWords[i]);
        for (int i = leftWords.Length * sizeof(ulong); i < left.Length; i++)
            count += left[i] == right[i] ? 0 : 1;
        return count;
    }

    /// <summary>How many bytes are not erased.</summary>
    public static long CountWritten(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        long count = 0;
        foreach (ulong word in words)
            count += OtherBytes(~word);
        foreach (byte value in bytes.Slice(words.Length * sizeof(ulong)))
            count += value == 0xFF ? 0 : 1;
        return count;
    }

    // Bytes of a word that are not 0: each makes its highest bit, all eight are added up by one multiplication.
    private static int OtherBytes(ulong word)
    {
        const ulong low = 0x7F7F7F7F7F7F7F7F, ones = 0x0101010101010101;
        return word == 0 ? 0 : (int)(unchecked(((((word & low) + low) | word) >> 7 & ones) * ones) >> 56);
    }

    public static bool IsAll(ReadOnlySpan<byte> bytes, byte value)
    {
#if NET8_0_OR_GREATER
        return bytes.IndexOfAnyExcept(value) < 0;
#else
        foreach (byte other in bytes)
        {
            if (other != value)
                return false;
        }
        return true;
#endif
    }
}
