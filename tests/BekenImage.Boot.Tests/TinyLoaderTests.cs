using BekenImage.Boot.Tests.Support;
using BekenImage.Crypto;
using BekenImage.Tests.Synthetic;
using static BekenImage.Boot.Tests.Support.TinyArm;

namespace BekenImage.Boot.Tests;

/// <summary>A loader assembled here, run in the image of a device: what it does is known, so what is said of it can be judged.</summary>
public class TinyLoaderTests
{
    public static TheoryData<string> Keys => new("zero", "tuya", "uascent");

    [Theory]
    [MemberData(nameof(Keys))]
    public void Loader_UnderEveryKey_PrintsAndJumps(string key)
    {
        var report = TinyDevice.Boot(TinyDevice.Flash(TinyDevice.Loader(), key: KeyOf(key)));

        Assert.Equal((BootStop.Jumped, 0x10000, true), (report.Stopped, report.Jumped, report.Accepted));
        Assert.Equal("hello\r\n", report.Text());
        Assert.Equal(["hello"], report.Log);
        Assert.Equal((BootJudgement.None, "BK7231N_1.0.1"), (report.Judgement, report.Loader));
        Assert.Contains(report.Findings, finding => finding.Code == FindingCode.BootAppNotJudged);
        // Two literals, twice two for each of seven characters, and the jump.
        Assert.Equal(1 + 2 + 14 + 2, report.Steps);
        Assert.Equal(report.Steps, report.StepsToJump);
    }

    [Fact]
    public void Loader_ThatIsRunTwice_DoesTheSame()
    {
        byte[] flash = TinyDevice.Flash(TinyDevice.Loader());
        byte[] before = [.. flash];
        var first = TinyDevice.Boot(flash, new BootOptions { RunApp = true, Steps = 100_000 });
        var second = TinyDevice.Boot(flash, new BootOptions { RunApp = true, Steps = 100_000 });

        Assert.Equal(first.LogBytes.ToArray(), second.LogBytes.ToArray());
        Assert.Equal((first.Steps, first.Verdict), (second.Steps, second.Verdict));
        Assert.Equal(before, flash);
        Assert.Equal(before, first.Flash.ToArray());
    }

    [Fact]
    public void App_IsRunOnRequest_AndItsTextComesBehindTheLoaders()
    {
        var report = TinyDevice.Boot(TinyDevice.Flash(TinyDevice.Loader()), new BootOptions { RunApp = true });

        Assert.Equal("hello\r\napp\n", report.Text());
        Assert.Equal(7, report.LogBytesBeforeJump);
        Assert.Equal((BootStop.Halted, true), (report.Stopped, report.Accepted));
        Assert.True(report.Printed("app"));
        Assert.False(report.Printed("hello\r\napp\r"));
    }

    [Fact]
    public void App_UnderAnotherKeyThanTheLoader_IsNoProgram()
    {
        byte[] flash = TinyDevice.Flash(TinyDevice.Loader(), key: SyntheticKey.Tuya);
        byte[] other = TinyDevice.Image(TinyDevice.Loader(), key: SyntheticKey.Uascent).AppPages();
        other.CopyTo(flash, 0x11000);

        var report = TinyDevice.Boot(flash);

        Assert.Equal((0x10000, false), (report.Jumped, report.Accepted));
        Assert.Contains(report.Findings, finding => finding.Code == FindingCode.BootNoProgram && finding.Message.Contains("ARM vectors", StringComparison.Ordinal));
    }

