using BekenImage.Formats.Rf;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Formats.Rf;

public class RfTableTests
{
    private const long Offset = 0x1D0000;

    [Fact]
    public void TryRead_WorkedTable_GivesItsItemsAndSaysUncalibrated()
    {
        var findings = new List<Finding>();
        Assert.True(RfReader.TryRead(RfTestData.Sector(RfTestData.WorkedTable), Offset, findings, out var table));

        Assert.Equal(Offset, table!.Offset);
        Assert.Equal(98, table.Length);
        Assert.Equal(0x6A, table.UsedSize);
        Assert.Equal("c8:47:8c:00:00:00", table.MacText);
        Assert.Equal(RfTable.UsualMacOffset, table.Find(RfTags.Mac)!.DataOffset);
        Assert.Equal(7, table.Items.Count);
        Assert.Equal(350u, table.GetUInt32(RfTags.Thermal));
        Assert.Equal(0x0Cu, table.GetUInt32(RfTags.Crystal));
        Assert.True(table.HasDefaultChipValues);
        Assert.True(table.IsUsable);
        Assert.False(table.IsCalibrated);
        Assert.Equal([FindingCode.RfMacPlaceholder, FindingCode.RfUncalibrated], findings.Select(finding => finding.Code));
    }

    [Fact]
    public void TryRead_CompleteTable_KeepsTheTailAndFindsNothingWrong()
    {
        byte[] bytes = RfTestData.CompleteTable();
        var findings = new List<Finding>();
        Assert.True(RfReader.TryRead(RfTestData.Sector(bytes), Offset, findings, out var table));

        Assert.Empty(findings);
        Assert.Equal(502, table!.Length);
        Assert.True(table.IsCalibrated);
        Assert.False(table.HasDefaultChipValues);
        Assert.Equal([90, 184, 132, 64], table.Groups.Select(group => group.Length));
        Assert.Equal([0, 22, 0, 0], table.Groups.Select(group => group.Tail.Length));
        Assert.Equal(7 + 8 + 11 + 3, table.Items.Count);
        BytesAssert.Equal(bytes, table.Bytes.Span);
        BytesAssert.Equal(RfTestData.Sector(bytes), RfWriter.ToSector(table));
    }

