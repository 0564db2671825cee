using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary>What a usage error says: the option, the value, what is accepted; one line each, then where help is.</summary>
public sealed class UsageWordsTests
{
    [Theory]
    [InlineData("lint X --chip foo --key tuya", "--chip", "'foo'", "BL2028N")]
    [InlineData("lint X --key zzz", "--key", "'zzz'", "base64")]
    [InlineData("lint X --chip BK7231N --key 1,2,3,4,5", "--key", "'1,2,3,4,5'", "four hex words")]
    [InlineData("lint X --chip BK7231N --key UQ+wk6PL6txZk6F+x63r", "--key", "16 bytes")]
    [InlineData("fs create D -o V --size foo", "--size", "'foo'", "0x")]
    [InlineData("fs create D -o V --size 0x2001", "--size", "'0x2001'", "multiple of 0x1000")]
    [InlineData("fs create D -o V --size 1e3", "--size", "'1e3'", "64K")]
    [InlineData("encrypt A -o B --key zero --address -5", "--address", "'-5'", "64K")]
    [InlineData("encrypt A -o B --key zero --address 0x", "--address", "'0x'", "64K")]
    [InlineData("encrypt A -o B --key zero --address 0x100000000", "--address", "'0x100000000'", "32 bits")]
    [InlineData("ota pack A -o B --timestamp 4294967296", "--timestamp", "'4294967296'", "seconds since 1970")]
    [InlineData("build app --chip BK7231N --key zero --app A -o B --timestamp 4294967296", "--timestamp", "'4294967296'", "32 bits")]
    [InlineData("ota pack A -o B --compress zip", "--compress", "'zip'", "quicklz")]
    [InlineData("ota pack A -o B --aes-key short", "--aes-key", "'short'", "64 hex digits")]
    [InlineData("ota unpack A -o B --aes-iv short", "--aes-iv", "'short'", "32 hex digits")]
    [InlineData("combine A B -o C --partition-table foo", "--partition-table", "'foo'", "keep or firmware")]
    [InlineData("combine A B -o C --size 1e3", "--size", "'1e3'", "qio")]
    [InlineData("combine A B -o C --mac 00:11:22", "--mac", "'00:11:22'", "six bytes in hex")]
    [InlineData("combine A B -o C --keep , --force", "--keep", "obk-config")]
    [InlineData("rf set-mac A zz:11:22:33:44:55 -o B", "MAC", "'zz:11:22:33:44:55'", "six bytes in hex")]
    [InlineData("build foo --chip BK7231N --key zero --app A -o B", "'foo'", "qio, ua, app or package")]
    [InlineData("inspect A --json=foo", "--json", "'foo'", "no value")]
    [InlineData("inspect A --fail-on fatal", "--fail-on", "'fatal'", "warning")]
    [InlineData("inspect A --fail-on error --fail-on never", "--fail-on", "one value", "2 times")]
    [InlineData("verify A --key", "--key needs a value")]
    [InlineData("normalize A -o --force", "--output needs a value", "'--force' is an option", "--output=--force")]
    [InlineData("combine A B -o C --rf --json", "--rf needs a value", "'--json' is an option")]
    [InlineData("inspect A --fail-on error --fail-on", "--fail-on needs a value")]
    [InlineData("inspect", "inspect needs IMAGE")]
    [InlineData("inspect A --summary --json", "--json and --summary exclude each other")]
    [InlineData("inspect A --csv --json", "--json and --csv exclude each other")]
    [InlineData("explain", "explain needs CODE|TERM", "BKI3005")]
    [InlineData("layout", "layout needs CHIP")]
    [InlineData("layout BK7231X", "CHIP does not know", "'BK7231X'", "BK7231N")]
    [InlineData("layout BK7231N esphome", "FLAVOR is one of", "'esphome'", "libretiny")]
    [InlineData("chips BK7231N", "'BK7231N' is too much", "no argument")]
    [InlineData("combine A B", "combine needs --output OUT")]
    [InlineData("put A B C D -o E", "'D' is too much", "IMAGE WHAT FILE")]
    [InlineData("combine A B -o C --frob", "combine has no option '--frob'")]
    [InlineData("bogus", "'bogus'", "combine")]
    [InlineData("crc", "crc needs a verb", "strip")]
    [InlineData("crc mend", "'mend'", "repair")]
    public void WrongUsage_IsSaidOnOneLine(string line, params string[] says)
    {
        var result = Tool.Run(line.Split(' '));
        Assert.True(result.ExitCode == 2, $"exit {result.ExitCode}: {result.Error}");
        Assert.Empty(result.Output);
        Assert.Equal(2, result.ErrorLines.Length);
        Assert.All(says, word => Assert.Contains(word, result.ErrorLines[0], StringComparison.Ordinal));
        Assert.StartsWith("bekenimage: try 'bekenimage ", result.ErrorLines[1], StringComparison.Ordinal);
        Assert.EndsWith("--help'", result.ErrorLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralErrors_HaveALineEach()
    {
        var result = Tool.Run("lint", "X", "--chip", "foo", "--key", "zzz", "--fail-on", "fatal");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(4, result.ErrorLines.Length);
        Assert.All(new[] { "--chip", "--key", "--fail-on" }, name => Assert.Single(result.ErrorLines, line => line.Contains(name + " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rules_AreAskedWhenEveryValueIsUnderstood()
    {
        Assert.Contains("--against DUMP, or --chip and --key", Tool.Run("lint", "X", "--chip", "BK7231N").Error, StringComparison.Ordinal);
        Assert.Contains("exclude each other", Tool.Run("combine", "A", "B", "-o", "C", "--replace-bootloader", "--bootloader", "D").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FileNames_MayBeginWithAnAtSignOrADash()
    {
        Tool.Run("verify", "@no-such-file").Fails(3, "BKI8010", "@no-such-file: ");
        Tool.Run("verify", "--", "-no-such-file").Fails(3, "BKI8010", "-no-such-file: ");
        Assert.Equal(2, Tool.Run("verify", "-no-such-file").ExitCode);
        Tool.Run("lint", "--against=--json", "no-such-file").Fails(3, "BKI8010", "no-such-file: ");
    }

    [Theory]
    [InlineData("extract IN 5+0 -o OUT")]
    [InlineData("extract IN +5 -o OUT")]
    [InlineData("extract IN 0x10+ -o OUT")]
    [InlineData("extract IN 0x10+1e3 -o OUT")]
    [InlineData("put IN 5+0 IN -o OUT")]
    public void Range_ThatIsNone_IsRefusedWithWhatARangeIs(string line)
    {
        using var folder = new TestFolder();
        string input = folder.Write("in.bin", Samples.TuyaN);
        Tool.Run(line.Split(' ').Select(word => word switch { "IN" => input, "OUT" => folder["out"], _ => word }).ToArray())
            .Fails(3, "BKI8008", "a range is START+LENGTH");
        Assert.Equal(["in.bin"], folder.Names);
    }

    [Theory]
    [InlineData("combine IN FIRMWARE -o OUT --rf GIVEN")]
    [InlineData("combine IN FIRMWARE -o OUT --obk-config GIVEN")]
    [InlineData("combine IN FIRMWARE -o OUT --bootloader GIVEN")]
    [InlineData("lint FIRMWARE --against GIVEN")]
    [InlineData("rf restore IN --from GIVEN -o OUT")]
    [InlineData("rf compare IN GIVEN")]
    [InlineData("fal set IN --table GIVEN -o OUT")]
    [InlineData("obk set IN --from GIVEN -o OUT")]
    [InlineData("put IN app GIVEN -o OUT")]
    [InlineData("fs add FIRMWARE a.txt=GIVEN -o OUT")]
    [InlineData("build app --chip BK7231N --key zero --app GIVEN -o OUT")]
    [InlineData("build qio --chip BK7231N --key zero --app FIRMWARE --bootloader GIVEN -o OUT")]
    [InlineData("build ua --chip BK7231N --key zero --app FIRMWARE --headers-from GIVEN -o OUT")]
    [InlineData("build --config GIVEN -o OUT")]
    public void FileOfAnOption_ThatCannotBeRead_IsTheOneNamed(string line)
    {
        using var folder = new TestFolder();
        string input = folder.Write("in.bin", Samples.TuyaN), firmware = folder.Write("firmware.bin", Samples.ObkN);
        Directory.CreateDirectory(folder["folder"]);
        foreach (string given in new[] { folder["missing"], folder["folder"], string.Empty, "\0" })
        {
            var result = Tool.Run(line.Split(' ').Select(word => word switch
            {
                "IN" => input, "FIRMWARE" => firmware, "OUT" => folder["out"], _ => word.Replace("GIVEN", given, StringComparison.Ordinal),
            }).ToArray());
            result.Fails(3, "BKI8010", given.Length == 0 ? "''" : given == "\0" ? "\\x00" : given);
            Assert.DoesNotContain("Parameter", result.Error, StringComparison.Ordinal);
        }
        Assert.Equal(["firmware.bin", "folder", "in.bin"], folder.Names);
    }

    [Theory]
    [InlineData("fal set IN --table OTHER -o OTHER")]
    [InlineData("rf restore IN --from OTHER -o OTHER")]
    [InlineData("obk set IN --from OTHER -o OTHER")]
    [InlineData("fs add IN OTHER -o OTHER")]
    [InlineData("fs add IN a.txt=OTHER -o OTHER")]
    [InlineData("build app --chip BK7231N --key zero --app OTHER -o OTHER")]
    [InlineData("build qio --chip BK7231N --key zero --app IN --bootloader OTHER -o OTHER")]
    [InlineData("build ua --chip BK7231N --key zero --app IN --headers-from OTHER -o OTHER")]
    public void Output_ThatIsAnotherInput_IsRefused(string line)
    {
        using var folder = new TestFolder();
        string input = folder.Write("in.bin", [1]), other = folder.Write("other.bin", [2]);
        string[] words = line.Replace("OTHER", "\n", StringComparison.Ordinal).Split(' ').Select(word => word == "IN" ? input : word.Replace("\n", other, StringComparison.Ordinal)).ToArray();
        Tool.Run([.. words, "--force"]).Fails(4, "BKI9010", "inputs are never changed");
        Assert.Equal([2], folder.Read("other.bin"));
    }

    /// <summary>Every verb that writes a file, as the program declares them; those that write a folder or read one have other rules.</summary>
    public static TheoryData<string> WritingVerbs => new(VerbLines.All()
        .Where(verb => verb.Options.Any(option => option is { Name: "--output", HelpName: "OUT" } && !option.Description!.StartsWith("Write the answer", StringComparison.Ordinal)) &&
            verb.Name is not ("merge" or "fs create"))
        .Select(verb => verb.Name));

    [Theory]
    [MemberData(nameof(WritingVerbs))]
    public void Output_ThatCannotBe_IsRefusedByEveryVerbBeforeAnyWork(string name)
    {
        using var folder = new TestFolder();
        string input = folder.Write("in.bin", [1]);
        Directory.CreateDirectory(folder["folder"]);
        string dotted = Path.Combine(folder.Root, ".", "folder", "..", "in.bin");
        Run(input).Fails(4, "BKI9010", "inputs are never changed");
        Run(dotted).Fails(4, "BKI9010", "inputs are never changed");
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(folder["link"], input);
            Run(folder["link"]).Fails(4, "BKI9010", "inputs are never changed");
        }
        Run(folder["folder"]).Fails(4, "BKI9009", "it is a folder");
        Run(Path.Combine(folder["nowhere"], "out")).Fails(3, "BKI8012", "there is no such folder");
        Run(string.Empty).Fails(3, "BKI8012", "empty name");
        Run("a\0b").Fails(3, "BKI8012", "no file can have this name");
        Assert.Equal([1], folder.Read("in.bin"));

        ToolResult Run(string output)
        {
            var verb = VerbLines.All().Single(verb => verb.Name == name);
            string[] line = name == "ug pack" ? ["ug", "pack", input, "--app-version", "1"] : name == "build"
                ? ["build", "qio", "--chip", "BK7231N", "--key", "zero", "--app", input, "--bootloader", input]
                : verb.Line(verb.Options.Where(option => option.Name == "--output").ToArray());
            string[] more = name == "obk set" ? ["a=b"] : [];
            return Tool.Run([.. line.Select(word => word == "missing.bin" ? input : word), .. more, "-o", output, "--force"]);
        }
    }
}
