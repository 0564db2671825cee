using BekenImage.Editing;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Editing;

/// <summary>Where each kind of file holds what the chip starts by, and where it holds nothing of it.</summary>
public class ProtectedRangesTests
{
    private static FlashRange[] Of(byte[] bytes) => ProtectedRanges.Of(FlashImage.Parse(bytes));

    [Fact]
    public void Slot_OfDumpsAndFirmwareFiles_IsProtected()
    {
        var slot = new FlashRange(0, 0x11000);
        foreach (byte[] bytes in new[] { SyntheticImages.TuyaN, SyntheticImages.Dreo, SyntheticImages.ObkN, SyntheticImages.TuyaN[..0x40000] })
            Assert.Equal(slot, Assert.Single(Of(bytes)));
        // A device whose bootloader is gone, and one whose app is: what is to be there is still not for anybody to write.
        byte[] withoutBootloader = SyntheticImages.TuyaN;
        withoutBootloader.AsSpan(0, 0x11000).Fill(0xFF);
        byte[] withoutApp = SyntheticImages.TuyaN;
        withoutApp.AsSpan(0x11000, 0x109000).Fill(0xFF);
        byte[] withoutPrograms = SyntheticImages.TuyaN;
        withoutPrograms.AsSpan(0, 0x11A000).Fill(0xFF);
        foreach (byte[] bytes in new[] { withoutBootloader, withoutApp, withoutPrograms, withoutBootloader[..0x40000], withoutApp[..0x40000], SyntheticImages.TuyaN[..0x11000] })
            Assert.Equal(slot, Assert.Single(Of(bytes)));
    }

    [Fact]
    public void Files_ThatCountFromElsewhere_HaveNoBootloaderToProtect()
    {
        var firmware = SyntheticImage.ObkNFirmware();
        Assert.Empty(Of(firmware.Ua()));
        Assert.Empty(Of(firmware.App));
        Assert.Empty(Of(firmware.PlainBootloader()));
        Assert.Empty(Of(SyntheticPrograms.Noise(0x3000, 4)));
    }

    // bl1_control, partition, primary_manifest and bl2 of the image the format notes describe; calibration and the program lie between and behind.
    [Fact]
    public void SecureBoot_ProtectsWhatItsTableNames()
    {
        using var secure = new SyntheticSecureImage(null, tableInPages: false);
        var ranges = Of(secure.Flash);
        Assert.Equal([(0L, 0x1000L), (0x1000, 0x1000), (0x3000, 0x1000), (0x4000, 0x18000)], ranges.Select(range => (range.Start, range.Length)));
    }
}
