using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.Rbl.OtaTestData;

namespace BekenImage.Tests.Formats.Rbl;

public class OtaPackageTests
{
    private static readonly byte[] DefaultKey = Encoding.ASCII.GetBytes("0123456789ABCDEF0123456789ABCDEF");
    private static readonly byte[] DefaultIV = Encoding.ASCII.GetBytes("0123456789ABCDEF");

    [Theory]
    [InlineData("ota_none_none.rbl", RblCompression.None, RblEncryption.None)]
    [InlineData("ota_none_aes.rbl", RblCompression.None, RblEncryption.Aes256)]
    [InlineData("ota_gzip_aes.rbl", RblCompression.Gzip, RblEncryption.Aes256)]
    [InlineData("ota_quicklz_none.rbl", RblCompression.QuickLz, RblEncryption.None)]
    public void Unpack_OfTheVendorsPackages_GivesTheFirmware(string file, RblCompression compression, RblEncryption encryption)
    {
        byte[] bytes = Corpus.ReadVector(file);
        var package = Read(bytes);
        Assert.Equal((compression, encryption), (package.Header.Compression, package.Header.Encryption));
        Assert.Equal(("app", "1.2.3"), (package.Header.Name, package.Header.Version));
        Assert.Empty(package.Findings);
        Assert.True(package.TryUnpack(null, out byte[]? firmware, out var findings));
        Assert.Empty(findings);
        BytesAssert.Equal(Corpus.ReadVector("app.bin"), firmware);
        BytesAssert.Equal(bytes, package.ToArray());
    }

    [Theory]
    [InlineData("ota_none_none.rbl", RblEncryption.None)]
    [InlineData("ota_none_aes.rbl", RblEncryption.Aes256)]
    public void Pack_VendorsOptions_GivesTheVendorsFile(string file, RblEncryption encryption)
    {
        byte[] expected = Corpus.ReadVector(file);
        // The timestamp is the input file's, which the vendor's tool took from its disk.
        uint timestamp = BitConverter.ToUInt32(expected, 8);
        var options = new OtaPackOptions { Compression = RblCompression.None, Encryption = encryption, Name = "app", Version = "1.2.3", Timestamp = timestamp };
        BytesAssert.Equal(expected, OtaWriter.Pack(Corpus.ReadVector("app.bin"), options));
    }

    [Theory]
    [InlineData("ota_none_none.rbl")]
    [InlineData("ota_none_aes.rbl")]
    public void Pack_WithTheVendorsHeader_GivesItsBytes(string file)
    {
        byte[] expected = Corpus.ReadVector(file);
        var header = Read(expected).Header;
        var options = new OtaPackOptions { Compression = RblCompression.None, Encryption = header.Encryption, HeaderTemplate = header };
        BytesAssert.Equal(expected, OtaWriter.Pack(Corpus.ReadVector("app.bin"), options));
    }

    [Fact]
    public void Pack_WithGzip_BeginsAsTheVendorsDoes()
    {
        byte[] package = OtaWriter.Pack(Compressible(5000), new OtaPackOptions { Encryption = RblEncryption.None });
        Assert.Equal("1f8b0800000000000203", Convert.ToHexStringLower(package.AsSpan(96, 10)));
        Assert.Equal(0x100u, Read(package).Header.Algorithm);
        Assert.Equal(0, (package.Length - 96) % 16);
    }

    [Fact]
    public void Pack_WithTextsOfTheirFieldsLength_StoresThemWithoutNul_AndRefusesLongerOnes()
    {
        var options = new OtaPackOptions { Name = new string('n', 16), Version = new string('v', 24), Timestamp = 0x12345678 };
        var header = Read(OtaWriter.Pack(Noise(10), options)).Header;
        Assert.Equal((new string('n', 16), new string('v', 24), 0x12345678u), (header.Name, header.Version, header.Timestamp));
        options.Version += "v";
        Assert.Equal(FindingCode.HeaderTextTooLong, Assert.Throws<BekenImageException>(() => OtaWriter.Pack(Noise(10), options)).Code);
    }

    [Fact]
    public void Pack_OfAnEncryptedPackage_OpensWithThePlatformsAes()
    {
        byte[] firmware = Compressible(12345);
        byte[] package = OtaWriter.Pack(firmware);
        using var aes = Aes.Create();
        aes.Key = DefaultKey;
        byte[] gzip = aes.DecryptCbc(package.AsSpan(96), DefaultIV, PaddingMode.PKCS7);
        using var inflate = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        inflate.CopyTo(plain);
        BytesAssert.Equal(firmware, plain.ToArray());
    }

