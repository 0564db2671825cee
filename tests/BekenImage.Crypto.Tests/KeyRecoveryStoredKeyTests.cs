using System.Buffers.Binary;
using System.Text;
using BekenImage.Crypto;

namespace BekenImage.Tests.Crypto;

// Records at the offsets of the format notes, section 8.3, in synthetic bootloaders; then in the real ones.
public class KeyRecoveryStoredKeyTests
{
    private const string AesIv = "46DE464946314329";
    private const string AesKey = "BDB4CE110F4787C2F539BF50E30A14E0";
    private static readonly BekenKey DeviceKey = new(0x01234567, 0x89abcdef, 0x5a17c3e1, 0x3bf0a55a & ~0x0Bu);
    private static readonly BekenKey Placeholder = new(0x12345678, 0x2faa55aa, 0x3aee63dd, 0x4feeaa00);

    public static TheoryData<string, int> Layouts => new() { { "tuya", 0x48 }, { "tuya104", 0x44 }, { "sdk", 0x1F08 } };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Read_KnownLayout_GivesKeyAndStrings(string layout, int offset)
    {
        var keys = BootloaderKeys.Read(Bootloader(layout, DeviceKey));
        Assert.Equal(offset, keys.FlashKeyOffset);
        Assert.Equal(DeviceKey, keys.FlashKey);
        Assert.False(keys.IsPlaceholder);
        Assert.Equal(AesIv, keys.AesIv);
        Assert.Equal(AesKey, keys.AesKey);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void WithStoredKey_EquivalentWords_AreTheExactKey(string layout, int offset)
    {
        Assert.NotEqual(0, offset);
        byte[] plain = Bootloader(layout, DeviceKey);
        byte[] app = KeyRecoverySyntheticCode.Program(0x20000, 0x10000, seed: 4);
        var result = KeyRecovery.Recover(
            [
                new KeyRecoveryStretch(KeyRecoverySupport.Encrypt(DeviceKey, 0, plain), 0),
                new KeyRecoveryStretch(KeyRecoverySupport.Encrypt(DeviceKey, 0x10000, app), 0x10000),
            ]);
        Assert.NotEqual(DeviceKey, result.Key);
        var exact = result.WithStoredKey(plain);
        Assert.True(exact.IsExact);
        Assert.Equal(KeyRecoveryStatus.Recovered, exact.Status);
        Assert.Equal(KeyRecoveryEvidence.StoredKey, exact.Evidence);
        Assert.Equal(DeviceKey, exact.Key);
    }

    [Fact]
    public void WithStoredKey_AmbiguousBootloader_IsSettled()
    {
        byte[] plain = Bootloader("tuya", DeviceKey);
        byte[] cipher = KeyRecoverySupport.Encrypt(DeviceKey, 0, plain);
        var result = KeyRecovery.Recover(cipher, 0);
        Assert.Equal(KeyRecoveryStatus.Ambiguous, result.Status);
        FlashCipher.Apply(result.Candidates[0], 0, cipher, cipher);
        Assert.Equal(DeviceKey, result.WithStoredKey(cipher).Key);
    }

    [Fact]
    public void WithStoredKey_AnotherKeyOrThePlaceholder_IsNotBelieved()
    {
        foreach (var stored in new[] { BekenKey.Tuya, Placeholder, BekenKey.Zero })
        {
            byte[] plain = Bootloader("sdk", stored);
            byte[] app = KeyRecoverySyntheticCode.Program(0x20000, 0x10000, seed: 4);
            var result = KeyRecovery.Recover(KeyRecoverySupport.Encrypt(DeviceKey, 0x10000, app), 0x10000);
            Assert.Same(result, result.WithStoredKey(plain));
        }
        Assert.True(BootloaderKeys.Read(Bootloader("sdk", Placeholder)).IsPlaceholder);
    }

    [Fact]
    public void WithStoredKey_PlainDeviceWithAKeyInItsBootloader_StaysNotEncrypted()
    {
        byte[] plain = Bootloader("tuya", BekenKey.Tuya);
        var result = KeyRecovery.Recover(plain, 0);
        Assert.Equal(KeyRecoveryStatus.NotEncrypted, result.Status);
        Assert.Same(result, result.WithStoredKey(plain));
    }

    [Fact]
    public void WithStoredKey_UnknownPlace_IsFoundUnlessTwoDiffer()
    {
        byte[] plain = Bootloader("none", DeviceKey);
        byte[] app = KeyRecoverySyntheticCode.Program(0x20000, 0x10000, seed: 4);
        var result = KeyRecovery.Recover(KeyRecoverySupport.Encrypt(DeviceKey, 0x10000, app), 0x10000);
        Assert.False(result.WithStoredKey(plain).IsExact);
        Put(plain, 0x2344, DeviceKey);
        Assert.Equal(DeviceKey, result.WithStoredKey(plain).Key);
        // Bits of the control word that do nothing differ: equivalent, but which is the device's?
        Put(plain, 0x3000, new BekenKey(DeviceKey.Coefficient0, DeviceKey.Coefficient1, DeviceKey.Coefficient2, DeviceKey.Coefficient3 ^ 1 << 20));
        Assert.Same(result, result.WithStoredKey(plain));
    }

    [Fact]
    public void Read_CutOrRandomBytes_AreSafe()
    {
        byte[] plain = Bootloader("sdk", DeviceKey);
        var result = KeyRecovery.Recover(KeyRecoverySupport.Encrypt(DeviceKey, 0, plain), 0);
        for (int length = 0; length < 0x1F1C + 50; length += length < 0x100 ? 1 : 37)
        {
            var keys = BootloaderKeys.Read(plain.AsSpan(0, length));
            Assert.Null(keys.FlashKey);
            result.WithStoredKey(plain.AsSpan(0, length));
        }
        Assert.Throws<ArgumentNullException>(() => BootloaderKeys.Read((byte[])null!));
        Assert.Throws<ArgumentNullException>(() => result.WithStoredKey((byte[])null!));
    }

    // The format notes, 8.2 and 8.3: what each bootloader of the corpus stores.
    [Theory]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin", 0x48, "510fb093 a3cbeadc 5993a17e c7adeb03", 0x5C)]
    [InlineData("BK7231N_LSPA9_Clone_First.bin", 0x48, "510fb093 a3cbeadc 5993a17e c7adeb03", 0x5C)]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin", 0x48, "510fb093 a3cbeadc 5993a17e c7adeb03", 0x5C)]
    [InlineData("BK7231T_Tuya_Globe_37783.bin", 0x44, "510fb093 a3cbeadc 5993a17e c7adeb03", null)]
    [InlineData("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", null, null, null)]
    [InlineData("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", 0x1F08, "12345678 2faa55aa 3aee63dd 4feeaa00", 0x1F1C)]
    [InlineData("OpenBK7238_QIO_1.18.300.bin", 0x1F08, "12345678 2faa55aa 3aee63dd 4feeaa00", 0x1F1C)]
    public void Read_RealBootloader_GivesWhatItStores(string file, int? keyOffset, string? key, int? aesOffset)
    {
        var cipher = KeyRecoverySupport.Stored(file, "bootloader")!;
        var device = KeyRecoverySupport.DeviceKey(file)!.Value;
        byte[] plain = cipher.Ciphertext.ToArray();
        FlashCipher.Apply(device, 0, plain, plain);

        var keys = BootloaderKeys.Read(plain);
        Assert.Equal(keyOffset, keys.FlashKeyOffset);
        Assert.Equal(key, keys.FlashKey?.ToString());
        if (aesOffset is not null)
            Assert.Equal(aesOffset, keys.AesOffset);
        // The vendor's default in every one of them.
        Assert.Equal("0123456789ABCDEF", keys.AesIv);
        Assert.Equal("0123456789ABCDEF0123456789ABCDEF", keys.AesKey);

        var exact = KeyRecovery.Recover(cipher.Ciphertext.Span, 0).WithStoredKey(plain);
        Assert.Equal(device, exact.Key);
        Assert.Equal(!device.IsIdentity, exact.IsExact);
    }

    private static byte[] Bootloader(string layout, BekenKey key)
    {
        byte[] bytes = KeyRecoverySyntheticCode.Program(0xD000, 0, seed: 3);
        int strings = 0x5C;
        KeyRecoverySyntheticCode.Put(bytes, 0x10, 0xDEADBEEF);
        switch (layout)
        {
            case "tuya":
                KeyRecoverySyntheticCode.Put(bytes, 0x11, 0x10AABBEE);
                Put(bytes, 0x48, key);
                KeyRecoverySyntheticCode.Put(bytes, 0x58 / 4, 0x32BBBBEE);
                break;
            case "tuya104":
                Put(bytes, 0x44, key);
                KeyRecoverySyntheticCode.Put(bytes, 0x54 / 4, 1);
                strings = 0xC8A8;
                break;
            case "sdk":
                KeyRecoverySyntheticCode.Put(bytes, 0x11, 1);
                Put(bytes, 0x1F08, key);
                KeyRecoverySyntheticCode.Put(bytes, 0x1F18 / 4, 0);
                strings = 0x1F1C;
                break;
        }
        Encoding.ASCII.GetBytes(AesIv + "\0" + AesKey + "\0").CopyTo(bytes, strings);
        return bytes;
    }

    private static void Put(byte[] bytes, int offset, BekenKey key)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), key.Coefficient0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset + 4), key.Coefficient1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset + 8), key.Coefficient2);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset + 12), key.Coefficient3);
    }
}
