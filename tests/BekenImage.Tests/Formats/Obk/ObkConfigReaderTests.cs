using BekenImage.Formats.Obk;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Formats.Obk;

public class ObkConfigReaderTests
{
    private const long Offset = 0x1D1000;

    [Theory]
    [InlineData("313233343536373839", 0x63)]
    [InlineData("01", 0x30)]
    [InlineData("80", 0x8C)]
    [InlineData("FF", 0xEF)]
    [InlineData("0100", 0x9E)]
    public void Checksum_KnownBytes_GivesTheSignedValue(string data, int expected) =>
        Assert.Equal(expected, ObkChecksum.Compute(Convert.FromHexString(data)));

    [Theory]
    [InlineData("313233343536373839", 0xA1)]
    [InlineData("0100", 0xC4)]
    public void Checksum_UnsignedForm_GivesTheCatalogueValue(string data, int expected) =>
        Assert.Equal(expected, ObkChecksum.ComputeUnsigned(Convert.FromHexString(data)));

    [Theory]
    [InlineData(5, 0x31, 3584)]
    [InlineData(4, 0x63, 3584)]
    [InlineData(3, 0x76, 2016)]
    public void TryRead_AllZeroConfig_HasTheKnownChecksum(int version, int checksum, int length)
    {
        byte[] bytes = ObkTestData.Minimal(version);
        Assert.Equal(checksum, bytes[3]);
        var config = Read(bytes);
        Assert.Equal((version, length, checksum), ((int)config.Version, config.Length, config.ComputedChecksum));
        Assert.True(config.ChecksumOk);
        Assert.True(config.IsAcceptedByFirmware);
        BytesAssert.Equal(bytes, config.Bytes.Span);
    }

    [Theory]
    [InlineData("startDriver BL0942", 0, 0xBE)]
    [InlineData("echo StartupBeforeConsole", 0x80, 0x97)]
    [InlineData("backlog PWMFrequency 3700; SetPinChannel 8 1; SetPinRole 8 PWM; SetChannel 1 0; SetChannel 1 40; GetChannel 1", 0, 0xEB)]
    public void TryRead_WorkedExample_GivesCommandAndChecksum(string command, byte flagByte, int checksum)
    {
        byte[] bytes = ObkTestData.Minimal(5, command, config => config[0x0B] = flagByte);
        var config = Read(bytes);
        Assert.Equal(checksum, config.StoredChecksum);
        Assert.True(config.ChecksumOk);
        Assert.Equal(command, config.StartupCommand);
    }

    [Fact]
    public void TryRead_WrongChecksum_IsReportedNotRefused()
    {
        byte[] bytes = ObkTestData.Minimal(5, "echo");
        bytes[3] ^= 1;
        var findings = new List<Finding>();
        Assert.True(ObkConfigReader.TryRead(bytes, Offset, ObkPinLayout.Pins32, findings, out var config));
        Assert.False(config!.ChecksumOk);
        Assert.Equal((FindingCode.ObkChecksum, Offset), (Assert.Single(findings).Code, findings[0].Offset!.Value));
        Assert.Equal(FindingCode.ObkChecksum, Assert.Throws<BekenImageException>(() => ObkConfigReader.Read(bytes, Offset, ObkPinLayout.Pins32)).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TryRead_OldVersion_IsReadButNotAcceptedByTodaysFirmware(int version)
    {
        var findings = new List<Finding>();
        Assert.True(ObkConfigReader.TryRead(ObkTestData.Sector(ObkTestData.Minimal(version)), Offset, ObkPinLayout.Pins32, findings, out var config));
        Assert.Equal(2016, config!.Length);
        Assert.True(config.ChecksumOk);
        Assert.False(config.IsAcceptedByFirmware);
        Assert.Equal(FindingCode.ObkVersionNotAccepted, Assert.Single(findings).Code);
    }

    [Fact]
    public void TryRead_CutAnywhere_IsRefusedWithAFinding()
    {
        byte[] bytes = ObkTestData.Minimal();
        for (int length = 0; length < bytes.Length; length++)
        {
            var findings = new List<Finding>();
            Assert.False(ObkConfigReader.TryRead(bytes.AsMemory(0, length), Offset, ObkPinLayout.Pins32, findings, out _));
            Assert.Equal(length >= 8, findings.Count == 1 && findings[0].Code == FindingCode.ObkTruncated);
        }
    }

    [Fact]
    public void TryRead_OtherBytes_AreNoConfig()
    {
        var findings = new List<Finding>();
        Assert.False(ObkConfigReader.TryRead(new byte[4096], Offset, ObkPinLayout.Pins32, findings, out _));
        byte[] implausible = ObkTestData.Minimal(5);
        implausible[7] = 0x70;
        Assert.False(ObkConfigReader.TryRead(implausible, Offset, ObkPinLayout.Pins32, findings, out _));
        Assert.Empty(findings);
        Assert.Equal(FindingCode.ObkNotAConfig, Assert.Throws<BekenImageException>(() => ObkConfigReader.Read(new byte[4096], Offset, ObkPinLayout.Pins32)).Code);
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void TryRead_EverySectorOfAnImage_GivesTheManifestsConfigs(string file)
    {
        byte[] image = Corpus.Read(file);
        var expected = Corpus.Manifest(file).GetProperty("obkConfig").EnumerateArray().Select(config => (
            config.GetProperty("offset").GetInt64(), config.GetProperty("version").GetInt64(),
            config.GetProperty("crcOk").GetBoolean(), config.GetProperty("startupCommand").GetString()));

        var found = new List<(long, long, bool, string?)>();
        for (int offset = 0; offset < image.Length; offset += FlashGeometry.SectorSize)
        {
            if (ObkConfigReader.TryRead(image.AsMemory(offset), offset, ObkPinLayout.Pins32, null, out var config))
                found.Add((offset, config!.Version, config.ChecksumOk, config.StartupCommand));
        }
        Assert.Equal(expected, found);
    }

    private static ObkConfig Read(byte[] bytes)
    {
        var findings = new List<Finding>();
        Assert.True(ObkConfigReader.TryRead(ObkTestData.Sector(bytes), Offset, ObkPinLayout.Pins32, findings, out var config));
        Assert.Empty(findings);
        return config!;
    }
}
