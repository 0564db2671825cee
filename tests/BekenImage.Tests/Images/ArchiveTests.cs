using System.Buffers.Binary;
using System.Text;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Images;

/// <summary>Zip and gzip files: opened where exactly one image is in them, else listed.</summary>
public sealed class ArchiveTests
{
    private static readonly byte[] Readme = "Flash this."u8.ToArray();

    private static FlashImage Read(byte[] bytes) => FlashImage.Parse(bytes);

    private static string Listed(FlashImage image)
    {
        Assert.Equal(ImageKind.Package, image.Kind);
        Assert.True(image.IsArchive);
        Assert.Null(image.Contained);
        Assert.Null(image.Member);
        var error = Assert.Throws<BekenImageException>(() => image.OpenArchive());
        Assert.Equal(FindingCode.ArchiveListed, error.Code);
        Assert.Equal(error.Message, Assert.Single(image.Findings, finding => finding.Code == FindingCode.ArchiveListed).Message);
        return error.Message;
    }

    [Fact]
    public void Zip_WithOneImage_IsThatImage()
    {
        var image = Read(SyntheticArchive.Zip(
            ("backups/", []), ("backups/fan.bin", Synthetic.Images.Dreo), ("readme.txt", Readme), ("__MACOSX/backups/._fan.bin", [0, 5, 22, 7, 0])));
        Assert.Equal((ImageKind.Package, BekenChip.BL2028N, FirmwareFlavor.BekenFreeRtos), (image.Kind, image.Chip, image.Flavor));
        Assert.Equal("backups/fan.bin", image.Member);
        Assert.Equal(["backups/fan.bin", "readme.txt"], image.Members.Select(member => member.Name));
        Assert.Equal([ImageKind.Dump, ImageKind.Unknown], image.Members.Select(member => member.Kind));
        TestSupport.BytesAssert.Equal(Synthetic.Images.Dreo, image.Contained!.Bytes.Span);
        Assert.Same(image.Contained, image.OpenArchive());
        Assert.Equal("BK7231n_1.0.8", image.BootVersion);
        // What lies in the archive unpacked lies elsewhere: nothing is told of its raw bytes.
        Assert.Empty(image.Partitions);
        Assert.Empty(image.Containers);
        Assert.Empty(image.Findings);
    }

    [Fact]
    public void Gzip_OfAnImage_IsThatImage_InSeveralMembersToo()
    {
        byte[] dump = Synthetic.Images.TuyaN;
        Assert.Equal(dump, Read(SyntheticArchive.Gzip(dump)).OpenArchive().Bytes.ToArray());
        byte[] parts = [.. SyntheticArchive.Gzip(dump[..0x9000]), .. SyntheticArchive.Gzip(dump[0x9000..])];
        var image = Read(parts);
        Assert.Equal(dump, image.OpenArchive().Bytes.ToArray());
        Assert.Equal("contents", image.Member);
        byte[] named = SyntheticArchive.Gzip(dump);
        named[3] |= 8;
        Assert.Equal("fan.bin", Read([.. named[..10], .. "fan.bin\0"u8, .. named[10..]]).Member);
    }

    // 0xFF is no text, however much of it a read begins with.
    [Fact]
    public void Zip_OfAReadThatBeginsErased_IsThatImage()
    {
        byte[] dump = Synthetic.Images.TuyaN;
        dump.AsSpan(0, 0x11000).Fill(0xFF);
        Assert.Equal(dump, Read(SyntheticArchive.Zip(("erased.bin", dump), ("readme.txt", Readme))).OpenArchive().Bytes.ToArray());
        byte[] tail = dump[0x1C0000..];
        Assert.Equal(tail, Read(SyntheticArchive.Gzip(tail)).OpenArchive().Bytes.ToArray());
    }

    [Fact]
    public void Zip_WithSeveralImages_IsListed() => Assert.Equal(
        "the zip file holds 2 images: OpenBK_QIO.bin (qio), OpenBK_UA.bin (ua); take out the one that is meant",
        Listed(Read(SyntheticArchive.Zip(("OpenBK_QIO.bin", Synthetic.Images.ObkN), ("readme.txt", Readme), ("OpenBK_UA.bin", SyntheticImage.ObkNFirmware().Ua())))));

