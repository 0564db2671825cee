using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary>
/// Screens of 80 and 120 columns, plain and in colours, as files that were looked at (<c>cat Golden/inspect.80.color.txt</c>). After a
/// change that is meant: <c>BEKENIMAGE_WRITE_GOLDEN=1</c> writes them anew, and they want to be looked at again.
/// </summary>
[Collection(nameof(BadUsageTests))]
public sealed class ScreenTests : IDisposable
{
    /// <summary>Lines to be copied, which no terminal may break.</summary>
    private static readonly string[] Programs = ["bekenimage ", "BK7231Flasher.exe ", "ltchiptool ", "bk7231tools ", "flashrom "];

    private readonly TestFolder _folder = new();
    private readonly string _before = Directory.GetCurrentDirectory();

    public ScreenTests() => Directory.SetCurrentDirectory(_folder.Root);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        _folder.Dispose();
    }

    public static TheoryData<string, string> Scenes => new()
    {
        { "inspect", "inspect tuya.bin" },
        { "inspect-openbeken", "inspect obk.bin" },
        { "inspect-damaged", "inspect broken.bin" },
        { "inspect-summary", "inspect --summary factory.bin firmware.bin obk.bin tuya.bin broken.bin" },
        { "verify", "verify factory.bin" },
        { "verify-no", "verify broken.bin" },
        { "lint", "lint firmware.bin --against factory.bin" },
        { "combine", "combine factory.bin firmware.bin -o combined.bin" },
        { "plan", "plan factory.bin target.bin --for easyflasher" },
        { "split", "split tuya.bin" },
        { "diff", "diff obk.bin obk-edited.bin" },
        { "doctor", "doctor broken.bin" },
        { "explain", "explain BKI3005" },
        { "explain-term", "explain striped" },
        { "obk-show", "obk show obk.bin" },
        { "rf-show", "rf show tuya.bin" },
        { "fal-show", "fal show tuya.bin" },
        { "tuya-show", "tuya show plug.bin" },
        { "fs-list", "fs list obk.bin" },
        { "chips", "chips" },
        { "layout", "layout BK7231N" },
        { "obk-flags", "obk flags" },
        { "help", "help" },
        { "help-combine", "help combine" },
        { "help-obk", "help obk" },
        { "error-verb", "insepct tuya.bin" },
        { "error-option", "combine factory.bin firmware.bin -o combined.bin --form-tuya" },
        { "error-file", "inspect missing.bin" },
    };

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Screen_IsAsItWasLookedAt(string name, string line)
    {
        foreach (int width in new[] { 80, 120 })
        {
            string plain = Show(line, width, color: false), colored = Show(line, width, color: true);
            Assert.DoesNotContain('\e', plain);
            Assert.Equal(plain, Screen.Plain(colored));
            Assert.All(plain.Split('\n'), shown => Assert.True(Fits(shown, width), $"wider than {width}: {shown}"));
            AssertGolden($"{name}.{width}.txt", plain);
            AssertGolden($"{name}.{width}.color.txt", colored);
        }
    }

    [Fact]
    public void Golden_HoldsNoScreenThatIsNotShown()
    {
        var known = Scenes.SelectMany(row => new[] { 80, 120 }.SelectMany(width => new[] { $"{row.Data.Item1}.{width}.txt", $"{row.Data.Item1}.{width}.color.txt" }));
        Assert.Equal(known.Order(StringComparer.Ordinal), Directory.GetFiles(Golden()).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private string Show(string line, int width, bool color)
    {
        string[] words = line.Split(' ');
        ScreenFiles.Write(_folder, words);
        string[] before = _folder.Names;
        string shown = Screen.Run(width, color, words);
        foreach (string written in _folder.Names.Except(before))
        {
            if (Directory.Exists(written))
                Directory.Delete(written, recursive: true);
            else
                File.Delete(written);
        }
        return shown;
    }

    // What has no blank in it is data that is copied: a hash, a path. On standard error a line is a line: editors and scripts read it.
    private static bool Fits(string line, int width)
    {
        string text = line.Trim();
        return line.Length <= width || !text.Contains(' ') || Programs.Any(program => text.StartsWith(program, StringComparison.Ordinal)) ||
            text.StartsWith("bekenimage:", StringComparison.Ordinal);
    }

    private static string Golden(string name = "") => Repository.PathOf("tests", "BekenImage.Cli.Tests", "Golden", name);

    private static void AssertGolden(string name, string shown)
    {
        if (Environment.GetEnvironmentVariable("BEKENIMAGE_WRITE_GOLDEN") == "1")
            File.WriteAllText(Golden(name), shown);
        Assert.True(File.Exists(Golden(name)), $"{name} is not there: BEKENIMAGE_WRITE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(Golden(name)).ReplaceLineEndings("\n"), shown);
    }
}
