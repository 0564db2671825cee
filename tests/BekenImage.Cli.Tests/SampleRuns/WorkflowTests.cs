using System.Text.RegularExpressions;
using System.Xml.Linq;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;
using YamlDotNet.Serialization;

namespace BekenImage.Cli.Tests.SampleRuns;

/// <summary>samples/GitHubWorkflow: every line it runs is run here, by the shell GitHub takes, on made-up dumps.</summary>
public sealed partial class WorkflowTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public void Workflow_OnTwoDevices_BuildsAnImageOfEach()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the steps run in bash");
        Directory.CreateDirectory(_folder["devices"]);
        Directory.CreateDirectory(_folder["firmware"]);
        _folder.Write(Path.Combine("devices", "lamp.bin"), SyntheticDevice.FactoryDump());
        _folder.Write(Path.Combine("devices", "plug 2.bin"), Samples.Dreo);
        _folder.Write(Path.Combine("firmware", "OpenBK7231N_QIO.bin"), SyntheticDevice.Firmware());
        foreach (var result in RunSteps())
            result.Succeeds();

        string images = _folder["images"];
        Assert.Equal(
            ["images.csv", "lamp.bin", "lamp.plan.json", "plug 2.bin", "plug 2.plan.json"],
            Directory.GetFiles(images).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        foreach (string name in new[] { "lamp.bin", "plug 2.bin" })
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(images, name));
            BootSimulator.Run(bytes, SyntheticKey.Zero).AssertBoots();
            var config = FlashImage.Parse(bytes).ObkConfig!;
            Assert.Equal(("value of WIFI_SSID", "value of WIFI_PASS"), (config["wifiSsid"], config["wifiPass"]));
        }
        // The package that is installed is ours, and has the command that follows.
        var project = XDocument.Load(Repository.PathOf("src", "BekenImage.Cli", "BekenImage.Cli.csproj"));
        string Value(string element) => project.Descendants(element).Single().Value;
        Assert.Equal($"tool install --global {Value("PackageId")}\n", File.ReadAllText(_folder["dotnet.log"]));
        Assert.Equal("bekenimage", Value("ToolCommandName"));
    }

    // A dump that is none stops the job at the first step that looks at it.
    [Fact]
    public void Workflow_OnABadDump_StopsBeforeAnImageIsMade()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the steps run in bash");
        Directory.CreateDirectory(_folder["devices"]);
        Directory.CreateDirectory(_folder["firmware"]);
        _folder.Write(Path.Combine("devices", "lamp.bin"), SyntheticDevice.Firmware());
        _folder.Write(Path.Combine("firmware", "OpenBK7231N_QIO.bin"), SyntheticDevice.Firmware());
        Assert.Equal([0, 1], RunSteps().Select(result => result.ExitCode));
        Assert.False(Directory.Exists(_folder["images"]));
    }

    [Fact]
    public void Workflow_UsesGitHubsOwnActionsOnly()
    {
        string[] used = [.. Steps().Where(step => step.ContainsKey("uses")).Select(step => (string)step["uses"])];
        Assert.Equal(["actions/checkout@v4", "actions/setup-dotnet@v4", "actions/upload-artifact@v4"], used);
        Assert.All(Steps(), step => Assert.True(step.ContainsKey("uses") != step.ContainsKey("run")));
    }

    /// <summary>Runs the steps as a job does, up to the first that fails; actions are GitHub's.</summary>
    private List<ToolResult> RunSteps()
    {
        var job = Job();
        string dotnet = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);
        Directory.CreateDirectory(_folder["bin"]);
        Shim("bekenimage", $"exec \"{dotnet}\" exec \"{Tool.Program}\" \"$@\"");
        Shim("dotnet", $"echo \"$@\" >> \"{_folder["dotnet.log"]}\"");
        var results = new List<ToolResult>();
        foreach (var step in Steps().Where(step => step.ContainsKey("run")))
        {
            var variables = new Dictionary<string, string> { ["PATH"] = _folder["bin"] + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH") };
            foreach (var (name, value) in Variables(job).Concat(Variables(step)))
                variables[name] = Secret().Replace(value, "value of $1");
            string run = (string)step["run"];
            Assert.DoesNotContain("${{", run);
            // Source: GitHub's documentation of run: "bash -e {0}" where no shell is named.
            results.Add(SampleProgram.Start("bash", _folder.Root, variables, "-e", _folder.Write("step.sh", run)));
            if (results[^1].ExitCode != 0)
                break;
        }
        return results;
    }

    private void Shim(string name, string line)
    {
        string file = _folder.Write(Path.Combine("bin", name), $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static IEnumerable<Dictionary<object, object>> Steps() => ((List<object>)Job()["steps"]).Cast<Dictionary<object, object>>();

    private static Dictionary<object, object> Job()
    {
        string text = File.ReadAllText(Repository.PathOf("samples", "GitHubWorkflow", "build-image.yml"));
        var workflow = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(text);
        return (Dictionary<object, object>)((Dictionary<object, object>)workflow["jobs"]).Values.Single();
    }

    private static IEnumerable<(string Name, string Value)> Variables(Dictionary<object, object> place) =>
        place.TryGetValue("env", out object? variables) ? ((Dictionary<object, object>)variables).Select(pair => ((string)pair.Key, (string)pair.Value)) : [];

    [GeneratedRegex(@"\$\{\{ secrets\.([A-Z_]+) \}\}")]
    private static partial Regex Secret();

    public void Dispose() => _folder.Dispose();
}
