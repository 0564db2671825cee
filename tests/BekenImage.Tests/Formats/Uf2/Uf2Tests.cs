using System.Buffers.Binary;
using BekenImage.Formats.Uf2;

namespace BekenImage.Tests.Formats.Uf2;

/// <summary>Expected values come from files that <see cref="Uf2Reference"/> writes by the byte table.</summary>
public sealed class Uf2Tests
{
    private static readonly byte[] Data = Enumerable.Range(0, 1000).Select(value => (byte)(value * 7)).ToArray();

    private static readonly byte[][] Header =
    [
        Uf2Reference.Text(0x00DE43, "esphome"), Uf2Reference.Text(0x9FC7BC, "1.0.0"), Uf2Reference.Text(0xCA25C8, "generic-bk7231n-qfn32-tuya"),
        Uf2Reference.Text(0x59563D, "1.8.0"), Uf2Reference.Tag(0x822F30, 0x00, 0x12, 0x34, 0x65), Uf2Reference.Tag(0x6C8492, 2),
        Uf2Reference.Tag(0x6EC68A, 0x10, 0, 0),
    ];

    private static byte[] Device(byte[] data) => Uf2Reference.File(Header, [0x10, 0, 0, .. "download\0"u8], data);

    private static Uf2Package Read(byte[] file)
    {
        Assert.True(Uf2Package.TryRead(file, out var package));
        return package;
    }

    [Fact]
    public void Write_OfAPartThatNoFileCanHold_IsRefused()
    {
        byte[] data = [1, 2, 3];
        FindingCode Refusal(Uf2Part part) => Assert.Throws<BekenImageException>(() => Uf2Writer.Write(Uf2Reference.FamilyN, [], [part])).Code;
        Assert.Equal(FindingCode.DownloadRefused, Refusal(new Uf2Part("app", [Uf2Scheme.DeviceSingle], uint.MaxValue - 1, data)));
        Assert.Equal(FindingCode.DownloadRefused, Refusal(new Uf2Part("app", [Uf2Scheme.DeviceSingle], 0xFFFFFF00, new byte[0x101])));
        Assert.Equal(FindingCode.HeaderTextTooLong, Refusal(new Uf2Part(new string('a', 248), [Uf2Scheme.DeviceSingle], 0, data)));
        var edge = Read(Uf2Writer.Write(Uf2Reference.FamilyN, [], [new Uf2Part(new string('a', 200), [Uf2Scheme.DeviceSingle], uint.MaxValue - 2, data)]));
        Assert.Equal(data, Assert.Single(edge.Parts).Data.ToArray());
    }

    [Fact]
    public void File_OfTheReference_IsRead()
    {
        var package = Read(Device(Data));
        Assert.Equal(Uf2Reference.FamilyN, package.Family);
        Assert.Equal(("esphome", "1.0.0", "generic-bk7231n-qfn32-tuya", "1.8.0"),
            (package.FirmwareName, package.FirmwareVersion, package.Board, package.LibreTinyVersion));
        Assert.Equal(0x65341200u, package.BuildTime);
        Assert.Empty(package.Findings);
        var part = Assert.Single(package.Parts);
        Assert.Equal("download", part.Name);
        Assert.Equal([Uf2Scheme.DeviceSingle], part.Schemes);
        Assert.Equal(0u, part.Offset);
        Assert.Equal(Data, part.Data.ToArray());
        Assert.Same(part, package.FindPart(Uf2Scheme.DeviceSingle, "download"));
        Assert.Null(package.FindPart(Uf2Scheme.FlasherSingle));
    }

    [Fact]
    public void Writer_GivesTheReferencesBytes_ButForTheOrderOfTags()
    {
        byte[] file = Uf2Writer.Write(Uf2Reference.FamilyN,
            [.. Uf2Writer.Describe("Generic-BK7231N-qfn32-tuya", "esphome", "1.0.0", 0x65341200)], [new Uf2Part("download", [Uf2Scheme.DeviceSingle], 0, Data)]);
        byte[][] tags =
        [
            Uf2Reference.Text(0xCA25C8, "generic-bk7231n-qfn32-tuya"), Uf2Reference.Text(0x00DE43, "esphome"), Uf2Reference.Text(0x9FC7BC, "1.0.0"),
            Uf2Reference.Tag(0x822F30, 0x00, 0x12, 0x34, 0x65), Uf2Reference.Tag(0x6C8492, 2), Uf2Reference.Tag(0x6EC68A, 0x10, 0, 0),
        ];
        Assert.Equal(Uf2Reference.File(tags, [0x10, 0, 0, .. "download\0"u8], Data), file);
    }

