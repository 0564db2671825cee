using System.Text.Json;
using BekenImage.Cli.Demo;

namespace BekenImage.Cli.Tests.Support;

/// <summary>A folder of one test, removed with everything in it, and the runs of the program there.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bekenimage test ");

    /// <summary>The path of a name in it.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Root => _folder.FullName;

    /// <summary>Names of everything in it, in order.</summary>
    public string[] Names => Directory.EnumerateFileSystemEntries(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray();

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>What the last run of <see cref="Run"/> or <see cref="Do"/> answered.</summary>
    public ToolResult Last { get; private set; } = new(0, string.Empty, string.Empty);

    public string Output => Last.Output;

    public string Error => Last.Error;

    public JsonElement Json => Last.Json;

    /// <summary>Runs the program, and gives its exit code.</summary>
    public int Run(params string[] arguments)
    {
        Last = Tool.Run(arguments);
        return Last.ExitCode;
    }

    /// <summary>Runs what must succeed, and gives what it printed.</summary>
    public string Do(params string[] arguments)
    {
        Last = Tool.Run(arguments).Succeeds();
        return Last.Output;
    }

    /// <summary>The synthetic device of the demo, converted to its OpenBeken firmware.</summary>
    public string OpenBekenDevice(string name = "device.bin")
    {
        string factory = Write("factory.bin", SyntheticDevice.FactoryDump());
        string firmware = Write("firmware.bin", SyntheticDevice.Firmware());
        Do("combine", factory, firmware, "-o", this[name]);
        return this[name];
    }

    public byte[] Read(string name) => File.ReadAllBytes(this[name]);

    public void Dispose()
    {
        if (_folder.Exists)
            _folder.Delete(recursive: true);
    }
}
