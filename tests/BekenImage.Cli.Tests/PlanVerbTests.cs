using System.Globalization;
using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary><c>plan</c>: exit codes, the document, the folder, the tools' lines.</summary>
public sealed class PlanVerbTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _factory;
    private readonly string _target;

    public PlanVerbTests()
    {
        _factory = _folder.Write("factory.bin", Samples.Dreo);
        _target = _folder["target.bin"];
        _folder.Do("combine", _factory, _folder.Write("firmware.bin", Samples.ObkM), "-o", _target);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LinesToCopy_AreNotBroken_AndAMistypedToolIsGuessed()
    {
        string[] lines = Screen.Run(80, false, "plan", _factory, _target, "--for", "easyflasher").Split('\n');
        var commands = lines.Where(line => line.TrimStart().StartsWith("BK7231Flasher.exe ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(commands);
        Assert.All(commands, line => Assert.Contains(" --size 0x", line, StringComparison.Ordinal));
        var mistyped = Tool.Run("plan", _factory, _target, "--for", "ltchiptol");
        Assert.Equal(2, mistyped.ExitCode);
        Assert.Contains("not 'ltchiptol'; did you mean ltchiptool?", mistyped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_IsAsTheContractHasIt_AndEndsInTheTarget()
    {
        _folder.Do("plan", _factory, _target, "--json");
        var json = _folder.Json;
        Assert.Equal((1, "plan", 0x200000, 0x1000), (Number(json, "schema"), json.GetProperty("verb").GetString(), Number(json, "flashSize"), Number(json, "sectorSize")));
        byte[] flash = File.ReadAllBytes(_factory);
        byte[] target = File.ReadAllBytes(_target);
        Assert.NotEqual(0, json.GetProperty("steps").GetArrayLength());
        foreach (var step in json.GetProperty("steps").EnumerateArray())
        {
            var place = flash.AsSpan(Number(step, "offset"), Number(step, "length"));
            Assert.True(Number(step, "offset") >= 0x11000);
            if (step.GetProperty("action").GetString() == "erase")
            {
                place.Fill(0xFF);
                Assert.Equal(JsonValueKind.Null, step.GetProperty("sourceOffset").ValueKind);
            }
            else
            {
                Assert.False(place.ContainsAnyExcept((byte)0xFF), "written before it is erased");
                target.AsSpan(Number(step, "sourceOffset"), place.Length).CopyTo(place);
            }
            Assert.Equal(RomCrc(place).ToString("x8", CultureInfo.InvariantCulture), step.GetProperty("crc32").GetString());
            Assert.Equal(JsonValueKind.Null, step.GetProperty("file").ValueKind);
            string state = step.GetProperty("ifStopped").GetString()!;
            Assert.Equal(state == "boots" ? 0 : 1, _folder.Run("verify", "--boots", _folder.Write("state.bin", flash)));
            Assert.Contains(state, new[] { "boots", "recoverable" });
        }
        BytesAssert.Equal(target, flash);
        Assert.Equal(0x200000, json.GetProperty("kept").EnumerateArray().Sum(kept => Number(kept, "length")) + Touched(json));
    }

    [Fact]
    public void Folder_HoldsThePlan_AFileForEachWrite_AndTheLines()
    {
        string folder = _folder["steps"];
        _folder.Do("plan", _factory, _target, "--for", "ltchiptool", "-o", folder);
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "plan.json")));
        byte[] flash = File.ReadAllBytes(_factory);
        foreach (var step in document.RootElement.GetProperty("steps").EnumerateArray())
        {
            var place = flash.AsSpan(Number(step, "offset"), Number(step, "length"));
            if (step.GetProperty("file").GetString() is { } file)
                File.ReadAllBytes(Path.Combine(folder, file)).CopyTo(place);
            else
                place.Fill(0xFF);
        }
        BytesAssert.Equal(File.ReadAllBytes(_target), flash);
        var names = document.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!).Append("plan.json");
        Assert.Equal(names.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        // Carried out by a tool that erases what it writes, the lines end in the target too.
        byte[] written = File.ReadAllBytes(_factory);
        foreach (string line in File.ReadAllLines(Path.Combine(folder, "commands.txt")))
        {
            Assert.StartsWith("ltchiptool flash write -d COM3 -f bk7231n -s 0x", line, StringComparison.Ordinal);
            int start = Convert.ToInt32(line.Split(" -s ")[1].Split(' ')[0], 16);
            File.ReadAllBytes(line[(line.IndexOf('"') + 1)..^1]).CopyTo(written, start);
        }
        BytesAssert.Equal(File.ReadAllBytes(_target), written);

        Assert.Equal(4, _folder.Run("plan", _factory, _target, "-o", folder));
        _folder.Do("plan", _factory, _factory, "-o", folder, "--force");
        Assert.Equal(["plan.json"], Directory.GetFiles(folder).Select(path => Path.GetFileName(path)));
        File.WriteAllText(Path.Combine(folder, "mine.txt"), "kept");
        Assert.Equal(4, _folder.Run("plan", _factory, _target, "-o", folder, "--force"));
        Assert.True(File.Exists(Path.Combine(folder, "mine.txt")));
    }

    [Theory]
    [InlineData("easyflasher", "BK7231Flasher.exe --port COM3 --chip BK7231M write_flash 01-write-0x1d0000.bin --addr 0x1d0000 --size 0x1000")]
    [InlineData("bk7231tools", "bk7231tools write_flash -d COM3 -s 0x1d0000 01-write-0x1d0000.bin")]
    [InlineData("programmer", "flashrom -p ch341a_spi -w result.bin")]
    public void Lines_OfEachTool_AreInTheText(string tool, string line)
    {
        _folder.Do("plan", _factory, _target, "--for", tool);
        Assert.Contains("  " + line + "\n", _folder.Output, StringComparison.Ordinal);
        Assert.Contains("-o DIR writes the files", _folder.Output, StringComparison.Ordinal);
        _folder.Do("plan", _factory, _target, "--for", tool, "-o", _folder["out"]);
        Assert.Equal(tool == "programmer", File.Exists(Path.Combine(_folder["out"], "result.bin")));
        Assert.DoesNotContain("-o DIR", _folder.Output, StringComparison.Ordinal);
        _folder.Do("plan", _factory, _target, "--for", tool, "--json");
        Assert.Contains(line, _folder.Json.GetProperty("commands").GetProperty("lines").EnumerateArray().Select(text => text.GetString()));
    }

    [Fact]
    public void Bootloader_IsNotWrittenOverUart_WhereItTakesTheDownloads()
    {
        byte[] other = Samples.TuyaT;
        other[0x10100] ^= 1;
        _folder.Do("plan", _folder.Write("t.bin", Samples.TuyaT), _folder.Write("t2.bin", other), "--include-bootloader", "--for", "ltchiptool", "--json");
        var commands = _folder.Json.GetProperty("commands");
        Assert.Equal(0, commands.GetProperty("lines").GetArrayLength());
        Assert.Contains("cannot write this image over UART", commands.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    // On these chips the bootloader takes the downloads; the ROM of others does.
    [Theory]
    [InlineData("t", false)]
    [InlineData("n", true)]
    public void Lines_ForAChipThatLostItsBootloader_AreThereWhereItsRomTakesDownloads(string chip, bool hasRom)
    {
        byte[] whole = chip == "t" ? Samples.TuyaT : Samples.TuyaN, lost = [.. whole], other = [.. whole];
        lost.AsSpan(0, 0x10000).Fill(0xFF);
        other[0x1F0000] ^= 1;
        foreach (string tool in new[] { "easyflasher", "ltchiptool", "bk7231tools" })
        {
            _folder.Do("plan", _folder.Write("lost.bin", lost), _folder.Write("whole.bin", other), "--for", tool, "--json");
            var commands = _folder.Json.GetProperty("commands");
            Assert.Equal(hasRom, commands.GetProperty("lines").GetArrayLength() > 0);
            if (!hasRom)
                Assert.Contains("only a programmer", commands.GetProperty("note").GetString(), StringComparison.Ordinal);
        }
        _folder.Do("plan", _folder["lost.bin"], _folder["whole.bin"], "--for", "programmer", "--json");
        Assert.NotEqual(0, _folder.Json.GetProperty("commands").GetProperty("lines").GetArrayLength());
    }

    [Fact]
    public void Text_TellsStepsAndWhatStays()
    {
        _folder.Do("plan", _factory, _target);
        string[] lines = _folder.Output.Split('\n');
        Assert.Matches(@"factory\.bin -> .*target\.bin: \d+ steps: 0x[0-9a-f]+ bytes to erase, 0x[0-9a-f]+ to write, of the flash's 0x200000$", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("write  0x1d0000  0x001000  ", StringComparison.Ordinal) && line.Contains("rf", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("0x000000  0x011000  bootloader", StringComparison.Ordinal));
        _folder.Do("plan", _factory, _factory);
        Assert.Contains("nothing to erase or to write", _folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void BlankChip_IsAWord()
    {
        _folder.Do("plan", "blank", _target, "--include-bootloader", "--json");
        Assert.Equal("boots", _folder.Json.GetProperty("steps").EnumerateArray().Last().GetProperty("ifStopped").GetString());
        _folder.Do("plan", "blank", _target);
        Assert.Contains("BKI5273", _folder.Output, StringComparison.Ordinal);
        Assert.Contains("--include-bootloader writes it too", _folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_OfTheDump_EndsInItByteForByte()
    {
        _folder.Do("plan", _target, _factory, "--restore", "-o", _folder["back"], "--for", "programmer");
        BytesAssert.Equal(Samples.Dreo, File.ReadAllBytes(Path.Combine(_folder["back"], "result.bin")));
    }

    [Fact]
    public void Secrets_InTheFolder_AreMentioned()
    {
        string device = _folder.Write("device.bin", Samples.ObkDevice);
        _folder.Do("obk", "set", device, "wifiPass=correct horse", "-o", _folder["set.bin"]);
        _folder.Do("plan", device, _folder["set.bin"], "-o", _folder["plain"]);
        Assert.Contains("holds passwords", _folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", _folder.Error + _folder.Output, StringComparison.Ordinal);
        _folder.Do("plan", _factory, _factory, "-o", _folder["none"]);
        Assert.DoesNotContain("holds passwords", _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Archives_AreOpened()
    {
        string zip = _folder.Write("a.zip", SyntheticArchive.Zip(("target.bin", File.ReadAllBytes(_target))));
        _folder.Do("plan", _factory, zip, "--json");
        Assert.NotEqual(0, _folder.Json.GetProperty("steps").GetArrayLength());
        Assert.Contains("the file in it is used", _folder.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("factory.bin firmware.ota", 4, "BKI5275", "firmware.ota")]
    [InlineData("factory.bin text.txt", 4, "BKI5275", "text.txt")]
    [InlineData("factory.bin large.bin", 4, "BKI5275", "large.bin")]
    [InlineData("factory.bin t.bin", 4, "BKI9006", "t.bin")]
    [InlineData("factory.bin tuya.bin", 4, "BKI9007", "tuya.bin")]
    [InlineData("factory.bin target.bin --sector 64K", 4, "BKI9001", "target.bin")]
    [InlineData("factory.bin other.bin", 4, "BKI5272", "other.bin")]
    [InlineData("firmware.bin factory.bin", 3, "BKI8008", "firmware.bin")]
    [InlineData("missing.bin factory.bin", 3, "BKI8001", "missing.bin")]
    public void Refusal_NamesTheFileAtFault(string line, int exitCode, string code, string file)
    {
        _folder.Write("firmware.ota", PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, SyntheticImage.TuyaN, seed: 77)));
        _folder.Write("text.txt", "a text");
        _folder.Write("large.bin", SyntheticImage.DreoDevice().Dump(0x400000));
        _folder.Write("t.bin", Samples.TuyaT);
        _folder.Write("tuya.bin", Samples.TuyaN);
        byte[] other = Samples.Dreo;
        BekenImage.Tests.Formats.Rf.RfTestData.Sector(BekenImage.Tests.Formats.Rf.RfTestData.CompleteTable("020102030499", seed: 5, isT: false)).CopyTo(other, 0x1E0000);
        _folder.Write("other.bin", other);
        string[] words = line.Split(' ').Select(word => word.Contains('.', StringComparison.Ordinal) ? _folder[word] : word).ToArray();
        var result = Tool.Run(["plan", .. words]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith($"bekenimage: {_folder[file]}: ", result.ErrorLine, StringComparison.Ordinal);
        if (code != "BKI8001")
            Assert.Contains(code, result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherUnitsCalibration_IsTaken_WhereThatIsNamed()
    {
        byte[] other = Samples.Dreo;
        other.AsSpan(0x1E0000, 0x1000).Fill(0xFF);
        string file = _folder.Write("other.bin", other);
        Assert.Equal(4, _folder.Run("plan", _factory, file));
        Assert.Contains("--allow-other-rf", _folder.Error, StringComparison.Ordinal);
        _folder.Do("plan", _factory, file, "--allow-other-rf");
        Assert.Contains("BKI5271", _folder.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--sector", "3K")]
    [InlineData("--sector", "0")]
    [InlineData("--sector", "128K")]
    [InlineData("--for", "esptool")]
    public void WrongValues_AreUsage(string option, string value)
    {
        Assert.Equal(2, _folder.Run("plan", _factory, _target, option, value));
        Assert.Equal(2, _folder.Run("plan", "-", "-"));
        Assert.Equal(2, _folder.Run("plan", _factory));
    }

    // Initial value FFFFFFFF, reflected, no final XOR.
    private static uint RomCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return crc;
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static int Touched(JsonElement json) => json.GetProperty("steps").EnumerateArray()
        .SelectMany(step => Enumerable.Range(Number(step, "offset") / 0x1000, Number(step, "length") / 0x1000)).Distinct().Count() * 0x1000;
}
