using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

public class BekenKeyTests
{
    private static readonly BekenKey Odd = new(0x00000001, 0x0000002a, 0x00abcdef, 0x47000803);

    [Theory]
    [InlineData("zero")]
    [InlineData("0 0 0 0")]
    [InlineData("00000000,00000000,00000000,00000000")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    public void TryParse_FormsOfZero_GiveZero(string text)
    {
        Assert.True(BekenKey.TryParse(text, out var key));
        Assert.Equal(BekenKey.Zero, key);
    }

    [Theory]
    [InlineData("tuya")]
    [InlineData("  TUYA ")]
    [InlineData("510fb093 a3cbeadc 5993a17e c7adeb03")]
    [InlineData("510FB093 A3CBEADC 5993A17E C7ADEB03")]
    [InlineData("510fb093,a3cbeadc,5993a17e,c7adeb03")]
    [InlineData("510fb093, a3cbeadc,\t5993a17e ,c7adeb03")]
    [InlineData("0x510fb093 0xa3cbeadc 0X5993A17E 0xc7adeb03")]
    [InlineData("510fb093a3cbeadc5993a17ec7adeb03")]
    [InlineData("0x510fb093a3cbeadc5993a17ec7adeb03")]
    [InlineData("UQ+wk6PL6txZk6F+x63rAw==")]
    public void TryParse_FormsOfTuya_GiveTuya(string text)
    {
        Assert.True(BekenKey.TryParse(text, out var key));
        Assert.Equal(BekenKey.Tuya, key);
        Assert.True(BekenKey.TryParse(text.AsSpan(), out var fromSpan));
        Assert.Equal(key, fromSpan);
    }

    [Fact]
    public void TryParse_UascentAndShortWords_AreRead()
    {
        Assert.True(BekenKey.TryParse("4862379a 8612784b 85c5e258 75754528", out var uascent));
        Assert.Equal(BekenKey.Uascent, uascent);
        Assert.True(BekenKey.TryParse("uascent", out uascent));
        Assert.Equal(BekenKey.Uascent, uascent);
        Assert.True(BekenKey.TryParse("1 2a abcdef 47000803", out var odd));
        Assert.Equal(Odd, odd);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("beken")]
    [InlineData("1 2 3")]
    [InlineData("1 2 3 4 5")]
    [InlineData("1 2 3 g")]
    [InlineData("1 2 3 0x")]
    [InlineData("1 2 3 -4")]
    [InlineData("510fb0931 a3cbeadc 5993a17e c7adeb03")]
    [InlineData("510fb093a3cbeadc5993a17ec7adeb0")]
    [InlineData("510fb093a3cbeadc5993a17ec7adeb033")]
    [InlineData("510fb093a3cbeadc5993a17ec7adeb0z")]
    [InlineData("UQ+wk6PL6txZk6F+x63rAw=")]
    [InlineData("UQ+wk6PL6txZk6F+x63r*w==")]
    [InlineData("UQ+wk6PL6txZk6F+x63rAw==UQ+wk6PL6txZk6F+x63rAw==")]
    public void TryParse_NoKey_GivesFalseAndZero(string? text)
    {
        Assert.False(BekenKey.TryParse(text, out var key));
        Assert.Equal(BekenKey.Zero, key);
    }

    [Fact]
    public void ToString_AnyKey_IsReadBack()
    {
        Assert.Equal("00000001 0000002a 00abcdef 47000803", Odd.ToString());
        Assert.Equal(["00000001", "0000002a", "00abcdef", "47000803"], Odd.ToWords());
        Assert.True(BekenKey.TryParse(Odd.ToString(), out var key));
        Assert.Equal(Odd, key);
    }

    [Fact]
    public void Equality_ComparesTheFourWords()
    {
        Assert.True(Odd == new BekenKey(1, 0x2a, 0xabcdef, 0x47000803));
        Assert.Equal(Odd.GetHashCode(), new BekenKey(1, 0x2a, 0xabcdef, 0x47000803).GetHashCode());
        Assert.True(Odd != new BekenKey(2, 0x2a, 0xabcdef, 0x47000803));
        Assert.True(Odd != new BekenKey(1, 0x2b, 0xabcdef, 0x47000803));
        Assert.True(Odd != new BekenKey(1, 0x2a, 0xabcdee, 0x47000803));
        Assert.True(Odd != new BekenKey(1, 0x2a, 0xabcdef, 0x47000807));
        Assert.False(Odd.Equals((object)"00000001 0000002a 00abcdef 47000803"));
        Assert.Equal(BekenKey.Zero, default);
    }

    // Format notes, section 2.2: the default key and its one-constant form.
    [Fact]
    public void IsEquivalentTo_OneConstantFormOfTuya_IsTuya()
    {
        var reduced = new BekenKey(0, 0, 0x7cb50721, 0x47000803);
        Assert.NotEqual(BekenKey.Tuya, reduced);
        Assert.True(reduced.IsEquivalentTo(BekenKey.Tuya));
        Assert.True(BekenKey.Tuya.IsEquivalentTo(reduced));
        Assert.Equal("tuya", reduced.Name);
    }

    [Fact]
    public void IsEquivalentTo_OtherConstantOrSelector_IsNot()
    {
        Assert.False(new BekenKey(0, 0, 0x7cb50720, 0x47000803).IsEquivalentTo(BekenKey.Tuya));
        Assert.False(new BekenKey(0, 0, 0x7cb50721, 0x47001003).IsEquivalentTo(BekenKey.Tuya));
        Assert.False(BekenKey.Zero.IsEquivalentTo(BekenKey.Tuya));
        Assert.False(BekenKey.Uascent.IsEquivalentTo(BekenKey.Tuya));
    }

    [Theory]
    [InlineData(0x00adeb00u)]
    [InlineData(0xffadeb00u)]
    [InlineData(0x4700000fu)]
    public void IsIdentity_BypassOrAllStagesOff_IsTrue(uint control)
    {
        var key = new BekenKey(0x510fb093, 0xa3cbeadc, 0x5993a17e, control);
        Assert.True(key.IsIdentity);
        Assert.Equal("zero", key.Name);
    }

    [Fact]
    public void Name_KnownAndOtherKeys_AreToldApart()
    {
        Assert.Equal("zero", BekenKey.Zero.Name);
        Assert.Equal("tuya", BekenKey.Tuya.Name);
        Assert.Equal("uascent", BekenKey.Uascent.Name);
        Assert.Null(Odd.Name);
        Assert.False(Odd.IsIdentity);
        Assert.True(BekenKey.Zero.IsIdentity);
    }

    [Fact]
    public void Hashes_OfKeysThatDifferInOneWord_Differ()
    {
        var hashes = new HashSet<int>();
        for (int bit = 0; bit < 32; bit++)
        {
            foreach (var key in new BekenKey[] { new(1u << bit, 0, 0, 0), new(0, 1u << bit, 0, 0), new(0, 0, 1u << bit, 0), new(0, 0, 0, 1u << bit) })
                hashes.Add(key.GetHashCode());
        }
        Assert.True(hashes.Count > 110, $"{hashes.Count}");
    }

    // 2 MiB: a key that differs in an address bit behind it does the same on the chip.
    [Fact]
    public void IsEquivalentTo_AddressBitsOfTheChip_CountAndThoseBehindItDoNot()
    {
        // Stage "15" alone: selector 0 takes the upper address half as it is, selector 2 with its bytes swapped.
        var straight = new BekenKey(0, 0, 0, 0x47000006);
        Assert.False(straight.IsEquivalentTo(new BekenKey(0, 0, 0, 0x47000046)));
        Assert.False(straight.IsEquivalentTo(new BekenKey(0, 0, 1, 0x47000006)));
        Assert.True(straight.IsEquivalentTo(new BekenKey(5, 5, 0, 0x51001906)));
        Assert.Equal("tuya", BekenKey.Tuya.DisplayName);
        Assert.Equal(Odd.ToString(), Odd.DisplayName);
    }
}
