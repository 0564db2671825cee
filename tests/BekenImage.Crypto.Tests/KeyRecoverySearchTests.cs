using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>What the search believes: small synthetic programs, each piece of evidence there, missing, and against another.</summary>
public class KeyRecoverySearchTests
{
    private const int Length = 0x4000;

    // Stage "15" on, with a selector whose twin does the same inside 64 KiB; and a key without that stage, which has no twin.
    private static readonly BekenKey Key = new(0, 0, 0x5A17C3E1, 0x47000920);
    private static readonly BekenKey NoTwin = new(0, 0, 0x5A17C3E1, 0x47000901);
    private static readonly BekenKey Other = new(0, 0, 0x13579BDF, 0x47001240);

    private static readonly byte[] Bootloader = KeyRecoverySyntheticCode.Program(Length, 0, seed: 1);
    private static readonly byte[] App = KeyRecoverySyntheticCode.Program(Length, 0x10000, seed: 2);
    private static readonly byte[] Code = KeyRecoverySyntheticCode.Code(Length, new Random(3));

    [Fact]
    public void Recover_TwoTables_SettleTheKeyForTheChip()
    {
        var result = KeyRecovery.Recover([Stretch(Key, 0, Bootloader), Stretch(Key, 0x10000, App)]);
        AssertRecovered(result, Key, KeyRecoveryEvidence.VectorTables, 0.9999);
        Assert.Equal(KeyRecoveryRange.Chip, result.ProvenFor);
        Assert.False(result.IsExact);
    }

    [Fact]
    public void Recover_TwoTablesWithoutCodeBehind_SettleItToo()
    {
        var result = KeyRecovery.Recover([Stretch(Key, 0, Bootloader[..0x40]), Stretch(Key, 0x10000, App[..0x40])]);
        AssertRecovered(result, Key, KeyRecoveryEvidence.VectorTables, 0.9999);
    }

    [Fact]
    public void Recover_OneTable_LeavesTheTwinOpenInsideItsWindow()
    {
        var result = KeyRecovery.Recover(Encrypt(Key, 0x10000, App), 0x10000);
        Assert.Equal((KeyRecoveryStatus.Ambiguous, KeyRecoveryEvidence.VectorTable), (result.Status, result.Evidence));
        Assert.Null(result.Key);
        Assert.Equal(0.9999, result.Confidence);
        Assert.Equal(new KeyRecoveryRange(0x10000, 0x20000), result.ProvenFor);
        Assert.Equal(2, result.Candidates.Count);
        Assert.Contains(Key, result.Candidates);
        Assert.False(result.IsExact);
        AssertRecovered(KeyRecovery.Recover(Encrypt(NoTwin, 0x10000, App), 0x10000), NoTwin, KeyRecoveryEvidence.VectorTable, 0.9999);
    }

    [Fact]
    public void Recover_DataBehindTheChip_AreProvenToTheirEnd()
    {
        var result = KeyRecovery.Recover(Encrypt(NoTwin, 0x300000, App), 0x300000);
        Assert.Equal(new KeyRecoveryRange(0, 0x300000 + Length), result.ProvenFor);
        result = KeyRecovery.Recover([Stretch(NoTwin, 0x300000, App), Stretch(NoTwin, 0x10000, App)]);
        Assert.Equal(new KeyRecoveryRange(0, 0x300000 + Length), result.ProvenFor);
        result = KeyRecovery.Recover(Encrypt(NoTwin, 0xFFFFE000, App), 0xFFFFE000);
        Assert.Equal(new KeyRecoveryRange(0, 1L << 32), result.ProvenFor);
    }

    [Fact]
    public void Recover_TableWithoutProof_IsConfirmedByTheCodeBehindIt()
    {
        byte[] app = Unproven();
        AssertRecovered(KeyRecovery.Recover(Encrypt(NoTwin, 0x10000, app), 0x10000), NoTwin, KeyRecoveryEvidence.VectorTable, 0.999);
        // Without the code nothing is claimed: the distance of the loads is a guess.
        byte[] noise = (byte[])app.Clone();
        RandomInput.Bytes(new Random(4), Length - 0x40).CopyTo(noise, 0x40);
        Assert.Equal(KeyRecoveryStatus.Unknown, KeyRecovery.Recover(Encrypt(NoTwin, 0x10000, noise), 0x10000).Status);
        Assert.Equal(KeyRecoveryEvidence.TooLittleData, KeyRecovery.Recover(Encrypt(NoTwin, 0x10000, app.AsSpan(0, 0x60)), 0x10000).Evidence);
    }

