using System.Text;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Boot.Tests.Support;

/// <summary>
/// A whole chip with a loader of a few lines: the synthetic image of the other tests, its noise replaced by code that runs.
/// </summary>
internal static class TinyDevice
{
    private const int LoaderLength = 0x2EDC;
    private const int AppLength = 0x4000;
    private const int NameOffset = 0x900;

    /// <summary>The flash of a BK7231N.</summary>
    /// <param name="loader">Its bootloader.</param>
    /// <param name="app">Its app; null for one that prints and stands still.</param>
    /// <param name="key">Its key.</param>
    public static byte[] Flash(TinyArm loader, TinyArm? app = null, SyntheticKey? key = null) => Image(loader, app, key).Dump();

    public static SyntheticImage Image(TinyArm loader, TinyArm? app = null, SyntheticKey? key = null)
    {
        byte[] table = SyntheticLayout.N.Table();
        byte[] program = loader.Assemble(LoaderLength - table.Length);
        "\0BK7231N_1.0.1\0"u8.CopyTo(program.AsSpan(NameOffset));
        return new SyntheticImage { Program = [.. program, .. table], App = AppBytes(app ?? App()), Key = key ?? SyntheticKey.Tuya };
    }

    /// <summary>An app of BK7231N, plain.</summary>
    /// <param name="app">Its code.</param>
    /// <param name="text">A text in it, by which its maker is told.</param>
    public static byte[] AppBytes(TinyArm app, string text = "")
    {
        byte[] plain = app.Assemble(AppLength);
        "BK7231\0\0"u8.CopyTo(plain.AsSpan(0x100));
        Encoding.ASCII.GetBytes($"\0{text}\0").CopyTo(plain, 0x200);
        return plain;
    }

    public static TinyArm App() => new TinyArm(0x10000).Begin().Print("app\n").Label("end").Branch("end");

    /// <summary>Prints, and jumps.</summary>
    public static TinyArm Loader(string says = "hello\r\n") => new TinyArm().Begin().Print(says).JumpToApp();

    public static BootReport Boot(byte[] flash, BootOptions? options = null) =>
        ImageBooter.Boot(FlashImage.Parse(flash), options ?? new BootOptions { Steps = 200_000 });

    public static BootReport Boot(TinyArm loader, BootOptions? options = null) => Boot(Flash(loader), options);

    public static string Text(this BootReport report) => Encoding.Latin1.GetString(report.LogBytes.Span);
}
