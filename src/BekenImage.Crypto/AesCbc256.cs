namespace BekenImage.Crypto;

/// <summary>
/// AES-256 in CBC mode over whole 16-byte blocks: what update packages are encrypted with. Adds and removes no padding; the format does
/// that itself.
/// </summary>
internal static class AesCbc256
{
    public const int KeySize = 32;
    public const int BlockSize = AesEngine.BlockSize;

    /// <summary>Encrypts whole blocks.</summary>
    /// <param name="key">32 bytes, used as they are.</param>
    /// <param name="iv">16 bytes, used as they are.</param>
    /// <param name="plain">A multiple of 16 bytes.</param>
    /// <param name="engine">Null for the best.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static byte[] Encrypt(byte[] key, byte[] iv, ReadOnlySpan<byte> plain, AesEngine? engine = null) =>
        Process(true, key, iv, plain, engine);

    /// <summary>Decrypts whole blocks. A wrong key gives wrong bytes, not an error.</summary>
    /// <inheritdoc cref="Encrypt"/>
    public static byte[] Decrypt(byte[] key, byte[] iv, ReadOnlySpan<byte> encrypted, AesEngine? engine = null) =>
        Process(false, key, iv, encrypted, engine);

    private static byte[] Process(bool encrypt, byte[] key, byte[] iv, ReadOnlySpan<byte> source, AesEngine? engine)
    {
        if (key is not { Length: KeySize })
            throw new ArgumentException("An AES-256 key has 32 bytes.", nameof(key));
        if (iv is not { Length: BlockSize })
            throw new ArgumentException("An initialization vector has 16 bytes.", nameof(iv));
        if (source.Length % BlockSize != 0)
            ThrowHelper.NotWhole(nameof(source), source.Length, BlockSize);
        return (engine ?? AesEngine.Best).Cbc(encrypt, key, iv, source);
    }
}
