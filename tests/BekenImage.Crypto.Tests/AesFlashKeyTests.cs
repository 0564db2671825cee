using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

public class AesFlashKeyTests
{
    private const string Example = "73c7bf397f2ad6bf4e7403a7b965dc5ce0645df039c2d69c814ffb403183fb18";

    // The vendor's own text for this key, and one that the format notes' rule gives outside of this library.
    private const string ExampleScrambled =
        "cabwdsbzdyducccibydvcadzdubxdxdtciefclcjcfcgeacjeabzcjckehehcfeheacjchcgcheceaclcicceebiembmboekbpbgbmememejbnbjbgbibsbnekeobkbt";

    private const string SequenceScrambled =
        "bzbzbzcbcacccacdcbbxcbbwccbwccbxccclcdckcddyceecceeccfefcgehcgefcgchcjcjcjckcjckcicfcichclceclceckcdckbpbhejbhekbgekbgeobjepbien";

    private static readonly byte[] Sequence = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();

    [Theory]
    [InlineData("sdk-example")]
    [InlineData(" SDK-Example\n")]
    [InlineData(Example)]
    [InlineData("73C7BF397F2AD6BF4E7403A7B965DC5CE0645DF039C2D69C814FFB403183FB18")]
    [InlineData("0x73c7bf397f2ad6bf4e7403a7b965dc5ce0645df039c2d69c814ffb403183fb18")]
    [InlineData("73c7bf397f2ad6bf4e7403a7b965dc5c e0645df039c2d69c814ffb403183fb18")]
    [InlineData("73c7bf39 7f2ad6bf 4e7403a7 b965dc5c\r\ne0645df0 39c2d69c 814ffb40 3183fb18\r\n")]
    [InlineData("0x73c7bf39, 0x7f2ad6bf, 0x4e7403a7, 0xb965dc5c, 0xe0645df0, 0x39c2d69c, 0x814ffb40, 0x3183fb18")]
    [InlineData("73:c7:bf:39:7f:2a:d6:bf:4e:74:03:a7:b9:65:dc:5c:e0:64:5d:f0:39:c2:d6:9c:81:4f:fb:40:31:83:fb:18")]
    [InlineData("c8e/OX8q1r9OdAOnuWXcXOBkXfA5wtacgU/7QDGD+xg=")]
    [InlineData(ExampleScrambled)]
    [InlineData("abcd" + ExampleScrambled)]
    public void TryParse_FormsOfTheExample_GiveIt(string text)
    {
        Assert.True(AesFlashKey.TryParse(text, out var key));
        Assert.Equal(Example, key.ToHex());
        Assert.Equal(AesFlashKey.SdkExample, key);
        Assert.True(AesFlashKey.TryParse(text.AsSpan(), out var fromSpan));
        Assert.Equal(key, fromSpan);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("tuya")]
    [InlineData("73c7bf397f2ad6bf4e7403a7b965dc5c")]
    [InlineData("510fb093 a3cbeadc 5993a17e c7adeb03")]
    [InlineData(Example + "00")]
    [InlineData(Example + "0")]
    [InlineData("3c7bf397f2ad6bf4e7403a7b965dc5ce0645df039c2d69c814ffb403183fb18")]
    [InlineData("g3c7bf397f2ad6bf4e7403a7b965dc5ce0645df039c2d69c814ffb403183fb18")]
    [InlineData("7 3c7bf397f2ad6bf4e7403a7b965dc5ce0645df039c2d69c814ffb403183fb18")]
    [InlineData("73c7bf397f2ad6bf4e7403a7b965dc5ce0645df039c2d69c814ffb403183fb0x")]
    [InlineData("c8e/OX8q1r9OdAOnuWXcXOBkXfA5wtacgU/7QDGD+x==")]
    [InlineData("c8e/OX8q1r9OdAOnuWXcXOBkXfA5wtacgU/7QDGD+x?=")]
    [InlineData("ab" + ExampleScrambled)]
    [InlineData("zz" + SequenceScrambled + "zz")]
    public void TryParse_AnythingElse_IsNoKey(string? text)
    {
        Assert.False(AesFlashKey.TryParse(text, out var key));
        Assert.Null(key);
    }

    [Fact]
    public void TryParse_AnyLetterOfTheScrambledFormChanged_IsNoKeyOrAnother()
    {
        for (int i = 0; i < ExampleScrambled.Length; i++)
        {
            char[] letters = ExampleScrambled.ToCharArray();
            letters[i] = letters[i] == 'z' ? 'a' : (char)(letters[i] + 1);
            if (AesFlashKey.TryParse(new string(letters), out var key))
                Assert.NotEqual(AesFlashKey.SdkExample, key);
        }
    }

    // Every letter has to be one: each of these values would still count as one beside the alphabet.
    [Theory]
    [InlineData('`')]
    [InlineData('{')]
    [InlineData('A')]
    [InlineData(' ')]
    public void TryParse_NoLetterInTheScrambledForm_IsNoKey(char other)
    {
        for (int at = 0; at < ExampleScrambled.Length; at++)
        {
            string text = ExampleScrambled[..at] + other + ExampleScrambled[(at + 1)..];
            Assert.False(AesFlashKey.TryParse("abcd" + text, out _));
        }
    }

