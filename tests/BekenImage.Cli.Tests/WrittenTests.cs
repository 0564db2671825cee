using System.Security.Cryptography;
using System.Text.Json;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary>Verbs that write: the document says what is on disk, and what is given no name lies beside its input.</summary>
public sealed class WrittenTests
{
    public static TheoryData<string> Lines => new(
        "put IMAGE rf RF -o OUT", "rf set-mac IMAGE c8:47:8c:12:34:56 -o OUT", "rf restore IMAGE --from OTHER --mac c8:47:8c:12:34:56 -o OUT",
        "obk set IMAGE pins.6=Btn:2 -o OUT", "fal set IMAGE --table TABLE -o OUT", "rekey IMAGE --to zero -o OUT", "fs add IMAGE x.txt=TABLE -o OUT",
        "extract IMAGE app -o OUT", "extract IMAGE 0+4K -o OUT", "crc add PLAIN -o OUT", "crc strip PAGES -o OUT", "crc repair PAGES -o OUT",
        "encrypt PLAIN --key tuya --address 0 -o OUT", "decrypt PLAIN --key tuya --address 0 -o OUT", "ota pack PLAIN -o OUT", "ota unpack PACKAGE -o OUT",
        "ug pack PACKAGE --app-version 1 -o OUT", "ug unpack UG -o OUT", "uf2 pack PACKAGE --chip BK7231N -o OUT", "merge SPLIT -o OUT",
        "build app --chip BK7231N --key tuya --app PLAIN -o OUT", "sanitize IMAGE -o OUT", "normalize IMAGE -o OUT", "combine IMAGE FIRMWARE -o OUT");

    [Theory]
    [MemberData(nameof(Lines))]
    public void Document_SaysWhatIsOnDisk(string line)
    {
        using var folder = new TestFolder();
        string output = folder["out.bin"];
        string[] words = Words(folder, line, output);
        var result = Tool.Run([.. words, "--json"]).Succeeds();
        var document = result.Json;
        byte[] written = folder.Read("out.bin");
        string verb = document.GetProperty("verb").GetString()!;
        Assert.StartsWith(verb + " ", line, StringComparison.Ordinal);
        Assert.Equal((1, output), (document.GetProperty("schema").GetInt32(), document.GetProperty("output").GetString()));
        Assert.Equal((written.Length, Convert.ToHexStringLower(SHA256.HashData(written))), (document.GetProperty("length").GetInt32(), document.GetProperty("sha256").GetString()));
        Assert.Equal(JsonValueKind.Array, document.GetProperty("findings").ValueKind);
        // What is told to people is on standard error.
        Assert.DoesNotContain(result.ErrorLines, said => said.Contains('{'));
        // A document does not change what is written, and standard output takes one of the two.
        Assert.Equal(written, Again(words[..^1]));
        Assert.Equal(2, Tool.Run([.. words[..^1], "-", "--json"]).ExitCode);

        byte[] Again(string[] before)
        {
            Tool.Run([.. before, folder["again.bin"]]).Succeeds();
            return folder.Read("again.bin");
        }
    }

