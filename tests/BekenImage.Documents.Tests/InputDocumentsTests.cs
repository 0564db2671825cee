using System.Text;
using BekenImage.Documents.Tests.Support;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Obk;
using CsCheck;

namespace BekenImage.Documents.Tests;

/// <summary>What is written reads back; what is wrong is a sentence, whatever it is.</summary>
public sealed class InputDocumentsTests
{
    public const string PartitionTable = """
        {"magic":"0x45503130","part_table":[{"name":"bootloader","flash_name":"beken_onchip_crc","offset":"0x0","len":"64K"},
        {"name":"app","flash_name":"beken_onchip_crc","offset":65536,"len":"0x108700"},{"name":"cfg","flash_name":"beken_onchip",
        "offset":"0x1D0000","len":4096}]}
        """;

    public const string Packager = """
        {"magic":"RT-Thread","version":"0.1","count":1,"section":[{"firmware":"bk.bin","version":"1.00","partition":"app",
        "start_addr":"0x11000","size":"1124K"}]}
        """;

    [Fact]
    public void PartitionTable_InBothForms_IsRead()
    {
        FalPartition[] expected =
        [
            new("bootloader", "beken_onchip_crc", 0, 0x10000), new("app", "beken_onchip_crc", 0x10000, 0x108700),
            new("cfg", "beken_onchip", 0x1D0000, 0x1000),
        ];
        Assert.Equal(expected.Select(Describe), InputDocuments.ParsePartitionTable(PartitionTable).Select(Describe));
        Assert.Equal(expected.Select(Describe),
            InputDocuments.ParsePartitionTable(Encoding.UTF8.GetBytes(PartitionTable)).Select(Describe));
        Assert.Equal(
            Samples.TuyaN.Fal!.Partitions.Select(Describe),
            InputDocuments.ParsePartitionTable(ImageDocuments.PartitionTable(Samples.TuyaN, "x")).Select(Describe));
    }

    [Fact]
    public void PackListing_IsReadInItsOrder()
    {
        const string json = """{"all-app.bin":["bl2","partition"],"ota.bin":["primary_all"]}""";
        Assert.True(InputDocuments.IsPackListing(Encoding.UTF8.GetBytes(json)));
        Assert.False(InputDocuments.IsPackListing(Encoding.UTF8.GetBytes(Packager)));
        Assert.Equal(["all-app.bin: bl2, partition", "ota.bin: primary_all"], InputDocuments.ParsePackListing(json).Select(listing => listing.ToString()));
    }

    [Theory]
    [InlineData("{}", "names no file")]
    [InlineData("""{"all-app.bin":"bl2"}""", "no list")]
    [InlineData("""{"all-app.bin":["bl2",1]}""", "no name")]
    [InlineData("""{"all-app.bin":[""]}""", "no name")]
    [InlineData("[]", "no object")]
    public void PackListing_Unfit_SaysWhy(string json, string says) => AssertSays(() => InputDocuments.ParsePackListing(json), says);

    [Fact]
    public void Packager_IsRead()
    {
        var section = Assert.Single(InputDocuments.ParsePackager(Packager));
        Assert.Equal(("bk.bin", "app", "1.00", 0x11000, 1124 * 1024), (section.Firmware, section.Partition, section.Version,
            section.Start, section.Size));
    }

