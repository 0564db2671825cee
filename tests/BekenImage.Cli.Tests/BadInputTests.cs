using System.Text;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary>What every verb does with a file that is not what it needs: exit 3, one line, no output file, inputs untouched.</summary>
public sealed class BadInputTests
{
    /// <summary>Every verb that reads IN and writes OUT; IN is what is wrong.</summary>
    private static readonly string[] ReadingVerbs =
    [
        "split IN -o OUT", "extract IN app -o OUT", "extract IN 0x11000+34 -o OUT", "put IN app GOOD -o OUT", "put GOOD app IN -o OUT", "combine IN GOOD -o OUT",
        "combine GOOD IN -o OUT", "combine GOOD FIRMWARE -o OUT --rf IN", "combine GOOD FIRMWARE -o OUT --obk-config IN",
        "combine NOBOOT FIRMWARE -o OUT --bootloader IN", "encrypt IN -o OUT --key tuya --address 0", "decrypt IN -o OUT --key tuya --address 0",
        "crc add IN -o OUT", "crc strip IN -o OUT", "crc repair IN -o OUT", "normalize IN -o OUT", "fal show IN", "crc check IN", "inspect IN", "verify IN", "merge IN -o OUT",
    ];

    public static TheoryData<string> AllVerbs => new(ReadingVerbs);

    public static TheoryData<string> FileVerbs => new(ReadingVerbs.Where(line => !line.StartsWith("merge", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(AllVerbs))]
    public void MissingFile_IsSaidByName(string line)
    {
        using var folder = new TestFolder();
        var result = Run(folder, line, folder["missing.bin"]);
        result.Fails(3, "BKI8010", "missing.bin: BKI8010: there is no such f");
        AssertNothingWritten(folder, result);
    }

    [Theory]
    [MemberData(nameof(FileVerbs))]
    public void EmptyFile_IsRefused(string line)
    {
        using var folder = new TestFolder();
        var result = Run(folder, line, folder.Write("empty.bin", []));
        result.Fails(3, "BKI8011", "empty");
        AssertNothingWritten(folder, result);
    }

    [Theory]
    [MemberData(nameof(FileVerbs))]
    public void Folder_IsNoFile(string line)
    {
        if (line.StartsWith("inspect", StringComparison.Ordinal))
            line = "verify IN";
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["dir"]);
        var result = Run(folder, line, folder["dir"]);
        result.Fails(3, "BKI8010", "it is a folder");
        AssertNothingWritten(folder, result);
    }

    [Theory]
    [MemberData(nameof(FileVerbs))]
    public void HugeSparseFile_IsRefusedWithoutReadingIt(string line)
    {
        using var folder = new TestFolder();
        using (var stream = File.Create(folder["huge.bin"]))
            stream.SetLength(1L << 30);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var result = Run(folder, line, folder["huge.bin"]);
        result.Fails(3, "BKI8001", "64 MiB");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
        AssertNothingWritten(folder, result);
    }

