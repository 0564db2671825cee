using BekenImage.Cli.Output;

namespace BekenImage.Cli.Files;

/// <summary>Puts back what <c>extract IMAGE tuya</c> wrote: every value of the document that differs is stored.</summary>
internal static class TuyaDocument
{
    public static byte[] Apply(FlashImage image, string file, ReadOnlySpan<byte> json)
    {
        var members = JsonFile.Parse(file, json);
        if (members.FirstOrDefault(member => member.Name == "values").Value is not List<object?> values)
            throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, "it has no 'values' as 'extract IMAGE tuya' writes them", file);
        byte[] bytes = image.Source.ToArray();
        foreach (object? value in values)
        {
            var (name, text, data) = Read(file, value);
            if (IsStored(image, name, text, data))
                continue;
            bytes = data is null ? DeviceDataEditor.SetTuyaValue(image, name, text!) : DeviceDataEditor.SetTuyaValue(image, name, data);
            image = FlashImage.Parse(bytes);
        }
        return bytes;
    }

    private static (string Name, string? Text, byte[]? Data) Read(string file, object? value)
    {
        var members = value as List<NamedValue> ?? [];
        string? Member(string name) => members.FirstOrDefault(member => member.Name == name).Value as string;
        try
        {
            if (Member("name") is { } name && (Member("text") ?? Member("hex")) is not null)
                return (name, Member("text"), Member("hex") is { } hex ? Convert.FromHexString(hex) : null);
        }
        catch (FormatException)
        {
            // Falls through to the same answer.
        }
        throw new CliException(ExitCodes.BadInput, FindingCode.WrongKind, "each of its values needs 'name', and 'text' or 'hex'", file);
    }

    private static bool IsStored(FlashImage image, string name, string? text, byte[]? data)
    {
        if (image.TuyaStorage?.Find(name) is not { } stored)
            return false;
        if (data is not null)
            return stored.Data.Span.SequenceEqual(data);
        return stored.Text == text || stored.Text is { } current && TuyaValueText.Mask(name, current) == text;
    }
}
