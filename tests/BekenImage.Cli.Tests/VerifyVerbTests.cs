using BekenImage.Cli.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests;

/// <summary>verify's one question, and what it and its kin say about reads that are rotated, cut, or lost their bootloader.</summary>
public sealed class VerifyVerbTests
{
    private static byte[] AppAtZero()
    {
        byte[] flash = Samples.TuyaN;
        SyntheticImage.ObkNFirmware().Ua().CopyTo(flash, 0);
        return flash;
    }

    [Theory]
    // A good firmware image is no backup; a device without calibration boots.
    [InlineData("qio", "", 0)]
    [InlineData("qio", "--boots", 0)]
    [InlineData("qio", "--backup", 1)]
    [InlineData("no rf", "", 1)]
    [InlineData("no rf", "--boots", 0)]
    [InlineData("no rf", "--backup", 1)]
    [InlineData("dump", "--boots", 0)]
    [InlineData("dump", "--backup", 0)]
    [InlineData("dump", "--backup --strict", 0)]
    // A warning counts where it is about the question that was asked.
    [InlineData("staged", "--strict", 1)]
    [InlineData("staged", "--boots --strict", 1)]
    [InlineData("staged", "--backup --strict", 0)]
    [InlineData("rotated", "", 0)]
    [InlineData("rotated", "--strict", 1)]
    [InlineData("rotated", "--backup", 0)]
    [InlineData("rotated", "--backup --strict", 1)]
    [InlineData("cut", "", 1)]
    [InlineData("cut", "--boots", 0)]
    [InlineData("cut", "--backup", 1)]
    [InlineData("cut in app", "--boots", 1)]
    [InlineData("app at 0", "--boots", 1)]
    [InlineData("app at 0", "--backup", 1)]
    [InlineData("app at 0", "--backup --fail-on never", 0)]
    [InlineData("dump", "--boots --backup", 2)]
    public void Verify_ExitCode_AnswersTheQuestionThatWasAsked(string what, string options, int exitCode)
    {
        using var folder = new TestFolder();
        byte[] bytes = what switch
        {
            "qio" => SyntheticImage.ObkNFirmware().Qio(),
            "no rf" => new SyntheticImage().Dump(),
            "staged" => new SyntheticImage().WithRf(0x1D0000).WithPackage().Dump(),
            "rotated" => Samples.Rotated,
            "cut" => Samples.TuyaN[..0x1EF000],
            "cut in app" => Samples.TuyaN[..0x15000],
            "app at 0" => AppAtZero(),
            _ => Samples.TuyaN,
        };

        var result = Tool.Run(["verify", folder.Write("in.bin", bytes), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public void Verify_OfWhatDoesNotApply_SaysNa()
    {
        using var folder = new TestFolder();
        string qio = folder.Write("in.bin", SyntheticImage.ObkNFirmware().Qio());

        Assert.Contains("a backup worth keeping: n/a", Tool.Run("verify", qio).Succeeds().Output, StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Tool.Run("verify", qio, "--json").Succeeds().Json.GetProperty("backup").ValueKind);
    }

    [Fact]
    public void Verify_OfARotatedRead_SaysWhatToDoBeforeItIsWritten()
    {
        using var folder = new TestFolder();

        string text = Tool.Run("verify", folder.Write("in.bin", Samples.Rotated)).Succeeds().Output;

        Assert.Contains("the read began at 0x11000 and wrapped around", text, StringComparison.Ordinal);
        Assert.Contains("'normalize' first", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Normalize_OfACutRead_ClaimsNothing()
    {
        using var folder = new TestFolder();
        string cut = folder.Write("in.bin", Samples.TuyaN[..0x1FFFFF]);

        var result = Tool.Run("normalize", cut, "-o", folder["out.bin"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("0x1fffff of the chip's 0x200000", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("as long as its chip", result.Output, StringComparison.Ordinal);
        BytesAssert.Equal(Samples.TuyaN.AsSpan(0, 0x1FFFFF), folder.Read("out.bin"));
        var json = Tool.Run("normalize", cut, "-o", folder["out.bin"], "--force", "--json").Json;
        Assert.Equal("BKI8004", json.GetProperty("findings")[0].GetProperty("code").GetString());
        Tool.Run("combine", cut, folder.Write("fw.bin", SyntheticImage.ObkNFirmware().Qio()), "-o", folder["c.bin"])
            .Fails(3, "BKI8004", "0x1fffff of the chip's 0x200000");
    }

    [Fact]
    public void Combine_OfAChipThatLostItsBootloader_SaysAndDoesWhatHelps()
    {
        using var folder = new TestFolder();
        string whole = folder.Write("whole.bin", Samples.TuyaN), lost = folder.Write("lost.bin", AppAtZero());
        string firmware = folder.Write("fw.bin", SyntheticImage.ObkNFirmware().Qio()), boot = folder.Write("boot.bin", Samples.TuyaN[..0x11000]);

        Tool.Run("combine", lost, firmware, "-o", folder["a.bin"]).Fails(3, "BKI1004", "--replace-bootloader takes the firmware's");
        Assert.Equal("dump", Tool.Run("inspect", lost, "--json").Succeeds().Json.GetProperty("kind").GetString());
        Tool.Run("combine", whole, firmware, "-o", folder["expected.bin"]).Succeeds();
        Tool.Run("combine", lost, firmware, "--bootloader", boot, "-o", folder["a.bin"]).Succeeds();
        BytesAssert.Equal(folder.Read("expected.bin"), folder.Read("a.bin"));
        Tool.Run("combine", whole, firmware, "--replace-bootloader", "-o", folder["expected2.bin"]).Succeeds();
        Tool.Run("combine", lost, firmware, "--replace-bootloader", "-o", folder["b.bin"]).Fails(3, "BKI1001", "may be under another; give it");
        Tool.Run("combine", lost, firmware, "--replace-bootloader", "--key", "tuya", "-o", folder["b.bin"]).Succeeds();
        BytesAssert.Equal(folder.Read("expected2.bin"), folder.Read("b.bin"));
    }

    [Fact]
    public void Combine_OnABootloaderWithoutATable_NamesTheCure()
    {
        using var folder = new TestFolder();
        string device = folder.Write("in.bin", new SyntheticImage { Table = [], HasAppHeader = false }.WithRf(0x1D0000).Dump());
        string firmware = folder.Write("fw.bin", SyntheticImage.ObkNFirmware().Qio());

        Tool.Run("combine", device, firmware, "-o", folder["a.bin"]).Fails(4, "BKI9005", "--replace-bootloader");
        Tool.Run("combine", device, firmware, "--replace-bootloader", "-o", folder["a.bin"]).Succeeds();
    }
}