    [Fact]
    public void Unpack_WithAnotherKey_NeedsIt()
    {
        var key = new OtaKey("BDB4CE110F4787C2F539BF50E30A14E0", "46DE464946314329");
        byte[] firmware = Compressible(3000);
        foreach (var compression in Compressions)
        {
            byte[] package = OtaWriter.Pack(firmware, new OtaPackOptions { Compression = compression, Key = key });
            Assert.Equal(FindingCode.OtaWrongKey, Refusal(package));
            BytesAssert.Equal(firmware, Read(package).Unpack(new OtaUnpackOptions { Key = key }));
        }
    }

    [Fact]
    public void Unpack_WithAWrongVector_IsRefused()
    {
        var options = new OtaUnpackOptions { Key = new OtaKey(DefaultKey, Noise(16)) };
        byte[] firmware = Compressible(3000);
        Assert.Equal(FindingCode.OtaWrongKey, Refusal(OtaWriter.Pack(firmware), options));
        Assert.Equal(FindingCode.OtaWrongKey, Refusal(OtaWriter.Pack(firmware, new OtaPackOptions { Compression = RblCompression.QuickLz }), options));
        Assert.Equal(FindingCode.RblPayloadHash,
            Refusal(OtaWriter.Pack(firmware, new OtaPackOptions { Compression = RblCompression.None }), options));
    }

    [Fact]
    public void Unpack_OfUnpaddedPackages_TakesThemAsLtchiptoolMakesThem()
    {
        byte[] firmware = Compressible(3001);
        Assert.True(Read(Package(0x000, firmware, firmware)).TryUnpack(null, out byte[]? plain, out var findings));
        Assert.Empty(findings);
        BytesAssert.Equal(firmware, plain);
        Assert.True(Read(Package(0x100, PlatformGzip(firmware), firmware)).TryUnpack(null, out plain, out findings));
        Assert.Empty(findings);
        BytesAssert.Equal(firmware, plain);
    }

    [Fact]
    public void Unpack_OfWrongPadding_GivesTheFirmwareAndSaysSo()
    {
        byte[] firmware = Compressible(3001);
        byte[] payload = Padded(PlatformGzip(firmware));
        payload[^1] ^= 0x20;
        Assert.True(Read(Package(0x100, payload, firmware)).TryUnpack(null, out byte[]? plain, out var findings));
        Assert.Equal(FindingCode.OtaPadding, Assert.Single(findings).Code);
        BytesAssert.Equal(firmware, plain);
    }

    [Fact]
    public void Unpack_OfWrongChecksums_NamesEach()
    {
        byte[] firmware = Compressible(3001);
        byte[] package = OtaWriter.Pack(firmware, new OtaPackOptions { Encryption = RblEncryption.None });
        Assert.Equal(FindingCode.RblHeaderCrc, Refusal(Changed(package, 0x0D)));
        Assert.Equal(FindingCode.RblPayloadCrc, Refusal(Changed(package, 0x70)));
        Assert.Equal(FindingCode.RblPayloadHash, Refusal(Package(0x100, package[96..], firmware.Length, Fnv(firmware) ^ 1)));
        Assert.Equal(FindingCode.OtaTruncated, Refusal(package[..^1]));
    }

    [Theory]
    [InlineData(0x001u, FindingCode.OtaEncryptionUnsupported)]
    [InlineData(0x003u, FindingCode.OtaEncryptionUnsupported)]
    [InlineData(0x10000u, FindingCode.OtaEncryptionUnsupported)]
    [InlineData(0x400u, FindingCode.OtaCompressionUnsupported)]
    [InlineData(0x502u, FindingCode.OtaCompressionUnsupported)]
    public void Unpack_OfUnsupportedAlgorithms_SaysWhich(uint algorithm, FindingCode expected)
    {
        byte[] package = Package(algorithm, Padded(Noise(100)), Noise(100));
        Assert.Equal(expected, Refusal(package));
        Assert.Equal(expected, Assert.Single(Read(package).Findings).Code);
    }

    [Fact]
    public void Unpack_OfImpossibleSizes_IsRefused()
    {
        byte[] firmware = Noise(100);
        Assert.Equal(FindingCode.OtaNotWholeBlocks, Refusal(Package(0x002, Noise(33), firmware)));
        Assert.Equal(FindingCode.RblSizes, Refusal(Package(0x000, firmware, 101, 0)));
        Assert.Equal(FindingCode.OtaTooLarge, Refusal(Package(0x100, firmware, -1, 0)));
        Assert.Equal(FindingCode.OtaTooLarge, Refusal(Package(0x100, firmware, 1001, 0), new OtaUnpackOptions { MaximumLength = 1000 }));
        Assert.Equal(FindingCode.RblSizes, Refusal(Package(0x100, Padded(PlatformGzip(firmware)), 101, 0)));
    }

