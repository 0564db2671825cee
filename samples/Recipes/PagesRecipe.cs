using System;
using BekenImage.Crypto;

/// <summary>The byte layer alone: an app as it lies in flash becomes the code that runs.</summary>
public static class PagesRecipe
{
    public static byte[] Run(byte[] pages)
    {
        // 32 bytes of code and 2 bytes of CRC in each page; the app of most devices begins at 0x10000 as the CPU sees it.
        byte[] code = new byte[pages.Length / FlashPages.PageSize * FlashPages.DataSize];
        PageScan scan = FlashPages.Decode(pages, code, BekenKey.Tuya, 0x10000);
        Console.WriteLine($"{scan.Valid} pages are right, {scan.Bad} wrong, {scan.Erased} erased");
        return code;
    }
}
