using System.CommandLine;
using System.Text.Json;
using BekenImage.Cli.Help;
using BekenImage.Cli.Output;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests;

/// <summary>What every verb has, walked as the program declares them: <c>--json</c>, help with examples, defaults and words as one types them.</summary>
public sealed class EveryVerbTests
{
    public static TheoryData<string> Names => new(VerbLines.All().Select(verb => verb.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Verb_HasJson_ADescription_AndSaysWhatItsOptionsAre(string name)
    {
        var verb = Verb(name);
        Assert.Contains(verb.Options, option => option.Name == "--json");
        Assert.False(string.IsNullOrWhiteSpace(Find(name).Description));
        Assert.All(verb.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.All(verb.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), argument.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_EndsWithExamples_WhichTheProgramUnderstands(string name)
    {
        var examples = Examples.Of(name);
        Assert.NotEmpty(examples);
        string help = Tool.Run(["help", .. name.Split(' ')]).Succeeds().Output;
        foreach (string example in examples)
        {
            Assert.Contains($"\n  bekenimage {example}\n", help, StringComparison.Ordinal);
            Assert.StartsWith(name + " ", example + " ", StringComparison.Ordinal);
            var line = UsageCheck.Parse(Root(), example.Split(' '));
            Assert.True(line.Errors.Count == 0, $"{example}: {string.Join(", ", line.Errors)}");
            Assert.Equal(name, line.Verb);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_IsTheSame_HoweverItIsAskedFor(string name)
    {
        string[] words = name.Split(' ');
        string help = Tool.Run([.. words, "--help"]).Succeeds().Output;
        Assert.Equal(help, Tool.Run(["help", .. words]).Output);
        Assert.Equal(help, Tool.Run([.. words, "-h"]).Output);
        Assert.Equal(help, Tool.Run([.. words, "/?"]).Output);
        Assert.All(Verb(name).Options, option => Assert.Contains(option.Name, help, StringComparison.Ordinal));
        Assert.DoesNotContain("Unknown", help, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Defaults_AreWrittenAsOneTypesThem(string name)
    {
        var verb = Verb(name);
        foreach (var option in verb.Options.Where(option => option.HasDefaultValue && !VerbLines.IsFlag(option)))
        {
            if (HelpText.DefaultOf(option) is not { } text)
                continue;
            var parsed = Root().Parse([.. verb.Line([option], option.Name, text)]);
            var typed = parsed.CommandResult.Command.Options.Single(other => other.Name == option.Name);
            Assert.DoesNotContain(parsed.Errors, error => error.Message.Contains(option.Name + " ", StringComparison.Ordinal));
            Assert.Equal(PlainText.Of(option.GetDefaultValue()?.ToString()), PlainText.Of(ValueOf(parsed, typed)?.ToString()));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Words_ThatAShellIsOffered_AreUnderstood(string name)
    {
        var verb = Verb(name);
        foreach (var option in Verb(name).Options.Append(Root().Options.Single(option => option.Name == "--color")).Where(option => !VerbLines.IsFlag(option)))
        {
            foreach (var word in option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty))
            {
                var line = UsageCheck.Parse(Root(), verb.Line([option], option.Name, word.Label));
                Assert.DoesNotContain(line.Errors, error => error.StartsWith(option.Name + " is ", StringComparison.Ordinal) || error.Contains("does not know", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void MistypedOption_IsAnsweredWithTheOneThatWasMeant(string name)
    {
        foreach (var option in Verb(name).Options.Where(option => option.Name.Length > 5))
        {
            string mistyped = option.Name[..3] + option.Name[4] + option.Name[3] + option.Name[5..];
            if (mistyped == option.Name || Verb(name).Options.Any(other => other.Name == mistyped))
                continue;
            var result = Tool.Run(Verb(name).Line([], mistyped));
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(result.ErrorLines, line => line.Contains($"'{mistyped}'; did you mean", StringComparison.Ordinal) && line.Contains(option.Name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Arguments_AreFilesOrNot_AndThatWasDecided()
    {
        string[] others =
        [
            "WHAT", "NAME", "VALUE", "MAC", "CHIP", "FLAVOR", "NAME=VALUE", "CODE|TERM", "qio|ua|app|package", "SHELL",
        ];
        Assert.All(VerbLines.All().SelectMany(verb => verb.Arguments), argument =>
            Assert.True(CommandWords.IsFile(argument) != others.Contains(argument.Name), $"{argument.Name}: add it to the files in CommandWords or to the others here"));
    }

    /// <summary>An error of every verb that reads something is a document as well, where one was asked for.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void MissingInput_IsADocumentToo(string name)
    {
        using var folder = new TestFolder();
        var verb = Verb(name);
        string[] line = [.. verb.Line([]).Select(word => word == "missing.bin" ? folder[word] : word), "--json"];
        if (name == "build")
            line = ["build", "app", "--chip", "BK7231N", "--key", "zero", "--app", folder["missing.bin"], "-o", folder["out.bin"], "--json"];
        // Without a file the report itself is printed.
        if (name == "report")
            line = [.. line, "-o", folder["out.html"]];
        if (name == "lint")
            line = [.. line, "--against", folder["missing.bin"]];
        if (name == "ug pack")
            line = [.. line, "--app-version", "1"];
        if (name == "obk set")
            line = [.. line, "a=b"];
        if (!line.Contains(folder["missing.bin"]) || name is "fs create")
            return;
        var result = Tool.Run(line);
        Assert.True(result.ExitCode == 3, $"exit {result.ExitCode}: {result.Error}");
        var document = result.Json;
        Assert.Equal((1, name), (document.GetProperty("schema").GetInt32(), document.GetProperty("verb").GetString()));
        Assert.StartsWith("BKI", document.GetProperty("error").GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, document.GetProperty("findings").ValueKind);
    }

    private static object? ValueOf(ParseResult parsed, Option option) =>
        typeof(EveryVerbTests).GetMethod(nameof(Get), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(option.ValueType).Invoke(null, [parsed, option]);

    private static T? Get<T>(ParseResult parsed, Option option) => parsed.GetValue((Option<T>)option);

    private static VerbLines Verb(string name) => VerbLines.All().Single(verb => verb.Name == name);

    // Only the verb a line begins with is made; its entry must be the verb it makes, and everything else is answered by all.
    [Fact]
    public void VerbsOfALine_AreTheOneItBeginsWith_ElseAll()
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, isInteractive: false);
        Assert.All(Verbs.All, verb => Assert.Equal(verb.Name, verb.Make(terminal).Name));
        Assert.All(Verbs.All, verb => Assert.Equal(verb, Assert.Single(Verbs.AskedFor([verb.Name, "x"]))));
        string[][] unclear = [[], ["insepct"], ["info", "a"], ["--color", "never", "inspect"], ["--help"], ["--version", "inspect"], ["[suggest:1]", "i"]];
        Assert.All(unclear, line => Assert.Equal(Verbs.All, Verbs.AskedFor(line)));
        Assert.Empty(Verbs.AskedFor(["--version"]));
    }

    private static RootCommand Root() => Application.Root(new Terminal(TextWriter.Null, TextWriter.Null, isInteractive: false));

    private static Command Find(string name)
    {
        Command command = Root();
        foreach (string word in name.Split(' '))
            command = command.Subcommands.Single(sub => sub.Name == word);
        return command;
    }
}
