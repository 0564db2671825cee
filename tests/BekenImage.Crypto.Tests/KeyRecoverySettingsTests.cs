using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>The 125 settings, against the bits of the control word as FlashCipher.md names them and the bit-by-bit reference.</summary>
public class KeyRecoverySettingsTests
{
    private static readonly uint[] Addresses = [0, 4, 0x20, 0x100, 0x1234, 0xFFFC, 0x10000, 0x1ABCD0, 0xFFFFFFFC];

    [Fact]
    public void Make_EveryChoice_IsTakenApartAgain()
    {
        var seen = new HashSet<int>();
        for (int stage15 = 0; stage15 < 5; stage15++)
        {
            for (int stage16 = 0; stage16 < 5; stage16++)
            {
                for (int stage32 = 0; stage32 < 5; stage32++)
                {
                    int setting = KeyRecoverySettings.Make(stage15, stage16, stage32);
                    Assert.InRange(setting, 0, KeyRecoverySettings.Count - 1);
                    Assert.True(seen.Add(setting));
                    Assert.Equal(
                        (stage15, stage16, stage32),
                        (KeyRecoverySettings.Stage15(setting), KeyRecoverySettings.Stage16(setting), KeyRecoverySettings.Stage32(setting)));
                }
            }
        }
        Assert.Equal(KeyRecoverySettings.Count, seen.Count);
        Assert.Equal(38, KeyRecoverySettings.Make(1, 2, 3));
    }

    [Fact]
    public void ToKey_EverySetting_IsTheControlWordOfItsStages()
    {
        for (int setting = 0; setting < KeyRecoverySettings.Count; setting++)
        {
            uint control = Control(setting);
            Assert.Equal(new BekenKey(0, 0, 0xCAFE0000, control), KeyRecoverySettings.ToKey(setting, 0xCAFE0000));
            Assert.Equal(setting, KeyRecoverySettings.FromControl(control));
            // Bits of no stage choose nothing.
            Assert.Equal(setting, KeyRecoverySettings.FromControl(control ^ 0xFFFFE498u));
        }
    }

    [Fact]
    public void ToKey_NothingOn_IsTheZeroKeyWithoutAConstantOnly()
    {
        Assert.Equal(BekenKey.Zero, KeyRecoverySettings.ToKey(0, 0));
        Assert.Equal(new BekenKey(0, 0, 1, 0x47000007), KeyRecoverySettings.ToKey(0, 1));
        Assert.Equal(new BekenKey(0, 0, 0, 0x47000003), KeyRecoverySettings.ToKey(1, 0));
    }

    [Fact]
    public void FromControl_SelectorsOfStagesThatAreOff_DoNotCount()
    {
        Assert.Equal(0, KeyRecoverySettings.FromControl(0x47001B67));
        Assert.Equal(KeyRecoverySettings.Make(4, 4, 4), KeyRecoverySettings.FromControl(0x47001B60));
        Assert.Equal(KeyRecoverySettings.Make(4, 0, 0), KeyRecoverySettings.FromControl(0x47001B66));
        Assert.Equal(KeyRecoverySettings.Make(0, 4, 0), KeyRecoverySettings.FromControl(0x47001B65));
        Assert.Equal(KeyRecoverySettings.Make(0, 0, 4), KeyRecoverySettings.FromControl(0x47001B63));
    }

    [Fact]
    public void Linear_EverySetting_IsTheReferencesKeystreamWithoutConstants()
    {
        for (int setting = 0; setting < KeyRecoverySettings.Count; setting++)
        {
            foreach (uint address in Addresses)
                Assert.Equal(PlainReference.Keystream(new BekenKey(0, 0, 0, Control(setting)), address), KeyRecoverySettings.Linear(setting, address));
        }
    }

    // FlashCipher.md: bit 6 of the control word swaps the bytes of the upper address half for stage "15".
    [Fact]
    public void TryTwin_StageOn_DiffersInTheUpperSelectorBitAlone()
    {
        for (int setting = 0; setting < KeyRecoverySettings.Count; setting++)
        {
            bool has = KeyRecoverySettings.TryTwin(setting, out int twin);
            Assert.Equal(KeyRecoverySettings.Stage15(setting) != 0, has);
            if (!has)
            {
                Assert.Equal(setting, twin);
                continue;
            }
            Assert.Equal(Control(setting) ^ 1u << 6, Control(twin));
            uint constant = KeyRecoverySettings.Linear(setting, 0x120000) ^ KeyRecoverySettings.Linear(twin, 0x120000);
            for (uint address = 0x120000; address < 0x130000; address += 0x1FC)
                Assert.Equal(constant, KeyRecoverySettings.Linear(setting, address & ~3u) ^ KeyRecoverySettings.Linear(twin, address & ~3u));
        }
    }

    [Fact]
    public void Candidate_IsEqualByBothAndGivesTheKeystreamOfItsKey()
    {
        var one = new KeyRecoveryCandidate(38, 0x12345678);
        Assert.Equal(38, one.Setting);
        Assert.Equal(0x12345678u, one.Constant);
        Assert.True(one.Equals(new KeyRecoveryCandidate(38, 0x12345678)));
        Assert.True(one.Equals((object)new KeyRecoveryCandidate(38, 0x12345678)));
        Assert.Equal(one.GetHashCode(), new KeyRecoveryCandidate(38, 0x12345678).GetHashCode());
        Assert.False(one.Equals(new KeyRecoveryCandidate(39, 0x12345678)));
        Assert.False(one.Equals(new KeyRecoveryCandidate(38, 0x12345679)));
        Assert.False(one.Equals((object)new KeyRecoveryCandidate(39, 0x12345678)));
        Assert.False(one.Equals((object)38));
        foreach (uint address in Addresses)
            Assert.Equal(PlainReference.Keystream(one.ToKey(), address), one.Keystream(address));
    }

    // Selector 0 is choice 1 and so on; a stage that is off has its bit among the lowest three.
    private static uint Control(int setting)
    {
        int stage15 = setting / 25, stage16 = setting / 5 % 5, stage32 = setting % 5;
        uint control = 0x47000000;
        control |= stage15 == 0 ? 1u : (uint)(stage15 - 1) * 0x20;
        control |= stage16 == 0 ? 2u : (uint)(stage16 - 1) * 0x100;
        control |= stage32 == 0 ? 4u : (uint)(stage32 - 1) * 0x800;
        return control;
    }
}
