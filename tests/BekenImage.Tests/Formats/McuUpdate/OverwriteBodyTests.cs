using BekenImage.Formats.McuUpdate;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Rbl;

namespace BekenImage.Tests.Formats.McuUpdate;

public class OverwriteBodyTests
{
    [Fact]
    public void Vendor_Body_IsUnpacked_AndPackedToTheSame()
    {
        byte[] plain = Corpus.ReadVector("armino/compress/in.bin");
        byte[] packed = Corpus.ReadVector("armino/compress/compress.bin");
        var body = Read(packed);
        Assert.Equal((4, (long)plain.Length, packed.Length), (body.BlockCount, body.PlainLength, body.Length));
        BytesAssert.Equal(plain, body.Unpack());
        byte[] ours = OverwriteBody.Pack(plain);
        BytesAssert.Equal(plain, Read(ours).Unpack());
        Assert.True(ours.Length < packed.Length * 1.1, $"{ours.Length} bytes, the vendor's {packed.Length}");
    }

    [Fact]
    public void Vendor_Body_WithAChangedByte_IsRefusedOrGivesOtherBytes()
    {
        byte[] plain = Corpus.ReadVector("armino/compress/in.bin");
        byte[] packed = Corpus.ReadVector("armino/compress/compress.bin");
        foreach (int at in new[] { 10, 11, 20, 24, 1000, 40000, packed.Length - 1000 })
        {
            var changed = (byte[])packed.Clone();
            changed[at] ^= 0x10;
            if (!OverwriteBody.TryRead(changed, out var body))
                continue;
            try
            {
                Assert.False(at != 11 && body!.Unpack().AsSpan().SequenceEqual(plain), $"byte {at}");
            }
            catch (BekenImageException error)
            {
                Assert.True(error.Code is FindingCode.OverwriteBlockDamaged or FindingCode.OverwriteBlockTooLong);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(131072)]
    [InlineData(200_000)]
    public void Pack_OfAnyLength_ReadsBack(int length)
    {
        byte[] plain = OtaTestData.Compressible(length);
        byte[] packed = OverwriteBody.Pack(plain);
        BytesAssert.Equal(plain, Read(packed).Unpack());
        // What the SDK appends to a payload may follow.
        BytesAssert.Equal(plain, Read([.. packed, 1, 0, 0, 0, .. "BK7236"u8]).Unpack());
        // compress.py keeps room for one entry more than there are whole blocks, and the length of the last.
        int entries = length / 65536 + 1;
        Assert.Equal(length % 65536, packed[2 * entries] | packed[2 * entries + 1] << 8);
        Assert.Equal(0x5D, packed[2 * entries + 2]);
    }

    [Fact]
    public void Pack_OfNoise_IsRefused()
    {
        var noise = new byte[65536];
        new Random(3).NextBytes(noise);
        Assert.Equal(FindingCode.OverwriteBlockIncompressible, Assert.Throws<BekenImageException>(() => OverwriteBody.Pack(noise)).Code);
    }

    [Fact]
    public void Unpack_OfABlockWithoutEnd_IsCutAt64KiB()
    {
        byte[] packed = OverwriteBody.Pack(new byte[30_000]);
        for (int i = 0; i < 8; i++)
            packed[4 + 5 + i] = 0xFF; // length not stated: until an end mark, which is not there
        var code = Assert.Throws<BekenImageException>(() => Read(packed).Unpack()).Code;
        Assert.True(code is FindingCode.OverwriteBlockTooLong or FindingCode.OverwriteBlockDamaged);
        packed[4 + 5 + 7] = 0;
        Assert.Equal(FindingCode.OverwriteBlockTooLong, Assert.Throws<BekenImageException>(() => Read(packed).Unpack()).Code);
    }

    [Fact]
    public void TryRead_OfDamage_NeverThrows()
    {
        byte[] packed = OverwriteBody.Pack(OtaTestData.Compressible(70_000));
        for (int length = 0; length < packed.Length; length += length < 64 ? 1 : 997)
            Assert.False(OverwriteBody.TryRead(packed[..length], out _));
        var random = new Random(5);
        for (int i = 0; i < 300; i++)
        {
            var noise = new byte[random.Next(2000)];
            random.NextBytes(noise);
            OverwriteBody.TryRead(noise, out _);
        }
        Assert.False(OverwriteBody.TryRead(new byte[100_000], out _));
    }

    private static OverwriteBody Read(byte[] bytes)
    {
        Assert.True(OverwriteBody.TryRead(bytes, out var body));
        return body!;
    }
}
