using BekenImage.Editing;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Editing;

/// <summary>The guards of a change in the making, whichever edit asks.</summary>
public class DraftEditTests
{
    private static DraftEdit Edit(byte[] image) => new(FlashImage.Parse(image));

    private static void Refused(FindingCode code, Action work) => Assert.Equal(code, Assert.Throws<ImageGuardException>(work).Code);

    [Fact]
    public void Append_ToADump_IsRefused() =>
        Refused(FindingCode.OutsideFlash, () => Edit(SyntheticImages.TuyaN).Append(0x200000, new byte[16], "config", "why"));

    [Fact]
    public void Append_ToAFirmwareFile_ReachesToTheEndOfTheFlashAndNoFurther()
    {
        byte[] qio = SyntheticImages.ObkN;
        Assert.True(qio.Length < 0x1F0000);
        Refused(FindingCode.OutsideFlash, () => Edit(qio).Append(qio.Length - 1, new byte[16], "config", "why"));
        Refused(FindingCode.OutsideFlash, () => Edit(qio).Append(0x1FFFF1, new byte[16], "config", "why"));

        var edit = Edit(qio);
        edit.Append(0x1FFFF0, new byte[16], "config", "why");
        Assert.Equal(0x200000, edit.Bytes.Length);
        Assert.True(edit.Bytes.Span[..qio.Length].SequenceEqual(qio));
        Assert.All(edit.Bytes.ToArray()[qio.Length..0x1FFFF0], value => Assert.Equal(0xFF, value));
        Assert.Equal(new FlashRange(0x1FFFF0, 16), Assert.Single(edit.Changes).Range);

        var next = Edit(qio);
        next.Append(qio.Length, [1], "config", "why");
        Assert.Equal(qio.Length + 1, next.Bytes.Length);
    }

    [Fact]
    public void Put_OverAProgramOrSomethingThere_IsRefused_OverErasedFlashOrItsOwnAreaNot()
    {
        byte[] image = SyntheticImages.TuyaN;
        Refused(FindingCode.BootloaderProtected, () => Edit(image).Put(0x10FFF, new byte[2], "config", "why"));
        Refused(FindingCode.RegionsOverlap, () => Edit(image).Put(0x11000, new byte[16], "config", "why"));
        Refused(FindingCode.RegionsOverlap, () => Edit(image).Put(0x1D0000, new byte[16], "config", "why"));
        Refused(FindingCode.OutsideFlash, () => Edit(image).Put(0x1FFFF8, new byte[16], "config", "why"));
        var edit = Edit(image);
        edit.Put(0x1D0000, new byte[16], "rf", "why", "rf");
        Assert.Equal(0, edit.Bytes.Span[0x1D0000]);
        edit.Put(0x1F8000, new byte[16], "config", "why");
        Assert.Equal(2, edit.Changes.Count);
    }

    [Fact]
    public void ReplaceData_InAProgramOrItsHeader_IsRefused()
    {
        byte[] image = SyntheticImages.TuyaN;
        Refused(FindingCode.RegionsOverlap, () => Edit(image).ReplaceData(0x11022, new byte[4], "data", "why"));
        Refused(FindingCode.RegionsOverlap, () => Edit(image).ReplaceData(SyntheticLayout.N.AppHeader, new byte[4], "data", "why"));
        var edit = Edit(image);
        edit.ReplaceData(0x1D0000, new byte[4], "data", "why");
        Assert.Single(edit.Changes);
    }

    [Fact]
    public void Image_AskedForTwice_IsMadeOnceForEachState()
    {
        var edit = Edit(SyntheticImages.TuyaN);
        edit.Replace(0x1F8000, [1], "data", "why");
        var first = edit.ToImage();
        Assert.Same(first, edit.ToImage());
        edit.Replace(0x1F8001, [2], "data", "why");
        Assert.NotSame(first, edit.ToImage());
        Assert.Equal((1, 2), (edit.ToImage().Bytes.Span[0x1F8000], edit.ToImage().Bytes.Span[0x1F8001]));
    }

    // The erased rest of a program's partition is its own: only the area's name opens it.
    [Fact]
    public void Put_IntoTheErasedRestOfAProgramsPartition_IsRefused()
    {
        byte[] image = SyntheticImages.TuyaN;
        Assert.Equal(0xFF, image[0x100000]);
        Refused(FindingCode.RegionsOverlap, () => Edit(image).Put(0x100000, new byte[16], "config", "why"));
        // And a byte that is not erased where nothing is known.
        image[0x1F8008] = 0;
        Refused(FindingCode.RegionsOverlap, () => Edit(image).Put(0x1F8000, new byte[16], "config", "why"));
        Assert.Single(Apply(image, 0x1F8009));
        Assert.Single(Apply(image, 0x1F7FF8));
    }

    private static IReadOnlyList<ImageChange> Apply(byte[] image, long offset)
    {
        var edit = Edit(image);
        edit.Put(offset, new byte[16], "config", "why");
        return edit.Changes;
    }

    [Fact]
    public void Append_ToAFileOfAnotherKind_IsRefused()
    {
        var firmware = SyntheticImage.ObkNFirmware();
        foreach (byte[] file in new[] { firmware.Ua(), firmware.App, SyntheticImages.TuyaN[0x1D0000..] })
            Refused(FindingCode.OutsideFlash, () => Edit(file).Append(file.Length, new byte[16], "config", "why"));
    }

    // A chip's own flash may be larger; where no chip is told, the smallest counts.
    [Fact]
    public void Append_ToAFirmwareFile_EndsWhereItsChipsFlashDoes()
    {
        byte[] armino = SyntheticArmino.FirmwareBK7236(SyntheticArmino.App(0x5000, 7, "OpenBK7236_1.18.300"));
        Assert.Equal((ImageKind.Qio, BekenChip.BK7236), (FlashImage.Parse(armino).Kind, FlashImage.Parse(armino).Chip));
        var edit = Edit(armino);
        edit.Append(0x3FFFF0, new byte[16], "config", "why");
        Assert.Equal(0x400000, edit.Bytes.Length);
        Refused(FindingCode.OutsideFlash, () => Edit(armino).Append(0x3FFFF1, new byte[16], "config", "why"));

        byte[] untold = new SyntheticImage { Key = SyntheticKey.Custom }.Qio();
        Assert.Equal((ImageKind.Qio, BekenChip.Unknown), (FlashImage.Parse(untold).Kind, FlashImage.Parse(untold).Chip));
        edit = Edit(untold);
        edit.Append(0x1FFFF0, new byte[16], "config", "why");
        Assert.Equal(0x200000, edit.Bytes.Length);
        Refused(FindingCode.OutsideFlash, () => Edit(untold).Append(0x1FFFF1, new byte[16], "config", "why"));
    }

    [Fact]
    public void WriteProgram_OfTheBootloader_MayLieInItsSlot_AndNoOthersMay()
    {
        var edit = Edit(SyntheticImages.TuyaN);
        edit.WriteProgram(edit.Image.Programs.Bootloader!, 0x100, [1, 2], "why");
        Assert.Equal(("bootloader", 2), (Assert.Single(edit.Changes).What, (int)edit.Changes[0].Range.Length));
        Refused(FindingCode.BootloaderProtected, () => edit.WriteProgram(edit.Image.Programs.App!, 0x10FFF, [1, 2], "why"));
        edit.WriteProgram(edit.Image.Programs.App!, 0x11000, [1, 2], "why", "given");
        Assert.Equal(("app", "given"), (edit.Changes[1].What, edit.Changes[1].Source));
    }
}
