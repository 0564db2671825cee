using System.Buffers.Binary;
using BekenImage.Formats.McuUpdate;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.McuUpdate;

public class McuUpdatePackageTests
{
    private static readonly byte[] Body = [0x3D, 0xB8, 0xF3, 0x96, .. Enumerable.Range(0, 60).Select(i => (byte)i)];

    [Fact]
    public void Pack_OfParts_IsWhatTheByteTableSays()
    {
        byte[] packed = McuUpdateWriter.Pack([new McuUpdatePart(0x23000, Body, 5, McuUpdateImage.XipFlag)]);
        byte[] expected = Reference(Body);
        BytesAssert.Equal(expected, packed);
        var package = Read(expected);
        Assert.Empty(package.Findings);
        var image = Assert.Single(package.Images);
        Assert.Equal((0x23000u, 5u, McuUpdateImage.XipFlag, true), (image.FlashAddress, image.SecurityCounter, image.Flags, image.IsClear));
        BytesAssert.Equal(Body, image.Data.Span);
    }

    [Fact]
    public void Pack_OfTwoParts_ReadsAsTwo()
    {
        var package = Read(McuUpdateWriter.Pack([new McuUpdatePart(0x23000, Body, 5), new McuUpdatePart(0x4000, [1, 2, 3], 1)]));
        Assert.Empty(package.Findings);
        BytesAssert.Equal([1, 2, 3], package.Images[1].Data.Span);
        Assert.False(package.Images[1].IsClear);
    }

    [Fact]
    public void TryRead_OfAnyChangedByte_FindsAnError()
    {
        byte[] bytes = Reference(Body);
        for (int at = 8; at < bytes.Length; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x81;
            Assert.Contains(Read(changed).Findings, finding => finding.Severity == FindingSeverity.Error);
            BytesAssert.Equal(changed, Read(changed).ToArray());
        }
    }

    [Fact]
    public void TryRead_OfACutFile_SaysSo()
    {
        byte[] bytes = Reference(Body);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(length >= McuUpdatePackage.HeaderSize, McuUpdatePackage.TryRead(bytes.AsMemory(0, length), out var package));
            if (package is not null)
                Assert.Contains(package.Findings, finding => finding.Code is FindingCode.McuUpdateTruncated or FindingCode.McuUpdateHeaderDamaged);
        }
        Assert.Equal(FindingCode.McuUpdateTrailingBytes, Assert.Single(Read([.. bytes, 0]).Findings).Code);
    }

    [Fact]
    public void TryRead_OfCountsAndLengthsThatWrap_IsBounded()
    {
        byte[] bytes = new byte[32 + 200 * 32];
        Reference(Body).AsSpan(0, 32).CopyTo(bytes);
        bytes.AsSpan(32).Fill(0xFF);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(0x12), 0xFFFF);
        var package = Read(bytes);
        Assert.Equal(McuUpdatePackage.MaximumImages, package.Images.Count);
        Assert.All(package.Images, image => Assert.False(image.IsComplete));
    }

    private static McuUpdatePackage Read(byte[] bytes)
    {
        Assert.True(McuUpdatePackage.TryRead(bytes, out var package));
        return package!;
    }

    // Format notes 7, field by field.
    private static byte[] Reference(byte[] body)
    {
        var bytes = new byte[64 + body.Length];
        "BK723658"u8.CopyTo(bytes);
        bytes[0x10] = 32;
        bytes[0x12] = 1;
        PlainFormats.Put(bytes, 0x20, (uint)body.Length);
        PlainFormats.Put(bytes, 0x28, 0x23000);
        PlainFormats.Put(bytes, 0x2C, ~PlainFormats.Crc32(body));
        PlainFormats.Put(bytes, 0x30, 5);
        PlainFormats.Put(bytes, 0x34, 0x20000);
        PlainFormats.Put(bytes, 0x08, ~PlainFormats.Crc32(bytes[12..64]));
        body.CopyTo(bytes, 64);
        return bytes;
    }
}
