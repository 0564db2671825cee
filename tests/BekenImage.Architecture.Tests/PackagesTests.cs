using System.Buffers.Binary;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BekenImage.Release;

namespace BekenImage.Architecture.Tests;

/// <summary>What the page of each package shows. <c>tests/Run -- --packages</c> looks into the packages themselves.</summary>
public sealed partial class PackagesTests
{
    private static readonly string[] Words = ["Authors", "PackageLicenseExpression", "PackageReadmeFile", "PackageIcon", "PackageTags"];

    public static TheoryData<string> Packages => new(PackedProjects.All(Repository.Root).Select(PackedProjects.NameOf));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_HasADescriptionAndAReadmeOfItsOwn(string package)
    {
        string? description = Property($"src/{package}/{package}.csproj", "Description");
        Assert.True(description?.Length is > 60 and < 400, $"{package} is described as: {description}");
        string readme = Read($"src/{package}/README.md");
        Assert.StartsWith("# ", readme, StringComparison.Ordinal);
        Assert.True(readme.Length > 400, "The README says too little.");
        Assert.NotEqual(Read("README.md"), readme);
    }

    // A page of a package registry has no files beside it, and takes no http: image or link.
    [Theory]
    [MemberData(nameof(Packages))]
    public void Readme_OfAPackage_LinksToWholeAddressesOnly(string package)
    {
        string[] links = [.. Link().Matches(Read($"src/{package}/README.md")).Select(link => link.Groups[1].Value)];
        Assert.All(links, link => Assert.True(Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == "https", link));
    }

    [Theory]
    [InlineData("[a](docs/x.md)", "docs/x.md")]
    [InlineData("![a](icon.png)", "icon.png")]
    [InlineData("[a]: docs/x.md", "docs/x.md")]
    [InlineData("<img src=\"icon.png\">", "icon.png")]
    [InlineData("<a href='#top'>", "#top")]
    public void Link_OfAnyForm_IsSeen(string text, string expected) => Assert.Equal(expected, Assert.Single(Link().Matches(text)).Groups[1].Value);

    [Fact]
    public void Every_Package_HasTheWordsOfThePackaging()
    {
        Assert.All(Words, word => Assert.False(string.IsNullOrWhiteSpace(Property("eng/Packaging/Packaging.props", word)), word));
        Assert.Equal("true", Property("eng/Packaging/Packaging.props", "EnablePackageValidation"));
        Assert.Contains("Packaging.props", Read("src/Directory.Build.props"), StringComparison.Ordinal);
        Assert.Contains("Packaging.targets", Read("src/Directory.Build.targets"), StringComparison.Ordinal);
    }

    // Nobody else's address: it is set in one place, to an address or to nothing.
    [Fact]
    public void Address_OfTheProject_IsSetInOnePlace()
    {
        string address = Property("Directory.Build.props", "BekenProjectUrl") ?? "missing";
        Assert.True(address.Length == 0 || address.StartsWith("https://", StringComparison.Ordinal), address);
        Assert.Equal("$(BekenProjectUrl)", Property("eng/Packaging/Packaging.props", "PackageProjectUrl"));
        Assert.Equal("$(BekenProjectUrl)", Property("eng/Packaging/Packaging.props", "RepositoryUrl"));
    }

    [Fact]
    public void Changelog_HasASectionForTheReleaseNotes()
    {
        string version = Regex.Escape(Property("Directory.Build.props", "Version")!);
        Assert.Matches($@"(?s)\n## \[({version}|Unreleased)\][^\n]*\n+\S", Read("CHANGELOG.md"));
    }

    [Fact]
    public void Icon_IsAPngOf128By128()
    {
        byte[] icon = File.ReadAllBytes(Path.Combine(Repository.Root, "eng", "Packaging", "icon.png"));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], icon[..8]);
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)));
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");

    private static string? Property(string path, string name) =>
        XDocument.Parse(Read(path)).Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    [GeneratedRegex("""(?:\]\(|^\[[^\]]+\]:\s*|\b(?:src|href)=["'])([^\s)"']+)""", RegexOptions.Multiline)]
    private static partial Regex Link();
}
