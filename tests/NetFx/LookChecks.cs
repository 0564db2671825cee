using System;
using BekenImage.Report;

namespace BekenImage.NetFx
{
    /// <summary>What lies above the formats: a report, and a run of what stands where a bootloader would.</summary>
    internal static class LookChecks
    {
        public static void PageIsMade()
        {
            string page = ImageReport.Html(FlashImage.Parse(DeviceDump.Make()), "dump.bin");
            Check.Equal(true, page.StartsWith("<!DOCTYPE html>") && page.Contains("bekenimage-data"), "the page");
            Check.Equal(true, page.Contains("data-region=\"app\""), "the app is on the map");
        }

        // A branch to itself, as a bootloader of one instruction.
        public static void ProgramIsRun()
        {
            byte[] dump = DeviceDump.Make();
            var loader = new byte[0x2000];
            DeviceDump.Program().AsSpan(0, loader.Length).CopyTo(loader);
            loader[0] = 0xFE;
            loader[1] = 0xFF;
            DeviceDump.Stored(loader, Crypto.BekenKey.Tuya).CopyTo(dump, 0);
            BootReport report = ImageBooter.Boot(FlashImage.Parse(dump), new BootOptions { Steps = 1000 });
            Check.Equal(BootStop.Halted, report.Stopped, "how the run ended");
            Check.Equal(false, report.Jumped.HasValue, "whether it jumped");
        }
    }
}
