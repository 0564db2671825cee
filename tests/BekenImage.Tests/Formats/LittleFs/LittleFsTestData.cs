using BekenImage.Formats.LittleFs;

namespace BekenImage.Tests.Formats.LittleFs;

internal static class LittleFsTestData
{
    public static byte[] Pattern(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed * 7919 + length).NextBytes(bytes);
        return bytes;
    }

    public static LittleFsVolume Read(byte[] volume, List<Finding>? findings = null)
    {
        Assert.True(LittleFsReader.TryRead(volume, 0, findings, out var result));
        return result!;
    }

    /// <summary>Reads with the product and the judge and compares both with what was meant.</summary>
    public static LittleFsVolume ReadTwice(byte[] bytes, IEnumerable<LittleFsEntry> expected)
    {
        var volume = Read(bytes);
        Assert.Empty(volume.Findings);
        var plain = new PlainLittleFs(bytes);
        var files = expected.Where(entry => !entry.IsDirectory).OrderBy(entry => entry.Path, StringComparer.Ordinal).ToArray();
        Assert.Equal(files.Select(file => file.Path), plain.Files.Keys);
        Assert.Equal(files.Select(file => file.Path), volume.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
        foreach (var file in files)
        {
            TestSupport.BytesAssert.Equal(file.ToArray(), plain.Files[file.Path]);
            Assert.True(plain.CanOpen(file.Path), file.Path);
            TestSupport.BytesAssert.Equal(file.ToArray(), volume.Find(file.Path)!.ToArray());
        }
        Assert.Equal(plain.Directories, volume.Entries.Where(entry => entry.IsDirectory).Select(entry => entry.Path).Order(StringComparer.Ordinal));
        return volume;
    }
}
