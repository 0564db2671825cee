using System.Globalization;
using System.Text;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Analysis;

/// <summary>What is to be typed and what is then to be read; each line is run as its tool would run it.</summary>
public class NextStepsTests
{
    private const string File = "out.bin";

    [Theory]
    [InlineData("tuya-n", OutputExtent.Chip)]
    [InlineData("tuya-n", OutputExtent.Qio)]
    [InlineData("tuya-n", OutputExtent.App)]
    [InlineData("dreo", OutputExtent.Chip)]
    [InlineData("dreo", OutputExtent.Qio)]
    [InlineData("dreo", OutputExtent.App)]
    [InlineData("tuya-t", OutputExtent.Chip)]
    [InlineData("tuya-t", OutputExtent.Qio)]
    [InlineData("tuya-t", OutputExtent.App)]
    public void Lines_RunAsTheToolsRunThem_PutTheImageOnTheChip(string device, OutputExtent extent)
    {
        foreach (string file in new[] { File, "a folder/out_QIO_1.bin", "a_QIO_b/out" })
        {
            var (dump, plan) = Plan(device, extent);
            byte[] image = plan.ToArray(), wanted = dump.ToArray();
            image.CopyTo(wanted, plan.Output.Start);
            var steps = NextSteps.After(plan, CombineReview.Of(plan), file);
            bool loadsFromFlash = device == "tuya-t";
            foreach (string tool in new[] { "BK7231GUIFlashTool", "ltchiptool", "bk7231tools" })
            {
                var chip = new Chip(dump, new() { [file] = image }, loadsFromFlash);
                foreach (string line in steps.Single(step => step.Tool == tool).Lines)
                    chip.Run(line);
                // A tool writes whole sectors: behind the last byte of the file the sector is erased.
                int end = (int)(plan.Output.End + 0xFFF) & ~0xFFF;
                wanted.AsSpan((int)plan.Output.End, end - (int)plan.Output.End).Fill(0xFF);
                BytesAssert.Equal(wanted, chip.Flash);
            }
            var programmer = steps.Single(step => step.Tool == "programmer");
            Assert.Equal(extent == OutputExtent.Chip ? 2 : 0, programmer.Lines.Count);
        }
    }

