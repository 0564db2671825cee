using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>One output of one verb, and what may stand in its place after a run that was killed: what was there before, or all of the new.</summary>
internal sealed class KillBench : IDisposable
{
    /// <summary>NEW makes the output, OLD what it replaces; OUT is its place.</summary>
    public static readonly (string New, string Old)[] Lines =
    [
        ("split NEW -o OUT --force", "split OLD -o OUT"), ("fs extract NEWFS -o OUT --force", "fs extract OLDFS -o OUT"),
        ("plan OLD NEW -o OUT --force", "plan NEW OLD -o OUT"), ("uf2 unpack NEWUF2 -o OUT --force", "uf2 unpack OLDUF2 -o OUT"),
        ("combine FACTORY FIRMWARE -o OUT --force", "sanitize OLD -o OUT"), ("report FOLDER -o OUT --force", "report OLD -o OUT --html"),
        ("put NEW 0x1F8000+0x20 SMALL -o OUT --force", "put OLD 0x1F8000+0x20 SMALL -o OUT"), ("sanitize NEW -o OUT --force", "sanitize OLD -o OUT"),
    ];

    private readonly TestFolder _folder = new();
    private readonly string _workFolder;
    private readonly string _line;
    private readonly string _old;
    private readonly string _oldState;
    private readonly string _newState;
    private readonly string _inputs;

    public KillBench(int index)
    {
        (_line, _old) = Lines[index];
        _workFolder = Directory.CreateDirectory(_folder["work"]).FullName;
        Output = Path.Combine(_workFolder, "out");
        Prepare();
        _inputs = State(_folder["inputs"]);
        Run(_line);
        _newState = State(Output);
        Remove();
        Run(_old);
        _oldState = State(Output);
        Assert.NotEqual(_oldState, _newState);
    }

    public string Output { get; }

    /// <summary>What runs left in the folder of the output, under names of their own.</summary>
    public string[] Left => Directory.GetFileSystemEntries(_workFolder, ".bekenimage-*");

    public string[] Words => Filled(_line);

    /// <summary>Puts the former output back, or nothing.</summary>
    public void Reset(bool isThere)
    {
        Remove();
        if (isThere)
            Run(_old);
    }

    /// <summary>What is wrong after a run was killed; null where all is well. A run that is not killed follows, and leaves nothing behind.</summary>
    public string? Judge(bool wasThere)
    {
        string state = State(Output);
        if (state != _newState && state != (wasThere ? _oldState : string.Empty))
            return $"{_line}: the output is neither the old one nor the new one: {(state.Length == 0 ? "it is gone" : "half of it is there")}";
        if (State(_folder["inputs"]) != _inputs)
            return $"{_line}: an input was changed";
        var result = Tool.Run(Words);
        if (result.ExitCode > 1 || State(Output) != _newState)
            return $"{_line}: the next run: exit {result.ExitCode}: {result.Error}";
        return Left.Length == 0 ? null : $"{_line}: the next run leaves {string.Join(", ", Left.Select(Path.GetFileName))}";
    }

    public void Dispose() => _folder.Dispose();

    // Small, so that a run is over soon; the volume is at the end of a file of its own.
    private void Prepare()
    {
        string inputs = Directory.CreateDirectory(_folder["inputs"]).FullName;
        void Put(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(inputs, name), bytes);
        byte[] one = Samples.ObkDevice;
        byte[] other = one.ToArray();
        Encoding.ASCII.GetBytes("another device").CopyTo(other, 0x1F0000);
        Put("new", one);
        Put("old", other);
        Put("small", new byte[32]);
        if (_line.StartsWith("combine", StringComparison.Ordinal))
        {
            Put("factory", SyntheticDevice.FactoryDump());
            Put("firmware", SyntheticDevice.Firmware());
        }
        if (_line.StartsWith("fs", StringComparison.Ordinal))
            PrepareVolumes(inputs);
        if (_line.StartsWith("uf2", StringComparison.Ordinal))
            PrepareUf2(inputs);
        if (!_line.StartsWith("report", StringComparison.Ordinal))
            return;
        string folder = Directory.CreateDirectory(Path.Combine(inputs, "folder")).FullName;
        foreach (string name in new[] { "new", "old" })
            File.Copy(Path.Combine(inputs, name), Path.Combine(folder, name));
    }

    // The same names with other content: a forced run replaces no others.
    private void PrepareVolumes(string inputs)
    {
        foreach (string name in new[] { "old", "new" })
        {
            string files = Directory.CreateDirectory(_folder["files-" + name]).FullName;
            for (int i = 0; i < 12; i++)
                File.WriteAllBytes(Path.Combine(files, $"file{i}.bin"), SyntheticPrograms.Noise(3000 + 100 * i, name.GetHashCode(StringComparison.Ordinal) & 0xFF | i << 8));
            Tool.Run("fs", "create", files, "-o", Path.Combine(inputs, name + "fs"), "--size", "128K").Succeeds();
        }
    }

    private static void PrepareUf2(string inputs)
    {
        foreach (string name in new[] { "old", "new" })
        {
            string app = Path.Combine(inputs, name + "app"), package = Path.Combine(inputs, name + "rbl");
            File.WriteAllBytes(app, SyntheticPrograms.App(0x4000, SyntheticImage.ObkN, seed: name.Length + name[0]));
            Tool.Run("ota", "pack", app, "-o", package, "--app-version", "1").Succeeds();
            Tool.Run("uf2", "pack", package, "--chip", "BK7231N", "--board", "generic-bk7231n-qfn32-tuya", "-o", Path.Combine(inputs, name + "uf2")).Succeeds();
        }
    }

    private void Run(string line)
    {
        var result = Tool.Run(Filled(line));
        Assert.True(result.ExitCode <= 1, $"{line}: exit {result.ExitCode}: {result.Error}");
    }

    private string[] Filled(string line) =>
        line.Split(' ').Select(word => word == "OUT" ? Output : word.All(char.IsAsciiLetterUpper) || word is "NEWUF2" or "OLDUF2" ? Path.Combine(_folder["inputs"], word.ToLowerInvariant()) : word).ToArray();

    private void Remove()
    {
        if (Directory.Exists(Output))
            Directory.Delete(Output, recursive: true);
        File.Delete(Output);
    }

    // Names and contents of everything there; empty for nothing. Plans and documents name paths, which are the same in every run.
    private static string State(string place)
    {
        if (File.Exists(place))
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(place)));
        if (!Directory.Exists(place))
            return string.Empty;
        var text = new StringBuilder();
        foreach (string file in Directory.GetFiles(place, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            text.Append(Path.GetRelativePath(place, file)).Append(' ').Append(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))).Append('\n');
        return text.ToString();
    }
}
