using System.Globalization;

namespace BekenImage.Fuzz.Long;

/// <summary>What the long run was asked for.</summary>
internal sealed record LongOptions
{
    /// <summary>Minutes in all, shared among the targets.</summary>
    public double Minutes { get; init; }

    /// <summary>Runs a target gets at least, however long that takes.</summary>
    public long Executions { get; init; }

    /// <summary>Names, or beginnings of names; empty for all.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    public int Seed { get; init; } = 1;

    /// <summary>An input to run once, without catching what it does.</summary>
    public string? Replay { get; init; }

    /// <summary>True in the process that runs one target over the instrumented assemblies.</summary>
    public bool IsWorker { get; init; }

    /// <summary>Where corpora, findings and the instrumented assemblies lie.</summary>
    public string Folder { get; init; } = string.Empty;

    public static bool TryParse(string[] args, out LongOptions options)
    {
        options = new LongOptions();
        if (!args.Any(argument => argument is "--minutes" or "--executions" or "--replay" or "--worker"))
            return false;
        for (int i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.");
            options = args[i] switch
            {
                "--minutes" => options with { Minutes = double.Parse(Value(), CultureInfo.InvariantCulture) },
                "--executions" => options with { Executions = long.Parse(Value(), CultureInfo.InvariantCulture) },
                "--target" => options with { Targets = [.. options.Targets, Value()] },
                "--seed" => options with { Seed = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--replay" => options with { Replay = Value() },
                "--folder" => options with { Folder = Value() },
                "--worker" => options with { IsWorker = true },
                _ => throw new ArgumentException($"There is no option {args[i]}: --minutes N, --executions N, --target NAME, --seed N, --replay FILE, --folder PATH."),
            };
        }
        return true;
    }
}
