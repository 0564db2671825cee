using BekenImage.Crypto;
using BekenImage.Images;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Images;

/// <summary>Which bytes count as damaged, and how many of them lie in a range: counted byte by byte.</summary>
public class ProgramDamageTests
{
    private const int App = 0x11000;

    private static readonly int AppPages = (SyntheticImage.TuyaNDevice().App.Length + 31) / 32;

    private static byte[] Dump => SyntheticImage.TuyaNDevice().Dump();

    // Every range between the marks around what is damaged.
    private static void AssertDamaged(byte[] image, params int[] pageStarts)
    {
        var damage = ProgramDamage.Find(FlashImage.Parse(image));
        int[] marks = [0, .. pageStarts.SelectMany(at => new[] { Math.Max(0, at - 1), at, at + 1, at + 17, at + 33, at + 34, at + 35 }), image.Length];
        foreach (int start in marks)
        {
            foreach (int end in marks.Where(end => end >= start))
            {
                long expected = pageStarts.Distinct().Sum(at => Math.Max(0, Math.Min(end, at + 34) - Math.Max(start, at)));
                Assert.Equal(expected, damage.BytesIn(FlashRange.FromBounds(start, end)));
            }
        }
    }

    [Fact]
    public void IntactPrograms_HaveNone() => AssertDamaged(Dump);

    [Fact]
    public void PagesWithAWrongCrc_OfBothPrograms_AreCountedOnce()
    {
        byte[] image = Dump;
        int[] pages = [0, 34 * 3, 34 * 4, App, App + 34 * 7, App + 34 * (AppPages - 1)];
        foreach (int page in pages)
            image[page + 20] ^= 0x40;
        AssertDamaged(image, pages);
    }

    [Fact]
    public void PageBehindTheProgram_IsLeftOver()
    {
        byte[] image = Dump;
        SyntheticPrograms.Noise(34, 3).CopyTo(image, App + 34 * AppPages);
        AssertDamaged(image);
    }

    // Packed as 0xFF where the header fits the payload; lost where it does not.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ErasedPageInAProgram_IsDamageWhereTheHeaderSaysSo(bool isPacked)
    {
        var device = SyntheticImage.TuyaNDevice();
        byte[] image = device.Dump();
        int hole = App + 34 * 9;
        image.AsSpan(hole, 34).Fill(0xFF);
        if (isPacked)
        {
            byte[] stored = PlainFormats.Strip(image.AsSpan(App, AppPages * 34), out _).AsSpan(0, device.App.Length).ToArray();
            byte[] header = PlainFormats.Header(stored, "app", "1.00", SyntheticImage.AppTimestamp);
            PlainFormats.Pages(header).CopyTo(image, device.Layout.AppHeader);
        }
        var parsed = FlashImage.Parse(image);
        Assert.Equal(isPacked, parsed.Containers.Single(container => container.Offset == device.Layout.AppHeader).PayloadHashOk);
        if (isPacked)
            AssertDamaged(image);
        else
            AssertDamaged(image, hole);
    }

    [Fact]
    public void ErasedPage_WithoutAHeader_IsNone()
    {
        byte[] image = new SyntheticImage { HasAppHeader = false }.Dump();
        image.AsSpan(App + 34 * 9, 34).Fill(0xFF);
        AssertDamaged(image);
        image[App + 34 * 11] ^= 1;
        AssertDamaged(image, App + 34 * 11);
    }

    [Fact]
    public void PartitionsOverTheSamePages_CountThemOnce()
    {
        byte[] table =
        [
            .. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, false), .. PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, false),
            .. PlainFormats.FalEntry("again", "beken_onchip_crc", 0x10000, 0x20000, false), .. PlainFormats.FalEntry("download", "beken_onchip", 0x12A000, 0xA6000, false),
        ];
        byte[] image = new SyntheticImage { Table = table }.Dump();
        Assert.True(FlashImage.Parse(image).Programs.Partitions.Count(partition => partition.IsStriped) >= 2);
        image[App + 34 * 5] ^= 1;
        image[App + 34 * 8] ^= 1;
        AssertDamaged(image, App + 34 * 5, App + 34 * 8);
    }

    [Fact]
    public void Regions_SayTheirOwnDamage()
    {
        byte[] image = Dump;
        image[34 * 3] ^= 1;
        image[App + 34 * 7] ^= 1;
        image[App + 34 * 8] ^= 1;
        var map = FlashMap.Of(FlashImage.Parse(image));
        Assert.Equal(
            [("bootloader", 34L), ("app", 68L)], map.Regions.Where(region => region.DamagedBytes > 0).Select(region => (region.Name, region.DamagedBytes)));
        var app = map.Regions.First(region => region.Name == "app");
        Assert.True(app.IsDamagedIn(new FlashRange(App + 34 * 7 + 33, 1)));
        Assert.True(app.IsDamagedIn(new FlashRange(App + 34 * 7, 1)));
        Assert.False(app.IsDamagedIn(new FlashRange(App + 34 * 7 - 1, 1)));
        Assert.False(app.IsDamagedIn(new FlashRange(App + 34 * 9, 1)));
    }
}