    [Fact]
    public void Recover_ProvenTableBesideAGuess_TakesTheProven()
    {
        // The guess's own key would be another: it does not count.
        var result = KeyRecovery.Recover([Stretch(NoTwin, 0x10000, App), Stretch(Other, 0x40000, Unproven().AsSpan(0, 0x60))]);
        AssertRecovered(result, NoTwin, KeyRecoveryEvidence.VectorTable, 0.9999);
    }

    [Fact]
    public void Recover_TablesOfTwoKeys_ContradictEachOther()
    {
        var result = KeyRecovery.Recover([Stretch(Key, 0, Bootloader), Stretch(Other, 0x10000, App)]);
        AssertUnknown(result, KeyRecoveryEvidence.Contradiction);
    }

    [Theory]
    [InlineData(0x1000, true)]
    [InlineData(0x0FE0, false)]
    [InlineData(Length, true)]
    public void Recover_CodeUnderAnotherKey_ContradictsFromFourKibibytesOn(int length, bool contradicts)
    {
        byte[] enough = KeyRecoverySyntheticCode.Program(0x10000, 0x10000, seed: 2);
        var result = KeyRecovery.Recover([Stretch(NoTwin, 0x10000, enough), Stretch(new BekenKey(0, 0, 0x13579BDF, 0x47000007), 0x40000, Code[..length])]);
        if (contradicts)
            AssertUnknown(result, KeyRecoveryEvidence.Contradiction);
        else
            AssertRecovered(result, NoTwin, KeyRecoveryEvidence.VectorTable, 0.9999);
    }

    [Fact]
    public void Recover_DataThatAreNoCodeUnderAnyKey_ContradictNothing()
    {
        byte[] enough = KeyRecoverySyntheticCode.Program(0x10000, 0x10000, seed: 2);
        var result = KeyRecovery.Recover([Stretch(NoTwin, 0x10000, enough), Stretch(NoTwin, 0x40000, RandomInput.Bytes(new Random(5), Length))]);
        AssertRecovered(result, NoTwin, KeyRecoveryEvidence.VectorTable, 0.9999);
    }

    [Fact]
    public void Recover_TableBeforeDataThatAreNoCode_IsAContradictionFromFourKibibytesOn()
    {
        foreach (var (length, evidence) in new[] { (0x1000, KeyRecoveryEvidence.Contradiction), (0xFE0, KeyRecoveryEvidence.VectorTable) })
        {
            byte[] data = RandomInput.Bytes(new Random(6), length);
            App.AsSpan(0, 0x40).CopyTo(data);
            Assert.Equal(evidence, KeyRecovery.Recover(Encrypt(NoTwin, 0x10000, data), 0x10000).Evidence);
        }
    }

    [Fact]
    public void Recover_OneTableToldAtAWrongAddress_IsAContradiction()
    {
        // Two windows: the vectors' own looks the same 64 KiB higher, the next one does not.
        byte[] app = KeyRecoverySyntheticCode.Program(0x18000, 0x10000, seed: 2);
        var key = new BekenKey(0, 0, 0x5A17C3E1, 0x47000104);
        AssertRecovered(KeyRecovery.Recover(Encrypt(key, 0x30000, app), 0x30000), key, KeyRecoveryEvidence.VectorTable, 0.9999);
        AssertUnknown(KeyRecovery.Recover(Encrypt(key, 0x30000, app), 0x40000), KeyRecoveryEvidence.Contradiction);
        // And without the vectors.
        AssertUnknown(KeyRecovery.Recover(Encrypt(key, 0x30000, app).AsSpan(0x40), 0x40040), KeyRecoveryEvidence.Contradiction);
    }

