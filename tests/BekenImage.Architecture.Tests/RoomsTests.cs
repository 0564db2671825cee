namespace BekenImage.Architecture.Tests;

/// <summary>What this repository's sources are held to.</summary>
public class RoomsTests(TheHouse here) : IClassFixture<TheHouse>
{
    [Fact]
    public void Sources_OfEveryRoom_UseOnlyRoomsBelow() => Assert.Empty(here.House.Violations);

    [Fact]
    public void Sources_OfEveryRoom_AreThere()
    {
        var library = here.House.Projects.Single(project => project.Name == Rooms.Library);
        Assert.All(Rooms.InOrder, room => Assert.Contains(library.Files, file => file.Path.StartsWith($"src/BekenImage/{room}/")));
    }

    [Fact]
    public void Page_OfTheArchitecture_ShowsTheArrowsOfTheSources()
    {
        string page = ReadPage();
        Assert.Equal(ArchitecturePage.Render(page, here.House), page);
    }

    [Fact]
    public void Page_OfTheArchitecture_SaysWhatEachRoomIsFor()
    {
        string page = ReadPage();
        Assert.All(Rooms.InOrder, room => Assert.Contains($"| `{room}` | ", page));
    }

    [Fact]
    public void TestFolders_OfTheLibrary_MirrorItsRooms()
    {
        var library = here.House.Projects.Single(project => project.Name == Rooms.Library);
        Assert.Empty(TestFolders.WithoutCounterpart(TestFolders.Read(Repository.Root), library.Files));
    }

    [Fact]
    public void Sources_WithAnArrowUpAddedOnPurpose_AreRefused()
    {
        var crypto = here.House.Projects.Single(project => project.Name == "BekenImage.Crypto");
        var library = here.House.Projects.Single(project => project.Name == Rooms.Library);
        // The rooms that stand alone, and the one file of a higher room that the arrow leads to.
        library = library with
        {
            Files = [.. library.Files.Where(file => Rooms.Of(Rooms.Library, file.Path["src/BekenImage/".Length..]) is "Findings" or "IO" ||
                file.Path == "src/BekenImage/Images/ImageKind.cs")],
        };
        const string up = "namespace BekenImage.IO;\n\ninternal static class Up { public static ImageKind Kind => default; }\n";
        var house = House.Examine([crypto, library.With("src/BekenImage/IO/Up.cs", up)]);
        const string use = "src/BekenImage/IO/Up.cs:3: BekenImage/IO uses BekenImage/Images";
        Assert.Contains(house.Violations, violation => violation.StartsWith(use));
    }

    private static string ReadPage() => File.ReadAllText(Path.Combine(Repository.Root, ArchitecturePage.Path)).ReplaceLineEndings("\n");
}
