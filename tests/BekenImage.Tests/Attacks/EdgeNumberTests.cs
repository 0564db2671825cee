using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using BekenImage.Tests.Formats.FlashVars;
using BekenImage.Tests.Formats.LittleFs;
using BekenImage.Tests.Formats.Net;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Images;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Attacks;

/// <summary>
/// A2, A3: offsets, lengths and counts at the edges of their types, in pairs, under checksums that are right. Nothing wraps, no partition leaves the
/// image, and nothing is allocated for what is only said.
/// </summary>
public sealed class EdgeNumberTests
{
    private const int Small = 0x20000;

    private static readonly uint[] Edges = [0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFE0, 0xFFFFFFFF];

    private static readonly long[] LongEdges = [long.MinValue, -0x80000000L, -1, 0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000, long.MaxValue - 1, long.MaxValue];

    [Fact]
    public void FlashRange_OfEveryPairOfEdges_IsThereOnlyWhereItsEndIs()
    {
        foreach (long start in LongEdges)
        {
            foreach (long length in LongEdges)
            {
                foreach (long limit in LongEdges.Where(limit => limit >= 0))
                {
                    bool fits = start >= 0 && length >= 0 && (BigInteger)start + length <= limit;
                    Assert.Equal(fits, FlashRange.TryCreate(start, length, limit, out var range));
                    if (fits)
                        Assert.Equal((start, length), (range.Start, range.Length));
                }
            }
        }
    }

    public static TheoryData<string> Names => new(Makers.Keys);

    /// <summary>A file in which one structure says two numbers, made of what is right everywhere else.</summary>
    private static readonly Dictionary<string, Func<uint, uint, byte[]>> Makers = new()
    {
        ["partition"] = (offset, length) => Table(PlainFormats.FalEntry("download", "beken_onchip", offset, length, true)),
        ["striped partition"] = (offset, length) => Table(PlainFormats.FalEntry("app", "beken_onchip_crc", offset, length, true)),
        ["RBL sizes"] = (raw, packed) => Package(raw, packed),
        ["UF2 address and length"] = (address, length) => Uf2((12, address), (16, length)),
        ["UF2 number and count"] = (number, count) => Uf2((20, number), (24, count)),
        ["LittleFS geometry"] = (blocks, size) => Volume(blocks, size),
        ["LittleFS file"] = (head, size) => File(head, size),
        ["EasyFlash lengths"] = (length, value) => Store(length, value),
        ["NET_PARAM lengths"] = (root, item) => Net(root, item),
        ["UF file"] = (length, sector) => [.. TuyaImages.Superblock(1, ("a", (int)(length & 0x7FFFFFFF), [(byte)sector, (byte)(sector >> 8)])), .. new byte[0x8000]],
        ["zip entry"] = (size, offset) => Zip(size, offset),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Structure_OfEveryPairOfEdges_StaysInTheImage(string name)
    {
        foreach (uint first in Edges)
        {
            foreach (uint second in Edges)
            {
                byte[] bytes = Makers[name](first, second);
                long before = GC.GetAllocatedBytesForCurrentThread();
                var image = FlashImage.Parse(bytes);
                Properties.Touch(image);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(allocated < 48 << 20, $"{first:x}, {second:x}: {allocated >> 20} MiB for {bytes.Length} bytes");
                foreach (var partition in image.Partitions)
                    Assert.True(partition.Range.Start >= 0 && partition.Range.End <= image.Length, $"{first:x}, {second:x}: {partition}");
                // Both go over the whole image: once for each number is enough.
                if (first != second)
                    continue;
                image.Edit().Sanitize();
                ImageSplitter.Split(image);
            }
        }
    }

    private static byte[] Table(byte[] entry)
    {
        byte[] image = Enumerable.Repeat((byte)0xFF, Small).ToArray();
        byte[] table = [.. PlainFormats.FalEntry("bootloader", "beken_onchip_crc", 0, 0x10000, true), .. entry];
        new SyntheticImage { Key = SyntheticKey.Zero, Table = table }.BootContainer().CopyTo(image, 0);
        return image;
    }

    private static byte[] Package(uint raw, uint packed)
    {
        byte[] header = PlainFormats.Header(new byte[16], "app", "1", 1);
        PlainFormats.Put(header, 0x54, raw);
        PlainFormats.Put(header, 0x58, packed);
        PlainFormats.Put(header, 0x5C, PlainFormats.Crc32(header.AsSpan(0, 0x5C).ToArray()));
        return [.. header, .. SyntheticPrograms.Noise(0x2000, 1)];
    }

    private static byte[] Uf2(params (int Offset, uint Value)[] fields)
    {
        var file = new List<byte>();
        for (uint i = 0; i < 2; i++)
        {
            byte[] block = new byte[512];
            foreach (var (offset, value) in new (int, uint)[] { (0, 0x0A324655), (4, 0x9E5D5157), (8, 0x2000), (12, 0x11000 + 256 * i), (16, 256), (20, i), (24, 2), (28, 0x7B3EF230), (508, 0x0AB16F30) })
                PlainFormats.Put(block, offset, value);
            foreach (var (offset, value) in fields)
                PlainFormats.Put(block, offset, value);
            file.AddRange(block);
        }
        return [.. file];
    }

    private static byte[] Volume(uint blocks, uint size)
    {
        byte[] volume = LogMaker.Blank(4);
        byte[] superblock = LogMaker.Words(0x00020000, size, blocks, 255, 0x7FFFFFFF, 1022);
        new LogMaker(volume, 0, 1).Tag(0x0FF, 0, "littlefs"u8.ToArray()).Tag(0x201, 0, superblock).Inline(1, "a", "b").Commit();
        return volume;
    }

    private static byte[] File(uint head, uint size)
    {
        byte[] volume = LogMaker.Blank(8);
        new LogMaker(volume, 0, 1).Superblock(8).Large(1, "a", head, size).Directory(2, "d", head, size).Commit();
        return volume;
    }

    private static byte[] Store(uint length, uint value)
    {
        byte[] area = FlashVarsTests.Area(FlashVarsTests.Entry(0x3F, "OBK_FV", FlashVarsTests.Variables(1)), FlashVarsTests.Entry(0x3F, "fcdata", Encoding.ASCII.GetBytes("some text")));
        PlainFormats.Put(area, 16 + 8, length);
        PlainFormats.Put(area, 16 + 20, value);
        return area;
    }

    private static byte[] Net(uint root, uint item)
    {
        byte[] table = NetParamTests.Table();
        PlainFormats.Put(table, 4, root);
        PlainFormats.Put(table, 12, item);
        return [.. table, .. Enumerable.Repeat((byte)0xFF, 4096 - table.Length)];
    }

    private static byte[] Zip(uint size, uint offset)
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("a.bin").Open())
            entry.Write(new byte[1000]);
        byte[] bytes = stream.ToArray();
        int directory = bytes.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(directory + 24), size);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(directory + 42), offset);
        return bytes;
    }
}