    [Theory]
    [InlineData("fs extract IMAGE -o OUT", "www/index.html")]
    [InlineData("extract IMAGE littlefs -o OUT", "www/index.html")]
    [InlineData("uf2 unpack UF2 -o OUT", null)]
    [InlineData("demo -o OUT", "factory.bin")]
    public void Document_OfAFolder_ListsItsFiles(string line, string? name)
    {
        using var folder = new TestFolder();
        var document = Tool.Run([.. Words(folder, line, folder["out"]), "--json"]).Succeeds().Json;
        Assert.Equal(JsonValueKind.Null, document.GetProperty("sha256").ValueKind);
        var files = document.GetProperty("files").EnumerateArray().ToArray();
        Assert.NotEmpty(files);
        Assert.Equal(document.GetProperty("length").GetInt64(), files.Sum(file => file.GetProperty("length").GetInt64()));
        if (name is not null)
            Assert.Contains(files, file => file.GetProperty("name").GetString() == name);
        foreach (var file in files)
        {
            byte[] written = folder.Read("out/" + file.GetProperty("name").GetString());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(written)), file.GetProperty("sha256").GetString());
        }
    }

    [Fact]
    public void Demo_ThatWritesNothing_SaysSo()
    {
        var document = Tool.Run("demo", "--json").Succeeds().Json;
        Assert.Equal(JsonValueKind.Null, document.GetProperty("output").ValueKind);
        Assert.Equal(3, document.GetProperty("files").GetArrayLength());
    }

    [Fact]
    public void TuyaGet_GivesTheValue_MaskedUnlessAsked()
    {
        using var folder = new TestFolder();
        ScreenFiles.Write(folder, ["plug.bin"]);
        var document = Tool.Run("tuya", "get", folder["plug.bin"], "ty_name", "--json").Succeeds().Json;
        Assert.Equal(("synthetic plug", false), (document.GetProperty("value").GetString(), document.GetProperty("masked").GetBoolean()));
        Assert.Contains("did you mean ty_name?", Tool.Run("tuya", "get", folder["plug.bin"], "ty_nmae").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("split IMAGE", "image.split")]
    [InlineData("merge SPLIT", "split.merged.bin")]
    [InlineData("sanitize IMAGE", "image.sanitized.bin")]
    [InlineData("normalize IMAGE", "image.normalized.bin")]
    [InlineData("fs extract IMAGE", "image.files")]
    [InlineData("uf2 unpack UF2", "uf2.parts")]
    [InlineData("crc add PLAIN", "plain.paged.bin")]
    [InlineData("crc strip PAGES", "pages.stripped.bin")]
    [InlineData("crc repair PAGES", "pages.repaired.bin")]
    [InlineData("encrypt PLAIN --key tuya --address 0", "plain.encrypted.bin")]
    [InlineData("decrypt PLAIN --key tuya --address 0", "plain.decrypted.bin")]
    [InlineData("ota pack PLAIN", "plain.rbl")]
    [InlineData("ota unpack PACKAGE", "package.bin")]
    [InlineData("ug pack PACKAGE --app-version 1", "package.ug.bin")]
    [InlineData("ug unpack UG", "ug.rbl")]
    public void Output_WithoutAName_LiesBesideTheInput_AndIsKept(string line, string name)
    {
        using var folder = new TestFolder();
        string[] words = Words(folder, line, string.Empty);
        string[] before = folder.Names;
        var result = Tool.Run(words).Succeeds();
        Assert.Equal([name], folder.Names.Except(before));
        Assert.Contains(folder[name], result.Error, StringComparison.Ordinal);
        Tool.Run(words).Fails(4, "BKI9009", "--force");
        Tool.Run([.. words, "--force"]).Succeeds();
        Assert.Contains("without it ", Tool.Run([.. words.TakeWhile(word => !word.StartsWith(folder.Root, StringComparison.Ordinal)), "--help"]).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("split -")]
    [InlineData("crc add -")]
    [InlineData("ota pack -")]
    public void Output_OfStandardInput_NeedsAName(string line) =>
        Assert.Contains("needs --output", Tool.Run(line.Split(' ')).Error, StringComparison.Ordinal);

    private static string[] Words(TestFolder folder, string line, string output) => line.Split(' ').Select(word => word switch
    {
        "OUT" => output,
        "IMAGE" => Made(folder, "image.bin", () => OpenBeken()),
        "OTHER" => Made(folder, "other.bin", () => Samples.TuyaN),
        "FIRMWARE" => Made(folder, "firmware.bin", () => Samples.ObkN),
        "RF" => Made(folder, "rf.bin", () => Samples.TuyaN[0x1D0000..0x1D1000]),
        "PLAIN" => Made(folder, "plain.bin", () => Samples.PlainApp),
        "PAGES" => Made(folder, "pages.bin", () => PageFile.Add(Samples.PlainApp)),
        "PACKAGE" => Made(folder, "package.rbl", () => UpdatePackager.Pack(Samples.PlainApp)),
        "UG" => Made(folder, "ug.bin", () => UpdatePackager.Wrap(UpdatePackager.Pack(Samples.PlainApp), "1.0")),
        "UF2" => Made(folder, "uf2.uf2", () => Uf2()),
        "TABLE" or "x.txt=TABLE" => word.Replace("TABLE", Made(folder, "table.json", () => Table(folder)), StringComparison.Ordinal),
        "SPLIT" => Split(folder),
        _ => word,
    }).ToArray();

    private static string Made(TestFolder folder, string name, Func<byte[]> make) => File.Exists(folder[name]) ? folder[name] : folder.Write(name, make());

    private static byte[] OpenBeken()
    {
        using var folder = new TestFolder();
        ScreenFiles.Write(folder, ["obk.bin"]);
        return folder.Read("obk.bin");
    }

    private static byte[] Uf2()
    {
        using var folder = new TestFolder();
        string package = folder.Write("a.rbl", UpdatePackager.Pack(Samples.PlainApp));
        Tool.Run("uf2", "pack", package, "--chip", "BK7231N", "-o", folder["a.uf2"]).Succeeds();
        return folder.Read("a.uf2");
    }

    private static byte[] Table(TestFolder folder)
    {
        string image = Made(folder, "image.bin", OpenBeken);
        return System.Text.Encoding.UTF8.GetBytes(Tool.Run("fal", "show", image, "--json").Succeeds().Output);
    }

    private static string Split(TestFolder folder)
    {
        string image = Made(folder, "image.bin", OpenBeken);
        if (!Directory.Exists(folder["split"]))
            Tool.Run("split", image, "-o", folder["split"]).Succeeds();
        return folder["split"];
    }
}