    [Fact]
    public void Archive_WithoutAnImage_SaysWhatIsInIt()
    {
        string hex = ":10010000214601360121470136007EFE09D2190140\n";
        Assert.Equal("the zip file holds no image that can be read: a.txt, b.hex (an Intel HEX file), c.zip (an archive in the archive)",
            Listed(Read(SyntheticArchive.Zip(
                ("a.txt", Readme), ("b.hex", Encoding.ASCII.GetBytes(hex)), ("c.zip", SyntheticArchive.Zip(("x.bin", Synthetic.Images.ObkN)))))));
        Assert.Equal("the zip file is empty", Listed(Read(SyntheticArchive.Zip())));
        byte[] tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        Assert.Equal("the gzip file holds no image that can be read: contents (a tar archive)", Listed(Read(SyntheticArchive.Gzip(tar))));
        Assert.Equal("the gzip file holds no image that can be read: contents (an archive in the archive)",
            Listed(Read(SyntheticArchive.Gzip(SyntheticArchive.Gzip(Synthetic.Images.ObkN)))));
    }

    [Fact]
    public void Zip_WithOneImageAndOneThatCannotBeRead_IsListed()
    {
        byte[] zip = SyntheticArchive.Zip(("a.bin", Synthetic.Images.ObkN), ("b.bin", Synthetic.Images.Dreo));
        int local = zip.AsSpan(4).IndexOf("PK\x03\x04"u8) + 4;
        zip[local + 2000] ^= 0x40;
        string message = Listed(Read(zip));
        Assert.Contains("a.bin (qio)", message, StringComparison.Ordinal);
        Assert.Contains("b.bin (is damaged: it does not give the length and the CRC the directory states)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_WithAPassword_IsListed()
    {
        byte[] zip = SyntheticArchive.Zip(("a.bin", Synthetic.Images.ObkN));
        zip[6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\x01\x02"u8) + 8] |= 1;
        var image = Read(zip);
        Assert.Contains("a.bin (is encrypted with a password)", Listed(image), StringComparison.Ordinal);
        var error = Assert.Throws<BekenImageException>(() => Assert.Single(image.Members).Parse());
        Assert.Equal((FindingCode.InputUnreadable, "it is encrypted with a password"), (error.Code, error.Message));
    }

    [Fact]
    public void Member_OfAnArchive_IsReadAsAFileOfItsOwn()
    {
        var members = Read(SyntheticArchive.Zip(("a.bin", Synthetic.Images.ObkN), ("b.bin", Synthetic.Images.Dreo), ("c.bin", []))).Members;
        Assert.Equal([ImageKind.Qio, ImageKind.Dump], members.Take(2).Select(member => member.Parse().Kind));
        TestSupport.BytesAssert.Equal(Synthetic.Images.Dreo, members[1].Parse().Bytes.Span);
        Assert.Equal(FindingCode.InputEmpty, Assert.Throws<BekenImageException>(() => members[2].Parse()).Code);
    }

    [Fact]
    public void Zip_WithAnUnknownMethod_IsListed()
    {
        byte[] zip = SyntheticArchive.Zip(("a.bin", Synthetic.Images.ObkN));
        zip[zip.AsSpan().IndexOf("PK\x01\x02"u8) + 10] = 14;
        Assert.Contains("a.bin (is packed by method 14, which is not read here)", Listed(Read(zip)), StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_ThatIsCut_SaysSo()
    {
        byte[] zip = SyntheticArchive.Zip(("a.bin", Synthetic.Images.ObkN));
        Assert.Contains("cut off", Listed(Read(zip[..(zip.Length / 2)])), StringComparison.Ordinal);
        byte[] gzip = SyntheticArchive.Gzip(Synthetic.Images.ObkN);
        Assert.Contains("cut off", Listed(Read(gzip[..(gzip.Length - 9)])), StringComparison.Ordinal);
    }

    [Fact]
    public void Zip64_IsRead()
    {
        byte[] dump = Synthetic.Images.ObkN;
        Assert.Equal(dump, Read(Zip64(dump)).OpenArchive().Bytes.ToArray());
    }

    [Fact]
    public void Archive_ThatGivesMoreThanAFlash_IsNotUnpacked()
    {
        byte[] much = new byte[0x1000001];
        byte[] zip = SyntheticArchive.Zip(("b.bin", much));
        Assert.True(zip.Length < 0x20000);
        Assert.Contains("b.bin (has 16777217 bytes, and 16777216 are what may still come out of an archive of this size)", Listed(Read(zip)), StringComparison.Ordinal);
        // A directory that states less does not help.
        int directory = zip.AsSpan().IndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(directory + 24), 100);
        Assert.Contains("is damaged", Listed(Read(zip)), StringComparison.Ordinal);
        Assert.Contains("contents (cannot be unpacked: the gzip member gives more than 0x1000000 bytes; stopped)", Listed(Read(SyntheticArchive.Gzip(much))), StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_OfManyFiles_IsListedWithoutLookingAtAll()
    {
        var members = Enumerable.Range(0, 1100).Select(i => ($"{i}.bin", new byte[] { 1, 2, 3, (byte)i })).ToArray();
        var image = Read(SyntheticArchive.Zip([.. members, ("last.bin", Synthetic.Images.ObkN)]));
        Assert.Contains("more than 1000 members", Listed(image), StringComparison.Ordinal);
        Assert.Equal(1000, image.Members.Count);
    }

    [Fact]
    public void Names_ArePartsOfTextsOnly()
    {
        var image = Read(SyntheticArchive.Zip(("../../etc/passwd", Synthetic.Images.ObkN)));
        Assert.Equal("../../etc/passwd", image.Member);
        Assert.All(ImageSplitter.Split(image.OpenArchive()).Manifest.Files, file => Assert.DoesNotContain('/', file.Name));
    }

    [Fact]
    public void DamagedArchives_NeverThrow_AndAreNeverAnotherImage()
    {
        byte[] app = SyntheticImage.ObkNFirmware().Ua();
        var random = new Random(11);
        foreach (byte[] whole in new[] { SyntheticArchive.Zip(("a.bin", app)), SyntheticArchive.Gzip(app), Zip64(app) })
        {
            for (int round = 0; round < 100; round++)
            {
                byte[] damaged = (byte[])whole.Clone();
                int edge = Math.Min(200, damaged.Length);
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    int at = random.Next(3) switch { 0 => random.Next(edge), 1 => damaged.Length - 1 - random.Next(edge), _ => random.Next(damaged.Length) };
                    damaged[at] = (byte)random.Next(256);
                }
                if (random.Next(4) == 0)
                    damaged = damaged[..random.Next(damaged.Length)];
                var image = FlashImage.Parse(damaged);
                Assert.NotNull(image.Findings);
                Assert.NotNull(image.Members);
                if (image.Contained is { } inside && inside.Length == app.Length)
                    TestSupport.BytesAssert.Equal(app, inside.Bytes.Span);
            }
        }
    }

    // Written field by field: the platform writes zip64 only for files of 4 GiB.
    private static byte[] Zip64(byte[] content)
    {
        var file = new MemoryStream();
        var writer = new BinaryWriter(file);
        uint crc = PlainFormats.Crc32(content);
        writer.Write(0x04034B50u);
        writer.Write([45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(crc);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)5);
        writer.Write((ushort)20);
        writer.Write("a.bin"u8);
        writer.Write((ushort)1);
        writer.Write((ushort)16);
        writer.Write((long)content.Length);
        writer.Write((long)content.Length);
        writer.Write(content);
        long directory = file.Position;
        writer.Write(0x02014B50u);
        writer.Write([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(crc);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)5);
        writer.Write((ushort)28);
        writer.Write(new byte[10]);
        writer.Write(uint.MaxValue);
        writer.Write("a.bin"u8);
        writer.Write((ushort)1);
        writer.Write((ushort)24);
        writer.Write((long)content.Length);
        writer.Write((long)content.Length);
        writer.Write(0L);
        long end = file.Position;
        writer.Write(0x06064B50u);
        writer.Write(44L);
        writer.Write([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        writer.Write(1L);
        writer.Write(1L);
        writer.Write(end - directory);
        writer.Write(directory);
        writer.Write(0x07064B50u);
        writer.Write(0);
        writer.Write(end);
        writer.Write(1);
        writer.Write(0x06054B50u);
        writer.Write([0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        writer.Write(uint.MaxValue);
        writer.Write(uint.MaxValue);
        writer.Write((ushort)0);
        return file.ToArray();
    }
}
