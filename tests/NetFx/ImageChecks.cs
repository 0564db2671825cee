using System;
using System.IO;
using System.Linq;
using BekenImage.Crypto;

namespace BekenImage.NetFx
{
    internal static class ImageChecks
    {
        public static void ImageOfADeviceIsInspected()
        {
            FlashImage image;
            using (var stream = new MemoryStream(DeviceDump.Make()))
                image = FlashImage.Load(stream);
            Check.Equal(BekenKey.Tuya, image.Key.Value ?? BekenKey.Zero, "key");
            Check.Equal(FirmwareFlavor.OpenBeken, image.Flavor, "flavor");
            Check.Equal("0.0.0", image.AppVersion, "version");
            Check.Equal(DeviceDump.StorageOffset, image.TuyaStorage?.Offset ?? -1, "place of Tuya's storage");
            Check.Equal(true, image.FindPartition(PartitionNames.App) != null, "there is an app");
            Check.Equal(64, image.Sha256.Length, "digits of the hash");
        }

        public static void AppIsDecodedToItsPlainBytes()
        {
            FlashImage image = FlashImage.Parse(DeviceDump.Make());
            byte[] program = DeviceDump.Program();
            Partition app = image.FindPartition(PartitionNames.App);
            Check.Bytes(program, image.Decode(app).ToArray().Take(program.Length).ToArray(), "the decoded app");
        }

        public static void AppPutBackIsTheSameImage()
        {
            byte[] program = DeviceDump.Program();
            byte[] stored = DeviceDump.Stored(program, BekenKey.Tuya);
            var plain = new byte[program.Length];
            PageScan scan = FlashPages.Decode(stored, plain, BekenKey.Tuya, DeviceDump.AppAddress);
            Check.Equal(program.Length / 32, (int)scan.Valid, "pages with a right CRC");
            Check.Bytes(program, plain, "the app after both ways");
            var twice = new byte[program.Length];
            FlashCipher.Apply(BekenKey.Tuya, DeviceDump.AppAddress, program, twice);
            FlashCipher.Apply(BekenKey.Tuya, DeviceDump.AppAddress, twice, twice);
            Check.Bytes(program, twice, "the app enciphered twice");
        }
    }
}
