using System.Collections.Generic;
using BekenImage;
using BekenImage.Formats.Obk;
using Xunit;

namespace PublicApi
{
    public class DeviceDataTests
    {
        [Fact]
        public void DeviceData_FromCSharp8_IsReadChangedAndSanitized()
        {
            byte[] bytes = new byte[4096];
            FlashImage image = FlashImage.Parse(bytes);
            Assert.Null(image.TuyaStorage);
            Assert.True(image.TuyaContents.IsEmpty);
            Assert.Null(image.ObkConfig);
            Assert.Empty(image.FastConnectRecords);
            Assert.Empty(image.UserParameters);

            MacAddress mac = new MacAddress(new byte[] { 2, 0, 0, 0, 0, 1 });
            Assert.Equal(FindingCode.RfMissing, Assert.Throws<BekenImageException>(() => image.Edit().SetMac(mac)).Code);
            Assert.Equal(FindingCode.AddressUnknown, Assert.Throws<ImageGuardException>(() => image.Edit().SetObkConfig(builder => builder.Set("mqttPort", 1))).Code);
            Assert.Equal(FindingCode.TuyaNothingToWrite, Assert.Throws<BekenImageException>(() => image.Edit().SetTuya("name", "text")).Code);
            ImageDraft clean = image.Edit().Sanitize();
            Assert.Empty(clean.Changes);
            Assert.Equal(bytes, clean.ToArray());

            var fields = new List<NamedValue> { new NamedValue("startupCommand", "echo") };
            var options = new CombineOptions { ObkConfigFrom = ObkConfigChoice.Changed, ObkConfigChanges = new ObkConfigDocument(fields), Rf = RfChoice.None };
            Assert.False(new ImageCombiner(image, image, options).Plan().CanBuild);
        }
    }
}