    [Theory]
    [InlineData("text", "extract IN app -o OUT", 3)]
    [InlineData("text", "put IN app GOOD -o OUT", 3)]
    [InlineData("text", "combine IN GOOD -o OUT", 3)]
    [InlineData("text", "combine GOOD IN -o OUT", 3)]
    [InlineData("text", "combine GOOD FIRMWARE -o OUT --rf IN", 3)]
    [InlineData("text", "combine GOOD FIRMWARE -o OUT --obk-config IN", 3)]
    [InlineData("text", "combine NOBOOT FIRMWARE -o OUT --bootloader IN", 3)]
    [InlineData("text", "decrypt IN -o OUT --key tuya --address 0 --crc", 3)]
    [InlineData("text", "crc strip IN -o OUT", 3)]
    [InlineData("text", "crc repair IN -o OUT", 3)]
    [InlineData("text", "crc check IN", 3)]
    [InlineData("text", "fal show IN", 3)]
    [InlineData("text", "verify IN", 1)]
    [InlineData("text", "inspect IN", 0)]
    [InlineData("three", "extract IN app -o OUT", 3)]
    [InlineData("three", "extract IN 0x11000+34 -o OUT", 3)]
    [InlineData("three", "put IN 0x11000+3 IN -o OUT", 4)]
    [InlineData("three", "combine IN GOOD -o OUT", 3)]
    [InlineData("three", "combine GOOD IN -o OUT", 3)]
    [InlineData("three", "crc check IN", 3)]
    [InlineData("three", "verify IN", 1)]
    [InlineData("three", "inspect IN", 0)]
    [InlineData("blank", "extract IN app -o OUT", 3)]
    [InlineData("blank", "combine IN FIRMWARE -o OUT", 3)]
    [InlineData("blank", "combine GOOD IN -o OUT", 3)]
    [InlineData("blank", "fal show IN", 3)]
    [InlineData("blank", "verify IN", 1)]
    [InlineData("blank", "inspect IN", 0)]
    [InlineData("zeros", "combine IN FIRMWARE -o OUT", 3)]
    [InlineData("zeros", "combine GOOD IN -o OUT", 3)]
    [InlineData("cut", "combine GOOD IN -o OUT", 3)]
    [InlineData("cut", "combine IN FIRMWARE -o OUT", 3)]
    [InlineData("cut at a page", "combine GOOD IN -o OUT", 3)]
    [InlineData("cut packed app", "combine GOOD IN -o OUT", 3)]
    [InlineData("cut", "crc strip IN -o OUT", 3)]
    [InlineData("cut", "inspect IN", 0)]
    public void WrongContent_GetsTheRightExitCodeAndNoOutput(string what, string line, int exitCode)
    {
        using var folder = new TestFolder();
        byte[] bytes = what switch
        {
            "text" => Encoding.UTF8.GetBytes("This is no dump.\nIt is a letter to a friend.\n"),
            "three" => [1, 2, 3],
            "blank" => Samples.Blank(0x200000),
            "zeros" => new byte[0x200000],
            "cut at a page" => Samples.ObkN[..(0x11000 + 34 * 100)],
            "cut packed app" => Samples.ObkNUa[..(34 * 100 + 17)],
            _ => Samples.ObkN[..(0x11000 + 34 * 100 + 17)],
        };
        var result = Run(folder, line, folder.Write("in.bin", bytes));
        Assert.True(exitCode == result.ExitCode, $"exit {result.ExitCode}: {result.Error}{result.Output}");
        if (exitCode > 1)
        {
            Assert.Matches("^bekenimage: .+: BKI[0-9]{4}: .+$", result.ErrorLine);
            AssertNothingWritten(folder, result);
        }
        TerminalAssert.IsHarmless(result);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(35)]
    [InlineData(95)]
    [InlineData(0x1000 - 1)]
    [InlineData(0x10FFF)]
    [InlineData(0x11000)]
    [InlineData(0x11001)]
    [InlineData(0x11022)]
    [InlineData(0x12345)]
    [InlineData(0x12A001)]
    [InlineData(0x1D0FFF)]
    [InlineData(0x1FFFFF)]
    public void CutDump_IsReadByInspectAndVerifyAndSplit(int length)
    {
        using var folder = new TestFolder();
        string input = folder.Write("cut.bin", Samples.TuyaN[..length]);
        var inspect = Tool.Run("inspect", "--json", input).Succeeds();
        Assert.Equal(length, inspect.Json.GetProperty("length").GetInt32());
        Assert.InRange(Tool.Run("verify", input).ExitCode, 0, 1);
        Tool.Run("split", input, "-o", folder["parts"]).Succeeds();
        Tool.Run("merge", folder["parts"], "-o", folder["joined.bin"]).Succeeds();
        Assert.Equal(Samples.TuyaN[..length], folder.Read("joined.bin"));
    }

    [Fact]
    public void Inspect_OfSeveralInputs_DoesTheOthersAndEndsWithTheHighestCode()
    {
        using var folder = new TestFolder();
        string good = folder.Write("good.bin", Samples.TuyaN), empty = folder.Write("empty.bin", []), text = folder.Write("text.bin", "hello"u8.ToArray());
        var result = Tool.Run("inspect", "--json", empty, good, folder["missing.bin"], text);
        Assert.Equal(3, result.ExitCode);
        var lines = result.JsonLines;
        Assert.Equal(4, lines.Length);
        Assert.Equal(["BKI8011", null, "BKI8010", null], lines.Select(line => line.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null));
        Assert.Equal([empty, good, folder["missing.bin"], text], lines.Select(line => line.GetProperty("file").GetString()));
        Assert.All(lines, line => Assert.Equal(1, line.GetProperty("schema").GetInt32()));
        Assert.Equal("dump", lines[1].GetProperty("kind").GetString());
        Assert.Equal("unknown", lines[3].GetProperty("kind").GetString());
        Assert.Equal(2, result.ErrorLines.Length);
    }

