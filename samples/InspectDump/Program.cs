// What is this file? Chip, key, layout, calibration, and everything that is wrong with it.
//
//     dotnet run --project samples/InspectDump -- dump.bin

using BekenImage;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: InspectDump IMAGE");
    return 2;
}

var image = FlashImage.Load(args[0]);
Console.WriteLine($"{image.Kind}, {image.Chip}, {image.Flavor} {image.AppVersion}, bootloader {image.BootVersion}, key {image.Key.Name}");

foreach (var partition in image.Partitions)
    Console.WriteLine($"{partition.Range,-22} {partition.Name,-14} {(partition.IsStriped ? partition.Pages.ToString() : "raw")}");
foreach (var container in image.Containers)
    Console.WriteLine($"RBL header at 0x{container.Offset:x}: {container.Header.Name} {container.Header.Version}, payload fits: {container.PayloadHashOk}");
if (image.Rf is { } rf)
    Console.WriteLine($"RF table at 0x{rf.Offset:x}: {rf.Items.Count} items, calibrated: {rf.IsCalibrated}");
foreach (var finding in image.Findings)
    Console.WriteLine($"{finding.Severity}: {finding}");

// A program comes out plain: CRCs removed, deciphered with the key that was found.
if (image.FindPartition(PartitionNames.App) is { } app)
    Console.WriteLine($"the app begins with {BitConverter.ToString(image.Decode(app).Slice(0, 16).ToArray())}");
return 0;
