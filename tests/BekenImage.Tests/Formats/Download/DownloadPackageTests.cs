using System.Buffers.Binary;
using BekenImage.Formats.Download;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.Download;

public class DownloadPackageTests
{
    private static readonly byte[] First = Enumerable.Range(0, 40).Select(i => (byte)i).ToArray();
    private static readonly byte[] Second = Enumerable.Range(0, 60).Select(i => (byte)(i * 3)).ToArray();

    [Theory]
    [InlineData("BKDLV10.", DownloadKind.Bkdl, true)]
    [InlineData("BL1DLV10", DownloadKind.Bl1, true)]
    [InlineData("BLXDLV10", DownloadKind.Blx, false)]
    [InlineData("BL2DLV10", DownloadKind.Bl2, false)]
    public void Pack_OfEachKind_IsWhatTheByteTableSays(string magic, DownloadKind kind, bool coversImages)
    {
        byte[] expected = Reference(magic, coversImages, (0x1000, 0x1000, First), (0x3000, 0x2000, Second));
        byte[] packed = DownloadWriter.Pack(
            kind, [new DownloadPart(new FlashRange(0x1000, 0x1000), First), new DownloadPart(new FlashRange(0x3000, 0x2000), Second)], coversImages);
        BytesAssert.Equal(expected, packed);
        var package = Read(expected);
        Assert.Empty(package.Findings);
        Assert.Equal((kind, magic, coversImages), (package.Kind, package.Magic, package.HeaderCrcCoversImages));
        BytesAssert.Equal(Second, package.Images[1].Data.Span);
        byte[] flash = package.ToFlash();
        Assert.Equal(0x3000 + Second.Length, flash.Length);
        BytesAssert.Equal(First, flash.AsSpan(0x1000, First.Length));
        Assert.Equal(0x1010, package.ToFlash(0x1010).Length);
    }

    [Fact]
    public void TryRead_OfAnyChangedByte_FindsAnError()
    {
        byte[] bytes = Reference("BL1DLV10", true, (0x1000, 0x1000, First), (0x3000, 0x2000, Second));
        for (int at = 8; at < bytes.Length; at++)
        {
            foreach (byte bit in new byte[] { 0x01, 0x80 })
            {
                var changed = (byte[])bytes.Clone();
                changed[at] ^= bit;
                var package = Read(changed);
                Assert.Contains(package.Findings, finding => finding.Severity == FindingSeverity.Error);
                Assert.True(package.ToFlash().Length <= DownloadPackage.LargestFlash);
                BytesAssert.Equal(changed, package.ToArray());
            }
        }
    }

