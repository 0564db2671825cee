using System.Reflection;
using System.Text.RegularExpressions;

namespace BekenImage.Tests.Attacks;

/// <summary>docs/attacks.md names the tests of every attack: those of this assembly exist, and no entry is without one. Other test projects link this file.</summary>
public sealed partial class AttackIndexTests
{
    private const int Entries = 26;

    private static readonly string[] Assemblies = ["BekenImage.Tests", "BekenImage.Cli.Tests", "BekenImage.Report.Tests"];

    [Fact]
    public void EveryEntry_StandsThereOnce_AndNamesTests()
    {
        var found = Lines().Where(line => line.StartsWith("## A", StringComparison.Ordinal)).Select(line => line[3..].Split(' ')[0]).ToArray();
        Assert.Equal(Enumerable.Range(1, Entries).Select(number => $"A{number}"), found);
        foreach (string entry in found)
            Assert.Contains(Named(), test => test.Entry == entry);
        Assert.All(Named(), test => Assert.Contains(test.Assembly, Assemblies));
    }

    [Fact]
    public void EveryTestThatIsNamed_IsThere()
    {
        var assembly = typeof(AttackIndexTests).Assembly;
        string own = assembly.GetName().Name!.Replace("NetStandard.", string.Empty, StringComparison.Ordinal);
        var tests = assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetCustomAttributes().Any(attribute => attribute is FactAttribute)).Select(method => $"{type.Name}.{method.Name}")).ToHashSet(StringComparer.Ordinal);
        string[] named = Named().Where(test => test.Assembly == own).Select(test => test.Name).ToArray();
        Assert.NotEmpty(named);
        Assert.Equal([], named.Where(name => !tests.Contains(name)).ToArray());
    }

    /// <summary>A test that says by its trait which attack it is stands under that entry.</summary>
    [Fact]
    public void EveryTestWithATrait_IsNamed()
    {
        foreach (var type in typeof(AttackIndexTests).Assembly.GetTypes())
        {
            foreach (var trait in type.GetCustomAttributesData().Where(data => data.AttributeType == typeof(TraitAttribute) && (string?)data.ConstructorArguments[0].Value == "Attack"))
                Assert.Contains(Named(), test => test.Entry == (string?)trait.ConstructorArguments[1].Value && test.Name.StartsWith(type.Name + ".", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string Entry, string Assembly, string Name)> Named()
    {
        string entry = string.Empty;
        foreach (string line in Lines())
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                entry = line[3..].Split(' ')[0];
            if (!line.StartsWith("- ", StringComparison.Ordinal))
                continue;
            string assembly = line[2..line.IndexOf(':', StringComparison.Ordinal)];
            foreach (Match name in Name().Matches(line))
                yield return (entry, assembly, name.Groups[1].Value);
        }
    }

    private static string[] Lines()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string page = Path.Combine(folder.FullName, "docs", "attacks.md");
            if (File.Exists(page))
                return File.ReadAllLines(page);
        }
        throw new FileNotFoundException("docs/attacks.md");
    }

    [GeneratedRegex("`([A-Za-z0-9_]+\\.[A-Za-z0-9_]+)`")]
    private static partial Regex Name();
}
