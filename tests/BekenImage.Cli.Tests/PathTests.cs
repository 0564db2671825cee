using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;

namespace BekenImage.Cli.Tests;

/// <summary>A26: paths with spaces, in any script, and of 300 characters are paths like others, to inputs, outputs and folders.</summary>
public sealed class PathTests
{
    public static TheoryData<string> Names => new("a b  c", "\u00FCber \u0130\u0131 \u732B \U0001F63A", "-o", "100% $HOME `x` 'y'", Long());

    [Theory]
    [MemberData(nameof(Names))]
    public void Folder_OfAnyName_IsReadAndWritten(string name)
    {
        using var folder = new TestFolder();
        string place = Directory.CreateDirectory(folder[name]).FullName;
        string dump = Path.Combine(place, "dump.bin"), firmware = Path.Combine(place, "firmware.bin");
        File.WriteAllBytes(dump, SyntheticDevice.FactoryDump());
        File.WriteAllBytes(firmware, SyntheticDevice.Firmware());

        Assert.Equal(dump, Tool.Run("inspect", dump, "--json").Succeeds().Json.GetProperty("file").GetString());
        folder.Do("combine", dump, firmware, "-o", Path.Combine(place, "image.bin"));
        folder.Do("split", dump, "-o", Path.Combine(place, "parts"));
        folder.Do("merge", Path.Combine(place, "parts"), "-o", Path.Combine(place, "merged.bin"));
        folder.Do("report", dump, "-o", Path.Combine(place, "dump.html"));
        BytesAssert.Equal(File.ReadAllBytes(dump), File.ReadAllBytes(Path.Combine(place, "merged.bin")));
        Assert.Equal(2, Tool.Run("inspect", "--summary", place).Succeeds().Output.Split('\n').Count(line => line.Contains("dump.bin", StringComparison.Ordinal) ||
            line.Contains("firmware.bin", StringComparison.Ordinal)));
        Assert.Equal(["dump.bin", "dump.html", "firmware.bin", "image.bin", "merged.bin", "parts"],
            Directory.EnumerateFileSystemEntries(place).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    // The longest name a file may have leaves no room for what a temporary file adds to it.
    [Fact]
    public void Output_OfTheLongestName_IsWritten()
    {
        using var folder = new TestFolder();
        string dump = folder.Write("dump.bin", Samples.TuyaN);
        string name = folder[new string('n', 251) + ".bin"];
        folder.Do("normalize", dump, "-o", name);
        BytesAssert.Equal(Samples.TuyaN, File.ReadAllBytes(name));
        folder.Do("split", dump, "-o", folder[new string('p', 255)]);
        Assert.Equal(3, folder.Names.Length);
    }

    private static string Long() => string.Join(Path.DirectorySeparatorChar, Enumerable.Range(0, 3).Select(part => new string((char)('a' + part), 99)));
}
