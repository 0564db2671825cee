#if !TESTING_NETSTANDARD
using System.Runtime.Intrinsics;
using BekenImage.Crypto;
using BekenImage.Crypto.Kernels;
using BekenImage.TestSupport;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace BekenImage.Tests.Crypto;

/// <summary>
/// The order in which the Arm kernel strings its instructions together, on x86: Arm's four instructions made from Intel's. On an Arm
/// machine
/// the kernel itself is among those that AesFlashCipherTests runs.
/// </summary>
public class AesArmRoundsTests
{
    [Theory]
    [InlineData(AesFlashVariant.WordSwapped)]
    [InlineData(AesFlashVariant.Standard)]
    public void Crypt_WithArmsInstructionsMadeFromIntels_IsTheReferencesResult(AesFlashVariant variant)
    {
        Assert.SkipUnless(X86Aes.IsSupported, "Arm's instructions are made from Intel's here.");
        var source = new AesFlashKernelSource("arm", (key, _) => variant == AesFlashVariant.WordSwapped
            ? new AesInstructionKernel<ArmEncryption<FromX86>, ArmDecryption<FromX86>, WordSwappedUnits>(key)
            : new AesInstructionKernel<ArmEncryption<FromX86>, ArmDecryption<FromX86>, StandardUnits>(key));
        var random = new Random(1);
        for (int count = 0; count < 20; count++)
        {
            byte[] key = RandomInput.Bytes(random, 32), plain = RandomInput.Bytes(random, count * 32), result = new byte[plain.Length];
            var cipher = new AesFlashCipher(new AesFlashKey(key), variant, source);
            byte[] expected = AesFlashReference.Apply(true, key, variant, 0x11000, plain);
            cipher.Encrypt(0x11000, plain, result);
            BytesAssert.Equal(expected, result);
            cipher.Decrypt(0x11000, expected, result);
            BytesAssert.Equal(plain, result);
        }
    }

    /// <summary>
    /// Arm adds the key first: AESE is AESENCLAST of the sum. AESENC undoes AESDECLAST but for the mixing of columns.
    /// </summary>
    private readonly struct FromX86 : IArmAes
    {
        public static bool IsSupported => X86Aes.IsSupported;

        public static Vector128<byte> Encrypt(Vector128<byte> block, Vector128<byte> key) =>
            X86Aes.EncryptLast(block ^ key, Vector128<byte>.Zero);

        public static Vector128<byte> Decrypt(Vector128<byte> block, Vector128<byte> key) =>
            X86Aes.DecryptLast(block ^ key, Vector128<byte>.Zero);

        public static Vector128<byte> MixColumns(Vector128<byte> block) =>
            X86Aes.Encrypt(X86Aes.DecryptLast(block, Vector128<byte>.Zero), Vector128<byte>.Zero);

        public static Vector128<byte> InverseMixColumns(Vector128<byte> block) => X86Aes.InverseMixColumns(block);
    }
}
#endif
