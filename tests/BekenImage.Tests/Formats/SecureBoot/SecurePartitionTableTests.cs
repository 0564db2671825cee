using BekenImage.Formats.SecureBoot;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using static BekenImage.Tests.Synthetic.SyntheticSecureBoot;

namespace BekenImage.Tests.Formats.SecureBoot;

public class SecurePartitionTableTests
{
    [Theory]
    [InlineData("secure-plain")]
    [InlineData("secure-aes")]
    public void Vendor_TableOfItsPartitions_IsMetInBothDirections(string folder)
    {
        byte[] expected = Corpus.ReadVector($"armino/container/{folder}/partition.bin");
        var source = ReadSource(System.Text.Encoding.UTF8.GetString(Corpus.ReadVector($"armino/container/{folder}/partitions.csv")));
        Assert.Empty(source.Findings);
        Assert.Equal(PartitionCsvForm.Second, source.Form);
        // The vendor's packer was run twice in its folder; it adds to the file of the run before.
        BytesAssert.Equal(expected, SecurePartitionWriter.Write(source.ToTable(), copies: 2));
        var table = Read(expected);
        Assert.Empty(table.Findings);
        Assert.Equal((2, 13, SecureTypeOrder.CodeIsZero), (table.Version, table.Partitions.Count, table.TypeOrder));
        var factory = table.Find("wiz_mfr")!;
        Assert.Equal((0x3DC000u, 0x1000u, true, false), (factory.Offset, factory.Length, factory.IsEncrypted, factory.IsFlashEncrypted));
        Assert.True(table.Find("nvs_key")!.IsFlashEncrypted);
        Assert.Equal(new FlashRange(0x1DB000, 0x1C2000), table.Find("secondary_all")!.PhysicalRange);
        Assert.Equal((true, false, true), (table.IsCode(table.Find("bl2")!), table.IsCode(factory), table.IsCode(table.Find("primary_all")!)));
        BytesAssert.Equal(expected, table.ToArray());
    }

    [Fact]
    public void TryRead_OfBothVersions_TellsThemApart()
    {
        var old = Read(Table(OldRecord("bl1_control", 0, 0x1000), OldRecord("a_name_of_twenty_letters", 0x1000, 0x1FD000)));
        Assert.Equal((1, "a_name_of_twenty_letters", 0x1000u, 0x1FD000u, SecureTypeOrder.Unknown),
            (old.Version, old.Partitions[1].Name, old.Partitions[1].Offset, old.Partitions[1].Length, old.TypeOrder));
        Assert.Null(old.Partitions[0].Type);
        var young = Read(Table(Record("bl2", 0, 0, 0x18000, 0), Record("a_name_of_20_letters", 1, 0x18000, 0x1000, 2)));
        Assert.Equal((2, "a_name_of_20_letters", 0x18000u, true), (young.Version, young.Partitions[1].Name, young.Partitions[1].Offset, young.Partitions[1].IsFlashEncrypted));
    }

    [Theory]
    [InlineData(0, 1, SecureTypeOrder.CodeIsZero, true)]
    [InlineData(1, 0, SecureTypeOrder.CodeIsOne, false)]
    [InlineData(0xFF, 0xFF, SecureTypeOrder.Unknown, null)]
    public void IsCode_OfAnUnknownName_GoesByTheOrderOfTheTypes(byte code, byte data, SecureTypeOrder order, bool? isCode)
    {
        var table = Read(Table(Record("bl2", code, 0, 0x18000, 0), Record("sys_rf", data, 0x18000, 0x1000, 0), Record("mine", 0, 0x19000, 0x1000, 0)));
        Assert.Equal(order, table.TypeOrder);
        Assert.Equal(isCode, table.IsCode(table.Find("mine")!));
        Assert.Equal((true, false), (table.IsCode(table.Partitions[0]), table.IsCode(table.Partitions[1])));
    }

    [Fact]
    public void TryRead_OfTenThousandRecords_StopsAndSaysSo()
    {
        var table = Read(Table([.. Enumerable.Range(0, 10_000).Select(i => Record($"p{i}", 1, (uint)i * 0x1000, 0x1000, 0))]));
        Assert.Equal(SecurePartitionTable.MaximumPartitions, table.Partitions.Count);
        Assert.Equal(FindingCode.SecureTableTooLong, Assert.Single(table.Findings).Code);
    }

    [Fact]
    public void TryRead_OfRecordsThatOverlapOrWrap_SaysSo()
    {
        var overlap = Read(Table(Record("bl2", 0, 0, 0x18000, 0), Record("x", 1, 0x17000, 0x2000, 0), Record("y", 1, 0xFFFFF000, 0x2000, 0)), 0x18000);
        Assert.Equal([FindingCode.SecureTableRecord, FindingCode.SecureTableOverlap], overlap.Findings.Select(finding => finding.Code));
        Assert.Equal(0x18000 + 0x440, overlap.Findings[0].Offset);
        Assert.Equal(0xFFFFF000L, overlap.Partitions[2].PhysicalRange.Start);
        // What merges others contains them; that is no overlap.
        Assert.Empty(Read(Table(Record("primary_a", 0, 0x1000, 0x1000, 0), Record("primary_all", 0, 0x1000, 0x1000, 0))).Findings);
    }

    [Fact]
    public void TryRead_OfDamage_NeverThrows()
    {
        byte[] bytes = Table(Record("bl2", 0, 0, 0x18000, 0), Record("partition", 1, 0x18000, 0x1000, 0));
        for (int length = 0; length <= bytes.Length; length++)
            SecurePartitionTable.TryRead(bytes.AsMemory(0, length), out _);
        for (int at = 0x400; at < bytes.Length; at++)
        {
            foreach (byte value in new byte[] { 0x00, 0x01, 0x7F, 0x80, 0xFF })
            {
                var changed = (byte[])bytes.Clone();
                changed[at] = value;
                if (SecurePartitionTable.TryRead(changed, out var table))
                    BytesAssert.Equal(changed, table.ToArray());
            }
        }
        var random = new Random(12);
        for (int i = 0; i < 500; i++)
        {
            var noise = new byte[0x400 + random.Next(400)];
            random.NextBytes(noise);
            SecurePartitionTable.TryRead(noise, out _);
        }
        Assert.False(SecurePartitionTable.TryRead(Enumerable.Repeat((byte)0xFF, 0x1000).ToArray(), out _));
    }

    [Fact]
    public void Record_WithANameThatDoesNotFit_IsRefused()
    {
        Assert.Throws<BekenImageException>(() => new SecurePartition("a_name_of_21_letters__", 0, 0, 0, 0x1000, 0));
        Assert.Throws<BekenImageException>(() => new SecurePartition("", 0, 0, 0, 0x1000, 0));
        Assert.Equal("a_name_of_20_letters", new SecurePartition("a_name_of_20_letters", 0, 0, 0, 0x1000, 0).Name);
        BytesAssert.Equal(Record("x", 1, 0x123000, 0x1000, 3), new SecurePartition("x", 1, 0, 0x123000, 0x1000, 3).Bytes.Span);
    }

    private static SecurePartitionTable Read(byte[] bytes, long offset = 0)
    {
        Assert.True(SecurePartitionTable.TryRead(bytes, out var table, offset));
        return table!;
    }

    private static PartitionCsv ReadSource(string text)
    {
        Assert.True(PartitionCsv.TryRead(text, out var source));
        return source!;
    }
}