    [Fact]
    public void TryParse_ScrambledFormWithAllItsLetters_IsRead()
    {
        // Key bytes that bring the first and the last letter of the alphabet to both places.
        var letters = new HashSet<char>();
        var random = new Random(2);
        for (int i = 0; i < 400; i++)
        {
            var key = new AesFlashKey(RandomInput.Bytes(random, 32));
            letters.UnionWith(key.ToScrambled());
            Assert.True(AesFlashKey.TryParse("zzzz" + key.ToScrambled(), out var back));
            Assert.Equal(key, back);
        }
        Assert.Contains('a', letters);
        Assert.Contains('z', letters);
    }

    [Fact]
    public void Hashes_OfDifferentKeys_Differ()
    {
        var hashes = new HashSet<int>();
        for (int i = 0; i < 32; i++)
        {
            foreach (int at in new[] { 0, 1, 3, 16, 19 })
            {
                byte[] bytes = (byte[])Sequence.Clone();
                bytes[at] ^= (byte)(0x80 + i);
                hashes.Add(new AesFlashKey(bytes).GetHashCode());
            }
        }
        Assert.True(hashes.Count > 90, $"{hashes.Count}");
    }

    [Fact]
    public void ToScrambled_OfAnyKey_IsReadBack()
    {
        Assert.Equal(ExampleScrambled, AesFlashKey.SdkExample.ToScrambled());
        Assert.Equal(SequenceScrambled, new AesFlashKey(Sequence).ToScrambled());
        var random = new Random(1);
        for (int i = 0; i < 100; i++)
        {
            var key = new AesFlashKey(RandomInput.Bytes(random, 32));
            Assert.True(AesFlashKey.TryParse(key.ToScrambled(), out var back));
            Assert.Equal(key, back);
        }
    }

    [Fact]
    public void KnownKeys_HaveNamesThatAreRead()
    {
        Assert.Equal(["sdk-example", "beken-utils"], AesFlashKey.KnownKeys.Select(key => key.Name));
        foreach (var known in AesFlashKey.KnownKeys)
        {
            Assert.True(AesFlashKey.TryParse(known.Name, out var key));
            Assert.Equal(known, key);
            Assert.Equal(known.Name, new AesFlashKey(known.ToArray()).Name);
        }
        Assert.Equal("09da18bc4197dfadfe7fef9f729d8c89b6d64f407ac62bc4a85f96447e83a977", AesFlashKey.BekenUtils.ToHex());
        Assert.Null(new AesFlashKey(Sequence).Name);
    }

    [Fact]
    public void ToString_OfAnyKey_GivesAwayTwoBytesOnly()
    {
        Assert.Equal("73c7…", AesFlashKey.SdkExample.ToString());
        Assert.Equal("0001…", $"{new AesFlashKey(Sequence)}");
    }

    [Fact]
    public void Constructor_AnyThirtyTwoBytes_CopiesThem()
    {
        byte[] bytes = (byte[])Sequence.Clone();
        var key = new AesFlashKey(bytes);
        bytes[0] = 99;
        key.ToArray()[1] = 99;
        Assert.Equal(Sequence, key.ToArray());
        Assert.Equal(new string('0', 64), new AesFlashKey(new byte[32]).ToHex());
        Assert.Equal(new string('f', 64), new AesFlashKey(FlashPagesTests.Filled(32, 0xFF)).ToHex());
        Assert.Throws<ArgumentException>("bytes", () => new AesFlashKey(new byte[31]));
        Assert.Throws<ArgumentException>("bytes", () => new AesFlashKey(new byte[33].AsSpan()));
        Assert.Throws<ArgumentNullException>("bytes", () => new AesFlashKey(null!));
    }

    [Fact]
    public void Equality_ComparesEveryByte()
    {
        var key = new AesFlashKey(Sequence);
        Assert.True(key == new AesFlashKey(Sequence) && key.GetHashCode() == new AesFlashKey(Sequence).GetHashCode());
        for (int i = 0; i < 32; i++)
        {
            byte[] other = (byte[])Sequence.Clone();
            other[i] ^= 0x80;
            Assert.True(key != new AesFlashKey(other));
        }
        AesFlashKey? none = null;
        Assert.False(key.Equals(none) || key == none || none == key || key.Equals((object)"key"));
        Assert.True(none == null);
    }

    [Theory]
    [InlineData(0x80)]
    [InlineData(0x400)]
    public void TryReadOtp_KeyAtItsPlace_IsRead(int length)
    {
        byte[] otp = RandomInput.Bytes(new Random(length), length);
        Sequence.CopyTo(otp, 0x60);
        Assert.True(AesFlashKey.TryReadOtp(otp, out var key));
        Assert.Equal(Sequence, key.ToArray());
        Assert.True(AesFlashKey.TryReadOtp(otp.AsSpan(), out key));
        Assert.Equal(Sequence, key.ToArray());
    }

    [Theory]
    [InlineData(0x400, 0x00)]
    [InlineData(0x400, 0xFF)]
    [InlineData(0x7F, 0x55)]
    [InlineData(0, 0x55)]
    public void TryReadOtp_BlankOrShort_HasNoKey(int length, byte value)
    {
        Assert.False(AesFlashKey.TryReadOtp(FlashPagesTests.Filled(length, value), out var key));
        Assert.Null(key);
    }

    [Fact]
    public void TryReadOtp_KeyThatIsOnlyPartlyBlank_IsRead()
    {
        var otp = new byte[0x80];
        otp[0x7F] = 1;
        Assert.True(AesFlashKey.TryReadOtp(otp, out _));
        Assert.Throws<ArgumentNullException>("otp", () => AesFlashKey.TryReadOtp(null!, out _));
    }
}
