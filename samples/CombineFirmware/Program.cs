// The main job in thirty lines: a dump of a device and a firmware file become an image that boots on that device.
//
//     dotnet run --project samples/CombineFirmware -- factory.bin firmware.bin combined.bin

using BekenImage;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: CombineFirmware FACTORY FIRMWARE OUTPUT");
    return 2;
}

var factory = FlashImage.Load(args[0]);
var firmware = FlashImage.Load(args[1]);
var plan = new ImageCombiner(factory, firmware).Plan();

// The plan can be looked at before anything is written: who owns each range, where its bytes come from, and why.
foreach (var region in plan.Regions)
    Console.WriteLine($"{region.Range,-22} {region.Name,-14} {region.Origin,-10} {region.Reason}");
foreach (var finding in plan.Findings)
    Console.WriteLine($"{finding.Severity}: {finding}");

// A guard that stands against it has said why; ToArray would throw an ImageGuardException.
if (!plan.CanBuild)
    return 4;

byte[] image = plan.ToArray();
var verdict = ImageVerifier.Verify(FlashImage.Parse(image));
Console.WriteLine($"boots: {verdict.Boots}, accepted by its bootloader: {verdict.BootloaderAccepts}");
File.WriteAllBytes(args[2], image);
return verdict.Boots ? 0 : 1;
