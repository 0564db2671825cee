// What a flasher does so that a device holds another image: which sectors to erase, what to write, and the CRC the chip must then answer.
//
//     dotnet run --project samples/WritePlan -- device.bin combined.bin
//
// device.bin is a read of the whole flash; combined.bin what it is to hold.

using BekenImage;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: WritePlan DEVICE TARGET");
    return 2;
}

FlashPlan plan;
var device = FlashImage.Load(args[0]);
try
{
    // The bootloader stays, and so does the calibration: the options ask for more by name.
    plan = FlashPlanner.Plan(device, FlashImage.Load(args[1]), new FlashPlanOptions { SectorSize = 0x1000 });
}
catch (ImageGuardException refusal)
{
    Console.Error.WriteLine($"refused: {refusal.Message}");
    return 4;
}

foreach (var finding in plan.Findings)
    Console.WriteLine($"{finding.Severity}: {finding}");
Console.WriteLine($"{plan.ErasedBytes / plan.SectorSize} sectors to erase, {plan.WrittenBytes / plan.SectorSize} to write, of {plan.FlashSize / plan.SectorSize}");

var chip = new Chip(device.Bytes.ToArray());
foreach (var step in plan.Steps)
{
    Console.WriteLine($"{step}: {step.Reason}; if power fails now: {step.WhileRunning}");
    if (step.Action == FlashStepAction.Erase)
    {
        for (long sector = step.Range.Start; sector < step.Range.End; sector += plan.SectorSize)
            chip.EraseSector(sector, plan.SectorSize);
    }
    else
        chip.Write(step.Range.Start, step.Bytes.Span);

    // The ROM of the chip computes this over any range: no need to read back.
    uint crc = chip.ReadCrc(step.Range.Start, step.Range.Length);
    Console.WriteLine($"    CRC 0x{crc:x8}, {(crc == step.Crc32 ? "as planned" : $"not 0x{step.Crc32:x8}")}");
    if (crc != step.Crc32)
        return 1;
}

bool isRight = plan.Result.Span.SequenceEqual(chip.Flash);
Console.WriteLine(isRight ? "the flash holds what was planned" : "the flash holds something else");
return isRight ? 0 : 1;

/// <summary>A chip in memory. In a flasher these are the commands on the UART.</summary>
internal sealed class Chip(byte[] flash)
{
    public ReadOnlySpan<byte> Flash => flash;

    public void EraseSector(long offset, int size) => flash.AsSpan((int)offset, size).Fill(0xFF);

    // As flash does: a bit that is 0 stays 0 until it is erased.
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
            flash[offset + i] &= bytes[i];
    }

    public uint ReadCrc(long offset, long length) => Crc32.ComputeRom(flash.AsSpan((int)offset, (int)length));
}
