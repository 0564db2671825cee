using BekenImage.Crypto;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Crypto;

/// <summary>What a bootloader's key record says, on bootloaders made from the format notes, section 8.3.</summary>
public class BootloaderKeysTests
{
    private const string Iv = "46DE464946314329";
    private const string Key = "BDB4CE110F4787C2F539BF50E30A14E0";
    private const string PunctuatedIv = "a-b_c!d#e$f%g&h*";
    private const string PunctuatedKey = "(0)[1]{2}<3>~4~:5:;6;,7,.8./9/^a";
    private const string Decoy = "FEDCBA9876543210FEDCBA9876543210";

    private static readonly SyntheticKey Custom = new("custom", 0x01234567, 0x89ABCDEF, 0x5A17C3E1, 0x3BF0A550);

    [Theory]
    [InlineData("Tuya", 0x48, 0x5C)]
    [InlineData("Bare", 0x44, 0x28A8)]
    [InlineData("Sdk", 0x1F08, 0x1F1C)]
    [InlineData("AesOnly", null, 0x28A8)]
    public void Read_OfEachKindOfRecord_GivesKeysAndTheirPlaces(string kind, int? keyOffset, int aesOffset)
    {
        foreach (var stored in (SyntheticKey[])[Custom, SyntheticKey.Tuya, SyntheticKey.Zero, SyntheticKeyRecord.Placeholder])
        {
            foreach (var (iv, key) in ((string, string)[])[(Iv, Key), (PunctuatedIv, PunctuatedKey)])
            {
                byte[] plain = Bootloader(kind, record => record with { Stored = stored, Iv = iv, Key = key });
                var keys = BootloaderKeys.Read(plain);
                Assert.Equal((keyOffset, aesOffset, iv, key), (keys.FlashKeyOffset, keys.AesOffset, keys.AesIv, keys.AesKey));
                Assert.Equal(keyOffset is null ? null : stored.Words, keys.FlashKey?.ToString());
                Assert.Equal(keyOffset is not null && stored == SyntheticKeyRecord.Placeholder, keys.IsPlaceholder);
            }
        }
    }

    // The loader's code names the place of the texts: what looks like texts elsewhere is not what it takes.
    [Theory]
    [InlineData("Tuya", 0x48)]
    [InlineData("Sdk", 0x1F08)]
    public void Read_OfARecordWhoseAesTextsAreGone_TakesNoOthers(string kind, int keyOffset)
    {
        byte[] plain = Bootloader(kind, record => record with { Stored = SyntheticKey.Uascent });
        plain.AsSpan(keyOffset + 20, 50).Fill(0xFF);
        SyntheticKeyRecord.PutAes(plain, 0x2400, Iv, Key);
        var keys = BootloaderKeys.Read(plain);
        Assert.Equal((keyOffset, SyntheticKey.Uascent.Words), (keys.FlashKeyOffset, keys.FlashKey?.ToString()));
        Assert.Null(keys.AesOffset);
        Assert.Null(keys.AesIv);
        Assert.Null(keys.AesKey);
    }

    [Fact]
    public void Read_OfAnSdkRecordWithoutTexts_IsToldByAKnownKeyAlone()
    {
        byte[] plain = Bootloader("Sdk", record => record with { Stored = Custom });
        plain[0x1F1C] = 0x80;
        Assert.Null(BootloaderKeys.Read(plain).FlashKey);
        Assert.Null(BootloaderKeys.Read(plain, ToKey(SyntheticKey.Tuya)).FlashKey);
        Assert.Equal(Custom.Words, BootloaderKeys.Read(plain, ToKey(Custom)).FlashKey?.ToString());
        Assert.Equal(Custom.Words, BootloaderKeys.Read(plain, ToKey(Custom).ToCanonical()).FlashKey?.ToString());
        SyntheticKeyRecord.PutWords(plain, 0x1F08, SyntheticKeyRecord.Placeholder);
        Assert.True(BootloaderKeys.Read(plain).IsPlaceholder);
        PlainFormats.Put(plain, 0x1F18, 1);
        Assert.Null(BootloaderKeys.Read(plain).FlashKey);
    }

    [Fact]
    public void Read_OfABareKeyWithoutTheWordBehindIt_IsToldByAKnownKeyAlone()
    {
        byte[] plain = Bootloader("Bare", record => record with { Stored = SyntheticKey.Tuya });
        PlainFormats.Put(plain, 0x54, 0xE351006E);
        Assert.Equal(0x44, BootloaderKeys.Read(plain).FlashKeyOffset);
        SyntheticKeyRecord.PutWords(plain, 0x44, Custom);
        Assert.Null(BootloaderKeys.Read(plain).FlashKeyOffset);
        Assert.Equal(0x44, BootloaderKeys.Read(plain, ToKey(Custom)).FlashKeyOffset);
        // Four zero words are no sign, even on a device without encryption.
        plain.AsSpan(0x44, 16).Clear();
        Assert.Null(BootloaderKeys.Read(plain, BekenKey.Zero).FlashKeyOffset);
    }

