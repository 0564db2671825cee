using System.Diagnostics;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary><c>completion</c>, and what the scripts ask the program.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("comb", "combine")]
    [InlineData("rf se", "set-mac")]
    [InlineData("lint firmware.bin --fail-on ", "error", "warning", "never")]
    [InlineData("combine a b --from", "--from-tuya")]
    [InlineData("combine a b --chip BK7231", "BK7231N", "BK7231T")]
    [InlineData("layout BK7231N ", "openbeken", "tuya")]
    [InlineData("completion ", "bash", "zsh", "fish", "pwsh")]
    [InlineData("verify a --color ", "auto", "always", "never")]
    public void Suggestions_AreWordsOneTypes(string line, params string[] words)
    {
        string[] offered = Offered(line);
        Assert.All(words, word => Assert.Contains(word, offered));
        Assert.DoesNotContain(offered, word => word is "Never" or "Error" or "Unknown" or "Auto" || word.StartsWith('/'));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F")]
    [InlineData("zsh", "#compdef bekenimage")]
    [InlineData("fish", "complete -c bekenimage")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public void Script_AsksThisProgram(string shell, string says)
    {
        string script = Tool.Run("completion", shell).Succeeds().Output;
        Assert.Contains(says, script, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', script);
        var document = Tool.Run("completion", shell, "--json").Succeeds().Json;
        Assert.Equal((shell, script), (document.GetProperty("shell").GetString(), document.GetProperty("script").GetString()));
    }

    [Theory]
    [InlineData("bekenimage comb", "combine")]
    [InlineData("bekenimage rf se", "set-mac")]
    [InlineData("bekenimage lint x.bin --fail-on w", "warning")]
    [InlineData("bekenimage no-such-verb x", "")]
    public void Bash_CompletesTheWord(string line, string word)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists("/bin/bash"), "needs bash");
        using var folder = new TestFolder();
        string program = folder.Write("bekenimage", $"#!/bin/sh\nexec dotnet exec '{Tool.Program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string script = folder.Write("completion.bash", Tool.Run("completion", "bash").Output);
        string test = folder.Write("test.bash", """
            PATH=$1:$PATH
            source "$2"
            COMP_LINE=$3 COMP_POINT=${#3}
            read -ra COMP_WORDS <<< "$3"
            COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            _bekenimage
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", [test, folder.Root, script, line]) { RedirectStandardOutput = true })!;
        string answer = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        Assert.Equal((0, word), (bash.ExitCode, answer.TrimEnd('\n')));
    }

    private static string[] Offered(string line) =>
        Tool.Run($"[suggest:{line.Length}]", line).Succeeds().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
