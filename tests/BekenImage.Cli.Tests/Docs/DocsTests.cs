using System.Diagnostics;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Docs;

/// <summary>
/// What README.md and docs show has been run. A fence says what its block is: <c>console</c> is run in this process, in order, a folder a
/// page, and its output compared; <c>sh</c> is run by sh; <c>not-run</c> behind a language is for lines of other programs, and they are
/// counted here, so that nothing slips out. The files that a page names are made up: <see cref="DocsFiles"/>.
/// </summary>
[Collection(nameof(BadUsageTests))]
public sealed class DocsTests : IDisposable
{
    /// <summary>Blocks that hold no commands.</summary>
    private static readonly string[] Data = ["text", "json", "csharp", "mermaid", Workflow];

    /// <summary>A copy of a file of samples, whose commands are run there.</summary>
    private const string Workflow = "yaml";

    private static readonly string[] Scripts = ["console", "sh", "sh not-run", "powershell not-run"];

    /// <summary>Words in capitals that stand for a value, and one that is right.</summary>
    private static readonly Dictionary<string, string> Placeholders = new(StringComparer.Ordinal)
    {
        ["VERB"] = "combine", ["KEY"] = "tuya", ["MAC"] = "c8:47:8c:12:34:56",
    };

    /// <summary>Lines that no test runs, by page: installing, building, and what other programs take.</summary>
    private static readonly Dictionary<string, int> NotRun = new(StringComparer.Ordinal)
    {
        ["README.md"] = 2,
        ["docs/attacks.md"] = 2,
        ["docs/device-does-not-boot.md"] = 2,
        ["docs/flashing-tools.md"] = 7,
        ["docs/fuzzing.md"] = 4,
        ["docs/install.md"] = 4,
        ["docs/library.md"] = 1,
        ["docs/mutation.md"] = 3,
        ["docs/packages.md"] = 4,
        ["docs/page.md"] = 3,
        ["docs/twenty-dumps.md"] = 1,
    };

