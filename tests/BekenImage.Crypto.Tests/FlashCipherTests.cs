using System.Buffers.Binary;
using BekenImage.Crypto;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Crypto;

public class FlashCipherTests
{
    private const uint PlainWord = 0xE59FF018;

    // What the vendor's program made of the word E59FF018; format notes, section 2.3.
    [Theory]
    [InlineData("510fb093 a3cbeadc 5993a17e c7adeb03", 0x992adf39u, 0x9b2adf39u, 0x4356fbd9u, 0x1845dbfau)] // default key (15, 16 off; s32=1)
    [InlineData("4862379a 8612784b 85c5e258 75754528", 0x8eb67040u, 0x8cb67062u, 0xb1a7e459u, 0xcab48713u)] // Uascent key (constant off; s15=1 s16=1 s32=0)
    [InlineData("12345678 2faa55aa 3aee63dd 4feeaa00", 0xaa875abeu, 0xaa875aaeu, 0xecaf142du, 0xcdbd3207u)] // all on, s15=0 s16=2 s32=1
    [InlineData("00000000 00000000 00000000 00000000", 0xe59ff018u, 0xe59ff018u, 0xe59ff018u, 0xe59ff018u)] // zero key
    [InlineData("510fb093 a3cbeadc 5993a17e ffadeb00", 0xe59ff018u, 0xe59ff018u, 0xe59ff018u, 0xe59ff018u)] // top byte FF = bypass
    [InlineData("510fb093 a3cbeadc 5993a17e 00adeb00", 0xe59ff018u, 0xe59ff018u, 0xe59ff018u, 0xe59ff018u)] // top byte 00 = bypass
    [InlineData("510fb093 a3cbeadc 5993a17e 4700000e", 0x38b8f018u, 0x3ab8f018u, 0xa4ecf018u, 0xdeedf018u)] // only "15", s15=0
    [InlineData("510fb093 a3cbeadc 5993a17e 4700002e", 0x1090f018u, 0x1290f018u, 0x5b01f018u, 0x3312f018u)] // only "15", s15=1
    [InlineData("510fb093 a3cbeadc 5993a17e 4700004e", 0x38b8f018u, 0x38baf018u, 0x9ad2f018u, 0xd8fbf018u)] // only "15", s15=2
    [InlineData("510fb093 a3cbeadc 5993a17e 4700006e", 0x1090f018u, 0x1092f018u, 0x653ff018u, 0x3504f018u)] // only "15", s15=3
    [InlineData("510fb093 a3cbeadc 5993a17e 4700000d", 0xe59f946du, 0xe59f942du, 0xe59f8632u, 0xe59f4650u)] // only "16", s16=0 b=0
    [InlineData("510fb093 a3cbeadc 5993a17e 4700001d", 0xe59f146du, 0xe59f142du, 0xe59f0632u, 0xe59fc650u)] // only "16", s16=0 b=1
    [InlineData("510fb093 a3cbeadc 5993a17e 4700010d", 0xe59f9b65u, 0xe59f9b45u, 0xe59f0f42u, 0xe59f6f73u)] // only "16", s16=1 b=0
    [InlineData("510fb093 a3cbeadc 5993a17e 4700011d", 0xe59f1b65u, 0xe59f1b45u, 0xe59f8f42u, 0xe59fef73u)] // only "16", s16=1 b=1
    [InlineData("510fb093 a3cbeadc 5993a17e 4700020d", 0xe59f9cedu, 0xe59f9cfdu, 0xe59ff69eu, 0xe59ff097u)] // only "16", s16=2 b=0
    [InlineData("510fb093 a3cbeadc 5993a17e 4700021d", 0xe59f1cedu, 0xe59f1cfdu, 0xe59f769eu, 0xe59f7097u)] // only "16", s16=2 b=1
    [InlineData("510fb093 a3cbeadc 5993a17e 4700030d", 0xe59f9f65u, 0xe59f8f7cu, 0xe59f090du, 0xe59f8530u)] // only "16", s16=3 b=0
    [InlineData("510fb093 a3cbeadc 5993a17e 4700031d", 0xe59f1f65u, 0xe59f0f7cu, 0xe59f890du, 0xe59f0530u)] // only "16", s16=3 b=1
    [InlineData("510fb093 a3cbeadc 5993a17e 4700000b", 0x85805216u, 0x85805214u, 0xf1005228u, 0xe2005153u)] // only "32", s32=0
    [InlineData("510fb093 a3cbeadc 5993a17e 4700080b", 0xc0b97e47u, 0xc2b97e47u, 0x1ac55aa7u, 0x41d67a84u)] // only "32", s32=1
    [InlineData("510fb093 a3cbeadc 5993a17e 4700100b", 0xc0b9566fu, 0xc0bb566fu, 0xa596069eu, 0x43f4b16fu)] // only "32", s32=2
    [InlineData("510fb093 a3cbeadc 5993a17e 4700180b", 0xe8b95647u, 0xe8b95447u, 0x68b96833u, 0x68ba1320u)] // only "32", s32=3
    [InlineData("510fb093 a3cbeadc 5993a17e 47000007", 0xbc0c5166u, 0xbc0c5166u, 0xbc0c5166u, 0xbc0c5166u)] // only constant
    [InlineData("510fb093 a3cbeadc 5993a17e 4700000f", 0xe59ff018u, 0xe59ff018u, 0xe59ff018u, 0xe59ff018u)] // all four off (nibble F)
    [InlineData("510fb093 a3cbeadc 5993a17e 47000000", 0x0134971du, 0x0334975fu, 0xe9e0857cu, 0x80e14665u)] // all on, selectors 0
    [InlineData("510fb093 a3cbeadc 5993a17e 47001950", 0x6c0d1c44u, 0x6c0f1e64u, 0x4e67b617u, 0x0c4dad35u)] // all on, s15=2 s16=1 s32=3 b=1
    public void Apply_WordsOfTheVendorsProgram_AreMet(string words, uint at14, uint at10014, uint at1F3A54, uint at1A2B3D4)
    {
        Assert.True(BekenKey.TryParse(words, out var key));
        (uint Address, uint Cipher)[] expected = [(0x14, at14), (0x10014, at10014), (0x1F3A54, at1F3A54), (0x1A2B3D4, at1A2B3D4)];
        foreach (var (address, cipher) in expected)
        {
            Assert.Equal(cipher, Encipher(key, address, PlainWord));
            Assert.Equal(PlainWord, Encipher(key, address, cipher));
            Assert.Equal(cipher, PlainWord ^ FlashCipher.Keystream(key, address));
            Assert.Equal(cipher, PlainWord ^ PlainReference.Keystream(key, address));
        }
    }

