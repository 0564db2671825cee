using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary>
/// A26: the surroundings change no answer. The program runs as it is started in a Turkish session with ICU, without a home, with one
/// nobody can write to, on a dumb terminal, without a network. <c>tests/Run -- --environments</c> runs every suite so.
/// </summary>
public sealed class EnvironmentTests
{
    private const string Turkish = "turkish, with ICU";

    // Where nobody listens: what asks the network fails.
    private const string Nowhere = "http://127.0.0.1:9";

    private static readonly Dictionary<string, Dictionary<string, string?>> Surroundings = new(StringComparer.Ordinal)
    {
        [Turkish] = new() { ["LANG"] = "tr_TR.UTF-8", ["LC_ALL"] = "tr_TR.UTF-8", ["LANGUAGE"] = "tr" },
        ["no home, dumb terminal, no network"] = new()
        {
            ["HOME"] = null, ["USERPROFILE"] = null, ["XDG_CONFIG_HOME"] = null, ["TERM"] = "dumb", ["LC_ALL"] = "C",
            ["http_proxy"] = Nowhere, ["https_proxy"] = Nowhere, ["HTTP_PROXY"] = Nowhere, ["HTTPS_PROXY"] = Nowhere, ["ALL_PROXY"] = Nowhere,
        },
        // Nobody writes below a device, not even root.
        ["a home nobody can write to"] = new() { ["HOME"] = "/dev/null/home", ["XDG_CONFIG_HOME"] = "/dev/null/home" },
    };

    public static TheoryData<string> Names => new(Surroundings.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Combine_InAnySurroundings_GivesTheSameBytesAndTheSameDocument(string name)
    {
        using var folder = new TestFolder();
        folder.Write("INI factory.bin", SyntheticDevice.FactoryDump());
        folder.Write("firmware.bin", SyntheticDevice.Firmware());
        var expected = folder.Do("combine", folder["INI factory.bin"], folder["firmware.bin"], "-o", folder["image.bin"], "--json");
        byte[] image = folder.Read("image.bin");
        File.Delete(folder["image.bin"]);

        var (exitCode, output, error) = RunIn(name, folder, "combine", folder["INI factory.bin"], folder["firmware.bin"], "-o", folder["image.bin"], "--json");
        Assert.Equal((0, string.Empty), (exitCode, error));
        Assert.Equal(expected, output);
        BytesAssert.Equal(image, folder.Read("image.bin"));
    }

    // Messages with numbers, names compared without case, a usage error with the nearest word.
    [Theory]
    [InlineData("INSPECT.bin")]
    [InlineData("missing.bin")]
    [InlineData("--indent")]
    public void Inspect_InATurkishSession_SaysWhatItAlwaysSays(string word)
    {
        using var folder = new TestFolder();
        folder.Write("INSPECT.bin", Samples.TuyaN);
        string argument = word[0] == '-' ? word : folder[word];
        var expected = Tool.Run("inspect", argument);
        Assert.Equal((expected.ExitCode, expected.Output, expected.Error), RunIn(Turkish, folder, "inspect", argument));
    }

    // Of the whole suite's process, when tests/Run starts it in a language.
    [Fact]
    public void Culture_OfASuiteInALanguage_IsThatLanguage()
    {
        string? asked = Environment.GetEnvironmentVariable("BEKENIMAGE_CULTURE");
        Assert.SkipWhen(asked is null, "only in a run of tests/Run -- --environments");
        Assert.Equal((asked, "\u0131"), OfTheProcess(() => (CultureInfo.CurrentCulture.Name, "I".ToLower(CultureInfo.CurrentCulture))));
    }

    // On a thread that inherits nothing: what another test set for itself does not count.
    private static T OfTheProcess<T>(Func<T> read)
    {
        T? answer = default;
        var thread = new Thread(() => answer = read());
        thread.UnsafeStart();
        thread.Join();
        return answer!;
    }

    private static (int ExitCode, string Output, string Error) RunIn(string name, TestFolder folder, params string[] arguments)
    {
        string[] config = name == Turkish ? ["--runtimeconfig", WithIcu(folder)] : [];
        var start = new ProcessStartInfo("dotnet", ["exec", .. config, Tool.Program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (variable, value) in Surroundings[name])
        {
            if (value is null)
                start.Environment.Remove(variable);
            else
                start.Environment[variable] = value;
        }
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.ReplaceLineEndings("\n"), error.Result.ReplaceLineEndings("\n"));
    }

    // The program is built without ICU, which no variable undoes. A library's caller has it, so the same code must hold there.
    private static string WithIcu(TestFolder folder)
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(Tool.Program, ".runtimeconfig.json")))!;
        config["runtimeOptions"]!["configProperties"]!["System.Globalization.Invariant"] = false;
        return folder.Write("icu.runtimeconfig.json", config.ToJsonString());
    }
}
