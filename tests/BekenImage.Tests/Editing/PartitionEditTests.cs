using BekenImage.Editing;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Editing;

/// <summary>A partition replaced: which one is meant, whether the bytes are pages or a program, and what lies inside it.</summary>
public class PartitionEditTests
{
    private static readonly FlashImage Device = FlashImage.Parse(SyntheticImages.TuyaN);

    private static DraftEdit Replace(FlashImage image, string name, long? offset, byte[] bytes, bool isPlain = false)
    {
        var edit = new DraftEdit(image);
        PartitionEdit.Replace(edit, name, offset, bytes, isPlain);
        return edit;
    }

    private static FindingCode Code(Action work) => Assert.ThrowsAny<BekenImageException>(work).Code;

    // RT-Thread's table names two sectors alike: the one that is meant is told by its place.
    [Fact]
    public void Replace_OneOfTwoOfAName_IsTheOneAtThePlace_ElseTheFirst()
    {
        var device = FlashImage.Parse(new SyntheticImage { Boot = SyntheticBoot.BK7252 with { Layout = SyntheticLayout.RtThread }, Key = SyntheticKey.Zero }.Dump());
        Assert.Equal(2, device.Partitions.Count(partition => partition.Name == "param1"));
        Assert.Equal(0x1FF000, Assert.Single(Replace(device, "param1", 0x1FF000, [1]).Changes).Range.Start);
        Assert.Equal(0x1FE000, Assert.Single(Replace(device, "param1", 0x1FE000, [1]).Changes).Range.Start);
        Assert.Equal(0x1FE000, Assert.Single(Replace(device, "param1", null, [1]).Changes).Range.Start);
        // The place of another partition names none of them.
        Assert.Equal(0x1FE000, Assert.Single(Replace(device, "param1", 0x11000, [1]).Changes).Range.Start);
        Assert.Equal(FindingCode.WrongKind, Code(() => Replace(device, "nothing", 0x1FE000, [1])));
    }

    [Fact]
    public void Replace_ARange_AsksTheGuardBeforeItCounts()
    {
        Assert.Equal(FindingCode.BootloaderProtected, Code(() => PartitionEdit.Replace(new DraftEdit(Device), new FlashRange(0x100, 4), new byte[3])));
        Assert.Equal(FindingCode.OutsideFlash, Code(() => PartitionEdit.Replace(new DraftEdit(Device), new FlashRange(0x200000, 4), new byte[3])));
        Assert.Equal(FindingCode.WrongKind, Code(() => PartitionEdit.Replace(new DraftEdit(Device), new FlashRange(0x1F8000, 4), new byte[5])));
        foreach (int start in new[] { 0x1D0000, 0x1D0FFF })
        {
            var edit = new DraftEdit(Device);
            PartitionEdit.Replace(edit, new FlashRange(start, 1), Device.Bytes.Span.Slice(start, 1));
            Assert.Equal("rf", Assert.Single(edit.Changes).What);
        }
    }

    // A page of 17 may be damaged, and the bytes are still pages; with fewer good ones they are taken for a program.
    [Theory]
    [InlineData(16, 1, true)]
    [InlineData(15, 1, false)]
    [InlineData(32, 2, true)]
    [InlineData(31, 2, false)]
    [InlineData(17, 0, true)]
    public void Replace_ByPagesSomeOfWhichAreBad_TakesThemAsPagesUpToASixteenth(int valid, int bad, bool arePages)
    {
        var device = WithFiles();
        var files = device.FindPartition("files");
        byte[] pages = PlainFormats.Pages(SyntheticPrograms.Noise((valid + bad) * 32, 6));
        for (int page = 0; page < bad; page++)
            pages[page * 34 * 3] ^= 1;
        if (arePages)
            BytesAssert.Equal(pages, Replace(device, "files", null, pages).Bytes.Span.Slice((int)files!.Offset, pages.Length));
        else
            Assert.Equal(FindingCode.KeyUnknown, Code(() => Replace(device, "files", null, pages)));
    }

