namespace BekenImage.Cli.Tests.Docs;

/// <summary>Three pages in flash, and the same bytes as the CPU sees them.</summary>
internal static class AddressesPicture
{
    private const double Data = 240;
    private const double Sum = 36;
    private const double Left = 20;
    private const double FlashTop = 60;
    private const double ViewTop = 170;
    private const double Height = 44;

    public static string Draw()
    {
        var picture = new PictureWriter(880, 262, "Flash holds 34 bytes for every 32 that the CPU sees: two of CRC follow each 32 of data");
        picture.Text(Left, 24, "flash: physical addresses", "head");
        picture.Text(Left, ViewTop + Height + 38, "CPU: logical addresses", "head");
        for (int page = 0; page < 3; page++)
        {
            double at = Left + page * (Data + Sum), seen = Left + page * Data;
            picture.Text(at, FlashTop - 8, $"0x{0x11000 + page * 34:x}", "small");
            picture.Box(at, FlashTop, Data, Height, "#b4e4b0", "32 bytes of code");
            picture.Box(at + Data, FlashTop, Sum, Height, "#ffd58a", "CRC");
            picture.Arrow(at + Data / 2, FlashTop + Height, seen + Data / 2, ViewTop);
            picture.Box(seen, ViewTop, Data, Height, "#b4e4b0", "32 bytes of code");
            picture.Text(seen, ViewTop + Height + 16, $"0x{0x10000 + page * 32:x}", "small");
        }
        picture.Text(Left + 3 * Data + 14, ViewTop + 20, "CRC checked", "small");
        picture.Text(Left + 3 * Data + 14, ViewTop + 36, "code deciphered", "small");
        picture.Text(Left + 3 * Data + Sum * 3 + 4, FlashTop + 28, "...", "small");
        return picture.ToString();
    }
}
