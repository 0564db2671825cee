// I have twenty dumps: what is in them, which are worth keeping, and which are of the same device?
//
//     dotnet run --project samples/InspectFolder -- dumps
//
// The command has the same as a table: bekenimage inspect --summary dumps, or --csv.

using BekenImage;

if (args.Length != 1 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("usage: InspectFolder FOLDER");
    return 2;
}

var devices = new SortedDictionary<string, List<string>>();
int unread = 0;
foreach (string file in Directory.EnumerateFiles(args[0], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
{
    string name = Path.GetRelativePath(args[0], file);
    try
    {
        // What is in the file never throws: it is said. Of a zip this is the image in it.
        var summary = ImageSummary.Of(FlashImage.Load(file));
        Console.WriteLine($"{name}: {summary.Kind}, {summary.Chip}, {summary.Flavor} {summary.AppVersion}, key {summary.Key.Name}, backup: {Answer(summary.Backup)}");
        if (summary.FirstProblem is { } problem)
            Console.WriteLine($"    {problem.Severity}: {problem}");
        // A MAC that thousands of devices share tells no device.
        if (summary is { Mac: { } mac, MacState: MacState.Own })
        {
            devices.TryAdd($"{mac}", []);
            devices[$"{mac}"].Add(name);
        }
    }
    catch (Exception error) when (error is IOException or UnauthorizedAccessException or BekenImageException)
    {
        Console.Error.WriteLine($"{name}: {error.Message}");
        unread++;
    }
}

foreach (var (mac, names) in devices.Where(device => device.Value.Count > 1))
    Console.WriteLine($"the device with MAC {mac}: {string.Join(", ", names)}");
return unread == 0 ? 0 : 1;

// A part of a chip is no backup and no bad one.
static string Answer(bool? value) => value switch { true => "yes", false => "no", null => "not a whole chip" };
