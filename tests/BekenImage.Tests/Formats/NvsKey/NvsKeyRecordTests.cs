using System.Security.Cryptography;
using BekenImage.Formats.NvsKey;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.NvsKey;

public class NvsKeyRecordTests
{
    private static readonly byte[] Key = Enumerable.Range(0, 64).Select(i => (byte)(i * 11 + 3)).ToArray();

    [Theory]
    [InlineData("secure-plain")]
    [InlineData("secure-aes")]
    public void Vendor_Key_IsMetInBothDirections(string folder)
    {
        byte[] expected = Corpus.ReadVector($"armino/container/{folder}/nvs_key.bin");
        Assert.True(NvsKeyRecord.TryRead(expected, out var record));
        Assert.Empty(record!.Findings);
        BytesAssert.Equal(expected, new NvsKeyRecord(record.Key.ToArray()).Write());
    }

    [Fact]
    public void Vendor_FactoryData_IsMetInBothDirections()
    {
        Assert.True(NvsKeyRecord.TryRead(Corpus.ReadVector("armino/container/secure-aes/nvs_key.bin"), out var record));
        byte[] plain = Corpus.ReadVector("armino/container/secure-aes/wiz_mfr.bin");
        byte[] encrypted = Corpus.ReadVector("armino/container/secure-aes/wiz_mfr_aes.bin");
        BytesAssert.Equal(encrypted, record!.Encrypt(plain));
        BytesAssert.Equal(plain, record.Decrypt(encrypted));
        BytesAssert.Equal(plain.AsSpan(320), record.Decrypt(encrypted.AsSpan(320), firstUnit: 10));
    }

    [Fact]
    public void Encrypt_OfUnits_IsXtsOfIeee1619()
    {
        byte[] plain = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();
        using var data = Aes.Create();
        using var number = Aes.Create();
        data.Key = Key[..32];
        number.Key = Key[32..];
        var expected = new List<byte>();
        for (int unit = 0; unit < 2; unit++)
        {
            byte[] tweak = number.EncryptEcb([(byte)(unit + 7), 1, .. new byte[14]], PaddingMode.None);
            for (int block = 0; block < 2; block++)
            {
                byte[] mixed = plain.AsSpan(32 * unit + 16 * block, 16).ToArray().Zip(tweak, (a, b) => (byte)(a ^ b)).ToArray();
                expected.AddRange(data.EncryptEcb(mixed, PaddingMode.None).Zip(tweak, (a, b) => (byte)(a ^ b)));
                var value = new System.Numerics.BigInteger(tweak, isUnsigned: true) << 1;
                if (value >> 128 > 0)
                    value = value - (System.Numerics.BigInteger.One << 128) ^ 0x87;
                tweak = [.. value.ToByteArray(isUnsigned: true), .. new byte[16]];
                tweak = tweak[..16];
            }
        }
        BytesAssert.Equal(expected.ToArray(), new NvsKeyRecord(Key).Encrypt(plain, firstUnit: 0x107));
    }

    [Fact]
    public void TryRead_OfDamage_SaysThatTheCrcIsWrong()
    {
        byte[] bytes = new NvsKeyRecord(Key).Write();
        // Four bytes of 0xFF bring the running value from 0xFFFFFFFF to 0, where the vendor's begins.
        Assert.Equal(PlainFormats.Crc32([0xFF, 0xFF, 0xFF, 0xFF], Key), PlainFormats.Word(bytes, 64));
        Assert.Equal((0x1000, 0xFF), (bytes.Length, bytes[68]));
        for (int at = 0; at < NvsKeyRecord.Size; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 4;
            Assert.True(NvsKeyRecord.TryRead(changed, out var record, 0x3FD012));
            Assert.Equal((FindingCode.NvsKeyCrc, 0x3FD012L + 64), (record!.Findings[0].Code, record.Findings[0].Offset));
            BytesAssert.Equal(changed, record.Write());
        }
        for (int length = 0; length < NvsKeyRecord.Size; length++)
            Assert.False(NvsKeyRecord.TryRead(bytes[..length], out _));
        Assert.False(NvsKeyRecord.TryRead(Enumerable.Repeat((byte)0xFF, 0x1000).ToArray(), out _));
        Assert.Throws<ArgumentException>(() => new NvsKeyRecord(Key).Encrypt(new byte[17]));
        Assert.Throws<ArgumentException>(() => new NvsKeyRecord(new byte[63]));
        Assert.DoesNotContain(Convert.ToHexString(Key), new NvsKeyRecord(Key).ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
