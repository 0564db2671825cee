using BekenImage.Formats.Ua;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.Ua;

public class UaPackageTests
{
    private static readonly byte[] Body = Enumerable.Range(0, 100).Select(i => (byte)i).ToArray();

    [Fact]
    public void Vendor_Package_IsMetInBothDirections()
    {
        byte[] app = Corpus.ReadVector("armino/ug/app.bin");
        byte[] app1 = Corpus.ReadVector("armino/ug/app1.bin");
        byte[] file = Corpus.ReadVector("armino/ug/ua_file.bin");
        byte[] expected = Corpus.ReadVector("armino/ug/app_ug.bin");
        BytesAssert.Equal(file, UaWriter.Join([new UaSlot(app, 0x100000), new UaSlot(app1, 0x320000)]));
        BytesAssert.Equal(expected, UaWriter.Pack(file, new UaTrailer(0x5ED000, 0x10D0, 0x1000, 0, 0x1000, 0x100000)));
        var package = Read(expected);
        Assert.Empty(package.Findings);
        BytesAssert.Equal(file, package.Unpack());
        Assert.Equal((0x5ED000u, 0x10D0u, 0x1000u, 0u, 0x1000u, 0x100000u), (package.Trailer.FlashSize, package.Trailer.Ability,
            package.Trailer.BufferSize, package.Trailer.Parts, package.Trailer.BlockSize, package.Trailer.Attribute));
    }

    [Fact]
    public void Pack_OfABody_IsWhatTheByteTableSays()
    {
        byte[] packed = UaWriter.Pack(Body, new UaTrailer(1, 2, 3, 4, 5, 6));
        byte[] trailer = Convert.FromHexString("74757961FFFFFFFF0000000100000002000000030000000400000005" + "00000064" + $"{PlainFormats.Crc32(Body):X8}" +
            "00000000" + "00000006" + "00200002" + new string('0', 32));
        BytesAssert.Equal([.. Body, .. trailer], packed);
    }

    [Fact]
    public void Unpack_OfAnyChangedByte_IsRefused()
    {
        byte[] bytes = UaWriter.Pack(Body, new UaTrailer(1, 2, 3, 4, 5, 6));
        for (int at = 0; at < bytes.Length; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x11;
            bool isMagic = at >= Body.Length && at < Body.Length + 4;
            Assert.Equal(!isMagic, UaPackage.TryRead(changed, out var package));
            // The words about the flash are covered by nothing.
            bool isFree = at - Body.Length is >= 0x08 and < 0x1C or >= 0x28 and < 0x2C;
            if (!isMagic && !isFree)
                Assert.Throws<BekenImageException>(() => package!.Unpack());
        }
    }

    [Fact]
    public void TryRead_OfACutFile_NeverThrows()
    {
        byte[] bytes = UaWriter.Pack(Body, new UaTrailer(1, 2, 3, 4, 5, 6));
        for (int length = 0; length < bytes.Length; length++)
            Assert.False(UaPackage.TryRead(bytes.AsMemory(0, length), out _));
        for (int start = 1; start <= Body.Length; start++)
            Assert.Equal(FindingCode.UaTrailerDamaged, Assert.Throws<BekenImageException>(() => Read(bytes[start..]).Unpack()).Code);
    }

    [Fact]
    public void Join_OfAnAppThatDoesNotFit_IsRefused()
    {
        Assert.Equal(FindingCode.UaRefused, Assert.Throws<BekenImageException>(() => UaWriter.Join([new UaSlot(Body, 99), new UaSlot(Body, 100)])).Code);
        BytesAssert.Equal([.. Body, 0xFF, 0xFF, .. Body], UaWriter.Join([new UaSlot(Body, 102), new UaSlot(Body, 100)]));
        Assert.Empty(UaWriter.Join([]));
    }

    [Fact]
    public void Diff2Ya_OfTheSourcesFields_IsReadAndSaidNotToBeApplied()
    {
        var bytes = new byte[74];
        uint[] words = [0x004D4D4D, 0x53494E47, 1, 2, 3, 4, 64, 0, 10, 5, 6, 7, 0x01020908];
        for (int i = 0; i < words.Length; i++)
            PlainFormats.Put(bytes, 4 * i, words[i]);
        Assert.True(Diff2YaHeader.TryRead(bytes, out var header));
        Assert.Equal((0x53494E47u, 1u, 2u, 3u, 4u, 64u, 10u, 5u), (header!.Kind, header.OldCrc, header.NewCrc, header.OldLength, header.NewLength,
            header.BodyOffset, header.BodyLength, header.BodyCrc));
        Assert.Equal((6u, 7u, (byte)8, (byte)9, 0x0102), (header.Step, header.BufferSize, header.Mode, header.Index, header.MinimumVersion));
        Assert.Equal(FindingCode.Diff2YaNotApplied, Assert.Single(header.Findings).Code);
        Assert.True(Diff2YaHeader.TryRead(bytes[..73], out header));
        Assert.Contains(header!.Findings, finding => finding.Code == FindingCode.Diff2YaDamaged);
        Assert.False(Diff2YaHeader.TryRead(bytes[..63], out _));
    }

    private static UaPackage Read(byte[] bytes)
    {
        Assert.True(UaPackage.TryRead(bytes, out var package));
        return package!;
    }
}