    [Fact]
    public void TryRead_TagRepeatedAtTheEndOfThePowerGroup_TakesTheFirst()
    {
        byte[] bytes = RfTestData.CompleteTable();
        int tail = Array.IndexOf(bytes, (byte)0x5A, 0x7E);
        RfTestData.Item(0x22222204, new string('1', 28)).CopyTo(bytes, tail);
        var findings = new List<Finding>();
        Assert.True(RfReader.TryRead(bytes, Offset, findings, out var table));

        Assert.Empty(findings);
        Assert.Equal([false, true], table!.Items.Where(item => item.Tag == 0x22222204).Select(item => item.IsRepeated));
        Assert.Equal(0x3C, table.Find(0x22222204)!.Data.Span[0]);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x5A)]
    [InlineData(0xFF)]
    public void TryRead_AnyFillAtTheEndOfThePowerGroup_IsATailAndNoElement(byte fill)
    {
        byte[] bytes = RfTestData.CompleteTable();
        bytes.AsSpan(Array.IndexOf(bytes, (byte)0x5A, 0x7E), 22).Fill(fill);
        Assert.True(RfReader.TryRead(bytes, Offset, null, out var table));
        Assert.Equal((29, 22), (table!.Items.Count, table.Groups[1].Tail.Length));
    }

    [Fact]
    public void TryRead_TailInAnotherGroup_IsAFindingAtItsPlace()
    {
        byte[] bytes = RfTestData.CompleteTable();
        // The tag of the last element of the last group: the element is then none of this group.
        bytes[^12] = 0x99;
        bytes[^11] = 0x99;
        var findings = new List<Finding>();
        Assert.True(RfReader.TryRead(bytes, Offset, findings, out var table));
        Assert.Equal((28, 12), (table!.Items.Count, table.Groups[3].Tail.Length));
        Assert.Equal((FindingCode.RfTail, Offset + bytes.Length - 12), (Assert.Single(findings).Code, findings[0].Offset!.Value));
    }

    [Fact]
    public void TryRead_NetParam_IsNoRfTable()
    {
        byte[] net = RfTestData.Group(RfTags.Root, RfTestData.Item(0x11111111, "01000000"), RfTestData.Item(0x44444444, "0211223344550000"));
        var findings = new List<Finding>();
        Assert.False(RfReader.TryRead(RfTestData.Sector(net), Offset, findings, out var table));
        Assert.Null(table);
        Assert.Empty(findings);
        Assert.Equal(FindingCode.RfNotATable, Assert.Throws<BekenImageException>(() => RfReader.Read(net, Offset)).Code);
    }

    [Fact]
    public void TryRead_CutAnywhere_NeverThrowsAndIsRefused()
    {
        byte[] bytes = RfTestData.CompleteTable();
        for (int length = 0; length < bytes.Length; length++)
        {
            var findings = new List<Finding>();
            Assert.False(RfReader.TryRead(bytes.AsMemory(0, length), Offset, findings, out _));
            Assert.Equal(length >= 12, findings.Any(finding => finding.Code == FindingCode.RfTableDamaged));
        }
    }

    [Fact]
    public void TryRead_AnyByteFlipped_NeverThrowsAndWritesBackWhatItRead()
    {
        byte[] original = RfTestData.Sector(RfTestData.CompleteTable());
        for (int i = 0; i < 512; i++)
        {
            foreach (byte flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                byte[] sector = (byte[])original.Clone();
                sector[i] ^= flip;
                if (!RfReader.TryRead(sector, Offset, new List<Finding>(), out var table))
                    continue;
                BytesAssert.Equal(sector.AsSpan(0, table!.UsedSize), table.Bytes.Span);
                Assert.All(table.Items, item => Assert.NotNull(item.ValueText));
            }
        }
    }

    [Theory]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(4089u)]
    public void TryRead_LengthBeyondTheSector_IsDamageAndNoException(uint length)
    {
        byte[] sector = RfTestData.Sector(RfTestData.CompleteTable());
        BitConverter.TryWriteBytes(sector.AsSpan(4), length);
        var findings = new List<Finding>();
        Assert.False(RfReader.TryRead(sector, Offset, findings, out _));
        Assert.Equal(FindingCode.RfTableDamaged, Assert.Single(findings).Code);
        Assert.Equal(Offset, findings[0].Offset);
    }

    [Fact]
    public void WithMac_StationAddress_ChangesTheMacOnly()
    {
        byte[] original = RfTestData.CompleteTable();
        RfReader.TryRead(original, Offset, null, out var table);
        Assert.True(MacAddress.TryParse("3A-1f-8D-00-AA-FF", out var mac));
        var changed = table!.WithMac(mac);

        Assert.Equal("3a:1f:8d:00:aa:ff", changed.MacText);
        Assert.Equal("02:11:22:33:44:55", table.MacText);
        byte[] expected = (byte[])original.Clone();
        mac.ToArray().CopyTo(expected, RfTable.UsualMacOffset);
        BytesAssert.Equal(expected, changed.Bytes.Span);
    }

    [Theory]
    [InlineData("01:00:00:00:00:00")]
    [InlineData("00:00:00:00:00:00")]
    [InlineData("ff:ff:ff:ff:ff:ff")]
    public void WithMac_NoStationAddress_IsRefused(string text)
    {
        RfReader.TryRead(RfTestData.CompleteTable(), Offset, null, out var table);
        Assert.True(MacAddress.TryParse(text, out var mac));
        Assert.Equal(FindingCode.RfMacRefused, Assert.Throws<BekenImageException>(() => table!.WithMac(mac)).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0211223344")]
    public void WithMac_TableWithoutMac_IsRefused(string? data)
    {
        byte[] chip = data is null
            ? RfTestData.Group(0x11111100, RfTestData.Item(0x11111101, "4E61BC00"))
            : RfTestData.Group(0x11111100, RfTestData.Item(0x11111102, data));
        var findings = new List<Finding>();
        Assert.True(RfReader.TryRead(RfTestData.Group(RfTags.Root, chip), Offset, findings, out var table));
        Assert.Null(table!.Mac);
        Assert.False(table.IsUsable);
        Assert.Contains(findings, finding => finding.Code == FindingCode.RfMacMissing);
        MacAddress.TryParse("021122334455", out var mac);
        Assert.Equal(FindingCode.RfMacMissing, Assert.Throws<BekenImageException>(() => table.WithMac(mac)).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("02:11:22:33:44")]
    [InlineData("02:11-22:33:44:55")]
    [InlineData("0x1122334455")]
    [InlineData("+21122334455")]
    [InlineData("02 11 22 33 44 55")]
    public void MacAddress_TextThatIsNone_IsNotParsed(string text) => Assert.False(MacAddress.TryParse(text, out _));

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void TryRead_EverySectorOfAnImage_GivesTheManifestsTables(string file)
    {
        byte[] image = Corpus.Read(file);
        var manifest = Corpus.Manifest(file);
        int rotation = manifest.GetProperty("rotation").GetInt32();
        var expected = manifest.GetProperty("rf").EnumerateArray()
            .Select(rf => (rf.GetProperty("offset").GetInt64(), rf.GetProperty("length").GetInt32(), rf.GetProperty("mac").GetString()));

        var found = new List<(long, int, string?)>();
        for (int offset = 0; offset + FlashGeometry.SectorSize <= image.Length; offset += FlashGeometry.SectorSize)
        {
            long physical = (offset + rotation) % image.Length;
            if (!RfReader.TryRead(image.AsMemory(offset), physical, null, out var table))
                continue;
            found.Add((physical, table!.Length, table.MacText));
            Assert.Equal(table.Length != 98, table.IsCalibrated);
            Assert.Equal(table.Length == 98, table.HasDefaultChipValues);
            BytesAssert.Equal(image.AsSpan(offset, FlashGeometry.SectorSize), RfWriter.ToSector(table));
        }
        Assert.Equal(expected, found);
    }
}
