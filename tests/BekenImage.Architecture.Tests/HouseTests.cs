namespace BekenImage.Architecture.Tests;

/// <summary>The rules on small houses.</summary>
public class HouseTests
{
    [Fact]
    public void Room_ThatUsesOneBelow_IsAllowed() => Assert.Empty(Examine(Small.Class("Images", "IO"), Small.Class("IO")).Violations);

    [Fact]
    public void Room_ThatUsesOneAbove_IsTold()
    {
        string violation = Assert.Single(Examine(Small.Class("IO", "Images"), Small.Class("Images")).Violations);
        Assert.StartsWith("src/BekenImage/IO/InIO.cs:3: BekenImage/IO uses BekenImage/Images: BekenImage.InImages", violation);
    }

    [Fact]
    public void Rooms_ThatUseEachOther_AreACircle()
    {
        var violations = Examine(Small.Class("IO", "Images"), Small.Class("Images", "Programs"), Small.Class("Programs", "IO")).Violations;
        Assert.Equal(2, violations.Count);
        Assert.Contains("a circle: BekenImage/IO -> BekenImage/Images -> BekenImage/Programs -> BekenImage/IO", violations);
    }

    [Fact]
    public void Format_ThatUsesTheOneItContains_IsAllowed() =>
        Assert.Empty(Examine(Small.Class("Formats/Ug", "Formats/Rbl"), Small.Class("Formats/Rbl")).Violations);

    [Theory]
    [InlineData("Formats/Rbl", "Formats/Ug")]
    [InlineData("Formats/Obk", "Formats/Tuya")]
    public void Format_ThatUsesAnother_IsTold(string user, string used)
    {
        string violation = Assert.Single(Examine(Small.Class(user, used), Small.Class(used)).Violations);
        Assert.Contains($"BekenImage/{user} uses BekenImage/{used}", violation);
    }

    [Fact]
    public void FormatPairs_OfTheOrder_FormNoCircle()
    {
        var pairs = Rooms.FormatPairs.Select(pair => (new Place(Rooms.Library, pair.User), new Place(Rooms.Library, pair.Used)));
        Assert.Empty(Circles.Find([.. pairs]));
    }

    [Theory]
    [InlineData("Attic/File.cs", "Attic has no place in the order")]
    [InlineData("File.cs", "src/BekenImage/File.cs lies in no room")]
    [InlineData("Formats/File.cs", "belongs to no format")]
    public void File_InNoRoom_IsTold(string path, string told) =>
        Assert.Contains(told, Assert.Single(Examine((path, "namespace BekenImage;")).Violations));

    [Fact]
    public void Assembly_ThatReferencesOneAbove_IsTold()
    {
        var crypto = Small.Project("BekenImage.Crypto", ["BekenImage"], ("A.cs", "public class A { BekenImage.InIO member; }"));
        var violations = House.Examine([crypto, Small.Library(Small.Class("IO"))]).Violations;
        Assert.Equal(2, violations.Count);
        Assert.Contains("BekenImage.Crypto references BekenImage, which does not lie below it", violations);
        const string use = "src/BekenImage.Crypto/A.cs:1: BekenImage.Crypto uses BekenImage/IO";
        Assert.Contains(violations, violation => violation.StartsWith(use));
    }

    [Fact]
    public void Assembly_ThatReferencesThoseBelow_IsAllowed()
    {
        var crypto = Small.Project("BekenImage.Crypto", [], ("A.cs", "namespace BekenImage.Crypto; public class A { }"));
        const string b = "namespace BekenImage; public class B : Crypto.A { }";
        const string c = "namespace BekenImage.Documents; public class C : B { Crypto.A member; }";
        var library = Small.Project("BekenImage", ["BekenImage.Crypto"], ("IO/B.cs", b));
        var documents = Small.Project("BekenImage.Documents", ["BekenImage"], ("C.cs", c));
        var house = House.Examine([documents, library, crypto]);
        Assert.Empty(house.Violations);
        Assert.Contains((new Place("BekenImage.Documents", ""), new Place("BekenImage.Crypto", "")), house.Arrows);
    }

    [Fact]
    public void Assembly_WithoutAPlaceInTheOrder_IsTold()
    {
        string violation = Assert.Single(House.Examine([Small.Project("BekenImage.Attic", [])]).Violations);
        Assert.Equal("BekenImage.Attic has no place in the order of the assemblies", violation);
    }

    [Fact]
    public void Using_ThatNothingNeeds_IsTold()
    {
        const string text = "using System.Text;\nusing System.Xml;\nnamespace BekenImage;\npublic class A { StringBuilder? text; }";
        Assert.StartsWith("src/BekenImage/IO/A.cs:2: a using nothing needs", Assert.Single(Examine(("IO/A.cs", text)).Violations));
    }

    [Fact]
    public void Source_ThatDoesNotCompile_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => Examine(("IO/A.cs", "class A : Missing { }")));

    [Fact]
    public void TestFolder_WithoutARoom_IsTold()
    {
        SourceFile[] tests =
        [
            new("tests/BekenImage.Tests/IO/ATests.cs", "[Fact]"),
            new("tests/BekenImage.Tests/Attic/BTests.cs", "[Theory]"),
            new("tests/BekenImage.Tests/Synthetic/Maker.cs", "class Maker { }"),
            new("tests/BekenImage.Tests/ReadmeTests.cs", "[Fact]"),
            new("tests/BekenImage.Tests/Attacks/CTests.cs", "[Fact]"),
        ];
        string told = Assert.Single(TestFolders.WithoutCounterpart(tests, [new SourceFile("src/BekenImage/IO/A.cs", "")]));
        Assert.StartsWith("tests/BekenImage.Tests/Attic/BTests.cs", told);
    }

    [Fact]
    public void Picture_OfAHouse_LeavesOutWhatFollows()
    {
        var house = Examine(Small.Class("Analysis", "Images", "IO"), Small.Class("Images", "IO"), Small.Class("IO"));
        const string before = "top\n<!-- made by: dotnet run --project eng/Architecture -- --write -->\nold\n<!-- end -->\nend\n";
        string page = ArchitecturePage.Render(before, house);
        Assert.StartsWith("top\n", page);
        Assert.EndsWith("<!-- end -->\nend\n", page);
        Assert.DoesNotContain("old", page);
        Assert.Contains("Analysis --> Images\n", page);
        Assert.Contains("Images --> IO\n", page);
        Assert.DoesNotContain("Analysis --> IO\n", page);
        Assert.Contains("| Analysis | Images, IO |\n", page);
    }

    [Fact]
    public void Page_WithoutMarkers_IsRefused() => Assert.Throws<InvalidDataException>(() => ArchitecturePage.Render("text", Examine()));

    private static House Examine(params (string Path, string Text)[] files) => House.Examine([Small.Library(files)]);
}
