using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Programs;

/// <summary>The pages of a striped program as stored data, and changed data back into them.</summary>
internal static class ProgramPages
{
    /// <summary>The data of the whole pages, not deciphered.</summary>
    public static byte[] Strip(ReadOnlySpan<byte> bytes) => new ProgramStorage(isPaged: true, cipher: null).Strip(bytes);

    /// <summary>Writes data into the first pages. Erased pages and those with a wrong CRC stay; gives the number of the latter.</summary>
    public static int Write(Span<byte> slot, ReadOnlySpan<byte> data, int count)
    {
        int bad = 0;
        for (int page = 0; page < count; page++)
        {
            var stored = slot.Slice(page * FlashPages.PageSize, FlashPages.PageSize);
            if (ByteRuns.IsErased(stored))
                continue;
            if (FlashPages.Check(stored).Valid == 0)
                bad++;
            else
                FlashPages.Encode(data.Slice(page * FlashPages.DataSize, FlashPages.DataSize), stored);
        }
        return bad;
    }
}