    [Fact]
    public void Lines_OfAnOrdinaryChip_AreThoseOfTheToolsOwnHelp()
    {
        var (_, plan) = Plan("dreo", OutputExtent.Chip);
        var steps = NextSteps.After(plan, CombineReview.Of(plan), File);
        // The zero key is what BK7231GUIFlashTool calls BK7231M.
        Assert.Equal(["BK7231Flasher.exe --port COM3 --chip BK7231M fwrite out.bin"], Lines(steps, "BK7231GUIFlashTool"));
        Assert.Equal(["ltchiptool flash write -d COM3 -f bk7231n -s 0x0 out.bin"], Lines(steps, "ltchiptool"));
        Assert.Equal(["bk7231tools write_flash -d COM3 -s 0x0 -B out.bin"], Lines(steps, "bk7231tools"));
        Assert.Equal(["BK7231Flasher.exe --chip BekenSPI fwrite out.bin", "flashrom -p ch341a_spi -w out.bin"], Lines(steps, "programmer"));
        Assert.Equal(
            ["backup", "wiring", "BK7231GUIFlashTool", "ltchiptool", "bk7231tools", "programmer", "boot log", "if it does not come"],
            steps.Select(step => step.Tool).Where(tool => tool != NextSteps.First));
        Assert.Contains("'factory'", steps.Single(step => step.Tool == NextSteps.Backup).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Bootloader_ThatChangesOnAChipThatLoadsWithIt_IsForAProgrammerOnly()
    {
        var options = new CombineOptions { ReplaceBootloader = true };
        var plan = new ImageCombiner(FlashImage.Parse(SyntheticImages.TuyaT), FlashImage.Parse(SyntheticImages.ObkT), options).Plan();
        var steps = NextSteps.After(plan, CombineReview.Of(plan), File);
        Assert.All(["BK7231GUIFlashTool", "ltchiptool", "bk7231tools"], tool => Assert.Empty(Lines(steps, tool)));
        Assert.Equal(2, Lines(steps, "programmer").Count);
    }

    [Theory]
    [InlineData("a b.bin", "\"a b.bin\"")]
    [InlineData("c:\\out.bin", "\"c:\\out.bin\"")]
    [InlineData("$(rm).bin", "'$(rm).bin'")]
    [InlineData("it's \"it\".bin", "'it'\\''s \"it\".bin'")]
    [InlineData("-S.bin", "./-S.bin")]
    public void Name_ThatAShellWouldRead_IsQuoted(string file, string quoted)
    {
        var (_, plan) = Plan("dreo", OutputExtent.Chip);
        Assert.EndsWith(" -w " + quoted, Lines(NextSteps.After(plan, CombineReview.Of(plan), file), "programmer")[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("J 0x%x", "J 0x10000")]
    [InlineData("Jump 0x%x.", "Jump 0x10000.")]
    [InlineData("go os_addr(0x%x)..........", "go os_addr(0x10000)")]
    [InlineData("The Bootloader will go to %x.", "The Bootloader will go to 10000.")]
    [InlineData("nothing known", null)]
    public void BootLog_SaysWhatThisBootloaderAndThisFirmwarePrint(string text, string? mark)
    {
        var device = new SyntheticImage { Boot = SyntheticBoot.N with { Texts = ["BK7231N_1.0.1", text] } }.WithRf(0x1D0000);
        var plan = new ImageCombiner(FlashImage.Parse(device.Dump()), FlashImage.Parse(SyntheticImages.ObkN), new CombineOptions { Chip = BekenChip.BK7231N }).Plan();
        string[] firmware = ["OpenBK7231N, version 1.18.300", "Config crc or ident mismatch. Default config will be loaded."];
        Assert.Equal(mark is null ? firmware : [mark, .. firmware], Lines(NextSteps.After(plan, CombineReview.Of(plan), File), "boot log"));
    }

    // What an emulator printed for these very combinations.
    [Theory]
    [InlineData("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", "OpenBK7231M_QIO_1.18.300.bin", "Dreo_plus_OpenBK7231M_combined.log")]
    [InlineData("BK7231N_LSPA9_Clone_First.bin", "OpenBK7231N_QIO_1.18.300.bin", "OpenBK7231N_QIO_1.18.300.log")]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin", "OpenBK7231T_QIO_1.18.300.bin", "OpenBK7231T_QIO_1.18.300.log")]
    public void BootLog_OfCorpusImages_IsWhatWasPrinted(string device, string firmware, string log)
    {
        string printed = Encoding.UTF8.GetString(Corpus.ReadVector(Path.Combine("boot", log)));
        var options = new CombineOptions();
        // The log is that of an image with a configuration.
        if (printed.Contains("Correct config", StringComparison.Ordinal))
            options.ObkChanges.Add(new NamedValue("wifiSsid", "network"));
        var plan = new ImageCombiner(SyntheticImages.FromCorpus(device), SyntheticImages.FromCorpus(firmware), options).Plan();
        var lines = Lines(NextSteps.After(plan, CombineReview.Of(plan), File), "boot log");
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Contains(line, printed, StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_HoldNoSecrets()
    {
        var options = new CombineOptions();
        options.ObkChanges.Add(new NamedValue("wifiSsid", "my own network"));
        options.ObkChanges.Add(new NamedValue("wifiPass", "my own pass phrase"));
        var plan = new ImageCombiner(FlashImage.Parse(SyntheticImages.Dreo), FlashImage.Parse(SyntheticImages.ObkN), options).Plan();
        var steps = NextSteps.After(plan, CombineReview.Of(plan), File);
        Assert.DoesNotContain(steps, step => step.Lines.Append(step.Note ?? string.Empty).Any(line => line.Contains("my own", StringComparison.Ordinal)));
        Assert.Contains("joins the network of its configuration", steps.Single(step => step.Tool == NextSteps.BootLog).Note, StringComparison.Ordinal);
    }

    [Fact]
    public void First_IsWhatVerifyAndLintSaid()
    {
        // The update address of this firmware is not where this bootloader looks.
        var (_, plan) = Plan("dreo", OutputExtent.Chip);
        var first = NextSteps.After(plan, CombineReview.Of(plan), File)[0];
        Assert.Equal(NextSteps.First, first.Tool);
        Assert.Contains("updates", first.Note, StringComparison.Ordinal);
        (_, plan) = Plan("tuya-n", OutputExtent.Chip);
        Assert.Equal(NextSteps.Backup, NextSteps.After(plan, CombineReview.Of(plan), File)[0].Tool);
    }

    // No ordinary combination gets so far: what would not boot is refused before. The line is the last that stands between it and a device.
    [Theory]
    [InlineData(false, CheckStatus.Pass, "does not boot")]
    [InlineData(false, CheckStatus.Fail, "does not boot")]
    [InlineData(true, CheckStatus.Fail, "does not run there")]
    public void First_WhereVerifyOrLintSaysNo_IsNotToFlash(bool boots, CheckStatus lint, string says)
    {
        var (_, plan) = Plan("tuya-n", OutputExtent.Chip);
        var review = new CombineReview(
            plan.ToImage(), plan.ToImage(), new VerifyResult(boots, boots, null, [], []),
            new LintResult([new VerifyCheck(FindingCode.ChipsDiffer, "chip", lint, "made for this test")]));
        var first = NextSteps.After(plan, review, File)[0];
        Assert.Equal(NextSteps.First, first.Tool);
        Assert.Empty(first.Lines);
        Assert.StartsWith("do not flash this image: ", first.Note, StringComparison.Ordinal);
        Assert.Contains(says, first.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void After_ARefusedPlan_Throws()
    {
        var refused = new ImageCombiner(FlashImage.Parse(SyntheticImages.Dreo), FlashImage.Parse(SyntheticImages.ObkT)).Plan();
        var (_, plan) = Plan("dreo", OutputExtent.Chip);
        var review = CombineReview.Of(plan);
        Assert.Throws<ImageGuardException>(() => NextSteps.After(refused, review, File));
        Assert.Throws<ArgumentNullException>(() => NextSteps.After(null!, review, File));
        Assert.Throws<ArgumentNullException>(() => NextSteps.After(plan, null!, File));
        Assert.Throws<ArgumentNullException>(() => NextSteps.After(plan, review, null!));
    }

    private static IReadOnlyList<string> Lines(IReadOnlyList<NextStep> steps, string tool) => steps.Single(step => step.Tool == tool).Lines;

    private static (byte[] Dump, CombinePlan Plan) Plan(string device, OutputExtent extent)
    {
        byte[] dump = device switch { "tuya-n" => SyntheticImages.TuyaN, "tuya-t" => SyntheticImages.TuyaT, _ => SyntheticImages.Dreo };
        byte[] firmware = device == "tuya-t" ? SyntheticImages.ObkT : SyntheticImages.ObkN;
        return (dump, new ImageCombiner(FlashImage.Parse(dump), FlashImage.Parse(firmware), new CombineOptions { Extent = extent }).Plan());
    }

    /// <summary>
    /// A chip, the files beside it, and the tools as their sources say: BK7231GUIFlashTool's CommandLineRunner.cs and BK7231Flasher.cs,
    /// ltchiptool's commands/flash/write.py, bk7231tools' __main__.py. Where a tool would refuse, so does this.
    /// </summary>
    private sealed class Chip(byte[] dump, Dictionary<string, byte[]> files, bool loadsFromFlash)
    {
        private const int BootloaderSize = 0x11000;

        public byte[] Flash { get; } = dump.ToArray();

        public void Run(string line)
        {
            string[] words = Words(line);
            switch (words[0])
            {
                case "copy":
                    files[words[2]] = files[words[1]];
                    break;
                case "BK7231Flasher.exe":
                    Easy(words);
                    break;
                case "ltchiptool":
                    LtChipTool(words);
                    break;
                case "bk7231tools":
                    Bk7231Tools(words);
                    break;
                default:
                    Assert.Fail(line);
                    break;
            }
        }

        private void Easy(string[] words)
        {
            string chip = Option(words, "--chip")!;
            bool isWhole = words.Contains("fwrite");
            string file = words[Array.IndexOf(words, isWhole ? "fwrite" : "write_flash") + 1];
            int start = isWhole ? chip is "BK7231T" or "BK7231U" or "BK7252" ? BootloaderSize : 0 : Number(Option(words, "--addr"))!.Value;
            byte[] data = files[file];
            if (file.Contains("_QIO_", StringComparison.Ordinal) && chip is "BK7231T" or "BK7231U" or "BK7252" or "BK7231N" or "BK7231M")
            {
                start = BootloaderSize;
                data = data[start..];
            }
            if (!isWhole)
                Assert.True(Number(Option(words, "--size")) >= data.Length);
            Write(start, data);
        }

        private void LtChipTool(string[] words)
        {
            Assert.Equal(["flash", "write"], words[1..3]);
            Assert.NotNull(Option(words, "-f"));
            int skip = Number(Option(words, "-S")) ?? 0, offset = Number(Option(words, "-s"))!.Value;
            byte[] data = files[words[^1]];
            // Without a length it is that of the file, whatever is skipped.
            int length = Number(Option(words, "-l")) ?? data.Length;
            Assert.True(skip + length <= data.Length + skip && offset + length <= 0x200000, "ltchiptool refuses it");
            Write(offset, data.AsSpan(skip, length).ToArray());
        }

        private void Bk7231Tools(string[] words)
        {
            int skip = Number(Option(words, "-S")) ?? 0, start = Number(Option(words, "-s"))!.Value;
            Assert.True(start >= BootloaderSize || words.Contains("-B"), "bk7231tools refuses it");
            Write(start, files[words[^1]][skip..]);
        }

        private void Write(int start, byte[] data)
        {
            Assert.Equal(0, start % 0x1000);
            Assert.True(!loadsFromFlash || start >= BootloaderSize, "the chip would lose what it is loaded with");
            int end = start + (data.Length + 0xFFF) / 0x1000 * 0x1000;
            Assert.True(end <= Flash.Length);
            Flash.AsSpan(start, end - start).Fill(0xFF);
            data.CopyTo(Flash, start);
        }

        private static string? Option(string[] words, string name) => Array.IndexOf(words, name) is var at and >= 0 ? words[at + 1] : null;

        private static int? Number(string? text) => text is null ? null : int.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        private static string[] Words(string line)
        {
            var words = new List<string>();
            var word = new StringBuilder();
            bool quoted = false;
            foreach (char letter in line)
            {
                if (letter == '"')
                    quoted = !quoted;
                else if (letter == ' ' && !quoted)
                    (words, word) = ([.. words, word.ToString()], new StringBuilder());
                else
                    word.Append(letter);
            }
            return [.. words, word.ToString()];
        }
    }
}
