// Says which room of the sources uses which other, and what breaks the order; draws the picture in docs/architecture.md. Ends with 1 when
// something breaks it, or when the picture is not the one of these sources.
//
//     dotnet run --project eng/Architecture [-- --write]

using BekenImage.Architecture;

string root = Repository.Root;
var house = House.Examine(SourceProject.ReadAll(root));
foreach (var arrow in house.Uses.GroupBy(use => (use.From, use.To)).OrderBy(arrow => arrow.Key.ToString(), StringComparer.Ordinal))
    Console.WriteLine($"{arrow.Key.From} -> {arrow.Key.To} ({arrow.Count()})");

var library = house.Projects.Single(project => project.Name == Rooms.Library);
string[] wrong = [.. house.Violations, .. TestFolders.WithoutCounterpart(TestFolders.Read(root), library.Files)];
foreach (string line in wrong)
    Console.Error.WriteLine(line);

string file = Path.Combine(root, ArchitecturePage.Path);
string page = File.ReadAllText(file).ReplaceLineEndings("\n");
string rendered = ArchitecturePage.Render(page, house);
bool same = page == rendered;
if (!same && args.Contains("--write"))
{
    File.WriteAllText(file, rendered);
    same = true;
}
if (!same)
    Console.Error.WriteLine($"{ArchitecturePage.Path} shows another house: run this program with --write.");
return wrong.Length == 0 && same ? 0 : 1;
