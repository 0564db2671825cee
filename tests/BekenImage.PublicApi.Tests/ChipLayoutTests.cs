using System.Collections.Generic;
using System.Linq;
using BekenImage;
using Xunit;

namespace PublicApi
{
    public class ChipLayoutTests
    {
        [Fact]
        public void ChipLayout_WithoutAnImage_IsReachableFromCSharp8()
        {
            ChipLayout layout = ChipLayout.For(BekenChip.BK7231T, FirmwareFlavor.OpenBeken)!;
            FlashRange rf = layout.Rf;
            FlashRange net = layout.Net;
            FlashRange?[] others = { layout.ObkConfig, layout.Download, layout.FlashVars, layout.LittleFs };
            IReadOnlyList<FlashArea> areas = layout.Areas;

            Assert.Equal((0x1E0000L, 0x1E1000L), (rf.Start, net.Start));
            Assert.Equal(new long?[] { 0x1E1000, 0x132000, 0x1E5000, 0x1AB000 }, others.Select(range => range?.Start));
            Assert.Equal("bootloader app download littlefs rf obk-config flash-vars", string.Join(" ", areas.Select(area => area.Name)));
            Assert.Null(ChipLayout.For(BekenChip.Unknown, FirmwareFlavor.OpenBeken));
            Assert.Contains("BK7231T", BekenChips.Names);
        }
    }
}
