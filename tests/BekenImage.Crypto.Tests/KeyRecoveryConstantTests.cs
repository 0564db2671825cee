using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>One half of the constant, against KeyRecovery.md, section 4, written down a second time without its shortcuts.</summary>
public class KeyRecoveryConstantTests
{
    private const int Halves = 1 << 16;

    [Theory]
    [InlineData(1, 40, 3000, 0)]
    [InlineData(2, 300, 20000, 0)]
    [InlineData(3, 256, 900, 0)]
    [InlineData(4, 200, 4000, 2500)]
    public void Find_SampleOfFrequentHalfWords_IsTheDefinitions(int seed, int kinds, int words, int others)
    {
        var random = new Random(seed);
        ushort constant = (ushort)random.Next(Halves);
        int[] counts = new int[Halves];
        for (int i = 0; i < words; i++)
        {
            double share = random.NextDouble();
            counts[KeyRecoveryHalfwords.Upper[(int)(share * share * Math.Min(kinds, 256))] ^ constant]++;
        }
        // Twice each: they reach the least count, and there are more of them than are let in.
        for (int i = 0; i < others; i++)
            counts[random.Next(Halves)] += 2;
        var expected = Definition(counts);
        var half = KeyRecoveryConstant.Find(counts, KeyRecoveryHalfwords.Upper, KeyRecoveryHalfwords.UpperWeights, Weights());
        Assert.Equal(constant, half.Value);
        Assert.Equal(expected.Value, half.Value);
        Assert.Equal(expected.Likelihood, half.Likelihood, 9);
        Assert.Equal(expected.Lead, half.Lead, 9);
        Assert.Equal(expected.Correlation, half.Correlation, 4);
    }

    [Fact]
    public void Find_PaddingThatOutweighsTheCode_IsMeasuredAmongTheFinalists()
    {
        // Most of the sample is one value: the correlation alone is not enough, and what is named has to be the definition's.
        var random = new Random(9);
        int[] counts = new int[Halves];
        for (int i = 0; i < 400; i++)
            counts[KeyRecoveryHalfwords.Upper[random.Next(60)] ^ 0x5A17]++;
        counts[0x9999] += 5000;
        var expected = Definition(counts);
        var half = KeyRecoveryConstant.Find(counts, KeyRecoveryHalfwords.Upper, KeyRecoveryHalfwords.UpperWeights, Weights());
        Assert.Equal(expected.Value, half.Value);
        Assert.Equal(expected.Likelihood, half.Likelihood, 9);
        Assert.Equal(expected.Lead, half.Lead, 9);
        Assert.Equal(expected.Correlation, half.Correlation, 4);
    }

    // No code at all: the finalists differ by little, and which they are depends on which values take part.
    [Theory]
    [InlineData(10, 3000, 9)]
    [InlineData(11, 1024, 2)]
    [InlineData(12, 1025, 2)]
    [InlineData(13, 1100, 3)]
    [InlineData(14, 300, 30)]
    [InlineData(15, 1500, 5000)]
    public void Find_SampleWithoutCode_IsTheDefinitionsToo(int seed, int values, int most)
    {
        var random = new Random(seed);
        int[] counts = new int[Halves];
        for (int i = 0; i < values;)
        {
            int at = random.Next(Halves);
            if (counts[at] != 0)
                continue;
            counts[at] = 2 + random.Next(most - 1);
            i++;
        }
        // Once each: too few to take part, but they are measured.
        for (int i = 0; i < 500; i++)
            counts[random.Next(Halves)] += 1;
        var expected = Definition(counts);
        var half = KeyRecoveryConstant.Find(counts, KeyRecoveryHalfwords.Upper, KeyRecoveryHalfwords.UpperWeights, Weights());
        Assert.Equal(expected.Value, half.Value);
        Assert.Equal(expected.Likelihood, half.Likelihood, 9);
        Assert.Equal(expected.Lead, half.Lead, 9);
        Assert.Equal(expected.Correlation, half.Correlation, 4);
    }