    [Fact]
    public void Parts_OfSeveralSchemes_AreKeptApart()
    {
        byte[] app = [.. Data.Reverse()];
        byte[] file = Uf2Writer.Write(1, [], [new Uf2Part("app", [Uf2Scheme.FlasherSingle], 0x100, app), new Uf2Part("download", [Uf2Scheme.DeviceSingle], 0, Data)]);
        var package = Read(file);
        Assert.Equal(["app", "download"], package.Parts.Select(part => part.Name));
        Assert.Equal(app, package.FindPart(Uf2Scheme.FlasherSingle)!.Data.ToArray());
        Assert.Equal(0x100u, package.FindPart(Uf2Scheme.FlasherSingle)!.Offset);
        Assert.Equal(Data, package.FindPart(Uf2Scheme.DeviceSingle)!.Data.ToArray());
    }

    [Fact]
    public void PartInfo_WithTwoNames_GivesEachSchemeItsOwn()
    {
        // Device single takes name 2, flasher single name 1: half bytes 2 0 0 1 0 0.
        var package = Read(Uf2Reference.File(Header, [0x20, 0x01, 0x00, .. "app\0download\0"u8], Data));
        Assert.Equal("download", package.FindPart(Uf2Scheme.DeviceSingle)!.Name);
        Assert.Equal("app", package.FindPart(Uf2Scheme.FlasherSingle)!.Name);
    }

    [Fact]
    public void Format1_NamesItsTwoParts()
    {
        byte[] file =
        [
            .. Uf2Reference.Block(0xA001, 0, [], 0, 2, 9, Uf2Reference.Tag(0x5D57D0, 1), Uf2Reference.Tag(0x92280E, 1)),
            .. Uf2Reference.Block(0xA000, 0, Data[..200], 1, 2, 9, Uf2Reference.Tag(0x805946), Uf2Reference.Text(0xA1E4D7, "download")),
        ];
        var part = Assert.Single(Read(file).Parts);
        Assert.Equal(("download", Uf2Scheme.DeviceSingle), (part.Name, part.Schemes[0]));
    }

