using System.CommandLine;
using BekenImage.Cli.Files;
using BekenImage.Cli.Output;
using BekenImage.Crypto;

namespace BekenImage.Cli.Commands;

/// <summary><c>encrypt</c> and <c>decrypt</c>: the flash cipher alone, optionally with the page CRCs.</summary>
internal static class CipherCommands
{
    public static Command Encrypt(Terminal terminal) => Make(terminal, encrypt: true);

    public static Command Decrypt(Terminal terminal) => Make(terminal, encrypt: false);

    private static Command Make(Terminal terminal, bool encrypt)
    {
        var input = CommonOptions.Image("IN", "The bytes; - for standard input");
        var output = CommonOptions.Output("The file to write");
        var key = CommonOptions.Key("The key: a name, four hex words, 32 hex digits or base64");
        key.Required = true;
        var address = CommonOptions.Number32("--address", "Logical address of the first byte: 0 for a bootloader, 0x10000 for an app", "a logical address");
        address.Required = true;
        var crc = new Option<bool>("--crc")
        {
            Description = encrypt ? "Pad with 0xFF to 32 bytes and add the page CRCs" : "IN is 34-byte pages: check and remove their CRCs",
        };
        var vendor = new Option<bool>("--vendor") { Description = "Write what the vendor's encrypt program does: padded to 32 bytes, and 16 bytes more" };
        var force = CommonOptions.Force();
        var command = new Command(encrypt ? "encrypt" : "decrypt", encrypt ? "Applies the flash cipher" : "Applies the flash cipher, which undoes itself")
            { input, output, key, address, crc, force };
        if (encrypt)
        {
            command.Options.Add(vendor);
            command.Validators.Add(result =>
            {
                if (result.GetValue(vendor) && result.GetValue(crc))
                    result.AddError("--vendor and --crc exclude each other: the vendor's program adds no page CRCs; add them with 'crc add'");
            });
        }
        command.SetAction(parsed =>
        {
            var request = new Request(
                parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), parsed.GetValue(key)!.Value, parsed.GetValue(address)!.Value,
                parsed.GetValue(crc), encrypt && parsed.GetValue(vendor), parsed.GetValue(force));
            return Run(terminal, request, encrypt);
        });
        return command;
    }

    private sealed record Request(string Input, string Output, BekenKey Key, long Address, bool Crc, bool Vendor, bool Force);

    private static int Run(Terminal terminal, Request request, bool encrypt)
    {
        OutputFile.Check(request.Output, request.Force, request.Input);
        using var input = InputFile.Read(request.Input);
        int erased = 0;
        byte[] result = (encrypt, request.Crc) switch
        {
            (true, true) => PageFile.Add(Apply(request, PageFile.Pad(input.Span))),
            (false, true) => Decode(request, input.Span, out erased),
            _ when request.Vendor => VendorEncrypt.Encrypt(input.Span, request.Key, (uint)request.Address),
            _ => Apply(request, input.Span),
        };
        OutputFile.Write(request.Output, result, request.Force, request.Input);
        if (erased > 0)
            terminal.Note(FormattableString.Invariant($"{request.Input}: {erased} erased pages became 0xFF"));
        return ExitCodes.Done;
    }

    private static byte[] Apply(Request request, ReadOnlySpan<byte> input)
    {
        var result = new byte[input.Length];
        FlashCipher.Apply(request.Key, (uint)request.Address, input, result);
        return result;
    }

    private static byte[] Decode(Request request, ReadOnlySpan<byte> pages, out int erased)
    {
        try
        {
            byte[] result = PageFile.Strip(pages, request.Key, (uint)request.Address, out var scan);
            erased = scan.Erased;
            return result;
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, request.Input);
        }
    }
}
