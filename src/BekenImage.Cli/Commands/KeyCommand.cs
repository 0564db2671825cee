using System.CommandLine;
using System.Text.Json;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Crypto;

namespace BekenImage.Cli.Commands;

/// <summary><c>key recover IMAGE</c>: the key, found in the ciphertext.</summary>
internal static class KeyCommand
{
    public static Command Make(Terminal terminal) => new("key", "The key of an image") { Recover(terminal) };

    private static Command Recover(Terminal terminal)
    {
        var image = CommonOptions.Image();
        var json = CommonOptions.AsJson();
        var command = new Command("recover", "Finds the key in the ciphertext, without being told any; exit 1 when it stays open") { image, json };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(image);
            var result = InputFile.Load(file).RecoverKey();
            if (parsed.GetValue(json))
                terminal.Output.WriteLine(Render(file, result));
            else
                WriteText(terminal, file, result);
            return result.Key is null ? ExitCodes.No : ExitCodes.Done;
        });
        return command;
    }

    private static string Render(string file, KeyRecoveryResult result) => Json.Document("key recover", indented: true, json =>
    {
        json.WriteString("file", file);
        json.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(result.Status.ToString()));
        if (result.Key is { } key)
        {
            json.WriteStartObject("key");
            WriteKey(json, key);
            json.WriteBoolean("exact", result.IsExact || key.IsIdentity);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("key");
        }
        json.WriteArray("candidates", result.Candidates, candidate => WriteKey(json, candidate));
        json.WriteString("evidence", JsonNamingPolicy.CamelCase.ConvertName(result.Evidence.ToString()));
        json.WriteNumber("confidence", result.Confidence);
        json.WriteStartObject("provenFor");
        json.WriteNumber("logicalStart", result.ProvenFor.Start);
        json.WriteNumber("logicalEnd", result.ProvenFor.End);
        json.WriteEndObject();
        json.WriteFindings([]);
    });

    private static void WriteKey(Utf8JsonWriter json, BekenKey key)
    {
        json.WriteString("name", key.Name ?? "custom");
        json.WriteStartArray("coefficients");
        foreach (string word in key.ToWords())
            json.WriteStringValue(word);
        json.WriteEndArray();
    }

    private static void WriteText(Terminal terminal, string file, KeyRecoveryResult result)
    {
        terminal.Line($"{file}: {result}");
        string exact = result.IsExact ? "as stored in the bootloader" : "equivalent: the same keystream at every address of a chip";
        foreach (var candidate in result.Candidates)
            terminal.Line($"{(result.Key is null ? "candidate" : "key")}  {candidate.Name ?? "custom"}  {candidate}  ({exact})");
    }
}
