using System;
using System.IO;
using System.Linq;
using BekenImage;
using BekenImage.Crypto;
using Xunit;

namespace PublicApi
{
    /// <summary>The recipes of samples/ compile as C# 8 and do what they say.</summary>
    public class RecipeTests
    {
        private static readonly byte[] Bytes = Enumerable.Range(0, 0x3000).Select(i => (byte)(i * 31 >> 3)).ToArray();

        [Fact]
        public void Split_WithoutAnEdit_GivesTheImageBack() => Assert.Equal(Bytes, SplitRecipe.Run(Bytes, files => Assert.NotEmpty(files)));

        [Fact]
        public void Split_WithAnEditedPart_GivesTheEditedImage()
        {
            byte[] expected = (byte[])Bytes.Clone();
            expected[7] ^= 0x55;
            byte[] edited = SplitRecipe.Run(Bytes, files => files.Values.Single(file => file.Length == Bytes.Length)[7] ^= 0x55);
            Assert.Equal(expected, edited);
        }

        [Fact]
        public void Pages_OfAnApp_AreItsCode()
        {
            var pages = new byte[Bytes.Length / 32 * 34];
            FlashPages.Encode(Bytes, pages, BekenKey.Tuya, 0x10000);
            Assert.Equal(Bytes, PagesRecipe.Run(pages));
        }

        [Fact]
        public void Report_OfAnImage_IsAPageAndText()
        {
            string dump = Path.GetTempFileName(), page = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(dump, Bytes);
                Assert.Contains(Path.GetFileName(dump), ReportRecipe.Run(dump, page), StringComparison.Ordinal);
                Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(page), StringComparison.Ordinal);
            }
            finally
            {
                File.Delete(dump);
                File.Delete(page);
            }
        }

        [Fact]
        public void Boot_OfNoBootloader_IsRefused() => Assert.Throws<BekenImageException>(() => BootRecipe.Run(FlashImage.Parse(Bytes)));

        [Fact]
        public void Lint_OfNoFirmware_SaysWhyNot() => Assert.NotEmpty(LintRecipe.Run(Bytes, Bytes));

        [Fact]
        public void Key_OfNoise_IsUnknown()
        {
            byte[] noise = new byte[34 * 64 + 5];
            new Random(1).NextBytes(noise);
            Assert.Null(KeyRecipe.Run(noise));
        }

        [Fact]
        public void Flasher_PagesOfCode_AreDecodedAgain()
        {
            byte[] pages = FlasherRecipe.Pages(Bytes.Take(100).ToArray(), BekenKey.Tuya, 0x10000);
            Assert.Equal(4 * 34, pages.Length);
            Assert.Equal(Bytes.Take(100), PagesRecipe.Run(pages).Take(100));
        }

        [Fact]
        public void Flasher_OfWhatIsNoDump_KnowsNothing_AndSaysWhy()
        {
            Assert.Null(FlasherRecipe.PlainApp(Bytes));
            Assert.Null(FlasherRecipe.KeyOf(Bytes));
            Assert.Null(FlasherRecipe.Calibration(Bytes));
            Assert.Null(FlasherRecipe.Template(Bytes));
            Assert.Throws<BekenImageException>(() => FlasherRecipe.Configured(Bytes, new MacAddress(new byte[] { 2, 1, 2, 3, 4, 5 }), "home", "secret123"));
            var log = new StringWriter();
            Assert.Null(FlasherRecipe.ImageToFlash(Bytes, Bytes, null, new NamedValue[0], log));
            Assert.NotEmpty(log.ToString());
        }

        [Fact]
        public void Flasher_Calibration_IsWhereTheFirmwareLooks()
        {
            Assert.Equal(0x1D0000, FlasherRecipe.CalibrationAddress(BekenChip.BK7231N, FirmwareFlavor.OpenBeken));
            Assert.Equal(0x1E0000, FlasherRecipe.CalibrationAddress(BekenChip.BK7231T, FirmwareFlavor.OpenBeken));
        }

        [Fact]
        public void Package_OfAnApp_UnpacksToIt() => Assert.Equal(Bytes, PackageRecipe.Unpack(PackageRecipe.Pack(Bytes, "1.2.3")));

        [Fact]
        public void Edit_OfAnImageWithoutCalibration_IsRefused() => Assert.Equal(FindingCode.RfMissing, Assert.Throws<BekenImageException>(
            () => EditRecipe.Run(FlashImage.Parse(Bytes), new MacAddress(new byte[] { 2, 0, 0, 0, 0, 1 }), "lamp", "net", "password")).Code);

        // Source: the flash maps of OpenBeken's firmware, formats 8.2.
        [Fact]
        public void Layout_OfAChip_NamesItsAreas()
        {
            Assert.Contains(LayoutRecipe.Run(BekenChip.BK7231N, FirmwareFlavor.OpenBeken), area => area.StartsWith("rf 0x1d0000", System.StringComparison.OrdinalIgnoreCase));
            Assert.Empty(LayoutRecipe.Run(BekenChip.Unknown, FirmwareFlavor.OpenBeken));
        }

        [Fact]
        public void Package_ThatIsNone_IsRefused() => Assert.Throws<BekenImageException>(() => PackageRecipe.Unpack(Bytes));
    }
}