    [Fact]
    public void App_ThatIsErased_IsNoProgram()
    {
        byte[] flash = TinyDevice.Flash(TinyDevice.Loader());
        flash.AsSpan(0x11000, 0x10000).Fill(0xFF);

        var report = TinyDevice.Boot(flash);

        Assert.Equal((BootStop.Jumped, false), (report.Stopped, report.Accepted));
        Assert.Contains("erased", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void DevicesKey_ThatIsNotTheImages_StartsNothing()
    {
        var report = TinyDevice.Boot(TinyDevice.Flash(TinyDevice.Loader()), new BootOptions { Key = BekenKey.Uascent, Steps = 100_000 });

        Assert.Null(report.Jumped);
        Assert.NotEqual(true, report.Accepted);
        Assert.Empty(report.Log);
    }

    [Theory]
    [InlineData("[E/OTA] (ota_main:124) App verify failed! Need to recovery factory firmware.")]
    [InlineData("Verify firmware hash(calc.hash: 1 != hdr.hash: 2) failed on partition 'app'.")]
    public void Loader_ThatRefusesTheApp_IsQuoted(string words)
    {
        var jumped = TinyDevice.Boot(TinyDevice.Loader($"\x1b[31;22m{words}\x1b[0m\r\n"));
        Assert.Equal((0x10000, false, BootJudgement.Refused), (jumped.Jumped, jumped.Accepted, jumped.Judgement));
        Assert.Equal(words, jumped.JudgementLine);

        var stopped = TinyDevice.Boot(new TinyArm().Begin().Print(words + "\n").Label("end").Branch("end"));
        Assert.Equal((BootStop.Halted, null, false), (stopped.Stopped, stopped.Jumped, stopped.Accepted));
        Assert.Contains(stopped.Findings, finding => finding.Code == FindingCode.BootAppRefused);
    }

    [Fact]
    public void Loader_ThatVerifiesTheApp_IsBelieved()
    {
        var report = TinyDevice.Boot(TinyDevice.Loader("Verify 'app' partition(fw ver: 1.00, timestamp: 1) success.\r\n"));
        Assert.Equal((BootJudgement.Accepted, true), (report.Judgement, report.Accepted));
        Assert.DoesNotContain(report.Findings, finding => finding.Code == FindingCode.BootAppNotJudged);
    }

    [Fact]
    public void Interrupt_OfTimer3_ComesAndIsClearedAtItsSource()
    {
        // As loader N programs it (hardware.md, section 5): the handler counts and clears; the loader waits for three.
        var loader = new TinyArm().Begin()
            .Number(R6, 0x00802A00).Number(R7, 0x00802000).Move(R3, 0)
            .Move(R0, 0x40).Store(R0, R6, 0x40).Move(R0, 1).Store(R0, R6, 0x4C)
            .Number(R0, 0x103).Store(R0, R7, 0x40).Move(R0, 1).Store(R0, R7, 0x44)
            .Word(0xE321F053) // MSR cpsr_c, #0x53: interrupts on
            .Label("wait").Compare(R3, 3).Branch("wait", NotEqual)
            .Print("ticks\n").JumpToApp()
            .Label("irq")
            .Load(R1, R7, 0x4C).Compare(R1, 0).Branch("bad", Equal)
            .Move(R1, 0x81).Store(R1, R6, 0x4C)
            .Load(R1, R7, 0x4C).Compare(R1, 0).Branch("bad", NotEqual)
            .AddS(R3, R3, 1).Word(0xE25EF004) // SUBS pc, lr, #4
            .Label("bad").Print("bad\n").Branch("bad");

        var report = TinyDevice.Boot(loader, new BootOptions { Steps = 1_000_000 });

        Assert.Equal("ticks\n", report.Text());
        Assert.Equal(BootStop.Jumped, report.Stopped);
        Assert.InRange(report.Steps, 20_000, 50_000);
    }

    [Fact]
    public void StoresThroughTheWindow_AreEncipheredPagedAndProgrammed()
    {
        // The order of loader N: erase, open the window, store plain words, close it.
        var loader = new TinyArm().Begin().Flash(13, 0x11000)
            .Number(R0, 0x215).Store(R0, R5, 0x1C)
            .Number(R1, 0x10000).Address(R2, "words").Move(R3, 16)
            .Label("next").LoadNext(R0, R2).StoreNext(R0, R1).SubS(R3, R3, 1).Branch("next", NotEqual)
            .Move(R0, 0x15).Store(R0, R5, 0x1C).JumpToApp()
            .Label("words");
        byte[] app = TinyDevice.App().Assemble(0x2000)[..0x40];
        for (int at = 0; at < app.Length; at += 4)
            loader.Word(PlainFormats.Word(app, at));

        var report = TinyDevice.Boot(loader);

        Assert.Equal((0x10000, true), (report.Jumped, report.Accepted));
        byte[] expected = PlainFormats.Pages(PlainFormats.Cipher(SyntheticKey.Tuya, 0x10000, app));
        Assert.Equal(expected, report.Flash.Slice(0x11000, expected.Length).ToArray());
        // An erase and two pages.
        Assert.Equal(3, report.FlashWrites);
    }

    [Fact]
    public void PowerCut_AfterAWrite_LeavesWhatWasWritten()
    {
        var loader = new TinyArm().Begin().Flash(13, 0x11000).Flash(13, 0x12000).JumpToApp();

        var report = TinyDevice.Boot(loader, new BootOptions { PowerCutAfterFlashWrites = 1, Steps = 100_000 });

        Assert.Equal((BootStop.Halted, 1), (report.Stopped, report.FlashWrites));
        Assert.Null(report.Jumped);
        Assert.All(report.Flash.Slice(0x11000, 0x1000).ToArray(), value => Assert.Equal(0xFF, value));
        Assert.NotEqual(0xFF, report.Flash.Span[0x12000]);
    }

    [Fact]
    public void FlashId_IsTheOneThatIsAskedFor()
    {
        static TinyArm Loader() => new TinyArm().Begin().Flash(20, 0).Load(R0, R5, 0x10).Store(R0, R4, 0x0C).JumpToApp();

        Assert.Equal(0x15, TinyDevice.Boot(Loader()).LogBytes.Span[0]);
        Assert.Equal(0x34, TinyDevice.Boot(Loader(), new BootOptions { FlashId = 0x1234, Steps = 1000 }).LogBytes.Span[0]);
    }

    private static SyntheticKey KeyOf(string name) => name switch { "tuya" => SyntheticKey.Tuya, "uascent" => SyntheticKey.Uascent, _ => SyntheticKey.Zero };
}
