using System.Globalization;

namespace BekenImage.Report.Model;

/// <summary>An edge of a module's board.</summary>
internal sealed class ModuleEdge(string side, IReadOnlyList<(int Pin, bool IsBack)> pins)
{
    public string Side { get; } = side;

    public IReadOnlyList<(int Pin, bool IsBack)> Pins { get; } = pins;
}

/// <summary>A Wi-Fi module: what its pins carry, and where they are. Read from Modules/NAME.txt, which README.md there explains.</summary>
internal sealed class WifiModule
{
    private static readonly Lazy<IReadOnlyList<WifiModule>> Known = new(ReadAll);

    private WifiModule(string text)
    {
        foreach (string[] words in text.Split('\n').Select(line => line.TrimEnd('\r').Split([' '], StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 1))
            Take(words);
    }

    public static IReadOnlyList<WifiModule> All => Known.Value;

    public string Name { get; private set; } = string.Empty;

    public string Chip { get; private set; } = string.Empty;

    /// <summary>In millimetres; 0 where the outline is not known.</summary>
    public double Width { get; private set; }

    public double Height { get; private set; }

    public List<ModuleEdge> Edges { get; } = [];

    /// <summary>Pin number and what it carries: <c>P6</c>, <c>GND</c>.</summary>
    public List<(int Pin, string Signal)> Pins { get; } = [];

    public List<(string Name, string Signal)> Pads { get; } = [];

    /// <summary>The module of a name as data spell it; null where it is none of those known.</summary>
    public static WifiModule? Find(string? name) =>
        name is null ? null : All.FirstOrDefault(module => Plain(module.Name) == Plain(name));

    /// <summary>A module as its maker spells it, which data often do in small letters.</summary>
    public static string Spelled(string name) => Find(name)?.Name ?? name;

    public string SignalOf(int pin) => Pins.First(known => known.Pin == pin).Signal;

    /// <summary>True when a pin or pad carries this GPIO.</summary>
    public bool Has(int gpio) => Pins.Any(pin => pin.Signal == Gpio(gpio)) || Pads.Any(pad => pad.Signal == Gpio(gpio));

    public static string Gpio(int gpio) => "P" + gpio.ToString(CultureInfo.InvariantCulture);

    private static string Plain(string name) => name.Trim().Replace("-", string.Empty).Replace("_", string.Empty).ToUpperInvariant();

    private static IReadOnlyList<WifiModule> ReadAll()
    {
        var assembly = typeof(WifiModule).Assembly;
        var modules = new List<WifiModule>();
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".txt", StringComparison.Ordinal)).OrderBy(name => name, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            modules.Add(new WifiModule(reader.ReadToEnd()));
        }
        return modules;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private void Take(string[] words)
    {
        switch (words[0])
        {
            case "module":
                Name = words[1];
                break;
            case "chip":
                Chip = words[1];
                break;
            case "size":
                (Width, Height) = (double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture));
                break;
            case "edge":
                Edges.Add(new ModuleEdge(words[1], words.Skip(2).Select(pin => (Number(pin.TrimEnd('*')), pin.EndsWith("*", StringComparison.Ordinal))).ToArray()));
                break;
            case "pin":
                Pins.Add((Number(words[1]), words[2]));
                break;
            case "pad":
                Pads.Add((words[1], words[2]));
                break;
            default:
                throw new InvalidDataException(words[0]);
        }
    }
}
