using System;
using System.Collections.Generic;
using BekenImage;
using BekenImage.Report;
using Xunit;

namespace PublicApi
{
    /// <summary>Reports, plans and boots, as a flasher in C# 8 asks for them: what compiles here stays.</summary>
    public class LookAndPlanTests
    {
        [Fact]
        public void FlashMap_OfAnImage_CoversIt()
        {
            FlashImage image = FlashImage.Parse(new byte[0x3000]);
            FlashMap map = FlashMap.Of(image);
            FlashRegion region = Assert.Single(map.Regions);
            Assert.Equal(0x3000, region.Length);
            Assert.Equal(40, map.Strip(40).Count);
        }

        [Fact]
        public void ImageReport_GivesPagesAndMarkdown()
        {
            FlashImage image = FlashImage.Parse(new byte[0x3000]);
            var options = new ReportOptions { Title = "a title", ShowSecrets = false, ToolVersion = "1.2.3" };
            Assert.Contains("bekenimage-data", ImageReport.Html(image, "name.bin", options));
            Assert.Contains("1.2.3", ImageReport.Markdown(image, "name.bin", options));
            CollectionEntry[] entries =
            {
                CollectionEntry.Of(image, "name.bin", options),
                CollectionEntry.Unreadable("gone.bin", new BekenImageException(FindingCode.InputEmpty, "the file is empty")),
            };
            Assert.Contains("gone.bin", ImageReport.Collection(entries, options));
        }

        [Fact]
        public void FlashPlanner_SaysWhatToEraseAndWrite()
        {
            var options = new FlashPlanOptions { IncludeBootloader = true, Restore = false, SectorSize = FlashPlanOptions.SmallestSector };
            FlashImage target = FlashImage.Parse(new byte[0x3000]);
            Func<FlashImage, FlashImage, FlashPlanOptions, FlashPlan> plan = FlashPlanner.Plan;
            // Zeros are no image of a flash.
            Assert.ThrowsAny<BekenImageException>(() => plan(null!, target, options));
            Func<FlashPlan, byte[], int, byte[]> apply = (made, current, steps) => made.Apply(current, steps);
            Func<FlashPlan, FlasherTool?, string, FlashPlanFiles> files = FlashPlanFiles.Of;
            Func<FlashStep, StoppedState> ifStopped = step => step.IfStopped;
            Func<FlashStep, uint> crc = step => step.Crc32;
            Assert.All(new Delegate[] { apply, files, ifStopped, crc }, Assert.NotNull);
        }

        [Fact]
        public void ImageBooter_OfNoProgram_SaysSo()
        {
            var options = new BootOptions { Steps = 1000, RunApp = true, FlashId = 0xEB6015, PowerCutAfterFlashWrites = 3 };
            Assert.ThrowsAny<BekenImageException>(() => ImageBooter.Boot(FlashImage.Parse(new byte[0x3000]), options));
            Func<BootReport, IReadOnlyList<string>> log = report => report.Log;
            Func<FlashImage, BootOptions, VerifyResult> verify = BootVerifier.Verify;
            Assert.All(new Delegate[] { log, verify }, Assert.NotNull);
        }
    }
}
