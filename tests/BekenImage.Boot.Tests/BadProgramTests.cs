using BekenImage.Boot.Tests.Support;
using BekenImage.Tests.Synthetic;
using static BekenImage.Boot.Tests.Support.TinyArm;

namespace BekenImage.Boot.Tests;

/// <summary>Programs that go astray: an end with its reason, within the steps, in bounded memory.</summary>
public class BadProgramTests
{
    [Fact]
    public void EndlessLoop_UsesUpItsSteps()
    {
        // It stores, so it could get somewhere: only its steps end it.
        var loader = new TinyArm().Begin().Number(R1, 0x400000).Label("loop").AddS(R0, R0, 1).Store(R0, R1).Branch("loop");
        var report = TinyDevice.Boot(loader, new BootOptions { Steps = 123_456 });
        Assert.Equal((BootStop.Steps, 123_456, null), (report.Stopped, report.Steps, report.Accepted));
        Assert.Contains(report.Findings, finding => finding.Code == FindingCode.BootNotReached);
    }

    [Fact]
    public void LoopThatStoresNothing_StandsStill()
    {
        var report = TinyDevice.Boot(new TinyArm().Begin().Label("loop").Load(R0, R4, 8).Compare(R0, 0).Branch("loop"));
        Assert.Equal(BootStop.Halted, report.Stopped);
        Assert.InRange(report.Steps, 1, 50_000);
    }

