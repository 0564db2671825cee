using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BekenImage.Crypto;

namespace BekenImage.NetFx
{
    /// <summary>A made-up 2 MiB dump: an encrypted app of random "code", and Tuya's storage enciphered by the platform's own AES.</summary>
    internal static class DeviceDump
    {
        public const int AppOffset = 0x11000;
        public const uint AppAddress = 0x10000;
        public const int StorageOffset = 0x1EE000;
        public const string ValueName = "gw_di";
        public const string Value = "{\"abi\":0,\"id\":null}";

        private const int Length = 0x200000;
        private const int Sector = 4096;
        private const int Page = 128;

        private static readonly uint[] Common =
        {
            0xe3a00000, 0xe3a01000, 0xe3a02000, 0xe3a03000, 0xe1a00004, 0xe1a01000, 0xe1a02000, 0xe1a04000, 0xe1a05001, 0xe12fff1e,
            0xe3500000, 0xe3530000, 0xe92d4010, 0xe92d4070, 0xe92d41f0, 0xe8bd4010, 0xe8bd8070, 0xe5943000, 0xe5940000, 0xe5843000,
            0xe5d43000, 0xe5c43000, 0xe59f3010, 0xe59f0014, 0xe59f1018, 0xe2844001, 0xe24dd008, 0xe28dd008, 0xe3a00001, 0xe1a00005,
        };

        public static byte[] Make()
        {
            byte[] dump = Filled(Length);
            Stored(Program(), BekenKey.Tuya).CopyTo(dump, AppOffset);
            Storage().CopyTo(dump, StorageOffset);
            return dump;
        }

        /// <summary>The app as it runs: the vectors of every Beken program, ARM instructions, the text that names chip and firmware.</summary>
        public static byte[] Program()
        {
            byte[] program = Code(0x20000);
            Put(program, 0, 0xEA00000E);
            for (int word = 1; word < 8; word++)
                Put(program, word * 4, 0xE59FF014);
            for (int word = 0; word < 7; word++)
                Put(program, 0x20 + word * 4, AppAddress + 0x200 + (uint)word * 0x20);
            Put(program, 0x3C, 0xDEADBEEF);
            Encoding.ASCII.GetBytes("BK7231\0\0").CopyTo(program, 0x100);
            Encoding.ASCII.GetBytes("OpenBK7231N_0.0.0\0").CopyTo(program, 0x2000);
            return program;
        }

        /// <summary>Instructions as often as real code has them: the first of the list most often.</summary>
        public static byte[] Code(int length)
        {
            var random = new Random(length);
            var code = new byte[length];
            for (int at = 0; at < length; at += 4)
            {
                double share = random.NextDouble();
                bool call = random.Next(8) == 0;
                Put(code, at, call ? 0xEBFF0000 | (uint)random.Next(0xF000, 0x10000) : Common[(int)(share * share * Common.Length)]);
            }
            return code;
        }

        /// <summary>A program as it lies in flash: enciphered, in pages of 34 bytes.</summary>
        public static byte[] Stored(byte[] program, BekenKey key)
        {
            var pages = new byte[program.Length / 32 * 34];
            FlashPages.Encode(program, pages, key, AppAddress);
            return pages;
        }

        public static byte[] Crypt(CipherMode mode, byte[] key, byte[] iv, byte[] data, bool encrypt)
        {
            using (Aes aes = Aes.Create())
            {
                aes.Mode = mode;
                aes.Padding = PaddingMode.None;
                using (ICryptoTransform transform = encrypt ? aes.CreateEncryptor(key, iv) : aes.CreateDecryptor(key, iv))
                    return transform.TransformFinalBlock(data, 0, data.Length);
            }
        }

        // A key block under the vendor's master key, and one data block with one value. Offsets: Formats/Tuya/FORMAT.md.
        private static byte[] Storage()
        {
            byte[] inner = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray();
            byte[] keyBlock = Filled(Sector);
            Put(keyBlock, 0, 0x13579753);
            Put(keyBlock, 4, (uint)inner.Sum(value => value));
            inner.CopyTo(keyBlock, 8);
            byte[] dataKey = inner.Select((value, i) => (byte)(value + "HHRRQbyemofrtytf"[i] + "8710"[i % 4])).ToArray();
            byte[] iv = new byte[16];
            return Crypt(CipherMode.ECB, Encoding.ASCII.GetBytes("qwertyuiopasdfgh"), iv, keyBlock, true)
                .Concat(Crypt(CipherMode.ECB, dataKey, iv, DataBlock(), true)).ToArray();
        }

        private static byte[] DataBlock()
        {
            byte[] value = Encoding.ASCII.GetBytes(Value);
            byte[] block = Filled(Sector);
            Put(block, 0, 0x98761234);
            new byte[] { 0, 0, 1, 0, 0, 0, 4, 1 << 1, 0, 0, 0 }.CopyTo(block, 8);
            Put(block, Page, (uint)value.Sum(character => character));
            Put(block, Page + 4, (uint)value.Length);
            new byte[] { 0, 0, 1, 1, 0, 0, 0, 0, 0, (byte)(ValueName.Length + 1) }.CopyTo(block, Page + 8);
            Encoding.ASCII.GetBytes(ValueName + "\0").CopyTo(block, Page + 18);
            new byte[] { 0, 0, 2, 2 }.CopyTo(block, Page + 19 + ValueName.Length);
            value.CopyTo(block, 2 * Page);
            Put(block, 4, (uint)block.Skip(8).Sum(character => character));
            return block;
        }

        private static byte[] Filled(int length) => Enumerable.Repeat((byte)0xFF, length).ToArray();

        private static void Put(byte[] bytes, int offset, uint value)
        {
            for (int i = 0; i < 4; i++)
                bytes[offset + i] = (byte)(value >> (8 * i));
        }
    }
}
