using BekenImage.Formats.SecureBoot;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.SecureBoot;

public class SecureBootAreaTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void BootFlag_OfBothLoaders_IsReadAndWritten(bool isSecond, byte value)
    {
        byte[] bytes = BootFlag.Write(isSecond);
        Assert.Equal(0x1000, bytes.Length);
        BytesAssert.Equal([0x63, 0x54, 0x72, 0x4C, value, 0, 0, 0], bytes.AsSpan(0, 8));
        Assert.Equal((0, 0xFF), (bytes[0x1F], bytes[0x20]));
        Assert.True(BootFlag.TryRead(bytes, out var flag));
        Assert.Equal((bool?)isSecond, flag!.IsSecond);
        Assert.Empty(flag.Findings);
        bytes[4] = 3;
        Assert.True(BootFlag.TryRead(bytes, out flag, 0x1000));
        Assert.Null(flag!.IsSecond);
        Assert.Equal((FindingCode.BootFlagDamaged, 0x1004L), (flag.Findings[0].Code, flag.Findings[0].Offset));
        Assert.False(BootFlag.TryRead(bytes[..31], out _));
    }

    // The format notes' examples: 0x1000 -> 0x1012, 0x19000 -> 0x19008, 0x23000 -> 0x23012, 0x3FD000 -> 0x3FD012.
    [Theory]
    [InlineData(0x1000, 0x1012)]
    [InlineData(0x11000, 0x11000)]
    [InlineData(0x19000, 0x19008)]
    [InlineData(0x23000, 0x23012)]
    [InlineData(0x3FD000, 0x3FD012)]
    public void FirstPage_OfAPartition_IsTheFirstMultipleOf34(long start, long expected) =>
        Assert.Equal(expected, CodePartitionData.FirstPage(new FlashRange(start, 0x1000)));

    [Fact]
    public void LayOut_OfCode_HasGapPagesAndStatus()
    {
        var partition = new FlashRange(0x19000, 0x3000);
        byte[] stored = Enumerable.Range(0, 100).Select(i => (byte)i).ToArray();
        byte[] plain = CodePartitionData.LayOut(stored, partition);
        BytesAssert.Equal([.. Enumerable.Repeat((byte)0xFF, 8), .. PlainFormats.Pages(stored)], plain);
        byte[] withStatus = CodePartitionData.LayOut(stored, partition, withStatus: true);
        long at = XipStatus.PositionIn(partition) - partition.Start;
        Assert.Equal(at + XipStatus.Size, withStatus.Length);
        Assert.Equal(0, (partition.Start + at) % 34);
        Assert.True(XipStatus.IsSet(withStatus.AsSpan((int)at)));
        Assert.False(XipStatus.IsSet(withStatus.AsSpan((int)at + 1)));
        BytesAssert.Equal(plain, withStatus.AsSpan(0, plain.Length));
        Assert.Throws<BekenImageException>(() => CodePartitionData.LayOut(new byte[0x3000], partition));
        Assert.Throws<BekenImageException>(() => CodePartitionData.LayOut(new byte[0x2000], partition, withStatus: true));
    }
}
