using BekenImage.Documents;
using BekenImage.Formats.Tuya;

namespace BekenImage.Cli.Files;

/// <summary>Puts back what <c>extract IMAGE tuya</c> wrote: every value of the document that differs is stored.</summary>
internal static class TuyaValuesFile
{
    public static byte[] Apply(FlashImage image, string file, ReadOnlySpan<byte> json)
    {
        byte[] document = json.ToArray();
        byte[] bytes = image.Source.ToArray();
        foreach (var value in InputFile.Within(file, () => InputDocuments.ParseTuyaValues(document)))
        {
            if (IsStored(image, value))
                continue;
            bytes = value.Data is null
                ? DeviceDataEditor.SetTuyaValue(image, value.Name, value.Text!)
                : DeviceDataEditor.SetTuyaValue(image, value.Name, value.Data);
            image = FlashImage.Parse(bytes);
        }
        return bytes;
    }

    private static bool IsStored(FlashImage image, TuyaGivenValue value)
    {
        if (image.TuyaStorage?.Find(value.Name) is not { } stored)
            return false;
        if (value.Data is not null)
            return stored.Data.Span.SequenceEqual(value.Data);
        return stored.Text == value.Text || stored.Text is { } current && TuyaSecrets.Mask(value.Name, current) == value.Text;
    }
}
