using System.Text.Json;
using BekenImage.Cli.Tests.Support;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>Answers at the edges: a bootloader that is half there, a device known by its MAC, a read that went on too long, a chip that was only named.</summary>
public sealed class EdgeAnswerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0x1000, 0x1000, 0xFF)]
    [InlineData(0x0800, 0x0100, 0x5A)]
    public void BootloaderWithWrongPages_IsLost_AndMayBeSupplied(int from, int length, byte value)
    {
        byte[] sound = Samples.TuyaN;
        byte[] damaged = (byte[])sound.Clone();
        damaged.AsSpan(from, length).Fill(value);
        string dump = _folder.Write("damaged.bin", damaged), own = _folder.Write("sound.bin", sound), firmware = _folder.Write("obk.bin", Samples.ObkN);
        Tool.Run("combine", dump, firmware, "-o", _folder["no.bin"]).Fails(3, "BKI1004", "--bootloader");

        _folder.Do("combine", dump, firmware, "-o", _folder["rescued.bin"], "--bootloader", own);
        _folder.Do("combine", own, firmware, "-o", _folder["expected.bin"]);

        Assert.Equal(_folder.Read("expected.bin"), _folder.Read("rescued.bin"));
    }

    [Theory]
    [InlineData("dump")]
    [InlineData("slot")]
    public void LostBootloaderOfASilentDevice_IsSuppliedByItsOlderDump(string source)
    {
        // Nothing of a T device's app names its chip, and other families keep calibration at the same place.
        byte[] sound = new SyntheticImage { Boot = SyntheticBoot.T, App = SyntheticPrograms.App(0x9A75, "no name", nMarker: false) }.WithRf(0x1E0000).Dump();
        byte[] damaged = (byte[])sound.Clone();
        damaged.AsSpan(0, 0x11000).Fill(0xFF);
        string dump = _folder.Write("damaged.bin", damaged), firmware = _folder.Write("obk.bin", Samples.ObkT);
        string own = _folder.Write("own.bin", source == "dump" ? sound : sound[..0x11000]);

        _folder.Do("combine", dump, firmware, "-o", _folder["rescued.bin"], "--bootloader", own);
        _folder.Do("combine", _folder.Write("sound.bin", sound), firmware, "-o", _folder["expected.bin"]);

        Assert.Equal(_folder.Read("expected.bin"), _folder.Read("rescued.bin"));
    }

    [Fact]
    public void LostBootloader_IsNotSuppliedByAnotherDevices()
    {
        byte[] damaged = new SyntheticImage { Boot = SyntheticBoot.T, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0x9A75, "no name", nMarker: false) }
            .WithRf(0x1E0000, "02aabbccddee").Dump();
        damaged.AsSpan(0, 0x11000).Fill(0xFF);
        string other = _folder.Write("other.bin", Samples.TuyaT);
        int exitCode = _folder.Run("combine", _folder.Write("damaged.bin", damaged), _folder.Write("obk.bin", Samples.ObkT), "-o", _folder["no.bin"], "--bootloader", other);
        Assert.Equal(4, exitCode);
        Assert.Contains("BKI9011", _folder.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x1000, true)]
    [InlineData(0x100000, false)]
    public void ReadThatWentOn_IsADump_ThatSaysSo(int behind, bool repeats)
    {
        byte[] chip = Samples.TuyaN;
        byte[] read = [.. chip, .. repeats ? chip[..behind] : Samples.Blank(behind)];
        string file = _folder.Write("long.bin", read);
        Assert.Equal(0, _folder.Run("verify", file, "--json"));
        Assert.Equal("dump", _folder.Json.GetProperty("kind").GetString());
        var complete = _folder.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "complete");
        Assert.Equal("warn", complete.GetProperty("status").GetString());
        Assert.Equal(1, _folder.Run("verify", file, "--strict"));
        _folder.Do("normalize", file, "-o", _folder["chip.bin"]);
        Assert.Equal(chip, _folder.Read("chip.bin"));
    }

    [Fact]
    public void Lint_WithAChipThatWasOnlyNamed_DoesNotKnow()
    {
        byte[] app = new SyntheticImage { Boot = SyntheticBoot.T, App = SyntheticPrograms.App(0x9A75, "no name", nMarker: false) }.Ua();
        string file = _folder.Write("nameless.bin", app);
        Assert.Equal(1, _folder.Run("lint", file, "--chip", "BK7231T", "--key", "tuya", "--json"));
        Assert.Equal(JsonValueKind.Null, _folder.Json.GetProperty("runs").ValueKind);
    }

    [Fact]
    public void CutDump_IsSaidToBeCut_WhateverComesWithIt()
    {
        string cut = _folder.Write("cut.bin", Samples.TuyaN[..0x1EF000]), whole = _folder.Write("whole.bin", Samples.TuyaN);
        Tool.Run("combine", cut, whole, "--firmware-dump", "-o", _folder["no.bin"]).Fails(3, "BKI8004", "cut short");
    }
}