    [Fact]
    public void SplitManifest_WrittenAndRead_IsTheSame()
    {
        var split = ImageSplitter.Split(Samples.TuyaN);
        string json = ImageDocuments.Split(split, "x");
        var read = InputDocuments.ParseSplitManifest(json);
        Assert.Equal(split.Manifest.Files.Select(Describe), read.Files.Select(Describe));
        Assert.Equal((split.Manifest.Length, split.Manifest.Rotation, split.Manifest.Sha256), (read.Length, read.Rotation, read.Sha256));
        Assert.Equal(Samples.TuyaN.Source.ToArray(), ImageMerger.Merge(read, name => split.Contents[name]));
        Assert.Equal(read.Files.Select(file => file.Name), InputDocuments.ParseFolderManifest(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void ObkConfig_WrittenAndRead_ChangesNothing()
    {
        var config = Samples.ObkDevice.ObkConfig!;
        foreach (bool secrets in new[] { true, false })
        {
            var builder = new ObkConfigBuilder(config);
            InputDocuments.ParseObkConfig(ImageDocuments.ObkConfig(Samples.ObkDevice, "x", secrets)).ApplyTo(builder);
            Assert.Equal(config.Bytes.ToArray(), builder.Build().Bytes.ToArray());
        }
    }

    [Fact]
    public void Template_WrittenAndRead_IsTheSameText()
    {
        string json = DeviceTemplates.FromTuya(Samples.Wired);
        Assert.Equal(json, DeviceTemplates.ToJson(InputDocuments.ParseTemplate(json)));
        Assert.Equal("CBU", InputDocuments.ParseObkConfig(json).Template!.Board);
        // Members that nobody knows are kept, whatever is in them.
        const string foreign = """{"vendor":"é","x":[1,-2.5,1e300,18446744073709551615,{"y":null,"z":true}],"pins":{"7":"Rel;1"}}""";
        Assert.Equal(foreign.Replace("1e300", "1E+300", StringComparison.Ordinal),
            DeviceTemplates.ToJson(InputDocuments.ParseTemplate(foreign), indented: false));
    }

    [Fact]
    public void TuyaValues_WrittenAndRead_AreTheSame()
    {
        var stored = Samples.Secrets.TuyaStorage!.Values;
        var read = InputDocuments.ParseTuyaValues(ImageDocuments.TuyaValues(Samples.Secrets, "x", showSecrets: true));
        Assert.Equal(stored.Select(value => (value.Name, value.Text)), read.Select(value => (value.Name, value.Text)));
        var hex = InputDocuments.ParseTuyaValues("""{"values":[{"name":"n","hex":"00ffA1"}]}""");
        Assert.Equal([0x00, 0xFF, 0xA1], Assert.Single(hex).Data!);
    }

    [Theory]
    [InlineData("[]", "no object in braces")]
    [InlineData("{}", "part_table")]
    [InlineData("""{"part_table":[]}""", "part_table")]
    [InlineData("""{"part_table":[3]}""", "entry 0 is no object")]
    [InlineData("""{"part_table":[{"name":"a","flash_name":"beken_x","offset":-1,"len":1}]}""", "entry 0: 'offset' is a number up to 64M")]
    [InlineData("""{"part_table":[{"name":"a","flash_name":"beken_x","offset":1.5,"len":1}]}""", "'offset'")]
    [InlineData("""{"part_table":[{"name":"a","flash_name":"beken_x","offset":0,"len":"65M"}]}""", "'len'")]
    [InlineData("""{"part_table":[{"name":"a","flash_name":"spi","offset":0,"len":1}]}""", "beken_onchip")]
    [InlineData("""{"part_table":[{"name":"abcdefghijklmnopqrstuvwxyz","flash_name":"beken_x","offset":0,"len":1}]}""", "1 to 24")]
    [InlineData("""{"part_table":[{"name":"a","name":"b"}]}""", "twice")]
    public void PartitionTable_Unfit_SaysWhy(string json, string says) => AssertSays(() => InputDocuments.ParsePartitionTable(json), says);

    [Theory]
    [InlineData("{}", "'section'")]
    [InlineData("""{"section":[{"partition":"app","start_addr":0,"size":1}]}""", "section 0 has no text 'firmware'")]
    [InlineData("""{"section":[{"firmware":"","partition":"app","start_addr":0,"size":1}]}""", "'firmware'")]
    [InlineData("""{"section":[{"firmware":"a","partition":"app","start_addr":"x","size":1}]}""", "section 0: 'start_addr'")]
    public void Packager_Unfit_SaysWhy(string json, string says) => AssertSays(() => InputDocuments.ParsePackager(json), says);

    [Theory]
    [InlineData("\"name\": \"bootloader.bin\"", "\"name\": \"../bootloader.bin\"")]
    [InlineData("\"name\": \"bootloader.bin\"", "\"name\": \"..\"")]
    [InlineData("\"name\": \"bootloader.bin\"", "\"name\": 5")]
    [InlineData("\"role\": \"plain\"", "\"role\": \"other\"")]
    [InlineData("\"rotation\": 0", "\"rotation\": -1")]
    [InlineData("\"rotation\": 0", "\"rotation\": 4294967296")]
    [InlineData("\"length\": 2097152", "\"length\": \"2M\"")]
    [InlineData("\"key\": \"510fb093 ", "\"key\": \"")]
    [InlineData("\"headerOffset\"", "\"header\"")]
    [InlineData("\"partitionLength\"", "\"length2\"")]
    [InlineData("\"fileLength\": ", "\"fileLength\": 9")]
    public void SplitManifest_Edited_IsNone(string from, string to)
    {
        string json = ImageDocuments.Split(ImageSplitter.Split(Samples.TuyaN), "x");
        string edited = json.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(json, edited);
        if (from.Contains("headerOffset", StringComparison.Ordinal))
            Assert.All(InputDocuments.ParseSplitManifest(edited).Files, file => Assert.Null(file.HeaderOffset));
        else
            AssertSays(() => InputDocuments.ParseSplitManifest(edited), "not the manifest of a split folder");
    }

    [Theory]
    [InlineData("""{"values":[{"name":"n","hex":"0"}]}""")]
    [InlineData("""{"values":[{"name":"n","hex":"0x"}]}""")]
    [InlineData("""{"values":[{"name":"n"}]}""")]
    [InlineData("""{"values":[{"text":"n"}]}""")]
    [InlineData("""{"values":[1]}""")]
    public void TuyaValues_Unfit_SayWhatEachNeeds(string json) =>
        AssertSays(() => InputDocuments.ParseTuyaValues(json), "needs 'name', and 'text' or 'hex'");

    [Fact]
    public void Parse_OfAnyMutation_ThrowsNothingElse()
    {
        string[] documents =
        [
            PartitionTable, Packager, ImageDocuments.Split(ImageSplitter.Split(Samples.TuyaN), "x", indented: false),
            DeviceTemplates.FromTuya(Samples.Wired), ImageDocuments.ObkConfig(Samples.ObkDevice, "x", indented: false),
            ImageDocuments.TuyaValues(Samples.Secrets, "x", showSecrets: true, indented: false),
        ];
        Action<string>[] readers =
        [
            json => InputDocuments.ParsePartitionTable(json), json => InputDocuments.ParsePackager(json), json => InputDocuments.ParsePackListing(json),
            json => InputDocuments.ParseSplitManifest(json), json => InputDocuments.ParseTemplate(json),
            json => InputDocuments.ParseObkConfig(json), json => InputDocuments.ParseTuyaValues(json),
            json => InputDocuments.ParseFolderManifest(Encoding.UTF8.GetBytes(json)),
            json => InputDocuments.ParseObkConfig(json).ApplyTo(new ObkConfigBuilder(Samples.ObkDevice.ObkConfig!)),
        ];
        string[] values = ["null", "-1", "1e99", "18446744073709551615", "\"\"", "\"x\"", "[]", "{}", "[[1]]", "true", "{\"a\":{}}",
            "\"0x\"", "\"99999999999M\""];
        Gen.Select(Gen.Int[0, documents.Length - 1], Gen.Double[0, 1], Gen.Int[0, values.Length - 1]).Sample((index, place, other) =>
        {
            string json = Replaced(documents[index], place, values[other]);
            foreach (var read in readers)
            {
                try
                {
                    read(json);
                }
                catch (BekenImageException error)
                {
                    Assert.NotEmpty(error.Message);
                }
            }
        }, iter: 3_000);
    }

    [Theory]
    [InlineData("{", true)]
    [InlineData("\ufeff \r\n\t{\"a\":1}", true)]
    [InlineData("[1]", false)]
    [InlineData("", false)]
    public void IsJson_IsTrueForObjectsOnly(string text, bool expected) =>
        Assert.Equal(expected, InputDocuments.IsJson(Encoding.UTF8.GetBytes(text)));

    // Puts another value behind one of the document's colons.
    private static string Replaced(string json, double place, string value)
    {
        int colon = json.IndexOf(':', (int)(place * (json.Length - 1)));
        int end = colon < 0 ? -1 : json.IndexOfAny([',', '}', ']'], colon);
        return end < 0 ? json.Substring(0, json.Length / 2) : json.Substring(0, colon + 1) + value + json.Substring(end);
    }

    private static void AssertSays(Action parse, string says)
    {
        var error = Assert.Throws<BekenImageException>(parse);
        Assert.Equal(FindingCode.WrongKind, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static string Describe(FalPartition entry) => $"{entry.Name} {entry.Flash} {entry.Offset:x} {entry.Length:x}";

    private static string Describe(SplitFile file) =>
        $"{file.Name} {file.Role} {file.Partition} {file.Range} {file.Length} {file.Sha256} {file.Key} " +
        $"{file.LogicalStart} {file.PartitionRange} {file.HeaderOffset}";
}
