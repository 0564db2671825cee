using BekenImage.Boot.Tests.Support;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Boot.Tests;

/// <summary>Where the loader's own words explain what is wrong with a device.</summary>
public class BootDoctorTests
{
    private const string Refusal = "App verify failed! Need to recovery factory firmware.";

    [Fact]
    public void LoaderThatStartsTheApp_AddsNothing()
    {
        var image = Device(TinyDevice.Loader());
        Assert.Equal(ImageDoctor.Examine(image).Select(problem => problem.Code), BootDoctor.Examine(image).Select(problem => problem.Code));
    }

    [Fact]
    public void LoaderThatRefusesTheApp_IsTheFirstProblem_InItsWords()
    {
        var stops = BootDoctor.Examine(Device(new TinyArm().Begin().Print(Refusal + "\n").Label("end").Branch("end")))[0];
        Assert.Equal((FindingCode.BootAppRefused, FindingSeverity.Error, "bekenimage combine"), (stops.Code, stops.Severity, stops.Repair!.ToString()));
        Assert.Contains(Refusal, stops.Why, StringComparison.Ordinal);
        Assert.Equal([DeviceSymptom.Boot], stops.Symptoms);
        // It says no and goes on: the device runs.
        var goesOn = Assert.Single(BootDoctor.Examine(Device(TinyDevice.Loader(Refusal + "\r\n"))), problem => problem.Code == FindingCode.BootAppRefused);
        Assert.Equal(FindingSeverity.Warning, goesOn.Severity);
    }

    [Fact]
    public void LoaderThatDoesNotGetThere_IsAProblem_AndTheBackupHasItsPrograms()
    {
        foreach (var loader in new[] { new TinyArm().Begin().Label("end").Branch("end"), new TinyArm().Begin().Number(0, 0x500000).Jump(0) })
        {
            var problem = BootDoctor.Examine(Device(loader), symptom: DeviceSymptom.Boot)[0];
            Assert.Contains(problem.Code, new[] { FindingCode.BootNotReached, FindingCode.BootFault });
            Assert.Equal(("The bootloader does not get to the app", FindingSeverity.Error), (problem.Title, problem.Severity));
            Assert.Equal([RepairNeed.Backup], problem.Repair!.Needs);
        }
    }

    [Fact]
    public void KnownProblem_IsExplained_NotRepeated()
    {
        byte[] flash = TinyDevice.Image(TinyDevice.Loader()).WithRf(0x1D0000).Dump();
        flash.AsSpan(0x11000, 0x20000).Fill(0xFF);
        var image = FlashImage.Parse(flash);
        var plain = ImageDoctor.Examine(image);
        var explained = BootDoctor.Examine(image);
        Assert.Equal(plain.Select(problem => (problem.Code, problem.Title)), explained.Select(problem => (problem.Code, problem.Title)));
        Assert.Equal($"{plain[0].Why}; the bootloader jumps to logical 0x10000, but there is no program: the flash is erased there", explained[0].Why);
    }

    [Fact]
    public void LoaderQ_OnADamagedApp_ExplainsWithBothHashes()
    {
        byte[] flash = Corpus.Read("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin");
        flash[0x11000 + 34 * 100 + 3] ^= 1;
        flash.AsSpan(0x132000, 0x1000).Fill(0xFF);
        var problem = BootDoctor.Examine(FlashImage.Parse(flash))[0];
        Assert.Contains("wrong CRC", problem.Why, StringComparison.Ordinal);
        Assert.Contains("failed on partition 'app'", problem.Why, StringComparison.Ordinal);
    }

    private static FlashImage Device(TinyArm loader) => FlashImage.Parse(TinyDevice.Image(loader).WithRf(0x1D0000).Dump());
}
