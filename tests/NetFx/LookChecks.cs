using System;
using BekenImage.Crypto;
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

        // The vectors of a loader, which lead to a branch to itself at 0x40.
        public static void ProgramIsRun()
        {
            var loader = new byte[0x2000];
            DeviceDump.Program().AsSpan(0, loader.Length).CopyTo(loader);
            for (int word = 0; word < 7; word++)
                loader[0x20 + word * 4 + 2] = 0;
            new byte[] { 0xFE, 0xFF, 0xFF, 0xEA }.CopyTo(loader, 0x40);
            var pages = new byte[loader.Length / 32 * 34];
            FlashPages.Encode(loader, pages, BekenKey.Tuya, 0);
            byte[] dump = DeviceDump.Make();
            pages.CopyTo(dump, 0);
            BootReport report = ImageBooter.Boot(FlashImage.Parse(dump), new BootOptions { Steps = 1000 });
            Check.Equal(BootStop.Halted, report.Stopped, "how the run ended");
            Check.Equal(false, report.Jumped.HasValue, "whether it jumped");
        }
    }
}
