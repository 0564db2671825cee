using System.Security.Cryptography;
using System.Text.Json;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Images;

public class DataAreasTests
{
    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void TuyaStorage_OfACorpusImage_HasTheManifestsValues(string file)
    {
        var image = FlashImage.Parse(Corpus.Read(file));
        if (!Corpus.Manifest(file).TryGetProperty("tuyaStorage", out var expected) || expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(image.TuyaStorage);
            return;
        }
        Assert.Equal((expected.GetProperty("offset").GetInt64(), expected.GetProperty("blocks").GetInt32()), (image.TuyaStorage!.Offset, image.TuyaStorage.Blocks));
        var values = expected.GetProperty("values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value);
        Assert.Equal(values.Keys.OrderBy(name => name, StringComparer.Ordinal), image.TuyaStorage.Values.Select(value => value.Name));
        foreach (var value in image.TuyaStorage.Values)
            Assert.Equal(values[value.Name].GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(value.Data.Span)));
        var partition = image.FindPartition(PartitionNames.Tuya)!;
        Assert.Equal((image.TuyaStorage.Offset, image.TuyaStorage.Length, PartitionSource.Scan), (partition.Offset, partition.Length, partition.Source));
    }

    [Fact]
    public void Partitions_OfATuyaOS3Device_NameTheProtectedBlockAndItsCopy()
    {
        var image = FlashImage.Parse(Corpus.Read("BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin"));
        Assert.Equal((0x1ED000, 0x1CF000), (image.FindPartition("tuya-protected")!.Offset, image.FindPartition("tuya-protected-2")!.Offset));
        Assert.Equal((0x1D2000, 0x18000), (image.FindPartition("tuya-uf")!.Offset, image.FindPartition("tuya-uf")!.Length));
    }

    [Fact]
    public void Parse_OfAllAreas_FindsEachAndTellsNoSecret()
    {
        var image = FlashImage.Parse(DataImages.Full());
        Assert.Equal(DataImages.FastConnectOffset, Assert.Single(image.FastConnectRecords).Offset);
        Assert.Equal(DataImages.NetParamOffset, Assert.Single(image.NetParamTables).Offset);
        Assert.Equal((3, DataImages.FlashVarsOffset), (image.FlashVarsStore!.Variables!.BootCount, image.FlashVarsStore.Offset));
        Assert.Equal(["gw_bi", "gw_wsm"], image.TuyaStorage!.Values.Select(value => value.Name));
        Assert.Equal(DataImages.ObkOffset, image.ObkConfig!.Offset);
        foreach (string name in new[] { "rf", "net", "fast-connect", "flash-vars", "obk-config", "tuya", "tuya-protected" })
            Assert.Equal(PartitionSource.Scan, image.FindPartition(name)!.Source);
        var credentials = image.Findings.Where(finding => finding.Code is FindingCode.FastConnectCredentials or FindingCode.FlashVarsCredentials).ToArray();
        Assert.Equal([FindingSeverity.Info, FindingSeverity.Info], credentials.Select(finding => finding.Severity));
        foreach (string secret in DataImages.Secrets)
            Assert.DoesNotContain(image.Findings, finding => finding.Message.Contains(secret, StringComparison.Ordinal));
    }
}
