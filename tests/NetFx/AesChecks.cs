using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Tuya;

namespace BekenImage.NetFx
{
    internal static class AesChecks
    {
        private const int HeaderSize = 96;

        public static void UpdateIsThePlatformsCiphertext()
        {
            byte[] key = Encoding.ASCII.GetBytes("0123456789ABCDEF0123456789ABCDEF");
            byte[] iv = Encoding.ASCII.GetBytes("0123456789ABCDEF");
            byte[] open = OtaWriter.Pack(DeviceDump.Program(), Options(RblEncryption.None));
            byte[] closed = OtaWriter.Pack(DeviceDump.Program(), Options(RblEncryption.Aes256));
            byte[] decrypted = DeviceDump.Crypt(CipherMode.CBC, key, iv, closed.Skip(HeaderSize).ToArray(), false);
            byte[] expected = open.Skip(HeaderSize).ToArray();
            Check.Bytes(expected, decrypted.Take(expected.Length).ToArray(), "the package's payload");
        }

        public static void UpdateOpenedIsTheFirmware()
        {
            byte[] package = OtaWriter.Pack(DeviceDump.Program(), Options(RblEncryption.Aes256));
            Check.Bytes(DeviceDump.Program(), FlashImage.Parse(package).UnpackUpdate(OtaKey.Default), "the firmware");
        }

        public static void TuyaStorageIsRead()
        {
            TuyaStorage storage = FlashImage.Parse(DeviceDump.Make()).TuyaStorage;
            Check.Equal(true, storage != null, "a storage is found");
            Check.Equal(DeviceDump.Value, Encoding.ASCII.GetString(storage.Find(DeviceDump.ValueName).Data.ToArray()), "the value");
        }

        public static void TuyaValueIsChanged()
        {
            byte[] other = Encoding.ASCII.GetBytes("{\"abi\":1}");
            ImageDraft draft = FlashImage.Parse(DeviceDump.Make()).Edit().SetTuya(DeviceDump.ValueName, other);
            TuyaStorage storage = FlashImage.Parse(draft.ToArray()).TuyaStorage;
            Check.Bytes(other, storage.Find(DeviceDump.ValueName).Data.ToArray(), "the value");
        }

        private static OtaPackOptions Options(RblEncryption encryption) =>
            new OtaPackOptions { Compression = RblCompression.None, Encryption = encryption };
    }
}
