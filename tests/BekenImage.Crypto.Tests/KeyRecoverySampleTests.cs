using System.Buffers.Binary;
using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

/// <summary>Which pages are counted: whole ones on the grid, no erased ones, and of too many an odd share in runs of 4 KiB.</summary>
public class KeyRecoverySampleTests
{
    [Fact]
    public void Take_FewPages_AreAllThereWithTheirWords()
    {
        byte[] bytes = Numbered(5);
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(bytes, 0x10000), 5);
        Assert.Equal(5, sample.PageCount);
        Assert.Equal([0x10000u, 0x10020, 0x10040, 0x10060, 0x10080], sample.Addresses.ToArray());
        Assert.Equal(Enumerable.Range(0, 40).Select(word => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(word * 4))), sample.Words.ToArray());
    }

    [Theory]
    [InlineData(0u, 96, 3)]
    [InlineData(0u, 95, 2)]
    [InlineData(0u, 31, 0)]
    [InlineData(1u, 96, 2)]
    [InlineData(1u, 95, 2)]
    [InlineData(1u, 94, 1)]
    [InlineData(31u, 65, 2)]
    [InlineData(31u, 64, 1)]
    public void Take_StartOffTheGrid_BeginsAtTheNextPage(uint address, int length, int pages)
    {
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(Numbered(4).AsSpan(0, length), address), 100);
        Assert.Equal(pages, sample.PageCount);
        Assert.Equal(Enumerable.Range(0, pages).Select(page => (address + 31) / 32 * 32 + (uint)page * 32), sample.Addresses.ToArray());
        if (pages > 0)
            Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(Numbered(4).AsSpan((int)((32 - address % 32) % 32))), sample.Words[0]);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(8, false)]
    public void Take_PageWithErasedWords_IsLeftOutFromTwoOn(int erasedWords, bool isTaken)
    {
        byte[] bytes = Numbered(3);
        bytes.AsSpan(64 - erasedWords * 4, erasedWords * 4).Fill(0xFF);
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(bytes, 0), 100);
        Assert.Equal(isTaken ? [0u, 32, 64] : [0u, 64], sample.Addresses.ToArray());
        Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(64)), sample.Words[isTaken ? 16 : 8]);
    }

    [Fact]
    public void Windows_AreRunsOfOneUpperAddressHalf_TheFirstOfTheLargestIsTheLargest()
    {
        KeyRecoveryStretch[] stretches =
            [new(Numbered(4), 0x1FFE0), new(Numbered(3), 0x50000), new(Numbered(2), 0x20000)];
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(stretches), 100);
        Assert.Equal(9, sample.PageCount);
        Assert.Equal(
            [(1u, 0, 1), (2u, 1, 3), (5u, 4, 3), (2u, 7, 2)],
            sample.Windows.Select(window => (window.Upper, window.Start, window.Count)));
        Assert.Equal((2u, 1, 3), (sample.LargestWindow().Upper, sample.LargestWindow().Start, sample.LargestWindow().Count));
        using var none = KeyRecoverySample.Take(new KeyRecoveryInput(new byte[20], 0), 100);
        Assert.Empty(none.Windows);
        Assert.Equal(0, none.LargestWindow().Count);
    }

    // As many blocks of 128 pages are left out as are needed, rounded up to an odd step: both values of each address bit are seen.
    [Theory]
    [InlineData(128 * 2, 256, new[] { 0, 1 })]
    [InlineData(128 * 2, 255, new[] { 0 })]
    [InlineData(128 * 3, 256, new[] { 0 })]
    [InlineData(128 * 4, 256, new[] { 0, 3 })]
    [InlineData(128 * 6, 256, new[] { 0, 3 })]
    [InlineData(128 * 7, 256, new[] { 0, 5 })]
    [InlineData(128 * 11, 256, new[] { 0, 7 })]
    [InlineData(128 * 15, 256, new[] { 0, 9 })]
    [InlineData(128 * 16 + 1, 1024, new[] { 0, 3, 6, 9, 12, 15 })]
    public void Take_MorePagesThanAllowed_TakesBlocksAnOddStepApart(int pages, int atMost, int[] blocks)
    {
        using var sample = KeyRecoverySample.Take(new KeyRecoveryInput(Numbered(pages), 0), atMost);
        Assert.Equal(
            blocks.SelectMany(block => Enumerable.Range(block * 128, 128)).Where(page => page < pages).Select(page => (uint)page * 32),
            sample.Addresses.ToArray());
    }

    [Fact]
    public void Take_ManyShortStretches_AreThinnedOutLikeOne()
    {
        var whole = Numbered(128 * 4);
        var stretches = Enumerable.Range(0, 128).Select(at => new KeyRecoveryStretch(whole.AsMemory(at * 128, 128), (uint)at * 128)).ToList();
        using var several = KeyRecoverySample.Take(new KeyRecoveryInput(stretches), 256);
        using var one = KeyRecoverySample.Take(new KeyRecoveryInput(whole, 0), 256);
        Assert.Equal(256, one.PageCount);
        Assert.Equal(one.Addresses.ToArray(), several.Addresses.ToArray());
        Assert.Equal(one.Words.ToArray(), several.Words.ToArray());
    }

    // Words that are all different, and none of them erased.
    private static byte[] Numbered(int pages)
    {
        var bytes = new byte[pages * 32];
        for (int word = 0; word < pages * 8; word++)
            KeyRecoverySyntheticCode.Put(bytes, word, 0x01020300 + (uint)word * 0x10001);
        return bytes;
    }
}
