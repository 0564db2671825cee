using System.IO.Compression;
using BekenImage.Web.Tests.Support;

namespace BekenImage.Web.Tests;

/// <summary>What a visitor has to load.</summary>
public sealed class SizeTests
{
    private const double MegaByte = 1_000_000;

    [Fact]
    public void Page_Compressed_IsSmall()
    {
        var files = Directory.GetFiles(PublishedPage.Folder, "*.br", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        double size = files.Sum(file => new FileInfo(file).Length) / MegaByte;
        Assert.True(size <= 2.5, $"{size:0.00} MB");
    }

    // The compressed files are the files: a host may send either.
    [Fact]
    public void CompressedFiles_Unpacked_AreTheFiles()
    {
        foreach (string file in Directory.GetFiles(PublishedPage.Folder, "*.br", SearchOption.AllDirectories))
        {
            using var packed = new BrotliStream(File.OpenRead(file), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            packed.CopyTo(unpacked);
            Assert.True(unpacked.ToArray().AsSpan().SequenceEqual(File.ReadAllBytes(file[..^3])), file);
        }
    }
}
