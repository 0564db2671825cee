namespace BekenImage.Documents.Tests;

/// <summary>A name that stands twice in one object: what RFC 8259 leaves open. Readers of other tools take the last; of ours it is a mistake.</summary>
public class NamesTwiceTests
{
    [Fact]
    public void TuyaDescription_TakesTheLast_AndSaysSo()
    {
        var read = InputDocuments.ParseTuyaDescription("""{"gw_bi":{"uuid":"x"},"user_param_key":{"rl1_pin":7,"rl1_lv":1,"rl1_pin":6},"baud_cfg":{"a":1},"baud_cfg":{"a":2}}""");
        Assert.Equal("""{"a":2}""", read.Find("baud_cfg")!.Text);
        Assert.Equal(3, read.Values.Count);
        Assert.Equal([6], read.Wiring.Pins.Select(pin => pin.Gpio));
        Assert.Equal(["'rl1_pin'", "'baud_cfg'"], read.Findings.Select(finding => finding.Message.Split(' ')[2]));
        Assert.All(read.Findings, finding => Assert.Equal((FindingCode.JsonNameTwice, FindingSeverity.Warning), (finding.Code, finding.Severity)));
        Assert.Contains("BKI8016", ImageDocuments.TuyaDescription(read, "storage.json"), StringComparison.Ordinal);
        Assert.Contains("BKI8016", ImageDocuments.TuyaDescriptionAsObk(read, "storage.json"), StringComparison.Ordinal);
        Assert.Empty(InputDocuments.ParseTuyaDescription("""{"user_param_key":{"rl1_pin":6,"rl2_pin":7}}""").Findings);
    }

    [Fact]
    public void Template_TakesTheLast_AndSaysSo()
    {
        const string json = """{"vendor":"a","vendor":"b","pins":{"6":"Rel;1","6":"Btn;1"},"flags":"0","command":""}""";
        foreach (var template in new[] { InputDocuments.ParseTemplate(json), InputDocuments.ParseObkConfig(json).Template! })
        {
            Assert.Equal("b", template.Vendor);
            Assert.Equal("Btn", Assert.Single(template.Pins).RoleName);
            Assert.Equal(2, template.Findings.Count(finding => finding.Code == FindingCode.JsonNameTwice));
        }
    }

    [Theory]
    [InlineData("""{"mqttHost":"a","mqttHost":"b"}""")]
    [InlineData("""{"obkConfig":{"mqttHost":"a","mqttHost":"b"}}""")]
    public void OwnDocument_IsRefused(string json) =>
        Assert.Contains("'mqttHost' stands twice", Assert.Throws<BekenImageException>(() => InputDocuments.ParseObkConfig(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Tables_AreRefused()
    {
        Assert.Throws<BekenImageException>(() => InputDocuments.ParsePartitionTable("""{"part_table":[{"name":"app","name":"b","flash_name":"beken_onchip_crc","offset":"64K","len":"1M"}]}"""));
        Assert.Throws<BekenImageException>(() => InputDocuments.ParsePackager("""{"section":[],"section":[]}"""));
    }

    // As many names as one likes are told as twenty.
    [Fact]
    public void ManyNames_AreToldOnceEach()
    {
        string json = "{\"user_param_key\":{\"rl1_pin\":6," + string.Join(",", Enumerable.Range(0, 100).SelectMany(number => Enumerable.Repeat($"\"x{number}\":1", 3))) + "}}";
        var read = InputDocuments.ParseTuyaDescription(json);
        Assert.Equal(20, read.Findings.Count);
        Assert.Equal(20, read.Findings.Select(finding => finding.Message).Distinct().Count());
    }
}
