using BekenImage.Formats.SecureBoot;

namespace BekenImage.Tests.Formats.SecureBoot;

public class PartitionCsvTests
{
    [Fact]
    public void TryRead_OfEachForm_GivesOffsetsAndNature()
    {
        var first = Read("Name,Offset,Size,Execute,Read,Write\nbl2,0x0,96k,TRUE,TRUE,FALSE\nsys_rf,,4k,FALSE,TRUE,TRUE\n");
        Assert.Equal(PartitionCsvForm.First, first.Form);
        Assert.Equal([(0u, 0x18000u, true), (0x18000u, 0x1000u, false)], first.Partitions.Select(line => (line.Offset, line.Length, line.IsCode)));
        var automatic = Read("FLASH_CAPACITY=4M,\nFLASH_CRC_ENABLE=FALSE\nName,Offset,Size,Type,Read,Write\r\nbootloader,0x0,68K,code,TRUE,FALSE\n" +
            "application,,2312K,code,TRUE,TRUE\nsys_rf,0x3FE000,4K,data,TRUE,TRUE\n");
        Assert.Equal(PartitionCsvForm.Automatic, automatic.Form);
        Assert.Equal([("FLASH_CAPACITY", "4M"), ("FLASH_CRC_ENABLE", "FALSE")], automatic.Settings.Select(setting => (setting.Name, (string)setting.Value!)));
        Assert.Equal([(0u, true), (0x11000u, true), (0x3FE000u, false)], automatic.Partitions.Select(line => (line.Offset, line.IsCode)));
        Assert.Empty(automatic.Findings);
        Assert.False(PartitionCsv.TryRead("nothing\nof,the,kind", out _));
    }

    [Fact]
    public void ToTable_OfSeveralPartitionsOfASlot_MergesThemBehindTheLast()
    {
        var source = Read("Name,Type,SubType,Offset,Size,Flags\nbl1_control,app,,,4k,\nprimary_manifest,data,,,4k,\nbl2,app,,,96k,\n" +
            "primary_tfm_s,app,,0x20000,68k,\nprimary_cpu0_app,app,,,136k,\nsys_rf,data,,,4k,flash_encrypted | customer_8\n");
        Assert.Equal(["bl1_control", "primary_manifest", "bl2", "primary_tfm_s", "primary_cpu0_app", "primary_all", "sys_rf"],
            source.ToTable().Select(record => record.Name));
        Assert.Equal(new FlashRange(0x20000, 204 * 1024), source.ToTable()[5].PhysicalRange);
        Assert.Equal(0x102, source.ToTable()[6].Flags);
    }

    [Theory]
    [InlineData("bl2,app,,,96x,")]
    [InlineData("bl2,app,,zz,96k,")]
    [InlineData("bl2,app,,,0k,")]
    [InlineData("bl2,app,,,97,")]
    [InlineData("bl2,app,,0x800,96k,")]
    [InlineData("bl2,app,,0xFFFFFFFFFFFFFFFF,96k,")]
    [InlineData("bl2,app,,,999999999999M,")]
    [InlineData("bl2,app,,,17M,")]
    [InlineData(",app,,,96k,")]
    [InlineData("bl2,app")]
    [InlineData("a,app,,,4k,\na,app,,,4k,")]
    [InlineData("a,app,,0x4000,4k,\nb,app,,0x4000,4k,")]
    public void TryRead_OfALineThatCannotBe_SaysWhich_AndNoTableIsMade(string lines)
    {
        var source = Read("Name,Type,SubType,Offset,Size,Flags\n" + lines);
        var finding = Assert.Single(source.Findings);
        Assert.Equal((FindingCode.SecureTableSource, FindingSeverity.Error), (finding.Code, finding.Severity));
        Assert.Equal(FindingCode.SecureTableSource, Assert.Throws<BekenImageException>(source.ToTable).Code);
    }

    [Fact]
    public void TryRead_OfAFlagNobodyKnows_LeavesItOutAndSaysSo()
    {
        var source = Read("Name,Type,SubType,Offset,Size,Flags\nx,data,,,4k,encrypted|shiny|bk_9|bk_7");
        Assert.Equal(0x81, source.Partitions[0].Flags);
        Assert.Equal(2, source.Findings.Count);
        Assert.Single(source.ToTable());
    }

    [Fact]
    public void TryRead_OfTenThousandLines_IsBounded()
    {
        var source = Read("Name,Type,SubType,Offset,Size,Flags\n" + string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"p{i},data,,,4k,")));
        Assert.Equal(SecurePartitionTable.MaximumPartitions, source.Partitions.Count);
        Assert.Throws<BekenImageException>(source.ToTable);
    }

    private static PartitionCsv Read(string text)
    {
        Assert.True(PartitionCsv.TryRead(text, out var source));
        return source!;
    }
}
