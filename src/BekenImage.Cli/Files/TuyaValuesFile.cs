using BekenImage.Documents;

namespace BekenImage.Cli.Files;

/// <summary>Puts back what <c>extract IMAGE tuya</c> wrote: every value of the document that differs is stored.</summary>
internal static class TuyaValuesFile
{
    public static void Apply(ImageDraft draft, string file, ReadOnlySpan<byte> json)
    {
        byte[] document = json.ToArray();
        foreach (var value in InputFile.Within(file, () => InputDocuments.ParseTuyaValues(document)))
        {
            if (IsStored(draft.ToImage(), value))
                continue;
            if (value.Data is null)
                draft.SetTuya(value.Name, value.Text!);
            else
                draft.SetTuya(value.Name, value.Data);
        }
    }

    private static bool IsStored(FlashImage image, TuyaGivenValue value)
    {
        if (image.TuyaStorage?.Find(value.Name) is not { } stored)
            return false;
        if (value.Data is not null)
            return stored.Data.Span.SequenceEqual(value.Data);
        return stored.Text == value.Text;
    }
}
