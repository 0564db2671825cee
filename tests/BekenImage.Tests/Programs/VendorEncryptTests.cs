using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rbl;

namespace BekenImage.Tests.Programs;

public class VendorEncryptTests
{
    [Theory]
    [InlineData("enc_00.bin", "510fb093 a3cbeadc 5993a17e c7adeb03")]
    [InlineData("enc_01.bin", "0 0 0 0")]
    [InlineData("enc_03.bin", "deadbeef 01234567 89abcdef 55000000")]
    [InlineData("enc_05.bin", "deadbeef 01234567 89abcdef 5500138c")]
    public void Encrypt_OfTheVendorsInput_GivesItsOutput(string file, string keyText)
    {
        Assert.True(BekenKey.TryParse(keyText, out var key));
        byte[] expected = Corpus.ReadVector(file);
        byte[] app = Corpus.ReadVector("app.bin");
        BytesAssert.Equal(expected, VendorEncrypt.Encrypt(app, key, 0x10000));

        Assert.True(VendorEncrypt.TryDecrypt(expected, key, 0x10000, out byte[]? plain));
        Assert.Equal((app.Length + 31) / 32 * 32, plain!.Length);
        BytesAssert.Equal(app, plain.AsSpan(0, app.Length));
        BytesAssert.Equal(expected, VendorEncrypt.Encrypt(plain, key, 0x10000));
    }

    // The work buffer, written out: what the program is known to do.
    private static byte[] WorkBuffer(byte[] plain, BekenKey key, int start)
    {
        int rounded = (plain.Length + 31) / 32 * 32;
        var buffer = new byte[start + rounded + 64];
        buffer.AsSpan().Fill(0xFF);
        plain.CopyTo(buffer, start);
        FlashCipher.Apply(key, 0, buffer.AsSpan(0, (start + plain.Length + 31) / 32 * 32), buffer);
        buffer.AsSpan(start, plain.Length).CopyTo(buffer);
        return buffer.AsSpan(0, rounded + 16).ToArray();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x10000)]
    public void Encrypt_OfAnyLength_LeavesWhatTheWorkBufferHeld(int start)
    {
        foreach (int length in Enumerable.Range(0, 70).Concat(Enumerable.Range(0xFFDE, 0x24)).Append(0x20011))
        {
            byte[] plain = OtaTestData.Noise(length, length);
            foreach (var key in (BekenKey[])[BekenKey.Tuya, BekenKey.Zero, BekenKey.Uascent])
            {
                byte[] payload = VendorEncrypt.Encrypt(plain, key, (uint)start);
                BytesAssert.Equal(WorkBuffer(plain, key, start), payload);
                Assert.True(VendorEncrypt.TryDecrypt(payload, key, (uint)start, out byte[]? recovered));
                BytesAssert.Equal(plain, recovered.AsSpan(0, length));
                BytesAssert.Equal(payload, VendorEncrypt.Encrypt(recovered!, key, (uint)start));
            }
        }
    }

    [Fact]
    public void Encrypt_OfALongAppAt10000_RepeatsCiphertextFrom10000Before()
    {
        byte[] payload = VendorEncrypt.Encrypt(OtaTestData.Noise(0x11003), BekenKey.Tuya, 0x10000);
        Assert.Equal(0x11020 + 16, payload.Length);
        BytesAssert.Equal(payload.AsSpan(0x1003, 45), payload.AsSpan(0x11003));
    }

    [Fact]
    public void Encrypt_At0_EndsInSixteenPlainBytes()
    {
        byte[] payload = VendorEncrypt.Encrypt(new byte[33], BekenKey.Tuya, 0);
        Assert.Equal(80, payload.Length);
        Assert.All(payload.Skip(64), value => Assert.Equal(0xFF, value));
        Assert.NotEqual(0xFF, payload[63]);
    }

    [Fact]
    public void TryDecrypt_OfOtherTails_DeclinesThem()
    {
        byte[] payload = VendorEncrypt.Encrypt(OtaTestData.Noise(0x11003), BekenKey.Tuya, 0x10000);
        Assert.False(VendorEncrypt.TryDecrypt(payload, BekenKey.Tuya, 0, out _));
        Assert.False(VendorEncrypt.TryDecrypt(payload.AsSpan(0, payload.Length - 1), BekenKey.Tuya, 0x10000, out _));
        Assert.False(VendorEncrypt.TryDecrypt(payload.AsSpan(0, payload.Length - 32), BekenKey.Tuya, 0x10000, out _));
        Assert.False(VendorEncrypt.TryDecrypt([], BekenKey.Tuya, 0x10000, out _));
        payload[^1] ^= 1;
        Assert.False(VendorEncrypt.TryDecrypt(payload, BekenKey.Tuya, 0x10000, out byte[]? plain));
        Assert.Null(plain);
    }
}
