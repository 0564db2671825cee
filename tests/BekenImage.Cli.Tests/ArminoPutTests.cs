using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary><c>put</c> into a linear image as a build makes it: it ends with the app, long before the partition of the table does.</summary>
public sealed class ArminoPutTests
{
    private const string Key = "3ac1f07762d95b8e14a06dc7be3915f2908b4c6ed15720af3bfe86c4720d19e5";

    private static byte[] App(int length, int seed) => SyntheticArmino.App(length, seed, "OpenBK7236_1.18.300");

    private static byte[] Firmware(byte[] app, string? key) => SyntheticArmino.FirmwareBK7236(app, key is null ? null : Convert.FromHexString(key));

    private static string[] Line(TestFolder folder, byte[] app, string? key, string output) =>
        ["put", folder["linear.bin"], "app", folder.Write("app.bin", app), "-o", folder[output], .. key is null ? Array.Empty<string>() : ["--key", key]];

    [Theory]
    [InlineData(null)]
    [InlineData(Key)]
    public void Put_OfAnAppOfTheSameLength_GivesTheBuildsImage(string? key)
    {
        using var folder = new TestFolder();
        folder.Write("linear.bin", Firmware(App(0x4000, 3), key));
        folder.Do(Line(folder, App(0x4000, 9), key, "out.bin"));
        BytesAssert.Equal(Firmware(App(0x4000, 9), key), folder.Read("out.bin"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Key)]
    public void Put_OfAShorterApp_LeavesNothingOfTheOld_AndTheFilesLength(string? key)
    {
        using var folder = new TestFolder();
        byte[] before = Firmware(App(0x4000, 3), key), shorter = Firmware(App(0x3000, 9), key);
        folder.Write("linear.bin", before);
        folder.Do(Line(folder, App(0x3000, 9), key, "out.bin"));
        byte[] after = folder.Read("out.bin");
        Assert.Equal(before.Length, after.Length);
        BytesAssert.Equal(shorter, after.AsSpan(0, shorter.Length));
        Assert.Equal(-1, after.AsSpan(shorter.Length).IndexOfAnyExcept((byte)0xFF));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Key)]
    public void Put_OfAnAppThatIsLongerThanTheFile_IsRefused_ThoughItsPartitionWouldHoldIt(string? key)
    {
        using var folder = new TestFolder();
        folder.Write("linear.bin", Firmware(App(0x4000, 3), key));
        Assert.Equal(4, folder.Run(Line(folder, App(0x4020, 9), key, "out.bin")));
        Assert.Contains("BKI", folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("out.bin", folder.Names);
    }
}
