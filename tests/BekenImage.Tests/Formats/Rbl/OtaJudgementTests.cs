using BekenImage.Formats.Rbl;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Formats.Rbl;

/// <summary>What is said of a package before it is opened, where, and what its options do.</summary>
public class OtaJudgementTests
{
    private const int At = 0x132000;

    private static readonly byte[] Firmware = OtaTestData.Compressible(0x900);

    private static (FindingCode Code, FindingSeverity Severity, long? Offset)[] Said(byte[] bytes)
    {
        Assert.True(OtaPackage.TryRead(bytes, out var package, At));
        return package.Findings.Select(finding => (finding.Code, finding.Severity, finding.Offset)).ToArray();
    }

    [Fact]
    public void HeaderCrc_Wrong_IsSaidAtTheHeader()
    {
        byte[] bytes = OtaWriter.Pack(Firmware);
        bytes[0x1C] ^= 1;
        Assert.Equal([(FindingCode.RblHeaderCrc, FindingSeverity.Error, At)], Said(bytes));
    }

    [Fact]
    public void Package_CutOrChanged_IsSaidWhereItBegins()
    {
        byte[] bytes = OtaWriter.Pack(Firmware);
        Assert.Equal([(FindingCode.OtaTruncated, FindingSeverity.Error, At)], Said(bytes[..^1]));
        bytes[^1] ^= 1;
        Assert.Equal([(FindingCode.RblPayloadCrc, FindingSeverity.Error, At + 96)], Said(bytes));
    }

    [Fact]
    public void Sizes_ThatCannotBe_AreSaidAtTheHeader()
    {
        Assert.Equal([(FindingCode.OtaNotWholeBlocks, FindingSeverity.Error, At)], Said(OtaTestData.Package(0x102, new byte[17], Firmware)));
        Assert.Equal([(FindingCode.RblSizes, FindingSeverity.Error, At)], Said(OtaTestData.Package(2, new byte[16], 17, 0)));
        Assert.Empty(Said(OtaTestData.Package(2, new byte[16], 16, 0)));
    }

    [Fact]
    public void Bytes_BehindThePackage_AreSaidWhereTheyBegin_ErasedOnesAreNot()
    {
        byte[] bytes = OtaWriter.Pack(Firmware);
        Assert.Equal([(FindingCode.OtaTrailingBytes, FindingSeverity.Info, At + bytes.Length)], Said([.. bytes, 0]));
        Assert.Empty(Said([.. bytes, 0xFF, 0xFF]));
        Assert.True(OtaPackage.TryRead([.. bytes, 0xFF], out var package));
        BytesAssert.Equal([.. bytes, 0xFF], package.ToArray());
    }

    // Deciphered with another key a stream is noise: its beginning is none, and it does not end in padding.
    [Fact]
    public void AnotherKey_OfAPackedPackage_IsNamedAsTheCause()
    {
        foreach (var compression in new[] { RblCompression.Gzip, RblCompression.QuickLz, RblCompression.FastLz, RblCompression.None })
        {
            byte[] bytes = OtaWriter.Pack(Firmware, new OtaPackOptions { Compression = compression });
            for (int seed = 0; seed < 8; seed++)
            {
                var other = new OtaUnpackOptions { Key = new OtaKey(SyntheticPrograms.Noise(32, seed + 1), new byte[16]) };
                Assert.Equal(FindingCode.OtaWrongKey, OtaTestData.Refusal(bytes, other));
            }
        }
    }

    // Plain packages have no key that could be wrong: what does not unpack is damaged.
    [Fact]
    public void DamagedStream_OfAPlainPackage_IsNotBlamedOnAKey() =>
        Assert.Equal(FindingCode.OtaStreamDamaged, OtaTestData.Refusal(OtaTestData.Package(0x100, SyntheticPrograms.Noise(64, 3), Firmware)));

    [Fact]
    public void WrongHash_OfAWholeStream_NamesTheHash() =>
        Assert.Equal(FindingCode.RblPayloadHash, OtaTestData.Refusal(OtaTestData.Package(0x100, OtaTestData.Padded(Gzip(Firmware)), Firmware.Length, 5)));

    [Fact]
    public void Limits_OfUnpacking_Are64MiB_AndFourTimesTheSizeFrom4MiBOn()
    {
        Assert.Equal(0x4000000, OtaUnpackOptions.DefaultMaximumLength);
        Assert.Equal(0x4000000, new OtaUnpackOptions().MaximumLength);
        Assert.Equal(0x400000, OtaUnpackOptions.Budget(0));
        Assert.Equal(0x400000, OtaUnpackOptions.Budget(0x100000));
        Assert.Equal(0x400004, OtaUnpackOptions.Budget(0x100001));
        Assert.Equal(0x4000000, OtaUnpackOptions.Budget(0x1000000));
        Assert.Equal(0x4000000, OtaUnpackOptions.Budget(long.MaxValue / 8));
    }

    [Fact]
    public void Key_OfAnotherLength_IsMisuse()
    {
        Assert.Throws<ArgumentException>(() => new OtaKey(new byte[31], new byte[16]));
        Assert.Throws<ArgumentException>(() => new OtaKey(new byte[32], new byte[15]));
        Assert.Throws<ArgumentException>(() => new OtaKey(new string('k', 31) + "\u0100", new string('i', 16)));
        Assert.NotNull(new OtaKey(new string('\u00FF', 32), new string('i', 16)));
    }

    // The byte the vendor's packager leaves in the version field, where the version and its NUL do not reach it.
    [Theory]
    [InlineData("1.00", 1)]
    [InlineData("1234567", 1)]
    [InlineData("12345678", 0)]
    [InlineData("123456789", (byte)'9')]
    public void Pack_LeavesTheVendorsByteInTheVersion(string version, byte expected) =>
        Assert.Equal(expected, OtaWriter.Pack(Firmware, new OtaPackOptions { Version = version })[0x1C + 8]);

    [Fact]
    public void Pack_WithAHeader_KeepsItsTexts()
    {
        Assert.True(RblHeader.TryRead(PlainFormats.Header([1], "download", "9.9", 77, junk: 0xA5), out var template));
        var read = OtaTestData.Read(OtaWriter.Pack(Firmware, new OtaPackOptions { HeaderTemplate = template, Name = "app", Version = "1" }));
        Assert.Equal(("download", "9.9", 77u), (read.Header.Name, read.Header.Version, read.Header.Timestamp));
        BytesAssert.Equal(Firmware, read.Unpack());
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(target, System.IO.Compression.CompressionLevel.Optimal))
            gzip.Write(bytes);
        return target.ToArray();
    }
}