    // A partition that is stored in pages and is no program that starts.
    private static FlashImage WithFiles()
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false), .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x20000, false),
            .. PlainFormats.FalEntry("files", "beken_onchip_crc", 0x40000, 0x8000, false), .. PlainFormats.FalEntry("download", "beken_onchip", 0x12A000, 0xA6000, false),
        ];
        var device = FlashImage.Parse(new SyntheticImage { Table = table }.Dump());
        Assert.True(device.FindPartition("files") is { IsStriped: true }, string.Join(", ", device.Partitions.Select(partition => partition.Name)));
        return device;
    }

    [Fact]
    public void Replace_ByOnePage_IsPages_AndByNothingOrLessIsNot()
    {
        var device = WithFiles();
        int at = (int)device.FindPartition("files")!.Offset;
        byte[] page = PlainFormats.Pages(SyntheticPrograms.Noise(32, 6));
        BytesAssert.Equal(page, Replace(device, "files", null, page).Bytes.Span.Slice(at, 34));
        byte[] erased = Enumerable.Repeat((byte)0xFF, 34).ToArray();
        BytesAssert.Equal(erased, Replace(device, "files", null, erased).Bytes.Span.Slice(at, 34));
        Assert.Equal(FindingCode.KeyUnknown, Code(() => Replace(device, "files", null, [])));
        page[0] ^= 1;
        Assert.Equal(FindingCode.KeyUnknown, Code(() => Replace(device, "files", null, page)));
    }

    [Fact]
    public void Replace_AnAppByErasedPages_WouldNotBoot()
    {
        byte[] erased = Enumerable.Repeat((byte)0xFF, 34 * 4).ToArray();
        Assert.Equal(FindingCode.ResultDoesNotBoot, Code(() => Replace(Device, "app", null, erased)));
    }

    [Fact]
    public void Replace_ByAProgramOfTheOtherGeneration_IsRefused_PlainAndInPages()
    {
        byte[] cortex = SyntheticArmino.App(0x5000, 7, "OpenBK7236_1.18.300");
        Assert.Equal(FindingCode.ChipsDiffer, Code(() => Replace(Device, "app", null, cortex, isPlain: true)));
        Assert.Equal(FindingCode.ChipsDiffer, Code(() => Replace(Device, "app", null, SyntheticArmino.Pages(cortex))));
        // Of a partition that is no program nothing is asked.
        Assert.Single(Replace(Device, "tuya", null, cortex).Changes);
    }

    [Fact]
    public void Replace_ByPagesAsPlain_IsRefused()
    {
        byte[] section = SyntheticImage.ObkNFirmware().Ua();
        Assert.Equal(FindingCode.WrongKind, Code(() => Replace(Device, "app", null, section, isPlain: true)));
        Assert.Equal(FindingCode.WrongKind, Code(() => Replace(Device, "app", null, SyntheticImages.ObkN)));
        Assert.NotEmpty(Replace(Device, "app", null, section).Changes);
    }

    [Fact]
    public void Replace_AProgramWhoseKeyIsNotKnown_IsRefused_ButPagesAreTaken()
    {
        var unknown = FlashImage.Parse(new SyntheticImage { Key = SyntheticKey.Custom }.Dump());
        Assert.Equal(FindingCode.KeyUnknown, Code(() => Replace(unknown, "app", null, SyntheticPrograms.App(0x4000, SyntheticImage.TuyaN))));
        byte[] pages = new SyntheticImage { Key = SyntheticKey.Custom }.AppPages();
        BytesAssert.Equal(pages, Replace(unknown, "app", null, pages).Bytes.Span.Slice(0x11000, pages.Length));
    }

    // A read without page CRCs: the app of its slot is a program, whatever is stored there otherwise is bytes.
    [Fact]
    public void Replace_InAReadWithoutPages_EnciphersTheApp()
    {
        byte[] read = [.. SyntheticImages.ObkN.Chunk(34).SelectMany(page => page.Take(32))];
        var image = FlashImage.Parse(read);
        byte[] app = SyntheticPrograms.App(0x5000, SyntheticImage.ObkN, seed: 70);
        byte[] result = Replace(image, "app", null, app).Bytes.ToArray();
        BytesAssert.Equal(PlainFormats.Cipher(SyntheticKey.Tuya, 0x10000, app), result.AsSpan(0x10000, app.Length));
        BytesAssert.Equal(read.AsSpan(0, 0x10000), result.AsSpan(0, 0x10000));
    }

    // What lies inside keeps its bytes, and bytes that are the same there are no conflict.
    [Fact]
    public void Replace_APartitionWithAreasInIt_TakesTheirOwnBytesOnly()
    {
        var device = FlashImage.Parse(SyntheticImage.DreoDevice().WithRf(0x140000).WithFiller(0x138000, 0x100).Dump());
        var download = device.FindPartition("download")!;
        Assert.True(download.Range.Contains(0x140000));
        byte[] same = device.Bytes.Slice((int)download.Offset, 0x140000 - (int)download.Offset + 0x1000).ToArray();
        same[0] = 0;
        byte[] result = Replace(device, "download", null, same).Bytes.ToArray();
        BytesAssert.Equal(same, result.AsSpan((int)download.Offset, same.Length));
        Assert.All(result[(0x140000 + 0x1000)..(int)Math.Min(download.Range.End, 0x1D0000)], value => Assert.Equal(0xFF, value));
        byte[] other = (byte[])same.Clone();
        other[^1] ^= 1;
        var refusal = Assert.Throws<ImageGuardException>(() => Replace(device, "download", null, other));
        Assert.Equal((FindingCode.RegionsOverlap, 0x140000L), (refusal.Code, refusal.Offset));
        // Up to the area's first byte, and no further.
        Assert.Single(Replace(device, "download", null, new byte[0x140000 - (int)download.Offset]).Changes);
        Assert.Equal(FindingCode.RegionsOverlap, Code(() => Replace(device, "download", null, new byte[0x140001 - (int)download.Offset])));
    }
}
