using System.Text;
using BekenImage.Formats.SecureBoot;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Formats.SecureBoot;

public class SecureBootKeysTests
{
    private const string A = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string B = "65b7ebd6877afce2a93b63a6d0cfd06dab7b018dab9f4db9739e49123d9e4c7c";
    private const string C = "a57201fa6db77126d2b1fdc08444e21827cced37dc81f542a0e7580bf1e0876c";

    [Fact]
    public void TryReadText_OfKeyContent_GivesTheThree() => AssertThree(Read(
        $$"""{ "key_content": { "Flash Aes key": { "content": "{{A}}", "byte_lenth": 32 }, "Ek1": { "content": "{{C}}" }, """ +
        $$""" "Bl1 boot Public key hash": { "content": "{{B}}" }, "Bl2 boot Public key hash": { "content": "{{C}}" } } }"""));

    [Fact]
    public void TryReadText_OfOtpConfig_GivesTheThree() => AssertThree(Read(
        $$"""{ "Security_Data": [ { "name": "bl1_rotpk_hash", "mode": "write", "data": "{{B}}" }, { "name": "bl2_rotpk_hash", "data": "{{C}}" }, """ +
        $$""" { "name": "flash_aes_key", "start_addr": "0x4B100460", "data": "{{A}}" } ] } # words reversed"""));

    [Fact]
    public void TryReadText_OfTheFlashKeyAlone_GivesIt()
    {
        var keys = Read($$"""{ "content": "{{A}}", "byte_lenth": 32 }""");
        Assert.Equal(A, Convert.ToHexStringLower(keys.FlashKey!.Value.Span));
        Assert.Null(keys.Bl1KeyHash);
        Assert.Null(keys.IsBl1Key(B));
        Assert.Null(new SecureBootKeys(null, new byte[32], null).FlashKey);
        Assert.DoesNotContain(A, keys.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{ \"Flash Aes key\": { \"content\": \"0011\" } }")]
    [InlineData("{ \"name\": \"bl1_rotpk_hash\", \"data\": null }")]
    public void TryReadText_OfAnythingElse_IsFalse(string text) => Assert.False(SecureBootKeys.TryReadText(text, out _));

    [Fact]
    public void TryReadText_OfHostileText_IsQuick()
    {
        string text = string.Concat(Enumerable.Repeat("\"name\":\"bl1_rotpk_hash\",\"a\":{\"content\":\"", 20_000));
        Assert.False(SecureBootKeys.TryReadText(text, out _));
        Assert.False(SecureBootKeys.TryReadText(new string('"', SecureBootKeys.MaximumText + 1), out _));
    }

    [Fact]
    public void TryReadOtp_OfADump_TakesBothFormsOfAHash()
    {
        var otp = new byte[0x400];
        Convert.FromHexString(A).CopyTo(otp, 0x60);
        Convert.FromHexString(B).CopyTo(otp, 0x128);
        byte[] reversed = Convert.FromHexString(C);
        for (int i = 0; i < reversed.Length; i += 4)
            Array.Reverse(reversed, i, 4);
        reversed.CopyTo(otp, 0x148);
        Assert.True(SecureBootKeys.TryReadOtp(otp, out var keys));
        Assert.Equal(A, Convert.ToHexStringLower(keys!.FlashKey!.Value.Span));
        Assert.Equal((true, true, false), (keys.IsBl1Key(B), keys.IsBl2Key(C.ToUpperInvariant()), keys.IsBl2Key(B)));
        Assert.False(SecureBootKeys.TryReadOtp(new byte[0x400], out _));
        for (int length = 0; length < otp.Length; length++)
            SecureBootKeys.TryReadOtp(otp[..length], out _);
    }

    [Fact]
    public void Published_Keys_AreRead()
    {
        var keys = Read(Encoding.UTF8.GetString(Corpus.Read("armino/BK7236_published_keys.json")));
        Assert.Equal("09da18bc4197dfadfe7fef9f729d8c89b6d64f407ac62bc4a85f96447e83a977", Convert.ToHexStringLower(keys.FlashKey!.Value.Span));
        Assert.Equal((B, C), (keys.Bl1KeyHash, keys.Bl2KeyHash));
    }

    private static void AssertThree(SecureBootKeys keys)
    {
        Assert.Equal(A, Convert.ToHexStringLower(keys.FlashKey!.Value.Span));
        Assert.Equal((B, C), (keys.Bl1KeyHash, keys.Bl2KeyHash));
        Assert.Equal((true, false), (keys.IsBl1Key(B), keys.IsBl2Key(B)));
    }

    private static SecureBootKeys Read(string text)
    {
        Assert.True(SecureBootKeys.TryReadText(text, out var keys));
        return keys!;
    }
}
