using BekenImage.Formats.Fal;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.Fal;

public class FalTableTests
{
    // The download entry of the BK7238 bootloader in the format notes, with the CRC printed there.
    private static byte[] WorkedEntry
    {
        get
        {
            byte[] entry = PlainFormats.FalEntry("download", "beken_onchip", 0x132000, 0xAE000, withCrc: false);
            new byte[] { 0x55, 0x1B, 0x3B, 0xE9 }.CopyTo(entry, 0x3C);
            return entry;
        }
    }

    [Fact]
    public void WorkedExample_Read_GivesItsFields()
    {
        var entry = Assert.Single(FalReader.Find(WorkedEntry)!.Partitions);

        Assert.Equal(("download", "beken_onchip", 0x132000u, 0xAE000u), (entry.Name, entry.Flash, entry.Offset, entry.Length));
        Assert.False(entry.IsStriped);
        Assert.True(entry.CrcOk);
        Assert.Equal(FlashRange.FromBounds(0x132000, 0x1E0000), entry.PhysicalRange);
    }

    [Fact]
    public void WorkedExample_Made_IsTheSameBytes() =>
        BytesAssert.Equal(WorkedEntry, new FalPartition("download", FalPartition.RawFlash, 0x132000, 0xAE000).Bytes.Span);

    [Fact]
    public void StripedEntry_PhysicalRange_CountsPages() =>
        Assert.Equal(FlashRange.FromBounds(0x11000, 0x129F70), new FalPartition("app", FalPartition.StripedFlash, 0x10000, 0x108700).PhysicalRange);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void TablesOfTheFamilies_ReadAndWritten_AreTheSameBytes(int family)
    {
        byte[] table = new[] { SyntheticLayout.N, SyntheticLayout.Sdk, SyntheticLayout.Q }[family].Table();
        byte[] logical = [.. SyntheticPrograms.Noise(0x123C, 1), .. table, .. Enumerable.Repeat((byte)0xFF, 0x800)];

        var read = FalReader.Find(logical)!;

        Assert.Equal(0x123C, read.LogicalOffset);
        Assert.True(read.IsPlain);
        Assert.Equal(3, read.Partitions.Count);
        BytesAssert.Equal(table, FalWriter.Write(read));
    }

    [Fact]
    public void ZeroCrc_MeansNotChecked_AnyOtherIsJudged()
    {
        byte[] entry = PlainFormats.FalEntry("app", "beken_onchip_crc", 0x10000, 0x108700, withCrc: false);
        Assert.Null(FalReader.Find(entry)!.Partitions[0].CrcOk);

        entry[0x3D] = 1;
        Assert.False(FalReader.Find(entry)!.Partitions[0].CrcOk);
    }

    [Fact]
    public void JunkBehindNul_Stays()
    {
        byte[] entry = PlainFormats.FalEntry("app", "beken_onchip", 1, 2, withCrc: false);
        entry[0x04 + 10] = 0xEE;

        var table = FalReader.Find(entry)!;

        Assert.Equal("app", table.Partitions[0].Name);
        BytesAssert.Equal(entry, FalWriter.Write(table));
    }

    [Fact]
    public void MagicAsLiteral_IsNoTable()
    {
        byte[] code = SyntheticPrograms.Noise(0x400, 3);
        "01PEInitialize failed!"u8.CopyTo(code.AsSpan(0x80));
        "01PE"u8.CopyTo(code.AsSpan(0x3FE - 2));

        Assert.Null(FalReader.Find(code));
        Assert.Equal(0x400, FalReader.Find([.. code, .. SyntheticLayout.N.Table()])!.LogicalOffset);
    }

    [Fact]
    public void LastOfTwoTables_Counts()
    {
        byte[] logical = [.. SyntheticLayout.N.Table(), .. new byte[100], .. SyntheticLayout.T.Table()];

        Assert.Equal(0x132000u, FalReader.Find(logical)!.Find("download")!.Offset);
    }

    [Fact]
    public void EveryCut_NeverThrows_AndGivesWholeEntriesOnly()
    {
        byte[] table = SyntheticLayout.Sdk.Table();
        for (int length = 0; length < table.Length; length++)
            Assert.Equal(length / 64, FalReader.Find(table.AsSpan(0, length))?.Partitions.Count ?? 0);
    }

    [Fact]
    public void EveryByteFlipped_IsSeenByCrcOrStructure()
    {
        byte[] entry = WorkedEntry;
        for (int at = 0; at < entry.Length; at++)
        {
            entry[at] ^= 0x5A;
            Assert.True(FalReader.Find(entry) is not { } table || table.Partitions[0].CrcOk == false, $"byte {at}");
            entry[at] ^= 0x5A;
        }
    }

    [Fact]
    public void HundredEntries_AreCutAtABound()
    {
        byte[] many = Enumerable.Range(0, 100).SelectMany(i => PlainFormats.FalEntry($"p{i}", "beken_onchip", 0, 0x1000, true)).ToArray();

        Assert.InRange(FalReader.Find(many)!.Partitions.Count, 3, 64);
    }

    [Theory]
    [InlineData("", "beken_onchip")]
    [InlineData("a name of twenty-five char", "beken_onchip")]
    [InlineData("app", "")]
    [InlineData("app", "a flash name of 25 charact")]
    public void UnfitNames_AreRefused(string name, string flash) => Assert.Throws<ArgumentException>(() => new FalPartition(name, flash, 0, 0));

    [Fact]
    public void NameOf24Characters_HasNoNul_AndReadsBack()
    {
        string name = new('x', 24);
        var entry = new FalPartition(name, FalPartition.RawFlash, 0, 0);
        Assert.Equal(name, FalReader.Find(entry.Bytes.Span)!.Partitions[0].Name);
    }
}
