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
        var key = CommonOptions.Key("The key: a name, four hex words, 32 hex digits or base64; of newer chips 64 hex digits, 128 letters, or a file (OTP dump, flash_aes_key.json)");
        key.Required = true;
        var cipher = KeyOptions.Cipher("The flash cipher: auto goes by the key and takes aes (BK7236, BK7258) for an AES one; aes-standard is that of BK7236N and BK7239N");
        var address = CommonOptions.Number32("--address", "Logical address of the first byte: 0 for a bootloader, 0x10000 for an app", "a logical address");
        address.Required = true;
        var crc = new Option<bool>("--crc")
        {
            Description = encrypt ? "Pad with 0xFF to 32 bytes and add the page CRCs" : "IN is 34-byte pages: check and remove their CRCs",
        };
        var vendor = new Option<bool>("--vendor") { Description = "Write what the vendor's encrypt program does: padded to 32 bytes, and 16 bytes more" };
        var command = new Command(
            encrypt ? "encrypt" : "decrypt",
            encrypt ? "Applies the flash cipher; under an AES key the end is filled with 0xFF to 32 bytes" : "Undoes the flash cipher") { input, key, cipher, address, crc };
        KeyOptions.AddRules(command, key, cipher);
        if (encrypt)
        {
            command.Options.Add(vendor);
            command.Validators.Add(result =>
            {
                if (result.GetValue(vendor) && result.GetValue(crc))
                    result.AddError("--vendor and --crc exclude each other: the vendor's program adds no page CRCs; add them with 'crc add'");
                if (result.GetValue(key) is { IsAes: true })
                    CommonOptions.RefuseIdle(result, "the vendor's program for AES keys writes what is written without it", vendor);
            });
        }
        var output = new OutputOptions(command, "The file to write", new Beside(input, file => DefaultName.Marked(file, encrypt ? "encrypted" : "decrypted")));
        command.SetAction(parsed =>
        {
            var request = new Request(
                parsed.GetRequiredValue(input), parsed.GetValue(key)!, parsed.GetValue(cipher), (uint)parsed.GetValue(address)!.Value,
                parsed.GetValue(crc), encrypt && parsed.GetValue(vendor));
            return Run(output.Read(terminal, parsed, request.Input), request, encrypt);
        });
        return command;
    }

    private sealed record Request(string Input, GivenKey Key, CipherChoice Cipher, uint Address, bool Crc, bool Vendor);

    private static int Run(Writing writing, Request request, bool encrypt)
    {
        var terminal = writing.Terminal;
        string[] inputs = [request.Input, .. request.Key.Files];
        writing.Check(inputs);
        var aes = request.Key.IsAes
            ? new AesFlashCipher(request.Key.NeedAes(), KeyOptions.VariantOf(request.Cipher) ?? AesFlashVariant.WordSwapped)
            : null;
        using var input = InputFile.Read(request.Input);
        int erased = 0;
        byte[] result = encrypt ? Encrypt(request, aes, input.Span) : Decrypt(request, aes, input.Span, out erased);
        writing.SaveMade(result, input.Span.ToArray(), inputs);
        writing.Tell(Plural.Of(result.Length, "byte"));
        if (request.Key.IsOfOtp)
            terminal.Note($"{request.Key.File}: the key is taken as the OTP dump has it; in which order of bytes it stands there was never proven on a device");
        if (erased > 0)
            terminal.Note($"{request.Input}: {Plural.Of(erased, "erased page")} became 0xFF");
        if (!encrypt && result.Length > input.Length)
        {
            terminal.Note(FormattableString.Invariant(
                $"{request.Input}: its last {input.Length % AesFlashCipher.UnitSize} bytes are a part of a unit of {AesFlashCipher.UnitSize}, which cannot be deciphered: they were filled up with 0xFF, and give nothing sensible"));
        }
        writing.Print(result);
        return ExitCodes.Done;
    }

    private static byte[] Encrypt(Request request, AesFlashCipher? aes, ReadOnlySpan<byte> input)
    {
        if (request.Vendor)
            return VendorEncrypt.Encrypt(input, request.Key.Coefficients!.Value, request.Address);
        byte[] data = request.Crc || aes is not null ? PageFile.Pad(input) : input.ToArray();
        if (aes is null)
            FlashCipher.Apply(request.Key.Coefficients!.Value, request.Address, data, data);
        else
            aes.Encrypt(request.Address, data, data);
        return request.Crc ? PageFile.Add(data) : data;
    }

    private static byte[] Decrypt(Request request, AesFlashCipher? aes, ReadOnlySpan<byte> input, out int erased)
    {
        erased = 0;
        if (request.Crc)
            return DecryptPages(request, aes, input, out erased);
        byte[] data = aes is null ? input.ToArray() : PageFile.Pad(input);
        if (aes is null)
            FlashCipher.Apply(request.Key.Coefficients!.Value, request.Address, data, data);
        else
            aes.Decrypt(request.Address, data, data);
        return data;
    }

    private static byte[] DecryptPages(Request request, AesFlashCipher? aes, ReadOnlySpan<byte> pages, out int erased)
    {
        try
        {
            PageScan scan;
            byte[] result = aes is null
                ? PageFile.Strip(pages, request.Key.Coefficients!.Value, request.Address, out scan)
                : PageFile.Strip(pages, aes, request.Address, out scan);
            erased = scan.Erased;
            return result;
        }
        catch (BekenImageException error)
        {
            throw CliException.From(error, request.Input);
        }
    }
}