    [Fact]
    public void Patch_MakesTheSecondHalf()
    {
        byte[] block = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), 0x10000);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(8), 5);
        byte[] expected = (byte[])block.Clone();
        BinaryPrimitives.WriteUInt32LittleEndian(expected.AsSpan(4), 0xFF00);
        BinaryPrimitives.WriteUInt32LittleEndian(expected.AsSpan(8), unchecked((uint)(5 - 0x100)));
        byte[] file = Uf2Reference.Block(0xA000, 0, block, 0, 1, 9,
            Uf2Reference.Tag(0xC0EE0C, [0x01, 0x20, 0x00, .. "ota1\0ota2\0"u8]), Uf2Reference.Tag(0xB948DE, 0xFE, 6, 0x00, 0xFF, 0xFF, 0xFF, 4, 8));
        var package = Read(file);
        Assert.Equal(block, package.FindPart(Uf2Scheme.DeviceDual1)!.Data.ToArray());
        Assert.Equal("ota2", package.FindPart(Uf2Scheme.DeviceDual2)!.Name);
        Assert.Equal(expected, package.FindPart(Uf2Scheme.DeviceDual2)!.Data.ToArray());
    }

    [Fact]
    public void Patch_ThatLeavesItsBlock_IsAFinding()
    {
        byte[] file = Uf2Reference.Block(0xA000, 0, new byte[16], 0, 1, 9,
            Uf2Reference.Tag(0xC0EE0C, [0x00, 0x10, 0x00, .. "ota2\0"u8]), Uf2Reference.Tag(0xB948DE, 0xFE, 5, 1, 0, 0, 0, 13));
        Assert.Contains(Read(file).Findings, finding => finding.Code == FindingCode.Uf2PatchDamaged);
    }

    [Fact]
    public void PartitionTable_OfTheReference_IsRead()
    {
        byte[] record = [.. "01PE"u8, .. "app\0"u8, .. new byte[12], .. "flash0"u8, .. new byte[10], 0, 0x10, 1, 0, 0, 0x20, 0x10, 0, 0, 0, 0, 0];
        Assert.Equal(48, record.Length);
        var package = Read(Uf2Reference.File([.. Header, Uf2Reference.Tag(0x8288ED, record)], [0x10, 0, 0, .. "download\0"u8], Data));
        var entry = Assert.Single(package.PartitionTable);
        Assert.Equal(("app", 0x11000u, 0x102000u), (entry.Name, entry.Offset, entry.Length));
    }

    [Fact]
    public void Cut_IsSaid()
    {
        byte[] file = Device(Data);
        var package = Read(file[..^512]);
        Assert.Contains(package.Findings, finding => finding is { Code: FindingCode.Uf2Incomplete, Severity: FindingSeverity.Error });
        Assert.Contains(Read(file[..^100]).Findings, finding => finding.Code == FindingCode.Uf2BlockDamaged);
    }

    [Fact]
    public void BlocksOutOfOrder_GiveTheSameData_AndAreSaid()
    {
        byte[] file = Device(Data);
        byte[] swapped = [.. file[..1024], .. file[1536..2048], .. file[1024..1536], .. file[2048..]];
        var package = Read(swapped);
        Assert.Equal(Data, package.Parts[0].Data.ToArray());
        Assert.Contains(package.Findings, finding => finding.Code == FindingCode.Uf2Incomplete);
    }

    [Fact]
    public void BlockOfAnotherFamily_IsLeftOut()
    {
        byte[] file = [.. Device(Data), .. Uf2Reference.Block(0x2000, 0, [1], 5, 6, 0x675A40B0)];
        Assert.Contains(Read(file).Findings, finding => finding.Code == FindingCode.Uf2FamiliesDiffer);
        Assert.Equal(Data, Read(file).Parts[0].Data.ToArray());
    }

    [Fact]
    public void DifferentDataForOnePlace_IsSaid()
    {
        byte[] info = Uf2Reference.Tag(0xC0EE0C, [0x10, 0, 0, .. "a\0"u8]);
        byte[] file = [.. Uf2Reference.Block(0xA000, 0, [1, 2, 3, 4], 0, 2, 9, info), .. Uf2Reference.Block(0x2000, 2, [9, 9, 9, 9], 1, 2, 9)];
        var package = Read(file);
        Assert.Contains(package.Findings, finding => finding.Code == FindingCode.Uf2Overlap);
        Assert.Equal([1, 2, 9, 9, 9, 9], package.Parts[0].Data.ToArray());
    }

    [Fact]
    public void FarAddresses_CostNothing()
    {
        byte[] info = Uf2Reference.Tag(0xC0EE0C, [0x10, 0, 0, .. "a\0"u8]);
        byte[] file = [.. Uf2Reference.Block(0xA000, 0, [1], 0, 2, 9, info), .. Uf2Reference.Block(0x2000, 0xFFFFFFFF, [2, 3], 1, 2, 9)];
        var package = Read(file);
        Assert.Equal([(0u, 1), (0xFFFFFFFFu, 2)], package.Parts.Select(part => (part.Offset, part.Data.Length)));
    }

    [Fact]
    public void NoPartition_IsSaid()
    {
        byte[] file = Uf2Reference.Block(0x2000, 0, [1, 2], 0, 1, 9);
        Assert.Contains(Read(file).Findings, finding => finding.Code == FindingCode.Uf2PartUnknown);
    }

    [Fact]
    public void AnyBytes_AreNeverThrownAt()
    {
        var random = new Random(1);
        byte[] file = Device(Data);
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = (byte[])file.Clone();
            for (int i = 0; i < 8; i++)
                damaged[random.Next(8, damaged.Length)] = (byte)random.Next(256);
            var package = Read(damaged);
            Assert.True(package.Parts.Sum(part => part.Data.Length) <= 6 * damaged.Length);
            _ = (package.PartitionTable, package.ToString(), package.BuildTime, package.Board);
        }
    }

    [Fact]
    public void Writer_RefusesWhatFitsNoBlock()
    {
        Assert.Throws<BekenImageException>(() => Uf2Writer.Write(1, [], []));
        Assert.Throws<BekenImageException>(() => Uf2Writer.Describe(new string('b', 252)));
        var tag = new Uf2Tag(1, new byte[250]);
        Assert.Throws<BekenImageException>(() => Uf2Writer.Write(1, [tag, tag], [new Uf2Part("a", [Uf2Scheme.DeviceSingle], 0, [1])]));
        Assert.Throws<ArgumentException>(() => new Uf2Tag(1, new byte[252]));
    }
}
