// Makes a release in one folder: packages, the command for each system, the page, checksums and notes. The same commit gives the same bytes.
//
//     dotnet run --project eng/Release -- --help

using System.CommandLine;
using BekenImage.Release;

var output = new Option<string>("--output", "-o")
{
    Description = "The folder to make; it must not be there, or be empty.",
    DefaultValueFactory = _ => Path.Combine(Repository.Artifacts, "release", ProjectVersion.Read(Repository.Root)),
};
var only = new Option<string?>("--only")
{
    Description = $"Make these parts alone, with commas between: {string.Join(", ", Parts.Names)}.",
    HelpName = "PARTS",
};
var toolSystems = new Option<string?>("--tool-systems")
{
    Description = "Systems with a tool package of their own, with commas between, where not all of Publishing.props can be had; the others take the one for any.",
    HelpName = "SYSTEMS",
};
var allowDirty = new Option<bool>("--allow-dirty") { Description = "Take what is not committed as well. Its bytes are those of no commit." };
var keep = new Option<bool>("--keep") { Description = "Leave the folder of work, for a look." };

var root = new RootCommand("Makes everything a release consists of, from the commit that is checked out.") { output, only, toolSystems, allowDirty, keep };
root.SetAction(parsed =>
{
    try
    {
        var options = new ReleaseOptions(
            Path.GetFullPath(parsed.GetValue(output)!), Parts.Parse(parsed.GetValue(only)), parsed.GetValue(toolSystems), parsed.GetValue(allowDirty),
            parsed.GetValue(keep));
        return ReleaseRun.Run(options);
    }
    catch (ReleaseException refusal)
    {
        Console.Error.WriteLine(refusal.Message);
        return refusal.ExitCode;
    }
});

var words = root.Parse(args);
foreach (var error in words.Errors)
    Console.Error.WriteLine(error.Message);
return words.Errors.Count > 0 ? ReleaseException.Usage : words.Invoke();
