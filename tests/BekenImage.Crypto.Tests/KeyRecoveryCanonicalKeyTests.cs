using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

public class KeyRecoveryCanonicalKeyTests
{
    // The equivalent key the format notes give in section 2.2.
    [Fact]
    public void ToCanonical_Tuya_IsTheKnownEquivalent() =>
        Assert.Equal("00000000 00000000 7cb50721 47000803", BekenKey.Tuya.ToCanonical().ToString());

    [Theory]
    [InlineData(0x00adeb03u)]
    [InlineData(0xffadeb00u)]
    [InlineData(0x4700000fu)]
    public void ToCanonical_ChangesNothing_IsZero(uint control) =>
        Assert.Equal(BekenKey.Zero, new BekenKey(1, 2, 3, control).ToCanonical());

    [Fact]
    public void ToCanonical_RandomKey_DoesTheSameAndIsItsOwnForm()
    {
        var random = new Random(8);
        for (int i = 0; i < 2000; i++)
        {
            var key = KeyRecoverySupport.RandomKey(random);
            var canonical = key.ToCanonical();
            Assert.True(key.IsEquivalentTo(canonical));
            Assert.Equal(canonical, canonical.ToCanonical());
        }
    }

    [Fact]
    public void ToCanonical_EqualForms_AreExactlyTheEquivalentKeys()
    {
        // Every setting with the same keystream at address 0, and doubles that differ in bits that do nothing.
        var keys = new List<BekenKey>();
        for (uint stages = 0; stages < 8; stages++)
        {
            for (uint selectors = 0; selectors < 64; selectors++)
            {
                uint control = 0x47000000 | stages | (selectors & 3) << 5 | (selectors >> 2 & 3) << 8 | selectors >> 4 << 11;
                keys.Add(new BekenKey(0, 0, 0x1234, control));
            }
        }
        foreach (var one in keys)
        {
            foreach (var other in keys)
                Assert.Equal(one.IsEquivalentTo(other), one.ToCanonical() == other.ToCanonical());
        }
        Assert.Equal(125, keys.Select(key => key.ToCanonical()).Distinct().Count());
    }
}
