using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>A key that the caller gives and that is not the image's.</summary>
public class GivenKeyTests
{
    private static readonly BekenKey Garbled = new(0x12345678, 0x9ABCDEF0, 0x0F1E2D3C, 0x4B5A6978);

    [Fact]
    public void AGarbledKey_IsAFinding_AndTheImageIsReadAsWithoutIt()
    {
        var without = FlashImage.Parse(SyntheticImages.TuyaN);
        var image = FlashImage.Parse(SyntheticImages.TuyaN, new FlashImageOptions { Key = Garbled });
        Assert.Equal((without.Key.Value, without.Key.Source, without.Chip, without.AppVersion, without.Kind),
            (image.Key.Value, image.Key.Source, image.Chip, image.AppVersion, image.Kind));
        Assert.NotEqual(KeySource.Given, image.Key.Source);
        var finding = Assert.Single(image.Findings, finding => finding.Code == FindingCode.KeyDoesNotFit);
        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.Equal(without.Findings.Select(found => found.Code), image.Findings.Where(found => found != finding).Select(found => found.Code));
    }

    [Fact]
    public void TheRightKey_IsGiven_AndNoFinding()
    {
        var image = FlashImage.Parse(SyntheticImages.TuyaN, new FlashImageOptions { Key = BekenKey.Tuya });
        Assert.Equal((KeySource.Given, BekenKey.Tuya), (image.Key.Source, image.Key.Value));
        Assert.DoesNotContain(image.Findings, finding => finding.Code == FindingCode.KeyDoesNotFit);
    }

    [Fact]
    public void AGarbledKey_ChangesTakesApartAndVerifiesNothing()
    {
        var image = FlashImage.Parse(SyntheticImages.TuyaN, new FlashImageOptions { Key = Garbled });
        Assert.Equal(FindingCode.KeyUnknown, Assert.Throws<BekenImageException>(() => image.Edit()).Code);
        Assert.Equal(FindingCode.KeyUnknown, Assert.Throws<BekenImageException>(() => ImageSplitter.Split(image)).Code);
        Assert.Equal(FindingCode.KeyUnknown, Assert.Throws<BekenImageException>(() => image.Extract(image.FindPartition("app")!)).Code);
        Assert.False(ImageVerifier.Verify(image).Boots);
    }

    // With the first page of both programs gone no vectors tell, and the caller's word is all there is.
    [Fact]
    public void AKeyThatNothingProves_StaysTheCallers_AndIsSaid()
    {
        byte[] ua = SyntheticImage.ObkNFirmware().Ua();
        Array.Clear(ua, 0, 32);
        var crc = Crc16Cms.Compute(ua.AsSpan(0, 32));
        (ua[32], ua[33]) = ((byte)(crc >> 8), (byte)crc);
        var image = FlashImage.Parse(ua, new FlashImageOptions { Key = BekenKey.Tuya });
        Assert.True(image.Key.Source is KeySource.Given or KeySource.Recovered);
        Assert.Equal(BekenKey.Tuya, image.Key.Value);
    }

    [Fact]
    public void AKeyForBytesThatAreNoProgram_IsNoFinding() =>
        Assert.DoesNotContain(FlashImage.Parse(new byte[4096], new FlashImageOptions { Key = Garbled }).Findings, finding => finding.Code == FindingCode.KeyDoesNotFit);

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void AGarbledKey_LeavesEveryCorpusImageReadable(string file)
    {
        byte[] bytes = Corpus.Read(file);
        var without = FlashImage.Parse(bytes);
        // A piece without a program has nothing to hold a key against.
        if (without.Key.Value is null)
            return;
        var image = FlashImage.Parse(bytes, new FlashImageOptions { Key = Garbled });
        Assert.Equal((without.Key.Value, without.Chip, without.AppVersion), (image.Key.Value, image.Chip, image.AppVersion));
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.KeyDoesNotFit);
    }
}
