using System.Text.Json;
using BekenImage.Formats.Tuya;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.Tuya.TuyaImages;

namespace BekenImage.Tests.Formats.Tuya;

public class TuyaAreasTests
{
    public static TheoryData<string> CorpusFiles => Corpus.Files;

    // Format notes 6.7 and 6.8: entries end exactly where stated, are equal to the storage's values; oem_cfg is user_param_key byte for byte.
    [Theory]
    [MemberData(nameof(CorpusFiles))]
    public void CopiesOfValues_InCorpusImages_EqualTheStorages(string file)
    {
        var contents = TuyaReader.Read(ReadUnrotated(file), []);
        foreach (var entry in contents.ProtectedBlocks.SelectMany(block => block.Entries))
            BytesAssert.Equal(contents.Storage!.Find(entry.Name)!.Data.Span, entry.Data.Span);
        if (contents.FileSystem?.Find("oem_cfg") is { } copy)
            BytesAssert.Equal(contents.Storage!.Find("user_param_key")!.Data.Span, copy.Data.Span);
        Assert.Equal(contents.Storage is not null && contents.Storage.Offset != 0, contents.FileSystem is not null);
    }

    [Fact]
    public void ProtectedBlocks_OfTuyaOS3_AreTwoWithAGeneration()
    {
        var blocks = TuyaReader.Read(ReadUnrotated("BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin")).ProtectedBlocks;
        Assert.Equal([(0x1CF000L, 24u), (0x1ED000L, 24u)], blocks.Select(block => (block.Offset, block.Generation)));
        Assert.Equal(["gw_bi", "gw_wsm"], blocks[0].Entries.Select(entry => entry.Name));
    }

    // Format notes 6.8: logical sector 20 of a T is 0x12A000 + (20 - 19) x 0x1000.
    [Fact]
    public void UfFiles_BehindTheFirstAreaOfAT_AreFound()
    {
        var image = Chip(Block(0, 1));
        Superblock(1, ("a", 3, [20]), ("b", 2, [11]), ("empty", 0, [0])).CopyTo(image, 0x1E3000);
        Text("abc").CopyTo(image, 0x12B000);
        Text("de").CopyTo(image, 0x1D8000);
        var files = TuyaReader.Read(image, []).FileSystem!.Files;
        Assert.Equal(["a=abc", "b=de", "empty="], files.Select(file => file.Name + "=" + System.Text.Encoding.ASCII.GetString(file.Data.Span)));
    }

    [Fact]
    public void UfFiles_OfTheNewerSuperblockWithARightSum_Count()
    {
        var image = Chip(Block(0, 1));
        Superblock(7, ("old", 1, [5])).CopyTo(image, 0x1D2000);
        Superblock(8, ("new", 1, [6])).CopyTo(image, 0x1D3000);
        Assert.Equal("new", Assert.Single(TuyaReader.Read(image, []).FileSystem!.Files).Name);
        image[0x1D3020] ^= 1;
        var findings = new List<Finding>();
        Assert.Equal("old", Assert.Single(TuyaReader.Read(image, findings).FileSystem!.Files).Name);
        Assert.Equal(FindingCode.UfSuperblockSum, Assert.Single(findings).Code);
        // Only the second is left: the numbers still count from the first.
        Superblock(8, ("new", 1, [6])).CopyTo(image, 0x1D3000);
        image[0x1D2000] = 0;
        Assert.Equal(0x1D8000, Assert.Single(TuyaReader.Read(image, []).FileSystem!.Files).Offsets[0]);
    }

    [Fact]
    public void UfFiles_WithImpossibleSectors_AreListedWithoutContent()
    {
        var image = Chip(Block(0, 1));
        Superblock(1, ("self", 1, [0]), ("far", 1, [200]), ("a", 1, [5]), ("again", 1, [5]), ("huge", int.MaxValue, [6]), ("two", 5000, [7, 9])).CopyTo(image, 0x1D2000);
        var findings = new List<Finding>();
        var files = TuyaReader.Read(image, findings).FileSystem!.Files;
        Assert.Equal([0, 0, 1, 0, 0, 5000], files.Select(file => file.Data.Length));
        Assert.Equal(4, findings.Count(finding => finding.Code == FindingCode.UfFileSectors));
    }

    [Fact]
    public void ProtectedBlock_WithAWrongLength_GivesAFindingAndItsReadableEntries()
    {
        var image = Chip(Block(0, 1));
        byte[] sector = Crypt(MasterKey, ProtectedBlock(1, ("gw_bi", Pattern(20, 1)), ("gw_wsm", Pattern(30, 2))), false);
        sector[24] += 9;
        Crypt(MasterKey, sector.Seal(), true).CopyTo(image, 0x1ED000);
        var findings = new List<Finding>();
        var block = Assert.Single(TuyaReader.Read(image, findings).ProtectedBlocks);
        Assert.Equal(2, block.Entries.Count);
        Assert.Contains(findings, finding => finding.Code == FindingCode.TuyaProtectedEntries);
    }

    // Superblocks, protected block, files and storage of a whole chip, damaged and re-sealed, so that the sums do not protect the parsers.
    [Fact]
    public void Areas_WithDamagedContentUnderRightSums_NeverThrow()
    {
        byte[] value = Text("{\"passwd\":\"some secret text\"}");
        byte[] block = Block(0, 1).Index(1, "gw_wsm", value, (0, 2, 2)).Data(2, value).Index(3, "user_param_key", Text("{a:1,crc:69,}"), (0, 4, 4)).Data(4, Text("{a:1,crc:69,}"));
        byte[] superblock = Superblock(3, ("oem_cfg", 13, [5]), ("logseq0", 5000, [6, 7]), ("0", 1, [12]));
        byte[] protectedPlain = Crypt(MasterKey, ProtectedBlock(1, ("gw_wsm", value)), false);
        var random = new Random(11);
        for (int round = 0; round < 120; round++)
        {
            byte[] damagedBlock = Damage(block, random, 640), damagedSuperblock = Damage(superblock, random, 320), damagedProtected = Damage(protectedPlain, random, 120);
            byte[] image = Chip(damagedBlock);
            damagedSuperblock.Seal().CopyTo(image, 0x1D2000);
            Text("{a:1,crc:69,}").CopyTo(image, 0x1D7000);
            damagedProtected[0] = 0x53;
            Crypt(MasterKey, damagedProtected.Seal(), true).CopyTo(image, 0x1ED000);
            var contents = TuyaReader.Read(image, []);
            TuyaWiring.Create(TuyaUserParametersFinder.Find(contents, image).FirstOrDefault()?.Parameters, contents.Storage);
            TuyaReader.Read(Apply(image, TuyaSanitizer.Sanitize(image).Sectors), []);
            try
            {
                TuyaWriter.SetValue(contents, "user_param_key", Pattern(300, round));
            }
            catch (BekenImageException)
            {
                // A refusal is an answer.
            }
        }
    }

    private static byte[] Damage(byte[] sector, Random random, int length)
    {
        byte[] damaged = sector.ToArray();
        for (int count = random.Next(1, 6); count > 0; count--)
            damaged[random.Next(8, length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
        return damaged;
    }
}
