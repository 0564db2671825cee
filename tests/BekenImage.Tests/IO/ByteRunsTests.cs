using BekenImage.IO;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.IO;

public class ByteRunsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1027)]
    public void Counts_AreThoseOfEachByte(int length)
    {
        byte[] left = SyntheticPrograms.Noise(length, 1), right = SyntheticPrograms.Noise(length, 2);
        for (int i = 0; i < length; i++)
        {
            right[i] = (i % 5) switch { 0 => left[i], 1 => (byte)(left[i] ^ 0x80), 2 => (byte)(left[i] ^ 1), _ => right[i] };
            left[i] = i % 3 == 0 ? (byte)0xFF : left[i];
        }
        Assert.Equal(Enumerable.Range(0, length).Count(i => left[i] != right[i]), ByteRuns.CountDifferences(left, right));
        Assert.Equal(left.Count(value => value != 0xFF), ByteRuns.CountWritten(left));
        Assert.Equal(0, ByteRuns.CountDifferences(left, left));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(4001)]
    public void Census_IsThatOfEachByte(int length)
    {
        byte[] bytes = SyntheticPrograms.Noise(length, 4);
        bytes.AsSpan(length / 3, length / 2).Fill(0xFF);
        var census = ByteCensus.Of(bytes);
        var written = bytes.Where(value => value != 0xFF).GroupBy(value => value).Select(group => (double)group.Count()).ToArray();
        Assert.Equal(bytes.Count(value => value == 0xFF), census.ErasedCount);
        Assert.Equal(-written.Sum(count => count / written.Sum() * Math.Log2(count / written.Sum())), census.WrittenEntropy(), 9);
    }
}