    private readonly TestFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    public DocsTests() => Directory.SetCurrentDirectory(_folder.Root);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }

    public static TheoryData<string> Pages => new(MarkdownPage.Documentation());

    public static TheoryData<string> PagesToRun =>
        new(MarkdownPage.Documentation().Where(page => MarkdownPage.Read(page).Blocks.Any(block => block.Kind is "console" or "sh")));

    [Theory]
    [MemberData(nameof(PagesToRun))]
    public void Commands_DoWhatThePageShows(string name)
    {
        foreach (var block in MarkdownPage.Read(name).Blocks)
        {
            if (block.Kind == "console")
                Run(name, block);
            else if (block.Kind == "sh")
                RunScript(name, block);
        }
    }

    /// <summary>A new user with the page, the dump of the fan it tells of, and a file of OpenBeken's.</summary>
    [Fact]
    public void Story_OnTheRealDevice_EndsInAnImageThatBoots()
    {
        byte[] dump = Corpus.Read("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin"), firmware = Corpus.Read("OpenBK7231N_QIO_1.18.300.bin");
        _folder.Write("dump.bin", dump);
        _folder.Write("old-dump.bin", dump);
        _folder.Write("OpenBK7231N_QIO.bin", firmware);
        _folder.Write("app-at-0.bin", DocsFiles.Over((byte[])dump.Clone(), 0, firmware.AsSpan(0x11000)));
        foreach (var block in MarkdownPage.Read("docs/device-does-not-boot.md").Blocks.Where(block => block.Kind == "console"))
            Run("docs/device-does-not-boot.md", block, comparesOutput: false);

        byte[] image = _folder.Read("flash-me.bin");
        BootSimulator.Run(image, SyntheticKey.Zero).AssertBoots();
        BytesAssert.Equal(dump.AsSpan(0x1E0000, 0x1000), image.AsSpan(0x1D0000, 0x1000));
        var config = FlashImage.Parse(image).ObkConfig!;
        Assert.Equal((0x1D1000, true, "home"), (config.Offset, config.ChecksumOk, (string)config["wifiSsid"]!));
        Assert.Equal(["6=Btn;1", "26=Rel;1"], config.Pins.Where(pin => !pin.IsUnused).Select(pin => $"{pin.Number}={pin}"));
        // The lines to flash it, step by step.
        string[] lines = File.ReadAllLines(_folder[Path.Combine("steps", "commands.txt")]);
        Assert.Contains(lines, line => line.StartsWith("ltchiptool flash write -d COM3 -f bk7231n -s 0x1d0000 ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Blocks_SayWhatTheyAre_AndNoCommandHides(string name)
    {
        foreach (var block in MarkdownPage.Read(name).Blocks)
        {
            string place = $"{name}:{block.Line}";
            Assert.True(Data.Contains(block.Kind) || Scripts.Contains(block.Kind), $"{place}: '{block.Kind}' is no kind of block");
            if (block.Kind == Workflow)
                AssertCopied(place, block);
            else if (Data.Contains(block.Kind))
                Assert.All(block.Lines, line => Assert.False(ConsoleStep.IsCommand(line.TrimStart()), $"{place}: a command that is not run: {line}"));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void CommandsInSentences_AreUnderstood(string name)
    {
        foreach (string code in MarkdownPage.Read(name).Code.Where(code => code.StartsWith("bekenimage ", StringComparison.Ordinal)))
        {
            // Up to a pipe or a redirection; a word in capitals, and the dots of what goes on, stand for something.
            string command = code.Split(['|', '>'])[0].Trim();
            var given = ConsoleStep.WordsOf(command).Where(word => word != "…");
            string[] words = given.Select(word => Placeholders.GetValueOrDefault(word, word)).ToArray();
            if (words[0] == "help" || words.Length == 1)
                continue;
            var line = UsageCheck.Parse(Application.Root(new(TextWriter.Null, TextWriter.Null, isInteractive: false)), words);
            Assert.True(line.Errors.Count == 0, $"{name}: {command}: {string.Join(", ", line.Errors)}");
        }
    }

    [Fact]
    public void LinesThatNothingRuns_AreCounted()
    {
        var counted = MarkdownPage.Documentation().Select(name => (Name: name, Lines: MarkdownPage.Read(name).Blocks
                .Where(block => block.Kind.EndsWith(" not-run", StringComparison.Ordinal))
                .SelectMany(block => block.Lines).Count(line => line.Trim().Length > 0 && !line.StartsWith('#'))))
            .Where(page => page.Lines > 0).ToDictionary(page => page.Name, page => page.Lines);
        Assert.Equal(NotRun.OrderBy(page => page.Key, StringComparer.Ordinal), counted.OrderBy(page => page.Key, StringComparer.Ordinal));
    }

    /// <summary>The lines of other tools that write an image are those the program gives for one device or the other.</summary>
    [Fact]
    public void LinesOfFlashingTools_AreTheProgramsOwn()
    {
        _folder.Write("n.bin", Samples.Dreo);
        _folder.Write("n-firmware.bin", Samples.ObkM);
        _folder.Write("t.bin", Samples.TuyaT);
        _folder.Write("t-firmware.bin", Samples.ObkT);
        string[] given = [.. LinesFor("n.bin", "n-firmware.bin"), .. LinesFor("t.bin", "t-firmware.bin")];
        var blocks = MarkdownPage.Read("docs/flashing-tools.md").Blocks.Where(block => block.Kind == "sh not-run");
        string[] shown = [.. blocks.SelectMany(block => block.Lines).Where(line => line.EndsWith(" flash-me.bin", StringComparison.Ordinal))];
        Assert.True(shown.Length > 5);
        Assert.All(shown, line => Assert.Contains(line, given));
    }

    private static IEnumerable<string> LinesFor(string dump, string firmware) =>
        Tool.Run("combine", dump, firmware, "-o", "flash-me.bin", "--force").Succeeds().Output.Split('\n').Select(line => line.Trim());

    private static void AssertCopied(string place, CodeBlock block)
    {
        Assert.True(block.File is not null, $"{place}: which file of samples is this?");
        string file = File.ReadAllText(Repository.PathOf(block.File!.Split('/'))).ReplaceLineEndings("\n");
        Assert.Equal(file.TrimEnd(), string.Join('\n', block.Lines));
    }

    private void Run(string page, CodeBlock block, bool comparesOutput = true)
    {
        foreach (var step in ConsoleStep.Of(page, block))
        {
            DocsFiles.Write(_folder, step.Words);
            var result = Tool.Run(step.Words);
            string place = $"{page}:{step.Line}: bekenimage {string.Join(' ', step.Words)}";
            Assert.True(result.ExitCode == step.ExitCode,
                $"{place}: exit {result.ExitCode} instead of {step.ExitCode}\n{result.Error}{result.Output}");
            if (comparesOutput)
                step.AssertPrints(page, result.Output + result.Error);
        }
    }

    private void RunScript(string page, CodeBlock block)
    {
        if (OperatingSystem.IsWindows())
            return;
        DocsFiles.Write(_folder, block.Lines.SelectMany(line => line.Split(' ', ';', '"', '(', ')')));
        string script = $"set -eu\nbekenimage() {{ dotnet exec '{Tool.Program}' \"$@\"; }}\n" + string.Join('\n', block.Lines);
        var start = new ProcessStartInfo("sh", ["-c", script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _folder.Root,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{page}:{block.Line}: exit {process.ExitCode}\n{error.Result}{output}");
    }
}
