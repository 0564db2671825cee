using System.IO.Compression;
using BekenImage.Compression;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.Rbl.OtaTestData;

namespace BekenImage.Tests.Compression;

public class GzipTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    public void Encode_OfAnyLength_IsReadByThePlatform(int length)
    {
        byte[] plain = Compressible(length);
        using var inflate = new GZipStream(new MemoryStream(Gzip.Encode(plain)), CompressionMode.Decompress);
        using var result = new MemoryStream();
        inflate.CopyTo(result);
        BytesAssert.Equal(plain, result.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100_000)]
    public void Decode_OfAMemberAndMore_KnowsItsEnd(int length)
    {
        byte[] plain = Compressible(length), member = Gzip.Encode(plain);
        foreach (int behind in (int[])[0, 1, 16, 47, 48, 49, 55, 56, 57, 63, 64, 65, 100, 8191, 8192, 8193, 30_000])
        {
            var result = Gzip.Decode([.. member, .. Noise(behind)], length);
            Assert.Equal((DecodeStatus.Complete, member.Length), (result.Status, result.Consumed));
            BytesAssert.Equal(plain, result.Output);
        }
    }

    [Fact]
    public void Decode_OfAWrongTrailer_SaysSo()
    {
        byte[] member = Gzip.Encode(Compressible(5000));
        for (int at = member.Length - 8; at < member.Length; at++)
        {
            byte[] changed = (byte[])member.Clone();
            changed[at] ^= 4;
            var result = Gzip.Decode(changed, 5000);
            Assert.Equal(DecodeStatus.Broken, result.Status);
            Assert.Contains(at < member.Length - 4 ? "CRC" : "bytes", result.Problem, StringComparison.Ordinal);
            Assert.Empty(result.Output);
        }
    }

    [Fact]
    public void Decode_OfMoreThanAllowed_StopsThere()
    {
        byte[] member = Gzip.Encode(Compressible(5000));
        Assert.Equal(DecodeStatus.TooLong, Gzip.Decode(member, 4999).Status);
        Assert.Equal(DecodeStatus.Complete, Gzip.Decode(member, 5000).Status);
        Assert.Equal(DecodeStatus.TooLong, Gzip.Decode(member, 0).Status);
    }
}
