using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;

namespace BekenImage.Cli.Tests.Attacks;

/// <summary>A21: a file with secrets is its owner's alone, whichever verb wrote it and whatever it made of them.</summary>
public sealed class SecretOutputTests
{
    /// <summary>A line for each verb that writes what an image holds; the image has a Wi-Fi password in its configuration.</summary>
    public static TheoryData<string, string> Secret => new()
    {
        { "split", "split IMAGE -o OUT" }, { "extract", "extract IMAGE obk-config -o OUT" }, { "normalize", "normalize IMAGE -o OUT" },
        { "put", "put IMAGE 0x12A000+0x20 SMALL -o OUT" }, { "obk set", "obk set IMAGE pins.6=Btn:2 -o OUT" },
        { "rf set-mac", "rf set-mac IMAGE c8:47:8c:12:34:56 -o OUT" }, { "rf restore", "rf restore IMAGE --from IMAGE -o OUT" },
        { "rekey", "rekey IMAGE --to zero -o OUT" }, { "fs add", "fs add IMAGE a.txt=SMALL -o OUT" }, { "combine", "combine IMAGE FIRMWARE --keep all -o OUT" },
        { "fal set", "fal set IMAGE --table TABLE -o OUT" }, { "merge", "merge PARTS -o OUT" },
        { "encrypt", "encrypt IMAGE --key tuya --address 0 -o OUT" }, { "decrypt", "decrypt IMAGE --key tuya --address 0 -o OUT" },
        { "crc add", "crc add IMAGE -o OUT" }, { "crc strip", "crc strip PAGES -o OUT" },
        { "fs create", "fs create FOLDER -o OUT --size 64K" }, { "fs extract", "fs extract FILES -o OUT" },
        { "plan", "plan IMAGE IMAGE2 -o OUT" }, { "boot", "boot IMAGE -o OUT" }, { "boot", "boot IMAGE --log OUT" },
        { "report", "report IMAGE --show-secrets -o OUT" }, { "inspect", "inspect IMAGE --json --show-secrets -o OUT" },
        { "obk show", "obk show IMAGE --json --show-secrets -o OUT" }, { "extract", "extract FILES littlefs --raw -o OUT" },
    };

    [Theory]
    [MemberData(nameof(Secret))]
    public void Output_WithSecrets_IsItsOwnersAlone(string verb, string line)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TestFolder();
        string[] words = Words(folder, line);
        Assert.True(folder.Run(words) is 0 or 1, $"{verb}: {folder.Error}");
        string place = folder["out"];
        string[] files = Directory.Exists(place) ? Directory.GetFiles(place, "*", SearchOption.AllDirectories) : [place];
        Assert.NotEmpty(files);
        foreach (string file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("sanitize IMAGE -o OUT")]
    [InlineData("extract IMAGE app -o OUT")]
    [InlineData("report IMAGE -o OUT")]
    [InlineData("inspect IMAGE --json -o OUT")]
    public void Output_WithoutSecrets_IsForAll(string line)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new TestFolder();
        folder.Do(Words(folder, line));
        string plain = folder.Write("plain", "x");
        Assert.Equal(File.GetUnixFileMode(plain), File.GetUnixFileMode(folder["out"]));
    }

    private static string[] Words(TestFolder folder, string line) => line.Split(' ').Select(word => word switch
    {
        "OUT" => folder["out"],
        "IMAGE" => Image(folder),
        "IMAGE2" => Changed(folder),
        "SMALL" => folder.Write("small", new byte[32]),
        "a.txt=SMALL" => "a.txt=" + folder.Write("small", new byte[32]),
        "FIRMWARE" => folder.Write("fw.bin", SyntheticDevice.Firmware()),
        "TABLE" => Table(folder),
        "PARTS" => Parts(folder),
        "PAGES" => folder.Write("pages.bin", PageFile.Add(File.ReadAllBytes(Image(folder)))),
        "FOLDER" => Folder(folder),
        "FILES" => Files(folder),
        _ => word,
    }).ToArray();

    private static string Image(TestFolder folder)
    {
        if (!File.Exists(folder["image.bin"]))
            folder.Do("obk", "set", folder.OpenBekenDevice(), "wifiSsid=network of mine", "wifiPass=correct horse", "-o", folder["image.bin"]);
        return folder["image.bin"];
    }

    private static string Changed(TestFolder folder)
    {
        folder.Do("obk", "set", Image(folder), "wifiPass=another horse", "-o", folder["image2.bin"]);
        return folder["image2.bin"];
    }

    private static string Table(TestFolder folder)
    {
        folder.Do("fal", "show", Image(folder), "--json");
        return folder.Write("table.json", folder.Output);
    }

    private static string Parts(TestFolder folder)
    {
        folder.Do("split", Image(folder), "-o", folder["parts"]);
        return folder["parts"];
    }

    private static string Folder(TestFolder folder)
    {
        Directory.CreateDirectory(folder["volume"]);
        File.WriteAllText(Path.Combine(folder["volume"], "config.json"), "{\"mqtt\":{\"password\":\"geheim-12\"}}");
        return folder["volume"];
    }

    private static string Files(TestFolder folder)
    {
        folder.Do("fs", "add", folder.OpenBekenDevice(), "config.json=" + Path.Combine(Folder(folder), "config.json"), "-o", folder["files.bin"]);
        return folder["files.bin"];
    }
}
