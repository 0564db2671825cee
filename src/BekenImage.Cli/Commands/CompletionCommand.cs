using System.CommandLine;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>completion bash|zsh|fish|pwsh</c>: a script by which a shell asks this program how a word goes on.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    public static Command Make(Terminal terminal)
    {
        var shell = new Argument<string?>("SHELL") { Description = "bash, zsh, fish, or pwsh, which is PowerShell" };
        shell.CustomParser = CommonOptions.Text("SHELL", "bash, zsh, fish or pwsh", Shells.Contains, Shells);
        shell.CompletionSources.Clear();
        shell.CompletionSources.Add(Shells);
        var json = CommonOptions.AsJson();
        var command = new Command("completion", "Prints a script that completes verbs, options and values in a shell") { shell, json };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(shell)!;
            if (parsed.GetValue(json))
                terminal.Output.WriteLine(ImageDocuments.Completion(name, Script(name)));
            else
                terminal.Output.Write(Script(name));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Script(string shell)
    {
        using var stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream("bekenimage." + shell)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
