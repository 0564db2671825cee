using BekenImage.Cli.Demo;
using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.SampleRuns;

/// <summary>Each program of samples/ does what its first line says. SeedStory, ProvisionDevices and the workflow have tests of their own.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public void CombineFirmware_OfADumpAndAFirmware_WritesAnImageThatBoots()
    {
        string factory = _folder.Write("factory.bin", SyntheticDevice.FactoryDump()), firmware = _folder.Write("firmware.bin", SyntheticDevice.Firmware());
        Assert.Contains("boots: True", SampleProgram.Run("CombineFirmware", _folder, factory, firmware, "out.bin").Succeeds().Output);
        // By a model of the bootloader that shares nothing with the library; the calibration is where the firmware looks.
        byte[] image = _folder.Read("out.bin");
        BootSimulator.Run(image, SyntheticKey.Zero).AssertBoots();
        BytesAssert.Equal(SyntheticDevice.FactoryDump().AsSpan(0x1E0000, 0x1000), image.AsSpan(0x1D0000, 0x1000));
    }

    [Fact]
    public void InspectDump_OfADump_SaysWhatItIs()
    {
        string output = SampleProgram.Run("InspectDump", _folder, _folder.Write("dump.bin", Samples.TuyaN)).Succeeds().Output;
        Assert.StartsWith("Dump, BK7231N, Tuya", output);
        Assert.Contains("key tuya", output);
        Assert.Contains("RF table at 0x1d0000", output);
    }

    [Fact]
    public void EditImage_OfAnImage_GivesItMacCommandAndFile()
    {
        string image = _folder.Write("image.bin", Samples.ObkDevice), file = _folder.Write("autoexec.bat", "startDriver DS1820");
        SampleProgram.Run("EditImage", _folder, image, "02:00:00:00:00:01", file, "out.bin").Succeeds();
        var edited = FlashImage.Parse(_folder.Read("out.bin"));
        Assert.Equal("02:00:00:00:00:01", edited.Rf!.Mac.ToString());
        Assert.Equal("startDriver NTP", edited.ObkConfig!["startupCommand"]);
        Assert.Contains("autoexec.bat", _folder.Do("fs", "list", _folder["out.bin"]));
    }

    [Fact]
    public void InspectFolder_OfTwoImagesOfOneDeviceAndOthers_NamesThemAndTheDevice()
    {
        _folder.Write("a dump.bin", SyntheticDevice.FactoryDump());
        Directory.CreateDirectory(_folder["later"]);
        _folder.Write(Path.Combine("later", "again.bin"), SyntheticDevice.FactoryDump());
        _folder.Write("notes.txt", "bought in May");
        using (var large = File.Create(_folder["large.bin"]))
            large.SetLength(FlashImage.MaximumLength + 1L);
        var result = SampleProgram.Run("InspectFolder", _folder, _folder.Root);
        Assert.Equal(1, result.ExitCode);
        Assert.Matches("(?m)^a dump.bin: Dump, BL2028N, .*key zero, backup: yes$", result.Output);
        Assert.Matches("(?m)^notes.txt: .*backup: not a whole chip$", result.Output);
        Assert.EndsWith($"the device with MAC 02:00:00:12:34:56: a dump.bin, {Path.Combine("later", "again.bin")}\n", result.Output);
        Assert.StartsWith("large.bin: ", result.Error);
    }

    [Fact]
    public void WritePlan_OfADeviceAndItsCombination_EndsInWhatWasPlanned()
    {
        string image = _folder.OpenBekenDevice("combined.bin");
        string output = SampleProgram.Run("WritePlan", _folder, _folder["factory.bin"], image).Succeeds().Output;
        Assert.EndsWith("the flash holds what was planned\n", output);
        // The bootloader's sectors end at 0x11000: none of them is touched.
        Assert.Matches("(?m)^Erase 0x", output);
        Assert.DoesNotMatch("(?m)^(Erase|Write) 0x0*([0-9a-f]{1,4}|10[0-9a-f]{3})\\b", output);
        Assert.DoesNotContain(", not 0x", output);
    }

    [Fact]
    public void WritePlan_ThatLosesTheCalibration_IsRefused()
    {
        string device = _folder.Write("device.bin", SyntheticDevice.FactoryDump());
        byte[] without = SyntheticDevice.FactoryDump();
        without.AsSpan(0x1E0000, 0x1000).Fill(0xFF);
        var result = SampleProgram.Run("WritePlan", _folder, device, _folder.Write("target.bin", without));
        Assert.Equal((4, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("refused: ", result.Error);
    }

    [Fact]
    public void DumpFacts_OfTheDemosDevice_AllHold()
    {
        _folder.Do("demo", "-o", _folder["demo"]);
        var result = DumpFacts().Succeeds();
        Assert.Matches("succeeded: 8\\s+skipped: 0", result.Output);
    }

    // The platform colours what it says where CI is set, even into a pipe.
    private ToolResult DumpFacts() =>
        SampleProgram.RunWith(new() { ["DUMPS"] = _folder["demo"] }, "DumpFacts", _folder, "--ansi", "off");

    // A bit in the app, one in the calibration: who copies the project sees it fail.
    [Fact]
    public void DumpFacts_OfADumpWithAChangedBit_DoNot()
    {
        _folder.Do("demo", "-o", _folder["demo"]);
        string dump = Path.Combine(_folder["demo"], "factory.bin");
        byte[] bytes = File.ReadAllBytes(dump);
        bytes[0x11100] ^= 1;
        File.WriteAllBytes(dump, bytes);
        var result = DumpFacts();
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Dump_IsJudgedAsItWas(name: \"factory.bin\")", result.Output);
        Assert.DoesNotContain("name: \"combined.bin\"", result.Output);
    }

    [Theory]
    [InlineData("CombineFirmware")]
    [InlineData("InspectDump")]
    [InlineData("InspectFolder")]
    [InlineData("EditImage")]
    [InlineData("WritePlan")]
    [InlineData("ProvisionDevices")]
    public void Sample_WithoutArguments_SaysHowItIsCalled(string sample)
    {
        var result = SampleProgram.Run(sample, _folder);
        Assert.Equal((2, true), (result.ExitCode, result.Error.StartsWith($"usage: {sample} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Index_NamesEverySample()
    {
        string index = File.ReadAllText(Repository.PathOf("samples", "README.md"));
        string[] folders = [.. Directory.GetDirectories(Repository.PathOf("samples")).Select(folder => Path.GetFileName(folder))];
        Assert.All(folders, folder => Assert.Contains($"]({folder}/", index));
    }

    public void Dispose() => _folder.Dispose();
}
