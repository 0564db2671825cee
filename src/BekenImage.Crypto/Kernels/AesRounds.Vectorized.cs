#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace BekenImage.Crypto.Kernels;

/// <summary>
/// The rounds of AES on one block in one direction. x86 adds a round key at the end of a round, Arm at its start; so every step is handed
/// the key before it and its own, and leaves out what it does not need.
/// </summary>
internal interface IAesRounds
{
    static abstract bool IsSupported { get; }

    static abstract Vector128<byte> First(Vector128<byte> block, Vector128<byte> key);

    static abstract Vector128<byte> Middle(Vector128<byte> block, Vector128<byte> keyBefore, Vector128<byte> key);

    static abstract Vector128<byte> Last(Vector128<byte> block, Vector128<byte> keyBefore, Vector128<byte> key);
}

/// <summary>AESENC.</summary>
internal readonly struct X86Encryption : IAesRounds
{
    public static bool IsSupported => X86Aes.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> First(Vector128<byte> block, Vector128<byte> key) => block ^ key;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Middle(Vector128<byte> block, Vector128<byte> keyBefore, Vector128<byte> key) =>
        X86Aes.Encrypt(block, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Last(Vector128<byte> block, Vector128<byte> keyBefore, Vector128<byte> key) =>
        X86Aes.EncryptLast(block, key);
}

/// <summary>AESDEC, with the round keys of the equivalent inverse cipher.</summary>
internal readonly struct X86Decryption : IAesRounds
{
    public static bool IsSupported => X86Aes.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> First(Vector128<byte> block, Vector128<byte> key) => block ^ key;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Middle(Vector128<byte> block, Vector128<byte> keyBefore, Vector128<byte> key) =>
        X86Aes.Decrypt(block, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Last(Vector128<byte> block, Vector128<byte> keyBefore, Vector128<byte> key) =>
        X86Aes.DecryptLast(block, key);
}

/// <summary>Arm's four instructions. The rounds below are made of them; a test on another processor brings its own.</summary>
internal interface IArmAes
{
    static abstract bool IsSupported { get; }

    static abstract Vector128<byte> Encrypt(Vector128<byte> block, Vector128<byte> key);

    static abstract Vector128<byte> Decrypt(Vector128<byte> block, Vector128<byte> key);

    static abstract Vector128<byte> MixColumns(Vector128<byte> block);

    static abstract Vector128<byte> InverseMixColumns(Vector128<byte> block);
}

/// <summary>AESE, AESD, AESMC and AESIMC.</summary>
internal readonly struct ArmInstructions : IArmAes
{
    public static bool IsSupported => ArmAes.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Encrypt(Vector128<byte> block, Vector128<byte> key) => ArmAes.Encrypt(block, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Decrypt(Vector128<byte> block, Vector128<byte> key) => ArmAes.Decrypt(block, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> MixColumns(Vector128<byte> block) => ArmAes.MixColumns(block);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> InverseMixColumns(Vector128<byte> block) => ArmAes.InverseMixColumns(block);
}

/// <summary>AESE and AESMC, side by side as processors fuse them.</summary>
internal readonly struct ArmEncryption<TArm> : IAesRounds
    where TArm : struct, IArmAes
{
    public static bool IsSupported => TArm.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> First(Vector128<byte> block, Vector128<byte> key) => block;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Middle(Vector128<byte> block, Vector128<byte> keyBefore, Vector128<byte> key) =>
        TArm.MixColumns(TArm.Encrypt(block, keyBefore));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Last(Vector128<byte> block, Vector128<byte> keyBefore, Vector128<byte> key) =>
        TArm.Encrypt(block, keyBefore) ^ key;
}

/// <summary>AESD and AESIMC, with the round keys of the equivalent inverse cipher.</summary>
internal readonly struct ArmDecryption<TArm> : IAesRounds
    where TArm : struct, IArmAes
{
    public static bool IsSupported => TArm.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> First(Vector128<byte> block, Vector128<byte> key) => block;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Middle(Vector128<byte> block, Vector128<byte> keyBefore, Vector128<byte> key) =>
        TArm.InverseMixColumns(TArm.Decrypt(block, keyBefore));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Last(Vector128<byte> block, Vector128<byte> keyBefore, Vector128<byte> key) =>
        TArm.Decrypt(block, keyBefore) ^ key;
}
#endif
