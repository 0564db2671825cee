using BekenImage.Editing;

namespace BekenImage.Tests.Editing;

/// <summary>The one place that writes, asked directly: no caller before it has to have asked a guard.</summary>
public class ImageBufferTests
{
    private static readonly FlashRange Slot = new(0, 0x100);
    private static readonly FlashRange Loader = new(0x300, 0x40);

    private static ImageBuffer Buffer(params FlashRange[] isProtected) => new(Enumerable.Repeat((byte)0xAA, 0x400).ToArray(), isProtected);

    [Theory]
    [InlineData(0, 1, FindingCode.BootloaderProtected)]
    [InlineData(0xFF, 1, FindingCode.BootloaderProtected)]
    [InlineData(0xFF, 2, FindingCode.BootloaderProtected)]
    [InlineData(0x2FF, 2, FindingCode.BootloaderProtected)]
    [InlineData(0x33F, 1, FindingCode.BootloaderProtected)]
    [InlineData(0x3FF, 2, FindingCode.OutsideFlash)]
    [InlineData(0x400, 1, FindingCode.OutsideFlash)]
    public void Write_IntoWhatIsProtectedOrOutOfTheFlash_WritesNothing(long offset, int length, FindingCode expected)
    {
        var buffer = Buffer(Slot, Loader);
        Assert.Equal(expected, Assert.Throws<ImageGuardException>(() => buffer.Write(offset, new byte[length], "data", null, "why")).Code);
        Assert.Equal(expected, Assert.Throws<ImageGuardException>(() => buffer.Check(new FlashRange(offset, length), "data")).Code);
        Assert.All(buffer.Bytes.ToArray(), value => Assert.Equal(0xAA, value));
        Assert.Empty(buffer.Changes);
    }

    [Fact]
    public void Write_WithoutAnythingProtected_StillEndsAtTheFlash() =>
        Assert.Equal(FindingCode.OutsideFlash, Assert.Throws<ImageGuardException>(() => Buffer().Write(0x3FF, new byte[2], "data", null, "why")).Code);

    [Theory]
    [InlineData(0x100, 1)]
    [InlineData(0x2FF, 1)]
    [InlineData(0x340, 1)]
    [InlineData(0x3FF, 1)]
    [InlineData(0x100, 0x200)]
    public void Write_BesideWhatIsProtected_ChangesThatAndNothingElse(int offset, int length)
    {
        var buffer = Buffer(Slot, Loader);
        buffer.Write(offset, new byte[length], "data", "a file", "it was asked for");
        byte[] bytes = buffer.Bytes.ToArray();
        Assert.All(Enumerable.Range(0, bytes.Length), at => Assert.Equal(at >= offset && at < offset + length ? 0 : 0xAA, bytes[at]));
        var change = Assert.Single(buffer.Changes);
        Assert.Equal((new FlashRange(offset, length), "data", "a file", "it was asked for", (long)length), (change.Range, change.What, change.Source, change.Why, change.ChangedBytes));
    }

    [Fact]
    public void WriteBootloader_MayWriteWhatIsProtected_AndNotBehindTheFlash()
    {
        var buffer = Buffer(Slot);
        buffer.WriteBootloader(0, new byte[0x100], null, "why");
        Assert.Equal(0x100, buffer.Bytes.ToArray().Count(value => value == 0));
        Assert.Equal("bootloader", Assert.Single(buffer.Changes).What);
        Assert.Equal(FindingCode.OutsideFlash, Assert.Throws<ImageGuardException>(() => buffer.WriteBootloader(0x3FF, new byte[2], null, "why")).Code);
    }

    [Theory]
    [InlineData(new byte[] { 0xAA, 0xAA, 0xAA }, 0)]
    [InlineData(new byte[] { 1, 0xAA, 0xAA }, 1)]
    [InlineData(new byte[] { 0xAA, 0xAA, 1 }, 1)]
    [InlineData(new byte[] { 1, 0xAA, 1 }, 2)]
    public void Change_CountsTheBytesThatAreOthersNow(byte[] bytes, long expected)
    {
        var buffer = Buffer();
        buffer.Write(8, bytes, "data", null, "why");
        Assert.Equal(expected, Assert.Single(buffer.Changes).ChangedBytes);
    }

    [Fact]
    public void Grow_KeepsWhatIsThere_AndErasesWhatIsNew()
    {
        var buffer = Buffer();
        buffer.Grow(0x402);
        Assert.Equal(0x402, buffer.Length);
        Assert.Equal([0xAA, 0xFF, 0xFF], buffer.Bytes.ToArray()[0x3FF..]);
    }

    [Fact]
    public void Take_OfAPart_IsACopy()
    {
        var buffer = Buffer();
        byte[] part = buffer.Take(new FlashRange(4, 2));
        Assert.Equal([0xAA, 0xAA], part);
        part[0] = 1;
        Assert.Equal(0xAA, buffer.Bytes.Span[4]);
        Assert.Equal(0x400, buffer.Take(new FlashRange(0, 0x400)).Length);
    }
}
