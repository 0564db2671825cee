using System.CommandLine;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Documents;

namespace BekenImage.Cli.Commands;

/// <summary><c>demo [-o DIR]</c>: the main job on a device and a firmware made up on the spot.</summary>
internal static class DemoCommand
{
    public static Command Make(Terminal terminal)
    {
        var output = new Option<string?>("--output", "-o") { HelpName = "DIR", Description = "Also write factory.bin, firmware.bin and combined.bin into this folder" };
        var force = CommonOptions.Force();
        var json = new Option<bool>("--json") { Description = "Print what was made as one JSON document" };
        var command = new Command("demo", "Makes a synthetic factory dump and firmware, combines them, and shows the maps") { output, force, json };
        command.SetAction(parsed => Run(terminal, parsed.GetValue(output), parsed.GetValue(force), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, string? folder, bool force, bool json)
    {
        if (folder is not null)
            OutputFolder.Check(folder, force);
        byte[] factoryBytes = SyntheticDevice.FactoryDump();
        byte[] firmwareBytes = SyntheticDevice.Firmware();
        var factory = FlashImage.Parse(factoryBytes);
        var firmware = FlashImage.Parse(firmwareBytes);
        var options = new CombineOptions { FactoryName = "factory.bin", FirmwareName = "firmware.bin" };
        var plan = new ImageCombiner(factory, firmware, options).Plan();
        byte[] combined = plan.ToArray();
        // First, so that nothing is told of files that could not be written.
        if (folder is not null)
            WriteFiles(folder, force, factoryBytes, firmwareBytes, combined);
        if (json)
        {
            terminal.Output.WriteLine(ImageDocuments.WrittenFolder(
                "demo", null, folder, [new("factory.bin", factoryBytes), new("firmware.bin", firmwareBytes), new("combined.bin", combined)], plan.Findings));
            return ExitCodes.Done;
        }

        terminal.Line([Ink.Strong("1. The device as it left its factory")]);
        terminal.Line();
        terminal.Output.Write(InspectText.Render(terminal, "factory.bin", factory));
        terminal.Line();
        terminal.Line([Ink.Strong("2. The firmware that is to run on it")]);
        terminal.Line();
        terminal.Output.Write(InspectText.Render(terminal, "firmware.bin", firmware));
        terminal.Line();
        terminal.Line([Ink.Strong("3. Combined: what lies where, and where it came from")]);
        terminal.Line();
        var result = FlashImage.Parse(combined);
        CombineText.Write(terminal, "combined.bin", combined, plan, result, ImageVerifier.Verify(result), lint: null);
        return ExitCodes.Done;
    }

    private static void WriteFiles(string folder, bool force, byte[] factory, byte[] firmware, byte[] combined)
    {
        byte[] manifest = OutputFolder.ManifestBytes(ImageDocuments.FolderManifest("demo", ["factory.bin", "firmware.bin", "combined.bin"]));
        OutputFolder.Write(folder,
        [
            new("factory.bin", factory), new("firmware.bin", firmware), new("combined.bin", combined),
            new(OutputFolder.ManifestName, manifest),
        ], force, SecretNote.IsIn(factory) || SecretNote.IsIn(combined));
    }
}
