using System.Text;
using BekenImage.Cli.Files;
using BekenImage.Cli.Tests.Support;
using BekenImage.Documents;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>A16, A23: folders that appear meanwhile, runs that are killed, files that others may read.</summary>
public sealed class OutputAttackTests
{
    private static KeyValuePair<string, ReadOnlyMemory<byte>> Entry(string name, string text) => new(name, Encoding.ASCII.GetBytes(text));

    private static IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Meanwhile(Action happens)
    {
        yield return Entry("a.bin", "ours");
        happens();
        yield return new(OutputFolder.ManifestName, OutputFolder.ManifestBytes(ImageDocuments.FolderManifest("demo", ["a.bin"])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AFolder_ThatAppearsMeanwhile_IsKept(bool force)
    {
        using var folder = new TestFolder();
        string place = folder["out"];
        void Appears()
        {
            Directory.CreateDirectory(place);
            File.WriteAllText(Path.Combine(place, "theirs.txt"), "precious");
        }

        var error = Assert.Throws<CliException>(() => OutputFolder.Write(place, Meanwhile(Appears), force, isSecret: false));
        Assert.Equal((ExitCodes.Refused, FindingCode.OutputExists), (error.ExitCode, error.Code));
        Assert.Equal("precious", File.ReadAllText(Path.Combine(place, "theirs.txt")));
        Assert.Single(Directory.GetFileSystemEntries(place));
        Assert.Equal(["out"], folder.Names);
    }

    [Fact]
    public void AFolder_ThatIsEmptyOrOurs_IsReplacedWhole()
    {
        using var folder = new TestFolder();
        string place = folder["out"];
        Directory.CreateDirectory(place);
        OutputFolder.Write(place, Meanwhile(() => { }), force: false, isSecret: false);
        Assert.Equal(2, Directory.GetFileSystemEntries(place).Length);
        OutputFolder.Write(place, Meanwhile(() => { }), force: true, isSecret: false);
        Assert.Equal("ours", File.ReadAllText(Path.Combine(place, "a.bin")));
        // What was put into it while the new one was being made is not lost.
        Assert.Throws<CliException>(() => OutputFolder.Write(place, Meanwhile(() => File.WriteAllText(Path.Combine(place, "theirs.txt"), "precious")), force: true, isSecret: false));
        Assert.Equal("precious", File.ReadAllText(Path.Combine(place, "theirs.txt")));
        Assert.Equal(["out"], folder.Names);
    }

    /// <summary>A plan by which nothing is written is a folder of ours as well.</summary>
    [Fact]
    public void Plan_ThatOnlyErases_IsReplacedWhenForced()
    {
        using var folder = new TestFolder();
        byte[] device = Samples.ObkDevice, more = device.ToArray();
        "left over"u8.CopyTo(more.AsSpan(0x1F0000));
        string[] line = ["plan", folder.Write("now.bin", more), folder.Write("then.bin", device), "-o", folder["plan"]];
        folder.Do(line);
        Assert.Equal(["plan.json"], Directory.GetFiles(folder["plan"]).Select(Path.GetFileName));
        folder.Do([.. line, "--force"]);
    }

    [Fact]
    public void Runs_ThatAreKilled_LeaveTheOldFolderOrTheNew_AndTheNextRunCleansUp()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "needs signals");
        using var folder = new TestFolder();
        string image = folder.Write("in.bin", Samples.TuyaN), place = folder["parts"];
        folder.Do("split", image, "-o", place);
        int files = Directory.GetFiles(place).Length;
        for (int delay = 150; delay <= 900; delay += 150)
        {
            using var process = Tool.Start("split", image, "-o", place, "--force");
            Thread.Sleep(delay);
            process.Kill();
            process.WaitForExit();
            Assert.Equal(files, Directory.GetFiles(place).Length);
        }
        // As a run leaves it that was killed while it wrote.
        string killed = Path.GetFileName(new TemporaryPath(folder.Root).Path);
        string left = Directory.CreateDirectory(folder[killed.Replace(
            Environment.ProcessId.ToString("x", System.Globalization.CultureInfo.InvariantCulture) + "-", "7fffffff-", StringComparison.Ordinal)]).FullName;
        folder.Do("split", image, "-o", place, "--force");
        Assert.False(Directory.Exists(left));
        Assert.Equal(["in.bin", "parts"], folder.Names);
        folder.Do("merge", place, "-o", folder["back.bin"]);
        Assert.Contains("identical", folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesWithSecrets_AreForTheirOwnerAlone_AndOthersForAll()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs modes");
        using var folder = new TestFolder();
        string device = folder.OpenBekenDevice();
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.NotEqual(owner, Mode(device));
        folder.Do("obk", "set", device, "wifiSsid=home network", "wifiPass=correct horse", "-o", folder["secret.bin"]);
        folder.Do("split", folder["secret.bin"], "-o", folder["parts"]);
        Assert.Equal(owner, Mode(folder["secret.bin"]));
        Assert.All(Directory.GetFiles(folder["parts"]), file => Assert.Equal(owner, Mode(file)));
    }

    private static UnixFileMode Mode(string file) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file);
}
