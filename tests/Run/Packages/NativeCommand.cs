using System.Text.RegularExpressions;

namespace BekenImage.TestRun.Packages;

/// <summary>The command as a native file: every verb answers as the installed tool does, on both streams, with its exit code and its files.</summary>
internal static partial class NativeCommand
{
    // Run one after another in a folder of their own: each may use what those before it wrote.
    private static readonly string[] Lines =
    [
        "--version", "demo -o demo", "demo --json", "inspect demo/factory.bin", "inspect demo/combined.bin --json",
        "inspect --summary demo", "inspect --csv demo", "verify demo/combined.bin", "verify demo/factory.bin --json",
        "verify demo/firmware.bin", "lint demo/firmware.bin --against demo/factory.bin --json", "doctor demo/factory.bin",
        "doctor demo/combined.bin --json", "diff demo/factory.bin demo/combined.bin", "diff demo/factory.bin demo/combined.bin --json",
        "plan demo/factory.bin demo/combined.bin --json", "boot demo/combined.bin", "boot demo/factory.bin --json",
        "key recover demo/firmware.bin --json", "combine demo/factory.bin demo/firmware.bin -o new.bin --json",
        "combine demo/factory.bin demo/firmware.bin -o new.bin", "split demo/combined.bin -o parts", "merge parts -o merged.bin",
        "extract demo/combined.bin app -o app.bin", "put demo/combined.bin app app.bin -o put.bin",
        "normalize demo/factory.bin -o same.bin", "sanitize demo/combined.bin -o share.bin --json",
        "rekey demo/combined.bin --to zero -o rekeyed.bin", "fal show demo/factory.bin --json", "rf show demo/factory.bin --json",
        "rf set-mac demo/factory.bin 02:00:00:AB:CD:EF -o mac.bin", "rf compare demo/factory.bin mac.bin",
        "obk show demo/combined.bin", "obk roles --json", "obk set demo/combined.bin pins.6=Btn:2 wifiSsid=home -o set.bin",
        "obk show set.bin --json", "tuya list demo/factory.bin", "tuya show demo/factory.bin --json", "fs list demo/combined.bin",
        "fs add demo/combined.bin parts/manifest.json -o files.bin", "fs list files.bin --json", "ota pack app.bin -o app.rbl",
        "ota pack app.bin -o plain.rbl --encrypt none", "ota info plain.rbl --json", "ota unpack plain.rbl -o app2.bin",
        "ug pack plain.rbl -o app.ug --app-version 1.0.0", "ug unpack app.ug -o app3.rbl",
        "uf2 pack plain.rbl -o app.uf2 --chip BK7231N --board cb2s", "uf2 info app.uf2 --json",
        "encrypt app.bin -o app.enc --key tuya --address 0x10000", "decrypt app.enc -o app.dec --key tuya --address 0x10000",
        "crc add app.bin -o app.crc", "crc check app.crc", "crc strip app.crc -o app.nocrc",
        "build qio --chip BK7231N --bootloader parts/bootloader.bin --app app.bin --key tuya -o qio.bin",
        "report demo/combined.bin -o page.html", "report demo -o all.html", "report demo/combined.bin --markdown", "explain BKI3005",
        "explain striped --json", "chips --json", "layout BK7231N", "completion bash", "completion pwsh", "inspect missing.bin --json",
        "inspcet demo/factory.bin", "inspect demo/factory.bin --jsno",
    ];

    /// <param name="checks">Where to say it.</param>
    /// <param name="work">The work folder.</param>
    /// <param name="copy">The sources.</param>
    /// <param name="system">This machine's name, as packages know it.</param>
    /// <param name="properties">For the publish.</param>
    /// <param name="tool">The managed command.</param>
    public static void Check(Checks checks, string work, string copy, string system, string[] properties, string tool)
    {
        if (NativeLinker.Properties() is not { } linking)
        {
            checks.Skip("the command as a native file", "there is neither clang nor gcc");
            return;
        }
        string output = Path.Combine(work, "native");
        var published = Command.Dotnet(copy, new Dictionary<string, string?>(),
        [
            .. CommandFile.PublishLine(system, output), "-c", "Release", "--nologo", "-v", "q", .. linking, .. properties,
        ]);
        if (!published.Succeeded && Consumers.IsNetwork(published))
        {
            checks.Skip("the command as a native file", "its compiler cannot be restored here");
            return;
        }
        if (!checks.That("the command is published as a native file, without a warning", published))
            return;
        string native = Directory.GetFiles(output, "BekenImage.Cli*").Single(file => Path.GetExtension(file) is ".Cli" or ".exe");

        string[] helps = [.. Verbs(tool).Select(verb => "help " + verb)];
        string one = Directory.CreateDirectory(Path.Combine(work, "said", "tool")).FullName;
        string other = Directory.CreateDirectory(Path.Combine(work, "said", "native")).FullName;
        string[] wrong = [.. Lines.Concat(helps).SelectMany(line => Differences(line, Say(tool, one, line), Say(native, other, line)))];
        checks.That($"the native command answers {Lines.Length + helps.Length} lines as the tool does", wrong);
        checks.That("the native command writes the files the tool writes", Files(one, other));
        InstructionBound.Check(checks, native, other);
    }

    private static Answer Say(string program, string folder, string line) =>
        Command.Ask(program, line.Split(' '), null, folder) ?? new Answer(-1, string.Empty, "it does not start");

    private static IEnumerable<string> Differences(string line, Answer tool, Answer native)
    {
        if (tool.Exit != native.Exit)
            yield return $"{line}: exit {tool.Exit} and {native.Exit}: {native.Error}";
        else if (tool.Output != native.Output || tool.Error != native.Error)
            yield return $"{line}: the texts differ";
        // A bug of ours in both would be no difference.
        if (tool.Exit == 70)
            yield return $"{line}: exit 70: {tool.Error}";
    }

    private static string[] Files(string one, string other)
    {
        string[] names = [.. Names(one).Union(Names(other)).Order(StringComparer.Ordinal)];
        string[] wrong = [.. names.Where(name => !Bytes(one, name).AsSpan().SequenceEqual(Bytes(other, name)))];
        return names.Length > 30 ? wrong : [$"{names.Length} files only were written", .. wrong];
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file));

    private static byte[] Bytes(string folder, string name) =>
        File.Exists(Path.Combine(folder, name)) ? File.ReadAllBytes(Path.Combine(folder, name)) : [];

    // "  fal   The bootloader's partition table (show, set)": the verbs and those below them, as the first page names them.
    private static IEnumerable<string> Verbs(string tool)
    {
        string page = Say(tool, Path.GetTempPath(), "help").Output;
        foreach (Match verb in VerbLine().Matches(page))
        {
            yield return verb.Groups["verb"].Value;
            foreach (string below in verb.Groups["below"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries))
                yield return verb.Groups["verb"].Value + " " + below;
        }
    }

    [GeneratedRegex(@"^  (?<verb>[a-z]+)(?:, [a-z]+)? {2,}[A-Z].*?(?:\((?<below>[a-z0-9-]+(?:, [a-z0-9-]+)*)\))?$", RegexOptions.Multiline)]
    private static partial Regex VerbLine();
}
