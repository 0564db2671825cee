using BekenImage.Compression;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.Rbl.OtaTestData;

namespace BekenImage.Tests.Compression;

public class LzmaTests
{
    // 300 bytes of 0 to 9 over and over, by liblzma (FORMAT_ALONE, which writes no length but an end mark) with lc 3, lp 0, pb 2.
    private const string WithEndMark = "5d00000100ffffffffffffffff00180c42926a67bc0ed13334123b094c484fffffe59b0000";

    // The same by liblzma with lc 0, lp 2, pb 0.
    private const string OtherProperties = "1200000100ffffffffffffffff00180ca4db529a8ff5957dcba37f3cb62778fffffd507000";

    private static readonly byte[] Digits = Enumerable.Range(0, 300).Select(i => (byte)('0' + i % 10)).ToArray();

    [Theory]
    [InlineData(WithEndMark)]
    [InlineData(OtherProperties)]
    public void Decode_OfAnotherEncodersStream_GivesItsBytes(string hex)
    {
        var result = LzmaDecoder.Decode(Convert.FromHexString(hex), 1000);
        Assert.Equal(DecodeStatus.Complete, result.Status);
        BytesAssert.Equal(Digits, result.Output);
        Assert.Equal(DecodeStatus.TooLong, LzmaDecoder.Decode(Convert.FromHexString(hex), 200).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(70_000)]
    public void Encode_OfAnyLength_ReadsBack(int length)
    {
        var noise = new byte[length];
        new Random(length).NextBytes(noise);
        foreach (byte[] plain in new[] { Compressible(length), noise, new byte[length], [.. noise.AsSpan(0, length / 2), .. noise.AsSpan(0, length - length / 2)] })
        {
            byte[] packed = LzmaEncoder.Encode(plain);
            BytesAssert.Equal([0x5D, 0, 0, 0, 1], packed.AsSpan(0, 5));
            var result = LzmaDecoder.Decode(packed, length);
            Assert.Equal(DecodeStatus.Complete, result.Status);
            BytesAssert.Equal(plain, result.Output);
        }
    }

    [Fact]
    public void Decode_OfDamage_NeverThrowsAndStaysInItsBounds()
    {
        byte[] packed = LzmaEncoder.Encode(Compressible(3000));
        for (int length = 0; length < packed.Length - 5; length++)
            Assert.NotEqual(DecodeStatus.Complete, LzmaDecoder.Decode(packed[..length], 3000).Status);
        for (int at = 0; at < packed.Length; at++)
        {
            foreach (byte bit in new byte[] { 0x01, 0x10, 0x80 })
            {
                var changed = (byte[])packed.Clone();
                changed[at] ^= bit;
                Assert.True(LzmaDecoder.Decode(changed, 3000).Output.Length <= 3000);
            }
        }
        var random = new Random(9);
        for (int i = 0; i < 2000; i++)
        {
            var noise = new byte[random.Next(18, 300)];
            random.NextBytes(noise);
            noise[0] = (byte)random.Next(225);
            noise.AsSpan(5, 8).Fill((byte)(i % 2 == 0 ? 0xFF : 0));
            noise[5] = (byte)(i % 2 == 0 ? 0xFF : 200);
            noise[13] = 0;
            Assert.True(LzmaDecoder.Decode(noise, 500).Output.Length <= 500);
        }
    }

    [Fact]
    public void Decode_OfALengthNobodyAllowed_AllocatesNothing()
    {
        byte[] packed = LzmaEncoder.Encode(new byte[100]);
        packed[5 + 6] = 0x7F;
        Assert.Equal(DecodeStatus.TooLong, LzmaDecoder.Decode(packed, 65536).Status);
    }
}