    [Theory]
    [InlineData("enc_00.bin", "510fb093 a3cbeadc 5993a17e c7adeb03")]
    [InlineData("enc_01.bin", "0 0 0 0")]
    [InlineData("enc_03.bin", "deadbeef 01234567 89abcdef 55000000")]
    [InlineData("enc_05.bin", "deadbeef 01234567 89abcdef 5500138c")]
    public void Apply_VendorsFiles_AreMet(string file, string words)
    {
        byte[] plain = Corpus.ReadVector("app.bin");
        byte[] cipher = Corpus.ReadVector(file);
        Assert.True(BekenKey.TryParse(words, out var key));
        var result = new byte[plain.Length];
        FlashCipher.Apply(key, 0x10000, plain, result);
        BytesAssert.Equal(cipher.AsSpan(0, plain.Length), result);
        FlashCipher.Apply(key, 0x10000, result, result);
        BytesAssert.Equal(plain, result);
    }

    [Fact]
    public void Keystream_EverySelectorAndDisabledStage_IsTheBitwiseReferences()
    {
        var random = new Random(1);
        for (int setting = 0; setting < 64 * 16; setting++)
        {
            var key = RandomInput.Key(random, setting & 63, setting >> 6);
            uint address = RandomInput.Word(random);
            Assert.Equal(PlainReference.Keystream(key, address), FlashCipher.Keystream(key, address));
            Assert.Equal(FlashCipher.Keystream(key, address & ~3u), FlashCipher.Keystream(key, address));
        }
    }

    // Format notes, section 2.2.
    [Fact]
    public void Keystream_TwoAddresses_AreLinear()
    {
        var random = new Random(2);
        for (int i = 0; i < 2000; i++)
        {
            var key = RandomInput.Key(random);
            uint a = RandomInput.Word(random);
            uint b = RandomInput.Word(random);
            Assert.Equal(FlashCipher.Keystream(key, a) ^ FlashCipher.Keystream(key, b), FlashCipher.Keystream(key, a ^ b) ^ FlashCipher.Keystream(key, 0));
        }
    }

