using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace BekenImage.Crypto;

/// <summary>
/// AES-256 in CBC mode over whole 16-byte blocks: what update packages are encrypted with. Adds and removes no padding; the format does
/// that itself.
/// </summary>
internal static class AesCbc256
{
    public const int KeySize = 32;
    public const int BlockSize = 16;

    /// <summary>Encrypts whole blocks.</summary>
    /// <param name="key">32 bytes, used as they are.</param>
    /// <param name="iv">16 bytes, used as they are.</param>
    /// <param name="plain">A multiple of 16 bytes.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static byte[] Encrypt(byte[] key, byte[] iv, ReadOnlySpan<byte> plain) => Process(true, key, iv, plain);

    /// <summary>Decrypts whole blocks. A wrong key gives wrong bytes, not an error.</summary>
    /// <inheritdoc cref="Encrypt"/>
    public static byte[] Decrypt(byte[] key, byte[] iv, ReadOnlySpan<byte> encrypted) => Process(false, key, iv, encrypted);

    private static byte[] Process(bool encrypt, byte[] key, byte[] iv, ReadOnlySpan<byte> source)
    {
        if (key is not { Length: KeySize })
            throw new ArgumentException("An AES-256 key has 32 bytes.", nameof(key));
        if (iv is not { Length: BlockSize })
            throw new ArgumentException("An initialization vector has 16 bytes.", nameof(iv));
        if (source.Length % BlockSize != 0)
            ThrowHelper.NotWhole(nameof(source), source.Length, BlockSize);
        var cipher = new CbcBlockCipher(MakeEngine());
        cipher.Init(encrypt, new ParametersWithIV(new KeyParameter(key), iv));
        byte[] bytes = source.ToArray();
        for (int i = 0; i < bytes.Length; i += BlockSize)
            cipher.ProcessBlock(bytes, i, bytes, i);
        return bytes;
    }

    private static IBlockCipher MakeEngine() =>
#if NET8_0_OR_GREATER
        AesUtilities.CreateEngine();
#else
        new Org.BouncyCastle.Crypto.Engines.AesEngine();
#endif
}