    // SDK and Q have the word 1 where T 1.0.4 has its key, and code behind it.
    [Fact]
    public void Read_OfCodeBehindTheVectors_IsNoBareKey()
    {
        byte[] plain = Bootloader("AesOnly", record => record);
        PlainFormats.Put(plain, 0x54, 1);
        Assert.Null(BootloaderKeys.Read(plain).FlashKeyOffset);
        PlainFormats.Put(plain, 0x44, 2);
        Assert.Equal(0x44, BootloaderKeys.Read(plain).FlashKeyOffset);
        PlainFormats.Put(plain, 0x3C, 0x400);
        Assert.Null(BootloaderKeys.Read(plain).FlashKeyOffset);
    }

    [Theory]
    [InlineData("Bare")]
    [InlineData("AesOnly")]
    public void Read_OfAesTextsElsewhere_TakesNoneOfSeveralThatDiffer(string kind)
    {
        byte[] plain = Bootloader(kind, record => record with { Iv = Iv, Key = Key });
        SyntheticKeyRecord.PutAes(plain, 0x2402, Iv, Decoy); // off the words' grid
        SyntheticKeyRecord.PutAes(plain, 0x2500, "%s: bad header\n\0", Decoy);
        SyntheticKeyRecord.PutAes(plain, 0x2600, PunctuatedIv, PunctuatedKey); // letters and digits win
        SyntheticKeyRecord.PutAes(plain, 0x2700, Iv, Key); // the same once more
        Assert.Equal((0x2700, Iv, Key), Aes(plain));
        SyntheticKeyRecord.PutAes(plain, 0x2800, Iv, Decoy);
        Assert.Equal((null, null, null), Aes(plain));

        static (int?, string?, string?) Aes(byte[] bytes)
        {
            var keys = BootloaderKeys.Read(bytes);
            return (keys.AesOffset, keys.AesIv, keys.AesKey);
        }
    }

    [Fact]
    public void Read_OfTuyaTextsWithoutTheirMarker_FindsThem()
    {
        byte[] plain = Bootloader("Tuya", record => record with { Iv = Iv, Key = Key });
        PlainFormats.Put(plain, 0x58, 0);
        PlainFormats.Put(plain, 0x44, 0xE92D4010);
        PlainFormats.Put(plain, 0x54, 0xE92D4010);
        var keys = BootloaderKeys.Read(plain);
        Assert.Equal((null, 0x5C, Key), (keys.FlashKeyOffset, keys.AesOffset, keys.AesKey));
    }

    [Theory]
    [InlineData("Tuya")]
    [InlineData("Bare")]
    [InlineData("Sdk")]
    [InlineData("AesOnly")]
    public void Read_OfABootloaderCutAnywhere_IsSafe(string kind)
    {
        byte[] plain = Bootloader(kind, record => record with { Stored = Custom });
        for (int length = 0; length < plain.Length; length += length is < 0x100 or > 0x1F00 and < 0x1F60 or > 0x28A0 and < 0x28F0 ? 1 : 61)
        {
            var keys = BootloaderKeys.Read(plain.AsSpan(0, length), ToKey(Custom));
            Assert.True(keys.FlashKeyOffset is null || keys.FlashKeyOffset + 16 <= length);
            Assert.True(keys.AesOffset is null || keys.AesOffset + 50 <= length);
        }
        Assert.Equal("flash key not found, AES key not found", BootloaderKeys.Read([]).ToString());
        Assert.Throws<ArgumentNullException>(() => BootloaderKeys.Read(null!, BekenKey.Zero));
    }

    [Fact]
    public void ToString_OfKeys_ShowsPlacesAndNoKey()
    {
        string text = BootloaderKeys.Read(Bootloader("Sdk", record => record)).ToString();
        Assert.Equal("flash key at 0x1f08, AES key at 0x1f1c", text);
    }

    private static BekenKey ToKey(SyntheticKey key) => new(key.K0, key.K1, key.K2, key.K3);

    // Nothing but the record: what is not in it is no text and no marker.
    private static byte[] Bootloader(string kind, Func<SyntheticKeyRecord, SyntheticKeyRecord> change)
    {
        var plain = Enumerable.Repeat((byte)0xE5, 0x3000).ToArray();
        change(new SyntheticKeyRecord(Enum.Parse<SyntheticRecordKind>(kind), SyntheticKey.Tuya)).Put(plain);
        return plain;
    }
}