    [Fact]
    public void Inspect_OfAFolder_MeansEveryFileInItInOrder()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["dumps"]);
        folder.Write("dumps/b.bin", Samples.TuyaT);
        folder.Write("dumps/a.bin", Samples.TuyaN);
        folder.Write("dumps/c.txt", "hello"u8.ToArray());
        var result = Tool.Run("inspect", "--json", folder["dumps"]).Succeeds();
        Assert.Equal(["a.bin", "b.bin", "c.txt"], result.JsonLines.Select(line => Path.GetFileName(line.GetProperty("file").GetString())));
    }

    [Fact]
    public void Inspect_OfAnEmptyFolder_SaysSo()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["dumps"]);
        var result = Tool.Run("inspect", "--json", folder["dumps"]);
        result.Fails(3, "BKI8011", "no file");
        Assert.Equal("BKI8011", result.JsonLines.Single().GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public void Verify_OfSeveralInputs_DoesTheOthersAndEndsWithTheHighestCode()
    {
        using var folder = new TestFolder();
        string good = folder.Write("good.bin", Samples.TuyaN), blank = folder.Write("blank.bin", Samples.Blank(0x200000));
        Assert.Equal(0, Tool.Run("verify", good).ExitCode);
        Assert.Equal(1, Tool.Run("verify", blank, good).ExitCode);
        var result = Tool.Run("verify", "--json", blank, folder["missing.bin"], good);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(3, result.JsonLines.Length);
        Assert.False(result.JsonLines[0].GetProperty("boots").GetBoolean());
        Assert.Equal("BKI8010", result.JsonLines[1].GetProperty("error").GetProperty("code").GetString());
        Assert.True(result.JsonLines[2].GetProperty("boots").GetBoolean());
    }

    [Theory]
    [InlineData("split IN -o OUT --json")]
    [InlineData("combine IN GOOD -o OUT --json")]
    [InlineData("normalize IN -o OUT --json")]
    [InlineData("fal show IN --json")]
    [InlineData("crc check IN --json")]
    [InlineData("inspect IN --json")]
    [InlineData("verify IN --json")]
    public void UnreadableInput_WithJson_GivesTheErrorDocument(string line)
    {
        using var folder = new TestFolder();
        var result = Run(folder, line, folder["missing.bin"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(1, result.Json.GetProperty("schema").GetInt32());
        Assert.Equal(folder["missing.bin"], result.Json.GetProperty("file").GetString());
        Assert.Equal("BKI8010", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.NotEmpty(result.Json.GetProperty("error").GetProperty("message").GetString()!);
        Assert.Single(result.ErrorLines);
    }

    [Fact]
    public void UnreadableFile_IsSaid()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "root may read everything");
        using var folder = new TestFolder();
        string file = folder.Write("secret.bin", [1]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.None);
        Tool.Run("inspect", file).Fails(3, "BKI8010", "may not be read");
    }

    private static ToolResult Run(TestFolder folder, string line, string input)
    {
        byte[]? before = File.Exists(input) && new FileInfo(input).Length < 1 << 24 ? File.ReadAllBytes(input) : null;
        var result = Tool.Run(line.Split(' ').Select(word => word switch
        {
            "IN" => input,
            "OUT" => folder["out"],
            "GOOD" => folder.Write("good.bin", Samples.TuyaN),
            "FIRMWARE" => folder.Write("firmware.bin", Samples.ObkN),
            "NOBOOT" => folder.Write("noboot.bin", WithoutBootloader()),
            _ => word,
        }).ToArray());
        Assert.NotEqual(70, result.ExitCode);
        if (before is not null)
            BytesAssert.Equal(before, File.ReadAllBytes(input));
        if (File.Exists(folder["good.bin"]))
            BytesAssert.Equal(Samples.TuyaN, folder.Read("good.bin"));
        return result;
    }

    private static byte[] WithoutBootloader()
    {
        byte[] image = Samples.TuyaN;
        image.AsSpan(0, 0x11000).Fill(0xFF);
        return image;
    }

    private static void AssertNothingWritten(TestFolder folder, ToolResult result)
    {
        Assert.Empty(result.Output);
        Assert.False(File.Exists(folder["out"]) || Directory.Exists(folder["out"]));
        Assert.DoesNotContain(folder.Names, name => name.StartsWith('.'));
    }
}
