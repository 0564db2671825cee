using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Verifying;

/// <summary>A copy made to be shared is told from the dump it was made from.</summary>
public class CloudIdentityChecksTests
{
    private static FlashImage Device(string identity)
    {
        byte[] value = TuyaImages.Text(identity);
        byte[] storage = TuyaImages.Chip(TuyaImages.Block(0, 1).Index(1, "gw_bi", value, (0, 2, 2)).Data(2, value));
        byte[] device = (byte[])SyntheticImages.Dreo.Clone();
        storage.AsSpan(TuyaImages.KeyOffset, 0x3000).CopyTo(device.AsSpan(TuyaImages.KeyOffset));
        return FlashImage.Parse(device);
    }

    [Theory]
    [InlineData("{\"uuid\":\"abcdef0123456780\",\"auth_key\":\"0bcdefABCDEF0123456789\"}", false)]
    [InlineData("{\"uuid\":\"0000000000000000\",\"auth_key\":\"0bcdefABCDEF0123456789\"}", true)]
    [InlineData("{\"uuid\":\"abcdef0123456780\",\"auth_key\":\"00000000000000000000\"}", true)]
    [InlineData("{\"uuid\":\"\",\"auth_key\":null}", false)]
    [InlineData("{\"uuid\":\"0000", false)]
    public void Identity_OfZeros_IsWarnedOf(string identity, bool isBlank)
    {
        var result = ImageVerifier.Verify(Device(identity));
        Assert.Equal(isBlank, result.Checks.Any(check => check is { Name: "cloud-identity", Code: FindingCode.TuyaIdentityBlank, Status: CheckStatus.Warn }));
        // The calibration is the device's, whatever the cloud says.
        Assert.True(result.Backup);
    }

    [Fact]
    public void Copy_ThatWasSanitized_IsWarnedOf()
    {
        var original = Device("{\"uuid\":\"abcdef0123456780\",\"auth_key\":\"0bcdefABCDEF0123456789\"}");
        Assert.Contains(ImageVerifier.Verify(original.Edit().Sanitize().ToImage()).Checks, check => check.Name == "cloud-identity");
    }
}