    // A value of half 0, and one of half FFFF: both ends of the table take part.
    [Theory]
    [InlineData(0x0000)]
    [InlineData(0xFFFF)]
    public void Find_ConstantAtTheEnds_IsFound(int constant)
    {
        int[] counts = new int[Halves];
        for (int i = 0; i < 200; i++)
            counts[KeyRecoveryHalfwords.Upper[i] ^ constant] = 500 - i;
        Assert.Equal(constant, KeyRecoveryConstant.Find(counts, KeyRecoveryHalfwords.Upper, KeyRecoveryHalfwords.UpperWeights, Weights()).Value);
    }

    [Fact]
    public void Halfwords_AreThe256MostFrequentOnesInOrder()
    {
        AssertTable(KeyRecoveryHalfwords.Upper, KeyRecoveryHalfwords.UpperWeights);
        AssertTable(KeyRecoveryHalfwords.Lower, KeyRecoveryHalfwords.LowerWeights);
        Assert.Equal(10, KeyRecoveryHalfwords.WeightScale);
        // What they are in: upper halves of movs, calls and loads of ARM, lower halves of Thumb's calls, compares and moves.
        Assert.Equal([0x0000, 0x0040, 0xe1a0, 0xf7ff, 0x000e, 0x46c0, 0x2800, 0xe3a0], KeyRecoveryHalfwords.Upper.Take(8).Select(value => (int)value));
        Assert.Equal([0x0000, 0xf7ff, 0x2800, 0x2000, 0x1c20, 0x0001, 0x2b00, 0x0800], KeyRecoveryHalfwords.Lower.Take(8).Select(value => (int)value));
    }

    private static void AssertTable(ushort[] values, byte[] weights)
    {
        Assert.Equal(256, values.Length);
        Assert.Equal(256, weights.Length);
        Assert.Equal(256, values.Distinct().Count());
        Assert.Equal(weights.OrderByDescending(weight => weight), weights);
        // Shares of all half-words: each is more frequent than chance, and together they are not all there is.
        Assert.InRange(weights.Sum(weight => Math.Pow(2, weight / 10.0)) / Halves, 0.3, 0.7);
    }

    internal static sbyte[] Weights()
    {
        double listed = KeyRecoveryHalfwords.UpperWeights.Sum(weight => Math.Pow(2, weight / 10.0));
        var table = Enumerable.Repeat((sbyte)Math.Round(10 * Math.Log2((Halves - listed) / (Halves - 256))), Halves).ToArray();
        for (int i = 0; i < 256; i++)
            table[KeyRecoveryHalfwords.Upper[i]] = (sbyte)KeyRecoveryHalfwords.UpperWeights[i];
        return table;
    }

    // Section 4, 2: S(f) over the 1,024 most frequent values, whole classes of one count only, and two at least; the eight best by likelihood.
    private static (ushort Value, double Likelihood, double Lead, double Correlation) Definition(int[] counts)
    {
        int least = 2;
        while (counts.Count(count => count >= least) > 1024)
            least++;
        double[] sums = new double[Halves];
        for (int value = 0; value < Halves; value++)
        {
            for (int i = 0; counts[value] >= least && i < 256; i++)
                sums[value ^ KeyRecoveryHalfwords.Upper[i]] += Math.Log2(1 + counts[value]) * KeyRecoveryHalfwords.UpperWeights[i];
        }
        var table = Weights();
        int[] finalists = [.. Enumerable.Range(0, Halves).OrderByDescending(value => sums[value]).Take(8)];
        double total = counts.Sum();
        var measured = finalists.Select(finalist => (Value: finalist, Bits: Enumerable.Range(0, Halves).Where(value => counts[value] > 0)
            .Sum(value => (double)counts[value] * table[value ^ finalist]) / 10 / total)).OrderByDescending(one => one.Bits).ToList();
        return ((ushort)measured[0].Value, measured[0].Bits, measured[0].Bits - measured[1].Bits, sums[measured[0].Value] / sums[finalists[0]]);
    }
}
