using System.Globalization;

namespace BekenImage.TestSupport;

/// <summary>Compares long byte sequences and says where they differ, instead of printing megabytes.</summary>
internal static class BytesAssert
{
    public static void Equal(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        int common = Math.Min(expected.Length, actual.Length);
        int index = expected.Slice(0, common).CommonPrefixLength(actual.Slice(0, common));
        if (index == expected.Length && index == actual.Length)
            return;
        Assert.Fail(string.Create(CultureInfo.InvariantCulture,
            $"Lengths {expected.Length} and {actual.Length}; first difference at {index} (0x{index:x}).\n" +
            $"expected: {Around(expected, index)}\nactual:   {Around(actual, index)}"));
    }

    private static string Around(ReadOnlySpan<byte> bytes, int index)
    {
        int start = Math.Max(0, index - 5);
        int end = Math.Min(bytes.Length, index + 11);
        return start >= end ? "(end)" : Convert.ToHexStringLower(bytes.Slice(start, end - start));
    }
}