    [Fact]
    public void TryRead_OfACutFile_SaysWhichImageIsCut()
    {
        byte[] bytes = Reference("BL1DLV10", true, (0x1000, 0x1000, First), (0x3000, 0x2000, Second));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(length >= DownloadPackage.HeaderSize, DownloadPackage.TryRead(bytes.AsMemory(0, length), out var package));
            if (package is null)
                continue;
            Assert.Contains(package.Findings, finding => finding.Code is FindingCode.DownloadTruncated or FindingCode.DownloadHeaderDamaged);
            package.ToFlash();
        }
    }

    [Fact]
    public void TryRead_OfOffsetsThatOverlapOrWrap_SaysSo()
    {
        Assert.Contains(Read(Reference("BL1DLV10", true, (0x1000, 0x1000, First), (0x1010, 0x1000, Second))).Findings, finding => finding.Code == FindingCode.DownloadOverlap);
        var wrapped = Read(Reference("BL1DLV10", true, (0xFFFFFFF0, 0x1000, First)));
        Assert.Equal(FindingCode.DownloadOutside, Assert.Single(wrapped.Findings).Code);
        Assert.Equal(0, wrapped.FlashLength);
        Assert.Equal(0x100, wrapped.ToFlash(0x100).Length);
        Assert.Contains(Read(Reference("BL1DLV10", true, (0x1000, 8, First))).Findings, finding => finding.Code == FindingCode.DownloadOutside);
        byte[] behind = Reference("BL1DLV10", true, (0x1000, 0x1000, First));
        BinaryPrimitives.WriteUInt32BigEndian(behind.AsSpan(32 + 0x0C), 0xFFFFFFFF);
        Assert.Contains(Read(behind).Findings, finding => finding.Code == FindingCode.DownloadTruncated);
        Assert.Equal(FindingCode.DownloadTrailingBytes, Assert.Single(Read([.. Reference("BL1DLV10", true, (0x1000, 0x1000, First)), 0]).Findings).Code);
    }

    [Fact]
    public void TryRead_OfACountNobodyHas_IsBounded()
    {
        byte[] bytes = Reference("BL1DLV10", true, (0x1000, 0x1000, First));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(18), 0xFFFF);
        var package = Read(bytes);
        Assert.True(package.Images.Count < 4);
        Assert.Contains(package.Findings, finding => finding.Code == FindingCode.DownloadHeaderDamaged);
        var many = new byte[32 + 65535 * 32];
        bytes.AsSpan(0, 32).CopyTo(many);
        Assert.Equal(DownloadPackage.MaximumImages, Read(many).Images.Count);
    }

    [Fact]
    public void ToFlash_OfDataForOtp_LeavesItOut()
    {
        byte[] bytes = Reference("BLXDLV10", false, (0x4B100528, 40, First), (0x3000, 0x2000, Second));
        bytes[32 + 0x1F] = 1;
        var package = Read(bytes);
        Assert.True(package.Images[0].IsForOtp);
        Assert.Empty(package.Findings);
        Assert.Equal(0x3000 + Second.Length, package.ToFlash().Length);
    }

    [Fact]
    public void Pack_OfWhatDoesNotFit_IsRefused()
    {
        Refused(new DownloadPart(new FlashRange(0x1000, 10), First));
        Refused(new DownloadPart(new FlashRange(0xFFFFF0, 0x1000), First));
        Refused([.. Enumerable.Repeat(new DownloadPart(new FlashRange(0, 0x1000), First), 257)]);

        static void Refused(params DownloadPart[] parts) =>
            Assert.Equal(FindingCode.DownloadRefused, Assert.Throws<BekenImageException>(() => DownloadWriter.Pack(DownloadKind.Bl1, parts)).Code);
    }

    [Fact]
    public void PackHeader_OfTheSourcesFields_IsRead()
    {
        var bytes = new byte[96];
        "pack_header"u8.CopyTo(bytes);
        "primary_cpu0_app"u8.CopyTo(bytes.AsSpan(12));
        "1.2.3"u8.CopyTo(bytes.AsSpan(32));
        bytes[40] = 1;
        bytes[41] = 3;
        uint[] words = [0x11000, 0x242000, 2, 0x1000, 0, 7, 8, 9, 10];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(44 + 4 * i), words[i]);
        Assert.True(PackHeader.TryRead(bytes, out var header));
        Assert.Equal(("primary_cpu0_app", "1.2.3", (byte)1, (byte)3), (header!.Name, header.Version, header.Type, header.SubType));
        Assert.Equal((0x11000u, 0x242000u, 2u, 0x1000u), (header.Offset, header.PartitionLength, header.Flags, header.ImageHeaderSize));
        Assert.Equal([7u, 8u, 9u, 10u], Enumerable.Range(0, 4).Select(header.Meta));
        Assert.Empty(header.Findings);
        bytes.AsSpan(44, 8).Fill(0xFF);
        Assert.True(PackHeader.TryRead(bytes, out header));
        Assert.Equal(FindingCode.PackHeaderDamaged, Assert.Single(header!.Findings).Code);
        Assert.False(PackHeader.TryRead(bytes[..95], out _));
    }

    private static DownloadPackage Read(byte[] bytes)
    {
        Assert.True(DownloadPackage.TryRead(bytes, out var package));
        return package!;
    }

    // Format notes 6.1, field by field.
    private static byte[] Reference(string magic, bool coversImages, params (uint Offset, uint Size, byte[] Data)[] images)
    {
        var rest = new List<byte>();
        void Word(uint value) => rest.AddRange([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        Word(1);
        Word(32 << 16 | (uint)images.Length);
        Word(0);
        Word(0);
        Word(0);
        uint at = 32 + 32 * (uint)images.Length;
        foreach (var (offset, size, data) in images)
        {
            foreach (uint value in new[] { offset, size, offset, at, (uint)data.Length, ~PlainFormats.Crc32(data), 0u, 0u })
                Word(value);
            at += (uint)data.Length;
        }
        uint crc = ~PlainFormats.Crc32(coversImages ? rest.ToArray() : rest.Take(20).ToArray());
        byte[] head = [.. System.Text.Encoding.ASCII.GetBytes(magic), (byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];
        return [.. head, .. rest, .. images.SelectMany(image => image.Data)];
    }
}
