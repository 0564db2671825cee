using System.Text.Json;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Output;

namespace BekenImage.Cli.Tests;

/// <summary>Runs verbs in this process, in a folder of their own that goes away with the test.</summary>
internal sealed class VerbHarness : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bekenimage-verbs-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    /// <summary>What the last run printed.</summary>
    public string Output { get; private set; } = string.Empty;

    public string Error { get; private set; } = string.Empty;

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public string this[string name] => Path.Combine(_folder, name);

    public int Run(params string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        int exitCode = Application.Run(arguments, new Terminal(_output, _error, false));
        Output = _output.ToString();
        Error = _error.ToString();
        return exitCode;
    }

    /// <summary>Runs what must succeed, and gives what it printed.</summary>
    public string Do(params string[] arguments)
    {
        int exitCode = Run(arguments);
        Assert.True(exitCode == 0, $"exit {exitCode}: {Error}");
        return Output;
    }

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

    public byte[] Read(string name) => File.ReadAllBytes(this[name]);

    /// <summary>The synthetic device of the demo, converted to its OpenBeken firmware.</summary>
    public string OpenBekenDevice(string name = "device.bin")
    {
        string factory = Write("factory.bin", SyntheticDevice.FactoryDump());
        string firmware = Write("firmware.bin", SyntheticDevice.Firmware());
        Do("combine", factory, firmware, "-o", this[name]);
        return this[name];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
