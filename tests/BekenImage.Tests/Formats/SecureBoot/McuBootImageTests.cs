using System.Buffers.Binary;
using System.Security.Cryptography;
using BekenImage.Formats.SecureBoot;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.SecureBoot;

public sealed class McuBootImageTests : IDisposable
{
    private readonly SyntheticSecureBoot _data = new();
    private readonly byte[] _payload = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 5 >> 2)), 1, 2, 3, 0, .. "BK7236"u8];

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Verify_OfASignedImage_FindsNothing()
    {
        byte[] bytes = _data.McuBoot(_payload);
        var image = Read([.. bytes, .. Enumerable.Repeat((byte)0xFF, 100)]);
        Assert.Empty(image.Verify(Keys()));
        Assert.Equal((bytes.Length, true, "0.2.1+0", "1.2.3", 5u), (image.Length, image.HashOk, image.Version, image.ApplicationVersion, image.SecurityCounter));
        Assert.Equal([0x50, 0x60, 0x10, 0x02, 0x22], image.Tlvs.Select(tlv => tlv.Tag));
        Assert.Equal([true, true, false, false, false], image.Tlvs.Select(tlv => tlv.IsProtected));
        BytesAssert.Equal(_payload, image.Payload.Span);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_data.PublicKeyDer)), image.PublicKeyHash);
        Assert.False(image.HasTrailer);
    }

    [Fact]
    public void CheckSignature_OfOneOverTheHashItself_IsWrong() =>
        Assert.Equal(FindingCode.McuBootSignature, Assert.Single(Read(_data.McuBoot(_payload, hashSigned: false)).Verify()).Code);

    [Fact]
    public void Verify_OfAnyChangedByte_FindsAnError()
    {
        byte[] bytes = _data.McuBoot(_payload, 0x40);
        for (int at = 4; at < bytes.Length; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x20;
            Assert.True(McuBootImage.TryRead(changed, out var image));
            // A tag or its length may turn into one that is not known: then something cannot be checked, which is said too.
            Assert.Contains(image!.Verify(Keys()), finding => finding.Severity >= FindingSeverity.Warning || finding.Code == FindingCode.SignatureNotChecked);
            BytesAssert.Equal(changed, image.ToArray());
        }
    }

    [Fact]
    public void TryRead_OfACutImage_SaysSo()
    {
        byte[] bytes = _data.McuBoot(_payload, 0x40);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(length >= McuBootImage.HeaderFields, McuBootImage.TryRead(bytes.AsMemory(0, length), out var image));
            if (image is null)
                continue;
            Assert.False(image.IsComplete);
            Assert.Null(image.HashOk);
            Assert.Null(image.CheckSignature().IsValid);
            Assert.Contains(image.Verify(), finding => finding.Code == FindingCode.McuBootTruncated);
        }
    }

    [Fact]
    public void TryRead_OfLengthsThatWrap_NeverThrows()
    {
        byte[] bytes = _data.McuBoot(_payload, 0x40);
        foreach (uint length in new uint[] { 0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFC0, 0xFFFFFFFF })
        {
            var changed = (byte[])bytes.Clone();
            BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(0x0C), length);
            Assert.False(Read(changed).IsComplete);
            BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(0x08), 0xFFFF);
            Assert.True(Read(changed).Payload.IsEmpty);
        }
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            var noise = new byte[random.Next(32, 600)];
            random.NextBytes(noise);
            bytes.AsSpan(0, random.Next(4, 32)).CopyTo(noise);
            Assert.NotEmpty(Read(noise).Verify());
        }
    }

    [Fact]
    public void Verify_WithTheKeyOfAnotherDevice_SaysThatItIsNotTrusted()
    {
        using var other = new SyntheticSecureBoot();
        var keys = new SecureBootKeys(null, null, SHA256.HashData(other.PublicKeyDer));
        Assert.Equal(FindingCode.McuBootKey, Assert.Single(Read(_data.McuBoot(_payload)).Verify(keys)).Code);
    }

    [Theory]
    [InlineData("secure-plain")]
    [InlineData("secure-aes")]
    public void Vendor_SignedImage_Verifies_AndAFlippedByteDoesNot(string folder)
    {
        byte[] bytes = Corpus.ReadVector($"armino/container/{folder}/primary_all_signed.bin");
        var image = Read(bytes);
        Assert.Empty(image.Verify());
        Assert.True(image.HashOk);
        Assert.True(image.CheckSignature().IsValid);
        Assert.True(image.HasTrailer);
        Assert.Equal((0x1000, 5u), (image.HeaderSize, image.SecurityCounter));
        bytes[image.HeaderSize + 100] ^= 1;
        Assert.Equal([FindingCode.McuBootHash, FindingCode.McuBootSignature], Read(bytes).Verify().Select(finding => finding.Code));
    }

    private SecureBootKeys Keys() => new(null, null, SHA256.HashData(_data.PublicKeyDer));

    private static McuBootImage Read(byte[] bytes)
    {
        Assert.True(McuBootImage.TryRead(bytes, out var image));
        return image!;
    }
}
