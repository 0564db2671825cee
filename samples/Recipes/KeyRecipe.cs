using BekenImage.Crypto;

/// <summary>Finds the key of an app nobody has published: from its pages in flash, beginning at physical 0x11000.</summary>
public static class KeyRecipe
{
    public static BekenKey? Run(byte[] pages, uint logicalAddress = 0x10000)
    {
        byte[] ciphertext = new byte[pages.Length / FlashPages.PageSize * FlashPages.DataSize];
        byte[] whole = pages.AsWholePages();
        FlashPages.Decode(whole, ciphertext);

        // Null where nothing is certain: never a guess, and never the zero key for "unknown".
        KeyRecoveryResult result = KeyRecovery.Recover(ciphertext, logicalAddress);
        return result.Key;
    }

    private static byte[] AsWholePages(this byte[] pages)
    {
        byte[] whole = new byte[pages.Length / FlashPages.PageSize * FlashPages.PageSize];
        System.Array.Copy(pages, whole, whole.Length);
        return whole;
    }
}
