using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Crypto;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>key recover IMAGE...</c>: the key, found in the ciphertext.</summary>
internal static class KeyCommand
{
    public static Command Make(Terminal terminal) => new("key", "The key of an image") { Recover(terminal) };

    private static Command Recover(Terminal terminal)
    {
        var json = CommonOptions.AsJson();
        var command = new Command("recover", "Finds the key in the ciphertext, without being told any; exit 1 when it stays open") { json };
        var images = CommonOptions.Images(command);
        command.SetAction(parsed =>
        {
            string[] files = parsed.GetRequiredValue(images);
            bool asJson = parsed.GetValue(json);
            return EachInput.Run(terminal, files, (own, file) => Answer(own, file, asJson, several: files.Length > 1));
        });
        return command;
    }

    private static int Answer(Terminal terminal, string file, bool json, bool several)
    {
        try
        {
            var result = InputFile.Load(terminal, file).RecoverKey();
            if (json)
                terminal.Output.WriteLine(ImageDocuments.RecoverKey(result, file, indented: !several));
            else
                WriteText(terminal, file, result);
            return result.Key is null ? ExitCodes.No : ExitCodes.Done;
        }
        catch (CliException unfit)
        {
            var error = unfit.WithCure("key recover");
            if (json)
                terminal.Output.WriteLine(ImageDocuments.Error("key recover", file, error.ToLibrary(), indented: !several));
            terminal.ErrorLine(error);
            return error.ExitCode;
        }
    }

    private static void WriteText(Terminal terminal, string file, KeyRecoveryResult result)
    {
        string certain = result.Candidates.Count == 0
            ? string.Empty
            : FormattableString.Invariant($"; confidence {result.Confidence:0.####}, proven for {result.ProvenFor}");
        terminal.Line($"{file}: {Describe(result)}, {Describe(result.Evidence)}{certain}");
        string exact = result.IsExact ? "as stored in the bootloader" : "equivalent: the same keystream at every address of a chip";
        foreach (var candidate in result.Candidates)
            terminal.Line($"{(result.Key is null ? "candidate" : "key")}  {candidate.Name ?? "custom"}  {candidate}  ({exact})");
    }

    private static string Describe(KeyRecoveryResult result) => result.Status switch
    {
        KeyRecoveryStatus.NotEncrypted => "not encrypted",
        KeyRecoveryStatus.Recovered => "the key is known",
        KeyRecoveryStatus.Ambiguous => $"one of {Plural.Of(result.Candidates.Count, "key")}",
        _ => "the key is not known",
    };

    private static string Describe(KeyRecoveryEvidence evidence) => evidence switch
    {
        KeyRecoveryEvidence.TooLittleData => "too little data",
        KeyRecoveryEvidence.NoCode => "no ARM code under any key",
        KeyRecoveryEvidence.Contradiction => "parts have different keys",
        KeyRecoveryEvidence.CodeStatistics => "by the statistics of its code",
        KeyRecoveryEvidence.VectorTable => "by a vector table",
        KeyRecoveryEvidence.VectorTables => "by the vector tables of two programs",
        _ => "by what its bootloader stores",
    };
}
