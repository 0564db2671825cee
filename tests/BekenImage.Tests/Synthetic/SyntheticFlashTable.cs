using System.Text;

namespace BekenImage.Tests.Synthetic;

/// <summary>The flash map that Beken's SDK compiles into every app (BkDriverFlash.c): owner, name, start, length, options for each range.</summary>
internal static class SyntheticFlashTable
{
    /// <summary>As in Tuya's SDK for BK7231N.</summary>
    public static readonly uint[] TuyaN = [0, 0x11000, 0x12A000, 0x1D0000, 0x1D1000];

    /// <summary>As in the factory firmware of the Dreo fan.</summary>
    public static readonly uint[] Dreo = [0, 0x11000, 0x132000, 0x1E0000, 0x1E1000];

    /// <summary>Puts a table of ranges with these starts into an app.</summary>
    public static byte[] Put(byte[] app, uint[] starts, int offset = 0x1000, uint linkBase = 0x10000)
    {
        string[] names = ["Bootloader", "Application", "ota", "RF Firmware", "NET info"];
        int text = offset + 20 * starts.Length;
        for (int i = 0; i < starts.Length; i++)
        {
            PlainFormats.Put(app, offset + 20 * i, 0);
            PlainFormats.Put(app, offset + 20 * i + 4, linkBase + (uint)text);
            PlainFormats.Put(app, offset + 20 * i + 8, starts[i]);
            PlainFormats.Put(app, offset + 20 * i + 12, 0x1000);
            PlainFormats.Put(app, offset + 20 * i + 16, 1);
            byte[] name = Encoding.ASCII.GetBytes(names[i] + "\0");
            name.CopyTo(app, text);
            text += name.Length;
        }
        return app;
    }
}
