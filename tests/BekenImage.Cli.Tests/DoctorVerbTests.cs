using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>Each repair is run as it is printed, and must take its problem away: <c>verify</c> and <c>doctor</c> judge what it wrote.</summary>
public sealed class DoctorVerbTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Sound => ["tuya-n", "tuya-t", "dreo", "obk-device"];

    private static byte[] Device(string name) => name switch
    {
        "tuya-n" => Samples.TuyaN,
        "tuya-t" => Samples.TuyaT,
        "dreo" => Samples.Dreo,
        _ => Samples.ObkDevice,
    };

    [Theory]
    [MemberData(nameof(Sound))]
    public void SoundDevice_HasNoProblem(string name)
    {
        string file = _folder.Write("device.bin", Device(name));
        Assert.True(_folder.Run("doctor", file) == 0, _folder.Output + _folder.Error);
        Assert.Contains("nothing is wrong", _folder.Output, StringComparison.Ordinal);
        Assert.Equal(0, _folder.Run("doctor", file, "--json"));
        Assert.Equal(0, _folder.Json.GetProperty("problems").GetArrayLength());
    }

    [Theory]
    [InlineData("app")]
    [InlineData("package")]
    [InlineData("config")]
    [InlineData("erased")]
    public void LostBootloader_ComesBackFromTheBackup(string what)
    {
        byte[] sound = Samples.ObkDevice;
        byte[] damaged = (byte[])sound.Clone();
        byte[] over = what switch
        {
            "app" => Samples.ObkNUa[..0x9000],
            "package" => PlainFormats.UpdatePackage(SyntheticPrograms.App(0x3000, SyntheticImage.TuyaN, seed: 77)),
            "config" => sound[0x1D1000..0x1D2000],
            _ => Samples.Blank(0x11000),
        };
        over.AsSpan(0, Math.Min(over.Length, 0x11000)).CopyTo(damaged);
        string repaired = Heals(damaged, "BKI1004", sound);
        Assert.Equal(sound[..0x11000], File.ReadAllBytes(repaired)[..0x11000]);
        Assert.Equal(0, _folder.Run("verify", repaired));
    }

    [Fact]
    public void LostBootloaderAndApp_ComeBackFromTheBackup()
    {
        byte[] sound = Samples.ObkDevice;
        byte[] damaged = (byte[])sound.Clone();
        Samples.Blank(0x14000).CopyTo(damaged, 0);
        string repaired = Heals(damaged, "BKI1004", sound);
        Assert.Equal(sound, File.ReadAllBytes(repaired));
    }

    [Fact]
    public void LostBootloaderAndApp_OfADeviceThatDoesNotTellItsChip_ComeBackFromTheBackup()
    {
        byte[] sound = Samples.TuyaT;
        byte[] damaged = (byte[])sound.Clone();
        Samples.ObkNUa.CopyTo(damaged, 0);
        Assert.Equal(sound[..0x11000], File.ReadAllBytes(Heals(damaged, "BKI1004", sound))[..0x11000]);
    }

    [Fact]
    public void CutRead_IsOfferedNoRepairThatRefusesIt()
    {
        string file = _folder.Write("cut.bin", Samples.TuyaN[..0x14000]);
        Assert.Equal(1, _folder.Run("doctor", file, "--json"));
        Assert.All(_folder.Json.GetProperty("problems").EnumerateArray(), problem =>
            Assert.True(!problem.TryGetProperty("repair", out var repair) || repair.ValueKind == JsonValueKind.Null, problem.ToString()));
        Assert.Equal(1, _folder.Run("doctor", _folder.Write("from-app.bin", Samples.TuyaN[0x11000..]), "--json"));
        var only = Assert.Single(_folder.Json.GetProperty("problems").EnumerateArray());
        Assert.Equal("BKI1004", only.GetProperty("code").GetString());
        Assert.Contains("read the whole flash from 0", only.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedApp_IsNotRepairedOutOfItself()
    {
        byte[] damaged = Samples.TuyaN;
        damaged[0x11000 + 1000] ^= 0x55;
        Assert.Equal(1, _folder.Run("doctor", _folder.Write("device.bin", damaged), "--json"));
        Assert.Equal("BKI1003", Assert.Single(_folder.Json.GetProperty("problems").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public void AppUnderAnotherKey_IsEncipheredAnew()
    {
        byte[] damaged = Samples.TuyaN;
        Samples.ObkM[0x11000..].CopyTo(damaged, 0x11000);
        string repaired = Heals(damaged, "BKI1002", null);
        Assert.Equal(0, _folder.Run("verify", repaired));
    }

    [Fact]
    public void DamagedApp_ComesFromTheBackup()
    {
        byte[] sound = Samples.TuyaN;
        byte[] damaged = (byte[])sound.Clone();
        damaged[0x11000 + 1000] ^= 0x55;
        Assert.Equal(sound, File.ReadAllBytes(Heals(damaged, "BKI1003", sound)));
    }

    [Fact]
    public void LostCalibration_ComesFromTheBackup()
    {
        byte[] sound = Samples.TuyaN;
        byte[] damaged = (byte[])sound.Clone();
        Samples.Blank(0x1000).CopyTo(damaged, 0x1D0000);
        Assert.Equal(sound, File.ReadAllBytes(Heals(damaged, "BKI4020", sound)));
        string file = _folder.Write("alone.bin", damaged);
        Assert.Equal(1, _folder.Run("doctor", file, "--json"));
        var repair = Problem("BKI4020").GetProperty("repair");
        Assert.Equal(["--backup"], Strings(repair.GetProperty("needs")));
        Assert.Contains("BACKUP", Strings(repair.GetProperty("command")));
    }

    [Fact]
    public void UncalibratedTable_IsReplacedByTheBackups()
    {
        byte[] damaged = new SyntheticImage().WithRf(0x1D0000, calibrated: false).Dump();
        Heals(damaged, "BKI4004", new SyntheticImage().WithRf(0x1D0000).Dump());
    }

    [Fact]
    public void CalibrationElsewhere_MovesToWhereTheFirmwareLooks()
    {
        byte[] damaged = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }.WithRf(0x1E0000).Dump();
        byte[] repaired = File.ReadAllBytes(Heals(damaged, "BKI4022", null));
        Assert.Equal(damaged[0x1E0000..0x1E0100], repaired[0x1D0000..0x1D0100]);
    }

    [Fact]
    public void PlaceholderMac_IsSetFromTheBackup_ElseAskedFor()
    {
        byte[] sound = new SyntheticImage().WithRf(0x1D0000).Dump();
        byte[] damaged = new SyntheticImage().WithRf(0x1D0000, "c8478c000000").Dump();
        Assert.Equal(sound, File.ReadAllBytes(Heals(damaged, "BKI4024", sound)));
        Assert.Equal(1, _folder.Run("doctor", _folder.Write("alone.bin", damaged), "--json"));
        Assert.Equal(["MAC"], Strings(Problem("BKI4024").GetProperty("repair").GetProperty("needs")));
    }

    [Fact]
    public void ConfigurationElsewhere_MovesToWhereTheFirmwareLooks()
    {
        byte[] damaged = new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }.WithRf(0x1D0000).WithConfig(0x1E1000).Dump();
        byte[] repaired = File.ReadAllBytes(Heals(damaged, "BKI5005", null));
        Assert.Equal(damaged[0x1E1000..0x1E1E00], repaired[0x1D1000..0x1D1E00]);
    }

    [Fact]
    public void StagedPackage_IsErased()
    {
        byte[] damaged = new SyntheticImage().WithRf(0x1D0000).WithPackage().Dump();
        byte[] repaired = File.ReadAllBytes(Heals(damaged, "BKI2008", null));
        Assert.Equal(new SyntheticImage().WithRf(0x1D0000).Dump(), repaired);
    }

    [Fact]
    public void AppWithoutHeader_GetsOneWhereItsBootloaderLooks()
    {
        byte[] damaged = new SyntheticImage { HasAppHeader = false, App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }.WithRf(0x1D0000).Dump();
        Assert.True(_folder.Run("verify", Heals(damaged, "BKI2005", null), "--json") == 0);
        Assert.True(_folder.Json.GetProperty("bootloaderAccepts").GetBoolean());
    }

    [Fact]
    public void TuyaAppWithoutHeader_IsAsAnUpdateLeavesIt()
    {
        string file = _folder.Write("device.bin", new SyntheticImage { HasAppHeader = false }.WithRf(0x1D0000).Dump());
        Assert.Equal(0, _folder.Run("doctor", file));
    }

    [Fact]
    public void StoredKeyOfAnotherDevice_IsRenewed()
    {
        var device = new SyntheticImage
        {
            Boot = SyntheticBoot.T, App = SyntheticPrograms.App(0x9A75, SyntheticImage.TuyaT, nMarker: false),
            Record = new SyntheticKeyRecord(SyntheticRecordKind.Tuya, SyntheticKey.Uascent),
        }.WithRf(0x1E0000);
        Heals(device.Dump(), "BKI1007", null);
    }

    [Fact]
    public void RotatedRead_IsNormalized()
    {
        string repaired = Heals(Samples.Rotated, "BKI8002", null);
        Assert.Equal(Samples.TuyaN, File.ReadAllBytes(repaired));
    }

    [Fact]
    public void CutRead_IsSaid_AndNothingPromised()
    {
        Assert.Equal(1, _folder.Run("doctor", _folder.Write("cut.bin", Samples.TuyaN[..0x1EF000]), "--json"));
        Assert.Equal(JsonValueKind.Null, Problem("BKI8004").GetProperty("repair").ValueKind);
    }

    [Theory]
    [InlineData(0x1000)]
    [InlineData(0x2000)]
    public void FilesAPackageWasWrittenOver_AreSaid_AndTheirPlaceIsMadeFree(int into)
    {
        byte[] sound = File.ReadAllBytes(_folder.OpenBekenDevice());
        string filled = _folder.Write("filled.bin", sound);
        string big = _folder.Write("page.html", SyntheticPrograms.Noise(0x3000, 3));
        _folder.Do("fs", "add", filled, big, "-o", _folder["files.bin"]);
        _folder.Do("fs", "list", _folder["files.bin"], "--json");
        int volume = _folder.Json.GetProperty("littleFs").GetProperty("offset").GetInt32();
        byte[] damaged = _folder.Read("files.bin");
        SyntheticPrograms.Noise(0x3000, 8).CopyTo(damaged, volume + into);
        string file = _folder.Write("device.bin", damaged);
        Assert.Equal(1, _folder.Run("doctor", file, "--symptom", "files", "--json"));
        var problem = _folder.Json.GetProperty("problems")[0];
        Assert.Contains("files", Strings(problem.GetProperty("symptoms")));
        string[] command = Strings(problem.GetProperty("repair").GetProperty("command"));
        Assert.True(_folder.Run(command[1..]) == 0, _folder.Error);
        _folder.Run("doctor", command[^1], "--json");
        Assert.DoesNotContain(_folder.Json.GetProperty("problems").EnumerateArray(), left => Strings(left.GetProperty("symptoms")).Contains("files"));
    }

    [Fact]
    public void FileSystemThatIsGone_IsSaidWhereTheConfigurationAsksForIt()
    {
        string device = _folder.OpenBekenDevice();
        _folder.Do("obk", "set", device, "lfsSize=32768", "-o", _folder["sized.bin"]);
        _folder.Do("fs", "add", _folder["sized.bin"], _folder.Write("a.txt", "text"), "-o", _folder["files.bin"]);
        _folder.Do("fs", "list", _folder["files.bin"], "--json");
        int volume = _folder.Json.GetProperty("littleFs").GetProperty("offset").GetInt32();
        _folder.Run("doctor", _folder["sized.bin"]);
        Assert.DoesNotContain("BKI6001", _folder.Output, StringComparison.Ordinal);
        byte[] damaged = _folder.Read("files.bin");
        SyntheticPrograms.Noise(0x3000, 8).CopyTo(damaged, volume);
        Assert.Equal(1, _folder.Run("doctor", _folder.Write("gone.bin", damaged), "--json"));
        Assert.Equal(JsonValueKind.Null, Problem("BKI6001").GetProperty("repair").ValueKind);
    }

    [Fact]
    public void SeveralProblems_AreHealedOneAfterTheOther()
    {
        byte[] sound = Samples.ObkDevice;
        byte[] damaged = (byte[])sound.Clone();
        Samples.Blank(0x11000).CopyTo(damaged, 0);
        Samples.Blank(0x1000).CopyTo(damaged, 0x1D0000);
        string backup = _folder.Write("backup.bin", sound);
        string file = _folder.Write("device.bin", damaged);
        for (int round = 0; round < 5 && _folder.Run("doctor", file, "--backup", backup, "--json") != 0; round++)
        {
            string[] command = Strings(_folder.Json.GetProperty("problems")[0].GetProperty("repair").GetProperty("command"));
            Assert.True(_folder.Run(command[1..]) == 0, _folder.Error);
            file = command[^1];
        }
        Assert.Equal(sound, File.ReadAllBytes(file));
    }

    [Fact]
    public void ConfigurationWrittenTo0OfAnotherFirmwaresDevice_TheBootloaderComesBack()
    {
        byte[] sound = Samples.Dreo;
        byte[] damaged = Over(sound, 0, Samples.ObkDevice[0x1D1000..0x1D1E00]);
        Assert.Equal(sound, File.ReadAllBytes(Heals(damaged, "BKI1004", sound)));
    }

    [Fact]
    public void AppUnderAnotherKeyAt0_TheLineHasTheBackupsKey()
    {
        byte[] sound = Samples.Dreo;
        string repaired = Heals(Over(sound, 0, Samples.ObkNUa), "BKI1004", sound);
        Assert.Equal(sound[..0x11000], File.ReadAllBytes(repaired)[..0x11000]);
        Assert.Equal(0, _folder.Run("verify", repaired));
    }

    [Fact]
    public void ProgramsUnderAnotherKeyThanTheBackups_GetTheDevicesOwnBootloader()
    {
        byte[] sound = Samples.Dreo;
        byte[] damaged = Over(sound, 0, Samples.ObkN);
        string repaired = Heals(damaged, "BKI9007", sound);
        Assert.Equal(sound[..0x11000], File.ReadAllBytes(repaired)[..0x11000]);
        Assert.Equal(0, _folder.Run("verify", repaired));
    }

    [Fact]
    public void CalibrationOfAnotherDevice_IsReplacedByTheBackups()
    {
        byte[] sound = new SyntheticImage().WithRf(0x1D0000).Dump();
        Assert.Equal(sound, File.ReadAllBytes(Heals(new SyntheticImage().WithRf(0x1D0000, "02aabbccddee", seed: 5).Dump(), "BKI5272", sound)));
    }

    [Fact]
    public void UpdatesThatDoNotFindEachOther_FindEachOtherAfterTheRepair()
    {
        byte[] device = new SyntheticImage
        {
            Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0xC010, SyntheticImage.ObkN),
        }.WithRf(0x1D0000).Dump();
        Heals(device, "BKI3005", null);
    }

    [Fact]
    public void RepairThatIsRefused_IsNotPrinted_ButItsReason()
    {
        byte[] damaged = Samples.TuyaN;
        damaged[0x11000 + 1000] ^= 0x55;
        string file = _folder.Write("device.bin", damaged);
        Assert.Equal(1, _folder.Run("doctor", file, "--backup", file));
        Assert.Contains("no command repairs that: the firmware is damaged", _folder.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("bekenimage combine", _folder.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Symptom_PutsWhatExplainsItFirst()
    {
        byte[] damaged = new SyntheticImage { HasAppHeader = false }.WithRf(0x1D0000, "c8478c000000").WithPackage().Dump();
        string file = _folder.Write("device.bin", damaged);
        Assert.Equal(1, _folder.Run("doctor", file, "--symptom", "mac", "--json"));
        Assert.Equal("BKI4024", _folder.Json.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal(1, _folder.Run("doctor", file, "--symptom", "updates", "--json"));
        Assert.Equal("BKI2008", _folder.Json.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal(1, _folder.Run("doctor", file, "--symptom", "files"));
        Assert.Contains("nothing in this image explains", _folder.Output, StringComparison.Ordinal);
        Assert.Equal(2, _folder.Run("doctor", file, "--symptom", "ghosts"));
    }

    [Fact]
    public void FirmwareFile_IsNoDevice()
    {
        Tool.Run("doctor", _folder.Write("qio.bin", Samples.ObkN)).Fails(3, "BKI8008", "firmware file");
        Tool.Run("doctor", _folder.Write("piece.bin", Samples.TuyaN[0x1D0000..0x1E0000])).Fails(3, "BKI8008", "part of a dump");
        string device = _folder.Write("device.bin", Samples.TuyaN);
        Tool.Run("doctor", device, "--backup", _folder["qio.bin"]).Fails(3, "BKI8008", "backup");
        Tool.Run("doctor", device, "--backup", _folder.Write("t.bin", Samples.TuyaT)).Fails(4, "BKI9006", "BK7231T");
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void CorpusImage_IsAnsweredFor_AndItsRepairsRun(string name)
    {
        string file = _folder.Write("image.bin", Corpus.Read(name));
        int exitCode = _folder.Run("doctor", file, "--json");
        if (exitCode == 3)
            return;
        foreach (var problem in _folder.Json.GetProperty("problems").EnumerateArray().Select(problem => problem.Clone()).ToArray())
        {
            if (problem.GetProperty("repair") is not { ValueKind: JsonValueKind.Object } repair || repair.GetProperty("needs").GetArrayLength() > 0)
                continue;
            string[] command = Strings(repair.GetProperty("command"));
            Assert.True(_folder.Run([.. command[1..], "--force"]) == 0, $"{problem.GetProperty("code")}: {_folder.Error}");
        }
    }

    private static byte[] Over(byte[] image, int at, byte[] with)
    {
        byte[] damaged = (byte[])image.Clone();
        with.CopyTo(damaged, at);
        return damaged;
    }

    // Runs doctor, its repair as printed, and doctor again; gives the repaired file.
    private string Heals(byte[] image, string code, byte[]? backup)
    {
        string file = _folder.Write("device.bin", image);
        string[] options = backup is null ? [] : ["--backup", _folder.Write("backup.bin", backup)];
        Assert.True(_folder.Run(["doctor", file, "--json", .. options]) == 1, _folder.Output + _folder.Error);
        var repair = Problem(code).GetProperty("repair");
        Assert.Equal(0, repair.GetProperty("needs").GetArrayLength());
        string[] command = Strings(repair.GetProperty("command"));
        Assert.Equal("bekenimage", command[0]);
        Assert.True(_folder.Run(command[1..]) == 0, _folder.Error);
        string repaired = command[^1];
        _folder.Run(["doctor", repaired, "--json", .. options]);
        Assert.DoesNotContain(_folder.Json.GetProperty("problems").EnumerateArray(), problem => problem.GetProperty("code").GetString() == code);
        return repaired;
    }

    private JsonElement Problem(string code)
    {
        var problems = _folder.Json.GetProperty("problems").EnumerateArray().ToArray();
        return problems.FirstOrDefault(problem => problem.GetProperty("code").GetString() == code) is { ValueKind: JsonValueKind.Object } found
            ? found
            : throw new Xunit.Sdk.XunitException($"{code} is not among {string.Join(", ", problems.Select(problem => problem.GetProperty("code").GetString()))}");
    }

    private static string[] Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!).ToArray();
}
