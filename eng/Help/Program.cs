using System.Runtime.CompilerServices;
using BekenImage.Help;

// dotnet run --project eng/Help: writes the help of the page anew. The tests say when it is not what docs/ says.
string root = Root();
string folder = Path.Combine(root, HelpPages.Folder);
if (Directory.Exists(folder))
    Directory.Delete(folder, recursive: true);
foreach (var (name, bytes) in HelpPages.Of(Path.Combine(root, "docs")))
{
    string file = Path.Combine(folder, name);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllBytes(file, bytes);
    Console.WriteLine(name);
}

static string Root([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));