    [Fact]
    public void Recover_CodeAlone_IsFoundByItsStatistics()
    {
        byte[] code = KeyRecoverySyntheticCode.Code(0x18000, new Random(7));
        var result = KeyRecovery.Recover(Encrypt(Key, 0x28000, code), 0x28000);
        AssertRecovered(result, Key, KeyRecoveryEvidence.CodeStatistics, result.Confidence);
        Assert.True(result.Confidence is 0.99 or 0.999);
        Assert.Equal(KeyRecoveryRange.Chip, result.ProvenFor);

        result = KeyRecovery.Recover(Encrypt(Key, 0x30000, code.AsSpan(0, 0x10000)), 0x30000);
        Assert.Equal((KeyRecoveryStatus.Ambiguous, KeyRecoveryEvidence.CodeStatistics), (result.Status, result.Evidence));
        Assert.Equal(new KeyRecoveryRange(0x30000, 0x40000), result.ProvenFor);
        Assert.Contains(Key, result.Candidates);
        Assert.Equal(2, result.Candidates.Count);
    }

    // 32 KiB of each are looked at to confirm, 256 KiB where there are no vectors: what lies behind is seen in part.
    [Fact]
    public void Recover_MuchData_IsLookedAtInPart()
    {
        byte[] app = KeyRecoverySyntheticCode.Program(0x60000, 0x10000, seed: 9);
        AssertRecovered(KeyRecovery.Recover(Encrypt(Key, 0x10000, app), 0x10000), Key, KeyRecoveryEvidence.VectorTable, 0.9999);
        AssertRecovered(KeyRecovery.Recover(Encrypt(Key, 0x10000, app).AsSpan(0x40), 0x10040), Key, KeyRecoveryEvidence.CodeStatistics, 0.999);
    }

    // The first stretch counts as the others do.
    [Fact]
    public void Recover_CodeUnderAnotherKeyInFront_ContradictsToo()
    {
        byte[] enough = KeyRecoverySyntheticCode.Program(0x10000, 0x10000, seed: 2);
        var result = KeyRecovery.Recover([Stretch(new BekenKey(0, 0, 0x13579BDF, 0x47000007), 0x40000, Code), Stretch(NoTwin, 0x10000, enough)]);
        AssertUnknown(result, KeyRecoveryEvidence.Contradiction);
    }

    [Fact]
    public void Recover_PlainCode_IsNotEncrypted()
    {
        var result = KeyRecovery.Recover([new KeyRecoveryStretch(Bootloader, 0), new KeyRecoveryStretch(App, 0x10000)]);
        Assert.Equal((KeyRecoveryStatus.NotEncrypted, KeyRecoveryEvidence.VectorTables), (result.Status, result.Evidence));
        Assert.Equal(BekenKey.Zero, result.Key);
        Assert.Equal(BekenKey.Zero, Assert.Single(result.Candidates));
    }

    [Fact]
    public void Recover_OneTableAlone_SaysWhatItsWordsCannotTellApart()
    {
        // Address bits 2 to 5 vary and no code follows: settings that agree there stay open, or are too many to say anything.
        var result = KeyRecovery.Recover(Encrypt(Key, 0x10000, App.AsSpan(0, 0x40)), 0x10000);
        Assert.NotEqual(KeyRecoveryStatus.Recovered, result.Status);
        foreach (var candidate in result.Candidates)
        {
            for (long address = result.ProvenFor.Start; address < result.ProvenFor.End; address += 4)
                Assert.Equal(PlainReference.Keystream(Key, (uint)address), PlainReference.Keystream(candidate, (uint)address));
        }
    }

    private static byte[] Unproven()
    {
        byte[] app = (byte[])App.Clone();
        KeyRecoverySyntheticCode.Put(app, 15, 0x00010400);
        return app;
    }


    private static void AssertRecovered(KeyRecoveryResult result, BekenKey key, KeyRecoveryEvidence evidence, double confidence)
    {
        Assert.Equal((KeyRecoveryStatus.Recovered, evidence), (result.Status, result.Evidence));
        Assert.Equal(key, result.Key);
        Assert.Equal(key, Assert.Single(result.Candidates));
        Assert.Equal(confidence, result.Confidence);
    }

    private static void AssertUnknown(KeyRecoveryResult result, KeyRecoveryEvidence evidence)
    {
        Assert.Equal((KeyRecoveryStatus.Unknown, evidence), (result.Status, result.Evidence));
        Assert.Empty(result.Candidates);
        Assert.Equal(0, result.Confidence);
    }

    private static KeyRecoveryStretch Stretch(BekenKey key, uint address, ReadOnlySpan<byte> plain) => new(Encrypt(key, address, plain), address);

    private static byte[] Encrypt(BekenKey key, uint address, ReadOnlySpan<byte> plain) => KeyRecoverySupport.Encrypt(key, address, plain);
}
