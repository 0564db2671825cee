using System.Security.Cryptography;
using BekenImage.Formats.SecureBoot;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.SecureBoot;

public sealed class Bl1ManifestTests : IDisposable
{
    private const uint Address = 0x02000400;

    private readonly SyntheticSecureBoot _data = new();
    private readonly byte[] _logical = Enumerable.Range(0, 0x2000).Select(i => (byte)(i * 7 >> 3)).ToArray();

    private byte[] Image => _logical[0x400..0x1400];

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Verify_OfASignedManifest_FindsNothing()
    {
        var manifest = Read(_data.Manifest(Image, Address));
        Assert.Empty(manifest.Verify(_logical, Keys()));
        Assert.Equal((4u, 0x1000u, Address), (manifest.SecurityCounter, manifest.ImageLength, manifest.EntryAddress));
        Assert.Equal(new FlashRange(0x400, 0x1000), manifest.LogicalImageRange);
        BytesAssert.Equal(Image, manifest.FindImage(_logical)!.Value.Span);
        Assert.True(manifest.HashFits(Image));
        Assert.True(manifest.CheckSignature().IsValid);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_data.PublicKey)), manifest.PublicKeyHash);
    }

    [Fact]
    public void Verify_OfAnyChangedByte_FindsAnError()
    {
        byte[] bytes = _data.Manifest(Image, Address);
        for (int at = 4; at < Bl1Manifest.Size; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x10;
            var manifest = Read(changed);
            Assert.Contains(manifest.Verify(_logical, Keys()), finding => finding.Severity == FindingSeverity.Error);
            Assert.False(manifest.CheckSignature().IsValid);
        }
    }

    [Fact]
    public void Verify_OfAChangedImage_SaysThatItsHashIsWrong()
    {
        var manifest = Read(_data.Manifest(Image, Address), 0x3000);
        _logical[0x13FF] ^= 1;
        var finding = Assert.Single(manifest.Verify(_logical, Keys()));
        Assert.Equal((FindingCode.ManifestImageHash, 0x3030L), (finding.Code, finding.Offset));
        Assert.False(manifest.HashFits(Image));
        Assert.False(manifest.HashFits(Image[1..]));
    }

    [Fact]
    public void Verify_OfAnImageThatIsNotThere_SaysSo()
    {
        Assert.Equal(FindingCode.ManifestOutside, Assert.Single(Read(_data.Manifest(Image, Address)).Verify(_logical.AsMemory(0, 0x13FF))).Code);
        Assert.Empty(Read(_data.Manifest(Image, Address)).Verify(default));
        foreach (uint address in new uint[] { 0, 0x01FFFFFF, 0x03FFFFFF, 0xFFFFFFFF })
        {
            var manifest = Read(_data.Manifest(Image, address));
            Assert.Null(manifest.LogicalImageRange);
            Assert.Equal(FindingCode.ManifestOutside, Assert.Single(manifest.Verify(_logical)).Code);
        }
    }

    [Fact]
    public void Verify_WithTheKeyOfAnotherDevice_SaysThatItIsNotTrusted()
    {
        using var other = new SyntheticSecureBoot();
        var keys = new SecureBootKeys(null, SHA256.HashData(other.PublicKey), null);
        Assert.Equal(FindingCode.ManifestKey, Assert.Single(Read(_data.Manifest(Image, Address)).Verify(_logical, keys)).Code);
        Assert.Empty(Read(_data.Manifest(Image, Address)).Verify(_logical, new SecureBootKeys(new byte[32], null, null)));
    }

    [Fact]
    public void Writer_OfTheSameFields_GivesTheSameBytes()
    {
        byte[] expected = _data.Manifest(Image, Address)[..Bl1Manifest.Size];
        BytesAssert.Equal(expected, Bl1ManifestWriter.Write(4, Address, Image, _data.PublicKey, expected[0x95..]));
        BytesAssert.Equal(expected, Read(expected).With(4, Address, Image).Bytes.Span);
    }

    [Fact]
    public void TryRead_OfAShortOrForeignFile_IsFalse()
    {
        byte[] bytes = _data.Manifest(Image, Address);
        for (int length = 0; length < Bl1Manifest.Size; length++)
            Assert.False(Bl1Manifest.TryRead(bytes[..length], out _));
        Assert.False(Bl1Manifest.TryRead(new byte[Bl1Manifest.Size], out _));
    }

    private SecureBootKeys Keys() => new(null, SHA256.HashData(_data.PublicKey), null);

    private static Bl1Manifest Read(byte[] bytes, long offset = 0)
    {
        Assert.True(Bl1Manifest.TryRead(bytes, out var manifest, offset));
        return manifest!;
    }
}
