using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>What a search is given and what it answers: ranges, results, stretches, and when a half stands out.</summary>
public class KeyRecoveryValuesTests
{
    private const long Limit = 1L << 32;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, Limit)]
    [InlineData(Limit, Limit)]
    [InlineData(5, 5)]
    public void Range_BoundsAtTheLimits_AreTaken(long start, long end)
    {
        var range = new KeyRecoveryRange(start, end);
        Assert.Equal((start, end, end - start), (range.Start, range.End, range.Length));
    }

    [Theory]
    [InlineData(-1, 5, "start")]
    [InlineData(Limit + 1, Limit + 1, "start")]
    [InlineData(5, 4, "end")]
    [InlineData(5, Limit + 1, "end")]
    public void Range_BoundsOutsideTheLimits_AreRefusedByName(long start, long end, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new KeyRecoveryRange(start, end)).ParamName);

    [Fact]
    public void Range_Contains_IsFromStartToBeforeEnd()
    {
        var range = new KeyRecoveryRange(16, 20);
        Assert.Equal([16, 17, 18, 19], Enumerable.Range(10, 20).Where(at => range.Contains(at)));
    }

    [Fact]
    public void Range_EqualityTextAndUnion_AreOfBothBounds()
    {
        var range = new KeyRecoveryRange(0x20, 0x1000);
        Assert.True(range == new KeyRecoveryRange(0x20, 0x1000));
        Assert.True(range.Equals((object)new KeyRecoveryRange(0x20, 0x1000)));
        Assert.Equal(range.GetHashCode(), new KeyRecoveryRange(0x20, 0x1000).GetHashCode());
        Assert.True(range != new KeyRecoveryRange(0x21, 0x1000));
        Assert.True(range != new KeyRecoveryRange(0x20, 0x1001));
        Assert.False(range == new KeyRecoveryRange(0x20, 0x1001));
        Assert.False(range.Equals((object)new KeyRecoveryRange(0x21, 0x1000)));
        Assert.False(range.Equals((object)"0x20..0x1000"));
        Assert.Equal("0x20..0x1000", range.ToString());
        Assert.Equal(new KeyRecoveryRange(0x10, 0x2000), range.Including(new KeyRecoveryRange(0x10, 0x2000)));
        Assert.Equal(new KeyRecoveryRange(0x10, 0x1000), range.Including(new KeyRecoveryRange(0x10, 0x30)));
        Assert.Equal(new KeyRecoveryRange(0x20, 0x2000), range.Including(new KeyRecoveryRange(0x30, 0x2000)));
        Assert.Equal(new KeyRecoveryRange(0, 0x200000), KeyRecoveryRange.Chip);
    }

    [Fact]
    public void Hashes_OfDifferentRangesAndCandidates_Differ()
    {
        var ranges = from start in Enumerable.Range(0, 20) from length in Enumerable.Range(0, 20) select new KeyRecoveryRange(start, start + length).GetHashCode();
        Assert.True(ranges.Distinct().Count() > 350);
        var candidates = from setting in Enumerable.Range(0, 20) from constant in Enumerable.Range(0, 20) select new KeyRecoveryCandidate(setting, (uint)constant).GetHashCode();
        Assert.True(candidates.Distinct().Count() > 350);
    }

    [Fact]
    public void Result_OfPlainCode_IsTheZeroKeyForTheWholeChip()
    {
        var result = KeyRecoveryResult.OfPlainCode();
        Assert.Equal(KeyRecoveryStatus.NotEncrypted, result.Status);
        Assert.Equal(KeyRecoveryEvidence.VectorTable, result.Evidence);
        Assert.Equal(BekenKey.Zero, result.Key);
        Assert.Equal(1, result.Confidence);
        Assert.Equal(KeyRecoveryRange.Chip, result.ProvenFor);
        Assert.False(result.IsExact);
        Assert.Equal("NotEncrypted by VectorTable, 1 candidates, confidence 1, proven for 0x0..0x200000", result.ToString());
    }

    [Fact]
    public void Result_Certain_ReachesAsFarAsTheDataWhereTheyEndBehindTheChip()
    {
        var data = new KeyRecoveryRange(0x100000, 0x400000);
        var result = KeyRecoveryResult.Certain(BekenKey.Tuya, KeyRecoveryEvidence.CodeStatistics, 0.5, data);
        Assert.Equal(KeyRecoveryStatus.Recovered, result.Status);
        Assert.Equal(KeyRecoveryEvidence.CodeStatistics, result.Evidence);
        Assert.Equal(BekenKey.Tuya, result.Key);
        Assert.Equal(0.5, result.Confidence);
        Assert.Equal(new KeyRecoveryRange(0, 0x400000), result.ProvenFor);
        Assert.False(result.IsExact);
        Assert.Equal(KeyRecoveryStatus.NotEncrypted, KeyRecoveryResult.Certain(BekenKey.Zero, KeyRecoveryEvidence.CodeStatistics, 1, data).Status);
    }

    [Fact]
    public void Result_Unknown_HoldsNothing()
    {
        var result = KeyRecoveryResult.Unknown(KeyRecoveryEvidence.NoCode);
        Assert.Equal((KeyRecoveryStatus.Unknown, KeyRecoveryEvidence.NoCode), (result.Status, result.Evidence));
        Assert.Null(result.Key);
        Assert.Empty(result.Candidates);
        Assert.Equal(0, result.Confidence);
        Assert.Equal(default, result.ProvenFor);
        Assert.False(result.IsExact);
        Assert.Same(result, result.WithStoredKey(new byte[0x4000]));
    }

    [Fact]
    public void WithStoredKey_RecoveredKey_TakesTheWordsTheBootloaderStores()
    {
        var exact = new BekenKey(0x01234567, 0x89abcdef, 0x5a17c3e1, 0x3bf0a550);
        byte[] bootloader = new byte[0x3000];
        KeyRecoverySyntheticCode.Put(bootloader, 0x400, exact.Coefficient0);
        KeyRecoverySyntheticCode.Put(bootloader, 0x401, exact.Coefficient1);
        KeyRecoverySyntheticCode.Put(bootloader, 0x402, exact.Coefficient2);
        KeyRecoverySyntheticCode.Put(bootloader, 0x403, exact.Coefficient3);
        var data = new KeyRecoveryRange(0, 0x300000);
        var one = KeyRecoveryResult.Certain(exact.ToCanonical(), KeyRecoveryEvidence.CodeStatistics, 0.99, data);
        var two = new KeyRecoveryResult(
            KeyRecoveryStatus.Ambiguous, KeyRecoveryEvidence.VectorTable, 0.99, [BekenKey.Tuya, exact.ToCanonical()], new KeyRecoveryRange(0, 0x10000), false);
        Assert.Null(two.Key);
        foreach (var (result, provenFor) in new[] { (one, data), (two, KeyRecoveryRange.Chip) })
        {
            var stored = result.WithStoredKey(bootloader);
            Assert.Equal((KeyRecoveryStatus.Recovered, KeyRecoveryEvidence.StoredKey), (stored.Status, stored.Evidence));
            Assert.Equal(exact, stored.Key);
            Assert.Equal(0.99, stored.Confidence);
            Assert.Equal(provenFor, stored.ProvenFor);
            Assert.True(stored.IsExact);
            Assert.Same(result, result.WithStoredKey(new byte[0x3000]));
        }
        Assert.Throws<ArgumentNullException>(() => one.WithStoredKey((byte[])null!));
    }

    [Fact]
    public void Input_OneOrSeveralStretches_AreCountedAlike()
    {
        byte[] bytes = [1, 2, 3];
        var one = new KeyRecoveryInput(bytes, 0x40);
        Assert.Equal((1, 0x40u, 3L, 3), (one.Count, one.Address(0), one.TotalBytes, one.Bytes(0).Length));
        var several = new KeyRecoveryInput([new KeyRecoveryStretch(bytes, 0x40), new KeyRecoveryStretch(new byte[5], 0x80)]);
        Assert.Equal((2, 0x40u, 0x80u, 8L, 5), (several.Count, several.Address(0), several.Address(1), several.TotalBytes, several.Bytes(1).Length));
        Assert.Equal(0, new KeyRecoveryInput([]).Count);
    }

    [Fact]
    public void Stretch_OfAnArray_IsThatArray()
    {
        byte[] bytes = [1, 2, 3];
        var stretch = new KeyRecoveryStretch(bytes, 0x40);
        Assert.Equal(0x40u, stretch.LogicalAddress);
        Assert.Equal(bytes, stretch.Ciphertext.ToArray());
        Assert.Equal("ciphertext", Assert.Throws<ArgumentNullException>(() => new KeyRecoveryStretch((byte[])null!, 0)).ParamName);
    }

    // KeyRecovery.md, section 6: 1.5 bits a word, 0.15 bits of lead for each half, 95 % of the best correlation.
    [Theory]
    [InlineData(0.75, 0.75, 0.15, 0.15, 0.95, 0.95, true)]
    [InlineData(0.74, 0.75, 0.15, 0.15, 0.95, 0.95, false)]
    [InlineData(2, -0.5, 0.15, 0.15, 0.95, 0.95, true)]
    [InlineData(0.75, 0.75, 0.14, 9, 0.95, 0.95, false)]
    [InlineData(0.75, 0.75, 9, 0.14, 0.95, 0.95, false)]
    [InlineData(0.75, 0.75, 0.15, 0.15, 0.94, 1, false)]
    [InlineData(0.75, 0.75, 0.15, 0.15, 1, 0.94, false)]
    public void Fit_ValuesAtTheThresholds_StandOutOrNot(
        double upper, double lower, double upperLead, double lowerLead, double upperCorrelation, double lowerCorrelation, bool standsOut)
    {
        var fit = new KeyRecoveryFit(
            7, new KeyRecoveryHalf(0xABCD, upper, upperLead, upperCorrelation), new KeyRecoveryHalf(0x1234, lower, lowerLead, lowerCorrelation));
        Assert.Equal(standsOut, fit.StandsOut);
        Assert.Equal(upper + lower, fit.Likelihood);
        Assert.Equal(new KeyRecoveryCandidate(7, 0xABCD1234), fit.Candidate);
        Assert.Equal((ushort)0x1234, fit.Lower.Value);
    }

    // Twice the least lead, of the half that leads by less.
    [Theory]
    [InlineData(0.3, 0.3, 0.999)]
    [InlineData(0.3, 0.29, 0.99)]
    [InlineData(0.29, 5, 0.99)]
    public void Fit_Confidence_IsOfTheSmallerLead(double upperLead, double lowerLead, double confidence) => Assert.Equal(
        confidence, new KeyRecoveryFit(0, new KeyRecoveryHalf(0, 1, upperLead, 1), new KeyRecoveryHalf(0, 1, lowerLead, 1)).Confidence);
}
