using System.Collections.Generic;
using System.Text;
using BekenImage;
using BekenImage.Crypto;
using BekenImage.Documents;
using BekenImage.Formats.Fal;
using Xunit;

namespace PublicApi
{
    /// <summary>Every document in one call, from a program in C# 8.</summary>
    public class DocumentsTests
    {
        [Fact]
        public void ImageDocuments_FromCSharp8_HaveTheContractsNames()
        {
            FlashImage image = FlashImage.Parse(new byte[] { 1, 2, 3 });
            Assert.Contains("\"kind\": \"unknown\"", ImageDocuments.Inspect(image, "name.bin"));
            Assert.Contains("\"verb\":\"inspect\"", ImageDocuments.Inspect(image, "name.bin", showSecrets: true, indented: false));
            Assert.Contains("\"boots\": false", ImageDocuments.Verify(image, "name.bin"));
            Assert.Contains("\"runs\": false", ImageDocuments.Lint(image, "firmware.bin", image, "dump.bin"));
            Assert.Contains("\"verb\": \"split\"", ImageDocuments.Split(ImageSplitter.Split(image), "name.bin"));
            Assert.Contains("\"status\": \"unknown\"", ImageDocuments.RecoverKey(image.RecoverKey(), "name.bin"));
            Assert.Contains("\"bad\": 1", ImageDocuments.CheckPages(FlashPages.Check(new byte[34]), "name.bin"));
            Assert.Contains("BKI8011", ImageDocuments.Error("inspect", "name.bin", new BekenImageException(FindingCode.InputEmpty,
                "it is empty")));
            Assert.Contains("2020-12", ImageDocuments.Schema("inspect"));
            Assert.Contains("combine", ImageDocuments.SchemaNames);
            var combiner = new ImageCombiner(image, image);
            Assert.ThrowsAny<BekenImageException>(() => ImageDocuments.Combine(combiner.Plan(), "out.bin"));
        }

        [Fact]
        public void DeviceTemplates_OfAnImageWithoutTuya_SayWhatIsMissing()
        {
            var error = Assert.Throws<BekenImageException>(() => DeviceTemplates.FromTuya(FlashImage.Parse(new byte[100])));
            Assert.Equal(FindingCode.TuyaNothingToWrite, error.Code);
        }

        [Fact]
        public void InputDocuments_FromCSharp8_TakeTextAndBytes()
        {
            const string json = "{\"fal\":[{\"name\":\"app\",\"flash\":\"beken_onchip_crc\",\"offset\":\"0x10000\",\"length\":\"64K\"}]}";
            byte[] bytes = Encoding.UTF8.GetBytes(json);
            Assert.True(InputDocuments.IsJson(bytes));
            IReadOnlyList<FalPartition> table = InputDocuments.ParsePartitionTable(bytes);
            Assert.Equal(0x10000u, table[0].Offset);
            Assert.Equal("Rel;1", InputDocuments.ParseTemplate("{\"vendor\":\"x\",\"pins\":{\"6\":\"Rel;1\"}}").Pins[0].ToString());
            Assert.Throws<BekenImageException>(() => InputDocuments.ParseSplitManifest(json));
            Assert.Throws<BekenImageException>(() => InputDocuments.ParseObkConfig("[1]"));
        }
    }
}
