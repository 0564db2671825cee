using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary>An output appears whole or not at all, never over an input, over an earlier file only when forced; inputs stay as they are.</summary>
public sealed class OutputTests
{
    private static readonly string[] Writing =
    [
        "extract IN app -o OUT", "put IN 0x1D1000+4 FOUR -o OUT", "combine IN FIRMWARE -o OUT", "encrypt IN -o OUT --key tuya --address 0",
        "decrypt IN -o OUT --key tuya --address 0", "crc add IN -o OUT", "crc strip PAGES -o OUT", "crc repair PAGES -o OUT", "normalize IN -o OUT", "merge DIR -o OUT",
    ];

    public static TheoryData<string> WritingVerbs => new(Writing);

    [Theory]
    [MemberData(nameof(WritingVerbs))]
    public void ExistingOutput_IsKeptUnlessForced(string line)
    {
        using var folder = Prepare(line);
        folder.Write("out", "mine"u8.ToArray());
        Run(folder, line).Fails(4, "BKI9009", "--force");
        Assert.Equal("mine"u8.ToArray(), folder.Read("out"));
        Run(folder, line + " --force").Succeeds();
        Assert.NotEqual("mine"u8.ToArray(), folder.Read("out"));
        AssertClean(folder);
    }

    [Theory]
    [MemberData(nameof(WritingVerbs))]
    public void Output_ThatIsAFolder_IsRefused(string line)
    {
        using var folder = Prepare(line);
        Directory.CreateDirectory(folder["out"]);
        Run(folder, line + " --force").Fails(4, "BKI9009", "it is a folder");
        AssertClean(folder);
    }

    [Theory]
    [MemberData(nameof(WritingVerbs))]
    public void Output_InAMissingFolder_Is3AndSaysSo(string line)
    {
        using var folder = Prepare(line);
        Run(folder, line.Replace("OUT", "MISSING", StringComparison.Ordinal)).Fails(3, "BKI8012", "there is no such folder");
        AssertClean(folder);
    }

    [Theory]
    [MemberData(nameof(WritingVerbs))]
    public void Output_WithAnEmptyName_Is3(string line)
    {
        using var folder = Prepare(line);
        Run(folder, line.Replace("OUT", "EMPTY", StringComparison.Ordinal)).Fails(3, "BKI8012", "empty name");
        AssertClean(folder);
    }

    [Theory]
    [MemberData(nameof(WritingVerbs))]
    public void Output_ThatIsTheInput_IsRefusedEvenWhenForced(string line)
    {
        using var folder = Prepare(line);
        string output = line.StartsWith("merge", StringComparison.Ordinal) ? "RAW" : line.Contains("PAGES", StringComparison.Ordinal) ? "PAGES" : "IN";
        Run(folder, line.Replace("OUT", output, StringComparison.Ordinal) + " --force").Fails(4, "BKI9010", "inputs are never changed");
        AssertClean(folder);
    }

    [Theory]
    [InlineData("combine IN FIRMWARE -o FIRMWARE --force")]
    [InlineData("combine IN FIRMWARE -o FOUR --rf FOUR --force")]
    [InlineData("combine IN FIRMWARE -o FOUR --obk-config FOUR --force")]
    [InlineData("combine IN FIRMWARE -o FOUR --bootloader FOUR --force")]
    [InlineData("put IN app FOUR -o FOUR --force")]
    [InlineData("merge DIR -o MANIFEST --force")]
    public void Output_ThatIsAnotherInput_IsRefused(string line)
    {
        using var folder = Prepare(line);
        Run(folder, line).Fails(4, "BKI9010", "inputs are never changed");
        AssertClean(folder);
    }

