using BekenImage.Formats.LittleFs;
using BekenImage.Images;

namespace BekenImage.Editing;

/// <summary>Files of OpenBeken's LittleFS.</summary>
internal static class LittleFsEdit
{
    private const string Why = "the volume is written anew with the files asked for";

    public static void Put(DraftEdit edit, IEnumerable<LittleFsEntry> put, IEnumerable<string>? remove)
    {
        try
        {
            if (edit.Image.LittleFs is { } volume)
                Write(edit, volume.Range, LittleFsWriter.Rebuild(volume, put, remove));
            else
                Create(edit, put, remove);
        }
        catch (BekenImageException error) when (error.Code == FindingCode.LittleFsDoesNotFit)
        {
            throw new ImageGuardException(error.Code, error.Message, error.Offset);
        }
    }

    private static void Create(DraftEdit edit, IEnumerable<LittleFsEntry> put, IEnumerable<string>? remove)
    {
        if (LittleFsAreas.RangeFor(edit.Image, edit.Image.Content.Map) is not { } range || edit.Image.PhysicalBase != 0)
        {
            throw new ImageGuardException(FindingCode.AddressUnknown,
                "there is no LittleFS in it, and it is not known where its firmware would look for one; there is no default address");
        }
        if (remove?.FirstOrDefault() is { } path)
            throw new BekenImageException(FindingCode.LittleFsNotFound, $"there is no LittleFS in it, so no '{path}' to remove");
        Write(edit, range, LittleFsWriter.Create((int)range.Length, put));
    }

    private static void Write(DraftEdit edit, FlashRange range, byte[] volume)
    {
        if (range.Start >= edit.Image.Length)
        {
            edit.Append(range.Start, volume, PartitionNames.LittleFs, Why);
            return;
        }
        edit.Put(range.Start, volume, PartitionNames.LittleFs, Why, PartitionNames.LittleFs);
    }
}
