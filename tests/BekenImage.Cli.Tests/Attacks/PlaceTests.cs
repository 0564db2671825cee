using System.Diagnostics;
using System.Runtime.InteropServices;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>A16: places that are links, hard links, not to be written, or full, one verb for each way in which outputs are written.</summary>
[Trait("Attack", "A16")]
public sealed class PlaceTests
{
    private static readonly string[][] Lines =
    [
        ["split", "IN", "-o", "OUT"], ["report", "IN", "-o", "OUT"], ["inspect", "IN", "-o", "OUT"], ["boot", "IN", "--log", "OUT"],
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Lines.Length)];

    private static string[] Line(TestFolder folder, int row, string output) =>
        Lines[row].Select(word => word switch { "IN" => folder["in.bin"], "OUT" => output, _ => word }).ToArray();

    [Theory]
    [MemberData(nameof(Rows))]
    public void Output_ThatIsALinkToSomethingOrNothing_NeverChangesWhereItLeads(int row)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs links");
        using var folder = new TestFolder();
        folder.Write("in.bin", Samples.ObkDevice);
        folder.Write("target", "precious");
        Directory.CreateDirectory(folder["folder"]);
        foreach (string target in new[] { folder["target"], folder["nothing"], folder["folder"] })
        {
            string link = folder["link"];
            File.CreateSymbolicLink(link, target);
            Assert.InRange(folder.Run(Line(folder, row, link)), 3, 4);
            folder.Run([.. Line(folder, row, link), "--force"]);
            Assert.Equal("precious", File.ReadAllText(folder["target"]));
            Assert.False(File.Exists(folder["nothing"]));
            Assert.Empty(Directory.GetFileSystemEntries(folder["folder"]));
            if (Directory.Exists(link) && new FileInfo(link).LinkTarget is null)
                Directory.Delete(link, recursive: true);
            else
                File.Delete(link);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Output_ThatIsAHardLinkOfAnother_LeavesTheOtherAsItIs(int row)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "needs hard links");
        using var folder = new TestFolder();
        folder.Write("in.bin", Samples.ObkDevice);
        folder.Write("other", "precious");
        Assert.Equal(0, Link(folder["other"], folder["out"]));
        Assert.InRange(folder.Run(Line(folder, row, folder["out"])), 3, 4);
        folder.Run([.. Line(folder, row, folder["out"]), "--force"]);
        Assert.Equal("precious", File.ReadAllText(folder["other"]));
    }

    /// <summary>A limit on file sizes fails in the middle of a write, as a full disk does.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Output_OnAFullDisk_LeavesWhatWasThere(int row)
    {
        Assert.SkipWhen(!File.Exists("/bin/sh"), "needs a shell");
        using var folder = new TestFolder();
        folder.Write("in.bin", Samples.ObkDevice);
        const string script = "trap '' XFSZ; ulimit -f 8; export DOTNET_EnableDiagnostics=0; export DOTNET_EnableWriteXorExecute=0; exec dotnet exec \"$@\" > /dev/null";
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, "sh", Tool.Program, .. Line(folder, row, folder["out"])]) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 3, $"exit {process.ExitCode}: {error}");
        Assert.Contains("BKI8012", error, StringComparison.Ordinal);
        Assert.Equal(["in.bin"], folder.Names);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Output_InAFolderThatMayNotBeWritten_IsSaid(int row)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "needs modes that bind");
        using var folder = new TestFolder();
        folder.Write("in.bin", Samples.ObkDevice);
        string closed = Directory.CreateDirectory(folder["closed"]).FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal(3, folder.Run(Line(folder, row, Path.Combine(closed, "out"))));
        Assert.Contains("may not be changed", folder.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(closed));
    }

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