    [Fact]
    public void Unpack_OfABomb_StopsAtTheStatedSize()
    {
        byte[] bomb = PlatformGzip(new byte[200_000_000]);
        byte[] package = Package(0x100, Padded(bomb), 1000, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(FindingCode.OtaTooLong, Refusal(package));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void Unpack_OfALargeStatedSize_AllocatesOnlyWhatIsThere()
    {
        byte[] package = Package(0x100, Padded(PlatformGzip(new byte[100])), 64 * 1024 * 1024, 0);
        byte[] blocks = Package(0x200, Padded([0, 0, 0, 50]), 64 * 1024 * 1024, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(FindingCode.RblSizes, Refusal(package));
        Assert.Equal(FindingCode.OtaStreamTruncated, Refusal(blocks));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Unpack_OfATruncatedStream_IsNoticedAtEveryLength()
    {
        byte[] firmware = Compressible(300);
        byte[] gzip = PlatformGzip(firmware);
        for (int length = 0; length < gzip.Length; length++)
        {
            var code = Refusal(Package(0x100, gzip[..length], firmware));
            Assert.True(code is FindingCode.OtaStreamTruncated or FindingCode.OtaStreamDamaged, $"{length}: {code}");
        }
    }

    [Fact]
    public void Unpack_OfBytesBehindTheMember_ReportsThem()
    {
        byte[] firmware = Compressible(3000);
        byte[] gzip = PlatformGzip(firmware);
        foreach (int count in (int[])[17, 40, 100, 9000])
        {
            Assert.True(Read(Package(0x100, [.. gzip, .. Noise(count)], firmware)).TryUnpack(null, out byte[]? plain, out var findings));
            Assert.Equal(FindingCode.OtaPadding, Assert.Single(findings).Code);
            BytesAssert.Equal(firmware, plain);
        }
        // A second member is not part of the firmware.
        Assert.True(Read(Package(0x100, [.. gzip, .. gzip], firmware)).TryUnpack(null, out _, out var second));
        Assert.Equal(FindingCode.OtaPadding, Assert.Single(second).Code);
    }

    [Fact]
    public void Unpack_OfAGzipHeaderWithFields_SkipsThem()
    {
        byte[] firmware = Compressible(3000);
        byte[] gzip = PlatformGzip(firmware);
        byte[] header = [0x1F, 0x8B, 8, 0x1E, 1, 2, 3, 4, 0, 3, 3, 0, 7, 7, 7, .. "name\0"u8, .. "comment\0"u8, 0, 0];
        BytesAssert.Equal(firmware, Read(Package(0x100, Padded([.. header, .. gzip[10..]]), firmware)).Unpack());
        for (int length = 0; length < header.Length; length++)
            Assert.Equal(FindingCode.OtaStreamTruncated, Refusal(Package(0x100, header[..length], firmware)));
        header[3] = 0x20;
        Assert.Equal(FindingCode.OtaStreamDamaged, Refusal(Package(0x100, header, firmware)));
    }

    [Fact]
    public void TryRead_OfATruncatedFile_NeverThrows()
    {
        byte[] package = OtaWriter.Pack(Compressible(60));
        for (int length = 0; length < package.Length; length++)
        {
            bool read = OtaPackage.TryRead(package[..length], out var cut);
            Assert.Equal(length >= 96, read);
            if (!read)
                continue;
            Assert.False(cut!.IsComplete);
            Assert.Null(cut.PayloadCrcOk);
            Assert.Equal(FindingCode.OtaTruncated, Refusal(package[..length]));
        }
    }

    [Fact]
    public void TryRead_OfAPackageInAPartition_SeesItsEnd()
    {
        byte[] package = OtaWriter.Pack(Compressible(600));
        Assert.True(OtaPackage.TryRead((byte[])[.. package, .. Enumerable.Repeat((byte)0xFF, 500)], out var staged, offset: 0x132000));
        Assert.Empty(staged!.Findings);
        Assert.Equal((package.Length, 500), ((int)staged.Length, staged.Trailing.Length));
        Assert.True(OtaPackage.TryRead((byte[])[.. package, 1], out var followed, offset: 0x132000));
        var finding = Assert.Single(followed!.Findings);
        Assert.Equal((FindingCode.OtaTrailingBytes, 0x132000L + package.Length), (finding.Code, finding.Offset));
    }

    [Fact]
    public void Unpack_OfAnyChangedByte_IsRefused()
    {
        foreach (var compression in Compressions)
        {
            byte[] package = OtaWriter.Pack(Compressible(200), new OtaPackOptions { Compression = compression });
            for (int at = 4; at < package.Length; at++)
                Refusal(Changed(package, at));
        }
    }

    [Fact]
    public void Unpack_OfGarbageWithRightChecksums_NeverThrows()
    {
        var random = new Random(5);
        uint[] algorithms = [0x000, 0x002, 0x100, 0x102, 0x200, 0x202, 0x300, 0x302];
        for (int round = 0; round < 3000; round++)
        {
            byte[] payload = Noise(random.Next(8) * 16, round);
            if (round % 3 == 0 && payload.Length > 0)
                ((byte[])[0, 0, 0, (byte)random.Next(64), (byte)(0x4C + random.Next(4))]).CopyTo(payload, 0);
            Read(Package(algorithms[round % 8], payload, random.Next(200), 0)).TryUnpack(null, out _, out _);
        }
    }

    [Theory]
    [MemberData(nameof(AllOptions))]
    public void Pack_ThenUnpack_IsTheIdentity(RblCompression compression, RblEncryption encryption)
    {
        var options = new OtaPackOptions { Compression = compression, Encryption = encryption };
        var sizes = Enumerable.Range(0, 71).Concat(Enumerable.Range(4080, 33)).Concat([8191, 8192, 8193, 12288, 40000]);
        foreach (int size in sizes)
        {
            CheckRoundTrip(Noise(size, size + 1), options);
            CheckRoundTrip(Compressible(size, size + 1), options);
        }
        var random = new Random(7);
        for (int round = 0; round < 12; round++)
        {
            CheckRoundTrip(Noise(random.Next(40001), round), options);
            CheckRoundTrip(Compressible(random.Next(40001), round), options);
        }
    }

    [Fact]
    public void Pack_OfUnsupportedAlgorithms_IsMisuse()
    {
        Assert.Throws<ArgumentException>(() => OtaWriter.Pack([], new OtaPackOptions { Compression = RblCompression.Lzma }));
        Assert.Throws<ArgumentException>(() => OtaWriter.Pack([], new OtaPackOptions { Encryption = RblEncryption.Xor }));
        Assert.Throws<ArgumentException>(() => new OtaKey("short", "0123456789ABCDEF"));
        Assert.Throws<ArgumentException>(() => new OtaKey(new string('\u0100', 32), "0123456789ABCDEF"));
    }

    // The package in the download partition of a device that installed it: what it holds is the app at 0x11000.
    [Fact]
    public void Unpack_OfAStagedPackage_GivesTheAppInFlash()
    {
        byte[] image = Corpus.Read("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin");
        Assert.True(OtaPackage.TryRead(image.AsMemory(0x132000), out var package, offset: 0x132000));
        byte[] firmware = package!.Unpack();
        Assert.Equal(0xD79E5, firmware.Length);
        int pages = (firmware.Length + FlashPages.DataSize - 1) / FlashPages.DataSize;
        var app = new byte[pages * FlashPages.DataSize];
        FlashPages.Decode(image.AsSpan(0x11000, pages * FlashPages.PageSize), app);
        BytesAssert.Equal(app.AsSpan(0, firmware.Length), firmware);
    }

    public static TheoryData<RblCompression, RblEncryption> AllOptions
    {
        get
        {
            var data = new TheoryData<RblCompression, RblEncryption>();
            foreach (var compression in Compressions)
            {
                data.Add(compression, RblEncryption.None);
                data.Add(compression, RblEncryption.Aes256);
            }
            return data;
        }
    }

    private static RblCompression[] Compressions { get; } =
        [RblCompression.None, RblCompression.Gzip, RblCompression.QuickLz, RblCompression.FastLz];

    private static void CheckRoundTrip(byte[] firmware, OtaPackOptions options)
    {
        byte[] bytes = OtaWriter.Pack(firmware, options);
        var package = Read(bytes);
        Assert.Empty(package.Findings);
        Assert.Equal(bytes.Length, package.Length);
        Assert.True(package.TryUnpack(null, out byte[]? plain, out var findings), $"{firmware.Length}: {string.Join("; ", findings)}");
        Assert.Empty(findings);
        BytesAssert.Equal(firmware, plain);
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 0x10;
        return changed;
    }

    private static byte[] PlatformGzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return target.ToArray();
    }
}
