using BekenImage.Crypto;
using BekenImage.Formats.LittleFs;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Editing;

/// <summary>What a draft knows of its image after a change: as much as reading the bytes anew would tell, and what the caller said.</summary>
public sealed class DraftReadingTests
{
    private static readonly byte[] OtherApp = SyntheticPrograms.App(0x9000, "another app");

    private static byte[] Erased(int length) => Enumerable.Repeat((byte)0xFF, length).ToArray();

    [Fact]
    public void Rekey_OfAnImageReadUnderAGivenKey_GoesOnUnderTheNewOne()
    {
        var given = FlashImage.Parse(SyntheticImages.TuyaN, new FlashImageOptions { Key = BekenKey.Tuya, Chip = BekenChip.BK7231N });
        var draft = given.Edit().Rekey(BekenKey.Zero);
        Assert.Equal(BekenKey.Zero, draft.ToImage().Key.Value);
        Assert.Equal(BekenChip.BK7231N, draft.ToImage().Chip);
        byte[] expected = FlashImage.Parse(draft.ToArray()).Edit().Put("app", OtherApp).ToArray();
        BytesAssert.Equal(expected, draft.Put("app", OtherApp).ToArray());
        Assert.True(ImageVerifier.Verify(draft.ToImage()).Boots);
        Assert.Equal(BekenKey.Tuya, given.Key.Value);
    }

    [Fact]
    public void AnAppPutWhereNoTableNamesOne_IsFound()
    {
        byte[] flash = new SyntheticImage { Table = [] }.Dump();
        byte[] app = flash.AsSpan(0x11000, 0x118F70).ToArray();
        flash.AsSpan(0x11000).Fill(0xFF);
        var empty = FlashImage.Parse(flash);
        Assert.Null(empty.FindPartition("app"));
        var image = empty.Edit().Put(new FlashRange(0x11000, app.Length), app).ToImage();
        Assert.Equal(FlashImage.Parse(image.Source).FindPartition("app")!.Range, image.FindPartition("app")?.Range);
    }

    [Fact]
    public void ARotatedRead_WhoseAppIsErased_KeepsItsAddresses()
    {
        byte[] device = SyntheticImage.TuyaNDevice().Dump();
        byte[] read = [.. device.AsSpan(0x11000), .. device.AsSpan(0, 0x11000)];
        // The app as good as erased already: what does not boot may be erased.
        device.AsSpan(0x11000, 0x10).Fill(0);
        read.AsSpan(0, 0x10).Fill(0);
        var draft = FlashImage.Parse(read).Edit();
        Assert.Equal(0x11000, draft.ToImage().Rotation);
        draft.Put(new FlashRange(0x11000, 0x118F70), Erased(0x118F70)).Put(new FlashRange(0x1E0000, 4), [1, 2, 3, 4]);
        Assert.Equal(0x11000, draft.ToImage().Rotation);
        device.AsSpan(0x11000, 0x118F70).Fill(0xFF);
        new byte[] { 1, 2, 3, 4 }.CopyTo(device, 0x1E0000);
        BytesAssert.Equal([.. device.AsSpan(0x11000), .. device.AsSpan(0, 0x11000)], draft.ToArray());
    }

    [Fact]
    public void Put_OfOneOfTwoPartitionsOfAName_TakesTheOneThatIsMeant()
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false),
            .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("data", "beken_onchip", 0x180000, 0x1000, false),
            .. PlainFormats.FalEntry("data", "beken_onchip", 0x190000, 0x1000, false),
        ];
        var image = FlashImage.Parse(new SyntheticImage { Table = table }.Dump());
        var second = image.Partitions.Single(partition => partition.Offset == 0x190000);
        var change = Assert.Single(image.Edit().Put(second, [1, 2, 3]).Changes);
        Assert.Equal(0x190000, change.Range.Start);
    }

    [Fact]
    public void ADraftChangedInsideOneOfItsChanges_IsRefused()
    {
        var draft = FlashImage.Parse(SyntheticImage.ObkNFirmware().Dump()).Edit();
        IEnumerable<LittleFsEntry> Files()
        {
            draft.Put(new FlashRange(0x1F0000, 1), [7]);
            yield return LittleFsEntry.File("a", [1]);
        }
        Assert.Throws<InvalidOperationException>(() => draft.EditFiles(Files()));
        Assert.Single(draft.Changes);
        Assert.Equal(7, draft.ToArray()[0x1F0000]);
        Assert.Null(draft.ToImage().LittleFs);
    }
}