    [Fact]
    public void FillPattern_AnyKey_IsTheKeystreamWithoutItsConstant()
    {
        var random = new Random(3);
        var key = RandomInput.Key(random);
        var pattern = new uint[1024];
        FlashCipher.FillPattern(key, pattern);
        for (int i = 0; i < pattern.Length; i++)
            Assert.Equal(PlainReference.Keystream(key, (uint)i * 4) ^ PlainReference.Keystream(key, 0), pattern[i]);
    }

    [Fact]
    public void Apply_AnyAddressAndLength_IsTheBitwiseReferences()
    {
        var random = new Random(4);
        for (int i = 0; i < 300; i++)
        {
            var key = RandomInput.Key(random);
            uint address = RandomInput.Word(random);
            byte[] source = RandomInput.Bytes(random, random.Next(1500));
            var destination = new byte[source.Length];
            FlashCipher.Apply(key, address, source, destination);
            BytesAssert.Equal(PlainReference.Apply(key, address, source), destination);
        }
    }

    [Fact]
    public void Apply_AcrossTheEndOfTheAddressSpace_StartsAgainAtZero()
    {
        var random = new Random(5);
        byte[] source = RandomInput.Bytes(random, 9000);
        foreach (uint address in new[] { 0xFFFFFFFFu, 0xFFFFFFFD, 0xFFFFFFE0, 0xFFFFEF00, 0xFFFFE001 })
        {
            var key = RandomInput.Key(random);
            var destination = new byte[source.Length];
            FlashCipher.Apply(key, address, source, destination);
            BytesAssert.Equal(PlainReference.Apply(key, address, source), destination);
            int before = (int)(0u - address);
            var second = new byte[source.Length - before];
            FlashCipher.Apply(key, 0, source.AsSpan(before), second);
            BytesAssert.Equal(second, destination.AsSpan(before));
        }
    }

    [Fact]
    public void Apply_InPieces_GivesTheSameAsInOnePiece()
    {
        var random = new Random(6);
        byte[] source = RandomInput.Bytes(random, 20000);
        for (int i = 0; i < 20; i++)
        {
            var key = RandomInput.Key(random);
            uint address = RandomInput.Word(random);
            byte[] whole = (byte[])source.Clone();
            FlashCipher.Apply(key, address, whole, whole);
            var pieces = (byte[])source.Clone();
            for (int start = 0, length; start < pieces.Length; start += length)
            {
                length = Math.Min(random.Next(1, 3000), pieces.Length - start);
                var piece = pieces.AsSpan(start, length);
                FlashCipher.Apply(key, unchecked(address + (uint)start), piece, piece);
            }
            BytesAssert.Equal(whole, pieces);
        }
    }

    [Fact]
    public void Apply_LongerDestination_LeavesTheRestAlone()
    {
        byte[] source = RandomInput.Bytes(new Random(7), 5001);
        var destination = new byte[source.Length + 100];
        destination.AsSpan().Fill(0xA5);
        FlashCipher.Apply(BekenKey.Tuya, 0x10003, source, destination);
        BytesAssert.Equal(PlainReference.Apply(BekenKey.Tuya, 0x10003, source), destination.AsSpan(0, source.Length));
        Assert.Equal(-1, destination.AsSpan(source.Length).IndexOfAnyExcept((byte)0xA5));
    }

    [Fact]
    public void Apply_ShortDestination_ThrowsAndWritesNothing()
    {
        var destination = new byte[4999];
        var thrown = Assert.Throws<ArgumentException>(() => FlashCipher.Apply(BekenKey.Tuya, 0, new byte[5000], destination));
        Assert.Equal("destination", thrown.ParamName);
        Assert.Equal(-1, destination.AsSpan().IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Apply_NullArrays_AreRefusedByName()
    {
        Assert.Equal("source", Assert.Throws<ArgumentNullException>(() => FlashCipher.Apply(BekenKey.Tuya, 0, null!, new byte[1])).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentNullException>(() => FlashCipher.Apply(BekenKey.Tuya, 0, new byte[1], null!)).ParamName);
    }

    private static uint Encipher(BekenKey key, uint address, uint word)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        FlashCipher.Apply(key, address, bytes, bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