    [Theory]
    [InlineData("symlink")]
    [InlineData("relative symlink")]
    [InlineData("chain of symlinks")]
    [InlineData("hard link")]
    [InlineData("linked folder")]
    [InlineData("dots")]
    public void Output_ThatLeadsToTheInput_IsRefused(string way)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using var folder = Prepare();
        string output = folder["other"];
        switch (way)
        {
            case "symlink":
                File.CreateSymbolicLink(output, folder["in.bin"]);
                break;
            case "relative symlink":
                File.CreateSymbolicLink(output, "in.bin");
                break;
            case "chain of symlinks":
                File.CreateSymbolicLink(folder["middle"], "in.bin");
                File.CreateSymbolicLink(output, folder["middle"]);
                break;
            case "hard link":
                using (var link = System.Diagnostics.Process.Start("ln", [folder["in.bin"], output]))
                    link.WaitForExit();
                break;
            case "linked folder":
                Directory.CreateSymbolicLink(folder["link"], folder.Root);
                output = Path.Combine(folder["link"], "in.bin");
                break;
            default:
                output = Path.Combine(folder.Root, "dir", "..", ".", "in.bin");
                break;
        }
        Tool.Run("normalize", folder["in.bin"], "-o", output, "--force").Fails(4, "BKI9010", "inputs are never changed");
        Assert.Equal(Samples.TuyaN, folder.Read("in.bin"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Output_ThatIsALink_NeverWritesThroughIt(bool dangling)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using var folder = Prepare();
        if (!dangling)
            folder.Write("victim", "mine"u8.ToArray());
        File.CreateSymbolicLink(folder["out"], folder["victim"]);
        Run(folder, "normalize IN -o OUT").Fails(4, "BKI9009", "--force");
        Run(folder, "normalize IN -o OUT --force").Succeeds();
        Assert.Null(new FileInfo(folder["out"]).LinkTarget);
        Assert.Equal(Samples.TuyaN, folder.Read("out"));
        if (dangling)
            Assert.False(File.Exists(folder["victim"]));
        else
            Assert.Equal("mine"u8.ToArray(), folder.Read("victim"));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/full")]
    [InlineData("/dev/stdout")]
    public void Output_ThatIsADevice_IsNotReplacedByAFile(string device)
    {
        Assert.SkipWhen(!File.Exists(device), "there is no such device here");
        using var folder = Prepare();
        Tool.Run("normalize", folder["in.bin"], "-o", device, "--force").Fails(3, "BKI8012", "-");
        Tool.Run("normalize", folder["in.bin"], "-o", device).Fails(3, "BKI8012", "-");
    }

    [Fact]
    public void Output_WithTheLongestNameThereIs_IsWritten()
    {
        using var folder = Prepare();
        string longest = folder[new string('n', 255)];
        Tool.Run("normalize", folder["in.bin"], "-o", longest).Succeeds();
        Tool.Run("normalize", folder["in.bin"], "-o", longest + "n").Fails(3, "BKI8012", "too long");
        AssertClean(folder);
    }

    [Fact]
    public void Output_IsAsTheUmaskWants()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes");
        using var folder = Prepare();
        Run(folder, "normalize IN -o OUT").Succeeds();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(File.GetUnixFileMode(folder["in.bin"]), File.GetUnixFileMode(folder["out"]));
    }

    [Fact]
    public void Split_KeepsAFolderThatIsNotItsOwn()
    {
        using var folder = Prepare("DIR");
        folder.Write("dir/notes.txt", "mine"u8.ToArray());
        Run(folder, "split IN -o DIR").Fails(4, "BKI9009", "not empty");
        Run(folder, "split IN -o DIR --force").Fails(4, "BKI9009", "no earlier split");
        Assert.Equal("mine"u8.ToArray(), folder.Read("dir/notes.txt"));
        File.Delete(folder["dir/notes.txt"]);
        Run(folder, "split IN -o DIR --force").Succeeds();
        Run(folder, "split IN -o IN --force").Fails(4, "BKI9009", "it is a file");
        AssertClean(folder);
    }

    [Theory]
    [InlineData("app.raw.bin")]
    [InlineData("app.bin")]
    public void Split_OfAFileOfTheFolderItWouldReplace_IsRefused(string name)
    {
        using var folder = Prepare("DIR");
        byte[] before = folder.Read("dir/" + name);
        Tool.Run("split", folder["dir/" + name], "-o", folder["dir"], "--force").Fails(4, "BKI9010", "inputs are never changed");
        Assert.Equal(before, folder.Read("dir/" + name));
    }

    [Fact]
    public void Split_IntoALinkedFolder_DoesNotTouchWhereItLeads()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using var folder = Prepare();
        Directory.CreateDirectory(folder["elsewhere"]);
        Directory.CreateSymbolicLink(folder["link"], folder["elsewhere"]);
        Tool.Run("split", folder["in.bin"], "-o", folder["link"]).Fails(4, "BKI9009", "link");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["elsewhere"]));
    }

    [Fact]
    public void Split_UnderAFile_Is3AndLeavesNothing()
    {
        using var folder = Prepare();
        Tool.Run("split", folder["in.bin"], "-o", Path.Combine(folder["four.bin"], "parts")).Fails(3, "BKI8012", "cannot be written");
        AssertClean(folder);
    }

    [Theory]
    [InlineData("out put.bin")]
    [InlineData("@response")]
    [InlineData("größe-输出-Ω.bin")]
    [InlineData("%s%n{0}.bin")]
    [InlineData("[red]x[].bin")]
    [InlineData("a\\b.bin")]
    public void FileNames_OfEveryKind_Work(string name)
    {
        using var folder = Prepare();
        File.Copy(folder["in.bin"], folder[name]);
        Tool.Run("inspect", folder[name]).Succeeds();
        Assert.Equal(folder[name], Tool.Run("inspect", "--json", folder[name]).Json.GetProperty("file").GetString());
        Assert.StartsWith(folder[name] + ": ", Tool.Run("inspect", folder[name]).Output, StringComparison.Ordinal);
        Tool.Run("normalize", folder[name], "-o", folder[name + ".copy"]).Succeeds();
        Assert.Equal(Samples.TuyaN, folder.Read(name + ".copy"));
    }

    [Fact]
    public void FileName_ThatBeginsWithADash_WorksAfterTwoDashes()
    {
        using var folder = Prepare();
        var result = Tool.Run("inspect", "--", "--key");
        result.Fails(3, "BKI8010", "--key: BKI8010");
        Assert.Equal(2, Tool.Run("inspect", "-x.bin").ExitCode);
    }

    private static TestFolder Prepare(string line = "")
    {
        var folder = new TestFolder();
        folder.Write("in.bin", Samples.TuyaN);
        folder.Write("firmware.bin", Samples.ObkN);
        folder.Write("four.bin", [1, 2, 3, 4]);
        folder.Write("pages.bin", Samples.ObkNUa[..(34 * 40)]);
        if (line.Contains("DIR", StringComparison.Ordinal))
            Tool.Run("split", folder["in.bin"], "-o", folder["dir"]).Succeeds();
        return folder;
    }

    private static ToolResult Run(TestFolder folder, string line) => Tool.Run(line.Split(' ').Select(word => word switch
    {
        "IN" => folder["in.bin"], "OUT" => folder["out"], "FIRMWARE" => folder["firmware.bin"], "FOUR" => folder["four.bin"], "PAGES" => folder["pages.bin"],
        "DIR" => folder["dir"], "RAW" => folder["dir/app.raw.bin"], "MANIFEST" => folder["dir/manifest.json"], "MISSING" => folder["missing/out"], "EMPTY" => string.Empty,
        _ => word,
    }).ToArray());

    private static void AssertClean(TestFolder folder)
    {
        Assert.DoesNotContain(folder.Names, name => name.StartsWith('.') || name.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.Equal(Samples.TuyaN, folder.Read("in.bin"));
        Assert.Equal(Samples.ObkN, folder.Read("firmware.bin"));
        Assert.Equal([1, 2, 3, 4], folder.Read("four.bin"));
    }
}
