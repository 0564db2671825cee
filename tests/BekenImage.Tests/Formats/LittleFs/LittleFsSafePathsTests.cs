using System.Text;
using BekenImage.Formats.LittleFs;
using CsCheck;

namespace BekenImage.Tests.Formats.LittleFs;

public class LittleFsSafePathsTests
{
    [Theory]
    [InlineData("autoexec.bat", "autoexec.bat")]
    [InlineData("Some_File-1.x.y", "Some_File-1.x.y")]
    [InlineData(".hidden", ".hidden")]
    [InlineData("a b", "a_b")]
    [InlineData("..", "__")]
    [InlineData(".", "_")]
    [InlineData("../../etc/passwd", ".._.._etc_passwd")]
    [InlineData("C:\\x", "C__x")]
    [InlineData("a:b", "a_b")]
    [InlineData("\\\\host\\share", "__host_share")]
    [InlineData("dot.", "dot_")]
    [InlineData("dots...", "dots___")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("Com1.tar.gz", "_Com1.tar.gz")]
    [InlineData("lpt0", "_lpt0")]
    [InlineData("console", "console")]
    [InlineData("é\u202Etxt", "__txt")]
    [InlineData("a\u0000\u001b[2J", "a___2J")]
    public void Map_OneName_BecomesSafe(string name, string expected) => Assert.Equal([expected], Map(name));

    [Fact]
    public void Map_NamesAlike_AreMadeUnique()
    {
        Assert.Equal(["a_b-3.txt", "a_b.txt", "A_B-2.txt", "a_b-4.txt"], Map("a b.txt", "a_b.txt", "A_B.txt", "a:b.txt"));
        Assert.Equal(["a_-2", "a_-3", "a_", "a_-4"], Map("a+", "a_-3", "a_", "a."));
    }

    [Fact]
    public void Map_DirectoriesAlike_KeepWhatTheyHold()
    {
        LittleFsEntry[] entries =
        [
            LittleFsEntry.Directory("A"),
            LittleFsEntry.File("A/x y", new byte[1]),
            LittleFsEntry.File("a/x y", new byte[1]),
            LittleFsEntry.File("a/x-y", new byte[1]),
            LittleFsEntry.File("aux/b/c", new byte[1]),
        ];
        Assert.Equal(["A", "A/x_y", "a-2/x_y", "a-2/x-y", "_aux/b/c"], LittleFsSafePaths.Map(entries));
    }

    [Fact]
    public void Map_LongNamesAndDeepPaths_StayShortAndUnique()
    {
        string name = new('n', 251);
        Assert.Equal([name + ".bat"], Map(name + ".bat"));
        Assert.All(Map(new string('+', 255), new string('-', 255), new string('_', 255)), path => Assert.Equal(255, path.Length));
        var deep = Enumerable.Range(0, 20).Select(i => LittleFsEntry.File(
            string.Join("/", Enumerable.Repeat(name, 31)) + $"/{name}{(char)('a' + i)}", [])).ToArray();
        var paths = LittleFsSafePaths.Map(deep);
        Assert.All(paths, path => Assert.InRange(path.Length, 1, 2100));
        Assert.Equal(20, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Map_AnyNames_StayInTheFolder() =>
        Gen.Byte[1, 255].Select(value => (byte)value).Array[1, 12].Array[1, 30].Sample(
            names =>
            {
                string root = Path.Combine(Path.GetTempPath(), "target");
                var paths = Map(names);
                Assert.Equal(paths.Count, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
                foreach (string path in paths)
                {
                    Assert.Matches("^[A-Za-z0-9._-]+$", path);
                    Assert.DoesNotMatch("^\\.+$|\\.$", path);
                    Assert.StartsWith(root + Path.DirectorySeparatorChar, Path.GetFullPath(Path.Combine(root, path)), StringComparison.Ordinal);
                }
            },
            iter: 300);

    [Fact]
    public void Map_ManyEqualNames_StayFast()
    {
        var names = Enumerable.Range(0, 4000).Select(i => "x" + new string((char)(0x100 + i), 1)).ToArray();
        Assert.Equal(4000, Map(names).Distinct().Count());
    }

    private static IReadOnlyList<string> Map(params string[] names) => Map(names.Select(Encoding.UTF8.GetBytes).ToArray());

    // Names as an image may hold them, which LittleFsEntry.File would refuse.
    private static IReadOnlyList<string> Map(byte[][] names) =>
        LittleFsSafePaths.Map(names.Select(name => new LittleFsEntry([name], false, [], 0, [])).ToArray());
}
