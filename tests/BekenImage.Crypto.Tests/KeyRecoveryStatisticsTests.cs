using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>The counts the search rests on, against KeyRecovery.md, section 4, written down a second time with the bit-by-bit cipher.</summary>
public class KeyRecoveryStatisticsTests
{
    private const int Halves = 1 << 16;

    private static readonly KeyRecoveryCandidate Plain = new(0, 0);

    // Most settings: each stage off and each selector, alone and together.
    public static TheoryData<int> Settings => new(0, 1, 2, 3, 4, 5, 10, 15, 20, 25, 50, 75, 100, 38, 93, 124);

    [Theory]
    [InlineData(0x10000u, 12, 3)]
    [InlineData(0x1FF00u, 8, 2)]
    [InlineData(0x00040u, 9, 5)]
    public void CountPairs_EveryChoiceOfTwoStages_IsTheNumberOfEqualHalves(uint address, int pages, int kinds)
    {
        var random = new Random(pages);
        var key = new BekenKey(0, 0, 0x5A17C3E1, 0x47000820);
        byte[] plain = new byte[pages * 32];
        for (int word = 0; word < pages * 8; word++)
            KeyRecoverySyntheticCode.Put(plain, word, (uint)random.Next(kinds) * 0x01230456 + 0x11);
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(PlainReference.Apply(key, address, plain), address), 1000);
        var upper = new double[15];
        var lower = new double[25];
        Array.Fill(upper, 1000);
        Array.Fill(lower, 1000);
        KeyRecoveryStatistics.CountPairs(sample, 2, pages - 3, upper, lower);
        for (int stage32 = 0; stage32 < 5; stage32++)
        {
            for (int other = 0; other < 5; other++)
            {
                if (other < 3)
                    Assert.Equal(1000 + PairsOf(sample, 2, pages - 3, KeyRecoverySettings.Make(other, 0, stage32), 16), upper[other * 5 + stage32]);
                Assert.Equal(1000 + PairsOf(sample, 2, pages - 3, KeyRecoverySettings.Make(0, other, stage32), 0), lower[other * 5 + stage32]);
            }
        }
    }

    // Up to 64 equal ones each pairs with all before it; from then on with 64 of them.
    [Theory]
    [InlineData(8, 64 * 63 / 2)]
    [InlineData(9, 65 * 64 / 2 + 7 * 64)]
    [InlineData(20, 65 * 64 / 2 + 95 * 64)]
    public void CountPairs_OneValueThroughout_GrowsLinearlyFromACapOn(int pages, int pairs)
    {
        byte[] same = new byte[pages * 32];
        same.AsSpan().Fill(0x5A);
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(same, 0), 1000);
        var upper = new double[15];
        var lower = new double[25];
        KeyRecoveryStatistics.CountPairs(sample, 0, pages, upper, lower);
        Assert.Equal(pairs, upper[0]);
        Assert.Equal(pairs, lower[0]);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Histogram_EitherHalf_CountsWhatIsLeftWithoutTheAddress(int setting)
    {
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(RandomInput.Bytes(new Random(setting), 640), 0x1FF40), 1000);
        foreach (int shift in new[] { 0, 16 })
        {
            int[] counts = new int[Halves];
            Array.Fill(counts, 7);
            KeyRecoveryStatistics.Histogram(sample, setting, shift, counts);
            int[] expected = new int[Halves];
            for (int word = 0; word < 160; word++)
                expected[Word(sample, word, new KeyRecoveryCandidate(setting, 0)) >> shift & 0xFFFF]++;
            Assert.Equal(expected, counts);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Likelihood_OfAKey_IsTheMeanWeightOfItsWords(int setting)
    {
        var random = new Random(setting);
        var candidate = new KeyRecoveryCandidate(setting, 0x0BADCAFE);
        byte[] plain = new byte[640];
        for (int word = 0; word < 160; word++)
            KeyRecoverySyntheticCode.Put(plain, word, word % 3 == 0
                ? RandomInput.Word(random)
                : (uint)KeyRecoveryHalfwords.Upper[random.Next(256)] << 16 | KeyRecoveryHalfwords.Lower[random.Next(256)]);
        using var sample = KeyRecoverySample.Take(
            new KeyRecoveryInput(PlainReference.Apply(candidate.ToKey(), 0x1FF40, plain), 0x1FF40), 1000);
        var upper = Weights(KeyRecoveryHalfwords.Upper, KeyRecoveryHalfwords.UpperWeights);
        var lower = Weights(KeyRecoveryHalfwords.Lower, KeyRecoveryHalfwords.LowerWeights);
        foreach (var (first, count) in new[] { (0, 20), (3, 1), (7, 13), (19, 1) })
        {
            foreach (uint distance in new[] { 0u, 0x10000u, 0xFFFF0000u })
            {
                double bits = 0;
                for (int word = first * 8; word < (first + count) * 8; word++)
                {
                    uint value = Word(sample, word, candidate, distance);
                    bits += (upper[value >> 16] + lower[value & 0xFFFF]) / 10.0;
                }
                Assert.Equal(bits / (count * 8), KeyRecoveryStatistics.Likelihood(sample, first, count, candidate, distance), 9);
            }
        }
        Assert.Equal(0, KeyRecoveryStatistics.Likelihood(sample, 5, 0, candidate));
    }

    // 0.35 of 256 words is 89.6: an instruction that is always executed counts one, a call of Thumb code four.
    [Theory]
    [InlineData(90, 0, 1)]
    [InlineData(89, 0, 0)]
    [InlineData(0, 23, 1)]
    [InlineData(0, 22, 0)]
    [InlineData(2, 22, 1)]
    [InlineData(1, 22, 0)]
    public void CodeShare_RunOfOneKibibyte_IsCodeFromItsThresholdOn(int always, int calls, int share)
    {
        uint[] words = Fill(256, always, calls);
        Assert.Equal(share, Share(words));
    }

    [Theory]
    [InlineData(0xF800F000u, true)]
    [InlineData(0xFFFFF7FFu, true)]
    [InlineData(0xF800F800u, false)]
    [InlineData(0xF800EFFFu, false)]
    [InlineData(0xF7FFF000u, false)]
    [InlineData(0x0000F000u, false)]
    [InlineData(0xF8000000u, false)]
    [InlineData(0xE0000000u, false)]
    public void CodeShare_WordThatIsACallOrNot_CountsOrNot(uint word, bool isCall)
    {
        uint[] words = Fill(256, 0, 22);
        words[200] = word;
        Assert.Equal(isCall ? 1 : 0, Share(words));
    }

    // Thumb calls lie at any half-word: the second half may be the next word's lower one, but not the next page's.
    [Theory]
    [InlineData(201, 1)]
    [InlineData(207, 0)]
    public void CodeShare_CallAcrossTwoWords_CountsInsideAPage(int at, int share)
    {
        uint[] words = Fill(256, 0, 22);
        words[at] = 0xF0000000;
        words[at + 1] = 0x0000F800;
        Assert.Equal(share, Share(words));
    }

    [Theory]
    [InlineData(31, 0, 0)]
    [InlineData(32, 1, 1)]
    [InlineData(63, 1, 1)]
    [InlineData(64, 1, 0.5)]
    [InlineData(96, 2, 2 / 3.0)]
    public void CodeShare_SeveralRuns_IsTheShareOfThoseThatAreCode(int pages, int codeRuns, double share)
    {
        uint[] words = new uint[pages * 8];
        for (int run = 0; run < codeRuns; run++)
            Fill(256, 90, 0).CopyTo(words, run * 256);
        Assert.Equal(share, Share(words), 9);
    }

    [Fact]
    public void CodeShare_EncipheredCode_IsCodeUnderItsKeyOnly()
    {
        var key = new KeyRecoveryCandidate(KeyRecoverySettings.Make(2, 3, 4), 0x5A17C3E1);
        byte[] code = KeyRecoverySyntheticCode.Code(0x4000, new Random(1));
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(KeyRecoverySupport.Encrypt(key.ToKey(), 0x1E000, code), 0x1E000), 1000);
        Assert.Equal(1, KeyRecoveryStatistics.CodeShare(sample, key), 9);
        Assert.Equal(0, KeyRecoveryStatistics.CodeShare(sample, new KeyRecoveryCandidate(key.Setting, ~0x5A17C3E1u)), 9);
    }

    [Theory]
    [InlineData(6, 4, true)]
    [InlineData(3, 2, true)]
    [InlineData(5, 4, false)]
    [InlineData(59, 41, false)]
    [InlineData(60, 40, true)]
    public void MostWindowsFit_ShareOfPagesInWindowsOfCode_IsSixtyPercent(int code, int random, bool fits)
    {
        KeyRecoveryStretch[] stretches =
        [
            new(KeyRecoverySyntheticCode.Code(code * 32, new Random(2)), 0x10000),
            new(RandomInput.Bytes(new Random(3), random * 32), 0x20000),
        ];
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(stretches), 1000);
        Assert.Equal(fits, KeyRecoveryStatistics.MostWindowsFit(sample, Plain));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0x10000, true)]
    [InlineData(-0x10000, true)]
    [InlineData(0x20000, false)]
    public void FitsElsewhere_DataToldNextToTheirPlace_FitBetterThere(int distance, bool elsewhere)
    {
        // The anchor's window looks the same; stage "15" takes the next one's upper address half as it is.
        var key = new KeyRecoveryCandidate(KeyRecoverySettings.Make(1, 2, 0), 0x5A17C3E1);
        uint real = 0x70000, told = (uint)(real + distance);
        byte[] code = KeyRecoverySyntheticCode.Code(0x2000, new Random(4));
        KeyRecoveryStretch[] stretches =
        [
            new(KeyRecoverySupport.Encrypt(key.ToKey(), real, code), told),
            new(KeyRecoverySupport.Encrypt(key.ToKey(), real + 0x10000, code), told + 0x10000),
        ];
        var candidate = new KeyRecoveryCandidate(key.Setting, key.Keystream(real) ^ KeyRecoverySettings.Linear(key.Setting, told));
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(stretches), 1000);
        Assert.Equal(elsewhere, KeyRecoveryStatistics.FitsElsewhere(sample, [candidate], told));
        using var one = KeyRecoverySample.Take(new KeyRecoveryInput([stretches[0]]), 1000);
        Assert.False(KeyRecoveryStatistics.FitsElsewhere(one, [candidate], told));
    }

    [Fact]
    public void Find_FewerPagesThanAreNeeded_IsTooLittleData()
    {
        byte[] code = KeyRecoverySyntheticCode.Code(112 * 32, new Random(5));
        Assert.Equal(KeyRecoveryEvidence.TooLittleData, Find(code.AsSpan(0, 111 * 32).ToArray(), 0, out var none, out double confidence));
        Assert.Empty(none);
        Assert.Equal(0, confidence);
        Assert.NotEqual(KeyRecoveryEvidence.TooLittleData, Find(code, 0, out _, out _));
    }

    [Fact]
    public void Find_NoCode_IsSaidSo()
    {
        byte[] ramp = [.. Enumerable.Range(0, 0x4000).Select(at => (byte)at)];
        foreach (byte[] data in new[] { RandomInput.Bytes(new Random(6), 0x4000), new byte[0x4000], ramp })
        {
            Assert.Equal(KeyRecoveryEvidence.NoCode, Find(data, 0x10000, out var none, out double confidence));
            Assert.Empty(none);
            Assert.Equal(0, confidence);
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 3)]
    [InlineData(1, 0, 2)]
    [InlineData(2, 3, 0)]
    [InlineData(3, 2, 1)]
    [InlineData(4, 4, 4)]
    public void Find_CodeInOneWindow_LeavesTheTwinOfStage15Open(int stage15, int stage16, int stage32)
    {
        var key = new KeyRecoveryCandidate(KeyRecoverySettings.Make(stage15, stage16, stage32), 0x5A17C3E1);
        byte[] code = KeyRecoverySyntheticCode.Code(0x10000, new Random(7));
        Assert.Equal(
            KeyRecoveryEvidence.CodeStatistics,
            Find(KeyRecoverySupport.Encrypt(key.ToKey(), 0x30000, code), 0x30000, out var candidates, out double confidence));
        Assert.Contains(key, candidates);
        Assert.True(confidence is 0.99 or 0.999);
        Assert.Equal(stage15 == 0 ? 1 : 2, candidates.Count);
        foreach (var candidate in candidates)
        {
            for (uint address = 0x30000; address < 0x40000; address += 0x404)
                Assert.Equal(key.Keystream(address), candidate.Keystream(address));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Find_CodeInTwoWindows_SettlesTheTwin(int stage15)
    {
        var key = new KeyRecoveryCandidate(KeyRecoverySettings.Make(stage15, 1, 2), 0x5A17C3E1);
        byte[] code = KeyRecoverySyntheticCode.Code(0x10000, new Random(8));
        Assert.Equal(
            KeyRecoveryEvidence.CodeStatistics, Find(KeyRecoverySupport.Encrypt(key.ToKey(), 0x18000, code), 0x18000, out var candidates, out _));
        Assert.Equal(key, Assert.Single(candidates));
    }

    private static KeyRecoveryEvidence Find(byte[] data, uint address, out List<KeyRecoveryCandidate> candidates, out double confidence)
    {
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(data, address), 8192);
        return KeyRecoveryStatistics.Find(sample, out candidates, out confidence);
    }

    private static double Share(uint[] words)
    {
        byte[] bytes = new byte[words.Length * 4];
        for (int word = 0; word < words.Length; word++)
            KeyRecoverySyntheticCode.Put(bytes, word, words[word]);
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(bytes, 0), 1000);
        return KeyRecoveryStatistics.CodeShare(sample, Plain);
    }

    // Calls in the even words, instructions in the odd ones, so that no two of them make a third.
    private static uint[] Fill(int count, int always, int calls)
    {
        uint[] words = new uint[count];
        for (int i = 0; i < calls; i++)
            words[2 * i] = 0xF801F002;
        for (int i = 0; i < always; i++)
            words[2 * i + 1] = 0xE1A00004;
        return words;
    }

    private static uint Word(KeyRecoverySample sample, int word, KeyRecoveryCandidate candidate, uint distance = 0)
    {
        uint address = unchecked(sample.Addresses[word / 8] + (uint)word % 8 * 4 + distance);
        uint control = KeyRecoverySettings.ToKey(candidate.Setting, 1).Coefficient3;
        return sample.Words[word] ^ PlainReference.Keystream(new BekenKey(0, 0, candidate.Constant, control), address);
    }

    private static long PairsOf(KeyRecoverySample sample, int firstPage, int pages, int setting, int shift)
    {
        var values = new List<uint>();
        for (int word = firstPage * 8; word < (firstPage + pages) * 8; word++)
            values.Add(Word(sample, word, new KeyRecoveryCandidate(setting, 0)) >> shift & 0xFFFF);
        return values.GroupBy(value => value).Sum(group => group.Select((_, before) => (long)Math.Min(before, 64)).Sum());
    }

    // What is not listed shares what is left.
    private static int[] Weights(ushort[] values, byte[] weights)
    {
        double listed = weights.Sum(weight => Math.Pow(2, weight / 10.0));
        int[] table = new int[Halves];
        Array.Fill(table, (int)Math.Round(10 * Math.Log2((Halves - listed) / (Halves - values.Length))));
        for (int i = 0; i < values.Length; i++)
            table[values[i]] = weights[i];
        return table;
    }
}