    [Theory]
    [InlineData(0x00500000u)]
    [InlineData(0x00300000u)]
    [InlineData(0x00780000u)]
    [InlineData(0x40000000u)]
    [InlineData(0xFFFFFFF0u)]
    public void JumpIntoNowhere_IsAFault(uint address)
    {
        var report = TinyDevice.Boot(new TinyArm().Begin().Number(R0, address).Jump(R0));
        Assert.Equal(BootStop.Fault, report.Stopped);
        Assert.Equal((address, address), ((uint)report.Fault!.Address, (uint)report.Fault.ProgramCounter));
        Assert.Contains("nothing is", report.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(address, report.Fault.Registers[0]);
    }

    [Fact]
    public void AccessToNowhere_IsAFaultThatNamesTheNearestText()
    {
        var loader = new TinyArm().Begin().Number(R1, 0x12345678).Load(R0, R1).Label("end").Branch("end").Word(0x74786554).Word(0x72656874); // "Textther"
        var report = TinyDevice.Boot(loader);
        Assert.Equal((BootStop.Fault, 0x12345678), (report.Stopped, report.Fault!.Address));
        Assert.InRange(report.Fault.ProgramCounter, 0x1000, 0x1040);
        Assert.Equal("Textther", report.Fault.NearestText);
        Assert.Contains(report.Findings, finding => finding.Code == FindingCode.BootFault);
    }

    [Fact]
    public void CodeInErasedFlash_IsAFault()
    {
        var report = TinyDevice.Boot(new TinyArm().Begin().Number(R0, 0x100000).Jump(R0));
        Assert.Equal((BootStop.Fault, 0x100000), (report.Stopped, report.Fault!.Address));
        Assert.Contains("erased", report.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PageWithAWrongCrc_ThatIsRun_IsAFault()
    {
        byte[] flash = TinyDevice.Flash(TinyDevice.Loader(new string('x', 100)));
        int page = PlainFormats.ToPhysical(0x1060);
        flash[page + 5] ^= 1;
        var report = TinyDevice.Boot(flash);
        Assert.Equal((BootStop.Fault, 0x1060), (report.Stopped, report.Fault!.Address));
        var finding = Assert.Single(report.Findings, finding => finding.Code == FindingCode.BootBadPage);
        Assert.Equal(page, finding.Offset);
    }

    [Fact]
    public void PageWithAWrongCrc_ThatIsRead_IsSaid()
    {
        byte[] flash = TinyDevice.Flash(new TinyArm().Begin().Number(R1, 0x12000).Load(R0, R1).JumpToApp());
        flash[PlainFormats.ToPhysical(0x12000) + 5] ^= 1;
        var report = TinyDevice.Boot(flash);
        Assert.Equal(BootStop.Jumped, report.Stopped);
        Assert.Contains(report.Findings, finding => finding.Code == FindingCode.BootBadPage);
    }

    [Fact]
    public void UndefinedInstruction_IsAFault()
    {
        var report = TinyDevice.Boot(new TinyArm().Begin().Word(0xE7F000F0));
        Assert.Equal((BootStop.Fault, 0x1008), (report.Stopped, report.Fault!.Address));
    }

    [Fact]
    public void ChipErase_ErasesAll_AndTheNextInstructionIsGone()
    {
        var report = TinyDevice.Boot(new TinyArm().Begin().Flash(16, 0).JumpToApp());
        Assert.Equal(BootStop.Fault, report.Stopped);
        Assert.All(report.Flash.ToArray(), value => Assert.Equal(0xFF, value));
    }

    [Fact]
    public void CodeInRam_MayChangeItself()
    {
        // Copies "mov r0,#'a'; str r0,[r4,#0xc]; bx lr" to RAM, runs it, makes the 'a' a 'b', runs it again.
        var loader = new TinyArm().Begin().Number(R1, 0x400100)
            .Number(R0, 0xE3A00061).Store(R0, R1).Number(R0, 0xE584000C).Store(R0, R1, 4).Number(R0, 0xE12FFF1E).Store(R0, R1, 8)
            .Word(0xE1A0E00F).Jump(R1) // MOV lr, pc
            .Number(R0, 0xE3A00062).Store(R0, R1).Word(0xE1A0E00F).Jump(R1)
            .JumpToApp();
        Assert.Equal("ab", TinyDevice.Boot(loader).Text());
    }

    [Fact]
    public void EndlessPrinting_FillsNoMemory()
    {
        var report = TinyDevice.Boot(new TinyArm().Begin().Label("loop").Store(R0, R4, 0x0C).Branch("loop"), new BootOptions { Steps = 9_000_000 });
        Assert.Equal(4 * 1024 * 1024, report.LogBytes.Length);
        Assert.Contains(report.Findings, finding => finding.Code == FindingCode.BootLogCut);
    }

    [Fact]
    public void RandomPrograms_EndWithAReason()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            byte[] flash = TinyDevice.Flash(TinyDevice.Loader());
            byte[] noise = SyntheticPrograms.Noise(0x1C00, seed);
            byte[] stored = PlainFormats.Pages(PlainFormats.Cipher(SyntheticKey.Tuya, 0x1000, noise));
            stored.CopyTo(flash, PlainFormats.ToPhysical(0x1000));
            var report = TinyDevice.Boot(flash, new BootOptions { Steps = 50_000, RunApp = true });
            Assert.InRange(report.Steps, 0, 50_000);
            Assert.NotEmpty(report.Verdict);
            Assert.Equal(report.Stopped == BootStop.Fault, report.Fault is not null);
        }
    }

    [Fact]
    public void ImageWithNothingToRun_IsRefused()
    {
        foreach (byte[] file in new[] { TinyDevice.Image(TinyDevice.Loader()).Ua(), SyntheticPrograms.Noise(5000, 3), Enumerable.Repeat((byte)0xFF, 0x200000).ToArray() })
        {
            var error = Assert.Throws<BekenImageException>(() => TinyDevice.Boot(file));
            Assert.Equal(FindingCode.BootNothingToRun, error.Code);
            Assert.StartsWith("there is nothing in it that can be run", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OtherFormsOfAnImage_RunToo()
    {
        byte[] flash = TinyDevice.Flash(TinyDevice.Loader());
        byte[] rotated = [.. flash[0x11000..], .. flash[..0x11000]];
        Assert.Equal("hello\r\n", TinyDevice.Boot(rotated).Text());
        Assert.Equal("hello\r\n", TinyDevice.Boot(TinyDevice.Image(TinyDevice.Loader()).Qio()).Text());
        Assert.Equal("hello\r\n", TinyDevice.Boot(SyntheticArchive.Gzip(flash)).Text());
        // A loader without pages, alone: it finds erased flash where the app belongs.
        var alone = TinyDevice.Boot(TinyDevice.Image(TinyDevice.Loader()).StoredBootloader());
        Assert.Equal(("hello\r\n", false), (alone.Text(), alone.Accepted));
    }
}
