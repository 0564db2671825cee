using BekenImage.Crypto;

namespace BekenImage.Formats.Rbl;

/// <summary>Key and initialization vector of encrypted update packages. Immutable. Not the key of the flash cipher.</summary>
public sealed class OtaKey
{
    /// <summary>Bytes of a key.</summary>
    public const int KeySize = AesCbc256.KeySize;

    /// <summary>Bytes of an initialization vector.</summary>
    public const int IvSize = AesCbc256.BlockSize;

    /// <summary>The vendor's key as text.</summary>
    public const string DefaultKey = "0123456789ABCDEF0123456789ABCDEF";

    /// <summary>The vendor's initialization vector as text.</summary>
    public const string DefaultIV = "0123456789ABCDEF";

    /// <summary>Makes a key of text, as the vendor's tools take it: every character is one byte.</summary>
    /// <param name="key">32 characters up to U+00FF.</param>
    /// <param name="iv">16 characters up to U+00FF.</param>
    /// <exception cref="ArgumentException">A text has another length or other characters.</exception>
    public OtaKey(string key, string iv)
        : this(ToBytes(key, nameof(key)), ToBytes(iv, nameof(iv)))
    {
    }

    /// <summary>Makes a key of bytes.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="iv">16 bytes.</param>
    /// <exception cref="ArgumentException">There are more or fewer bytes.</exception>
    public OtaKey(byte[] key, byte[] iv)
    {
        if (key is not { Length: KeySize })
            throw new ArgumentException("The key of an update package has 32 bytes.", nameof(key));
        if (iv is not { Length: IvSize })
            throw new ArgumentException("The initialization vector of an update package has 16 bytes.", nameof(iv));
        Key = (byte[])key.Clone();
        IV = (byte[])iv.Clone();
    }

    /// <summary>The key every vendor tool and nearly every bootloader has.</summary>
    public static OtaKey Default { get; } = new(DefaultKey, DefaultIV);

    /// <summary>The one a bootloader stores; null when it stores none.</summary>
    internal static OtaKey? Of(BootloaderKeys keys) => keys is { AesKey: { } key, AesIv: { } iv } ? new OtaKey(key, iv) : null;

    internal byte[] Key { get; }

    internal byte[] IV { get; }

    private static byte[] ToBytes(string text, string name)
    {
        if (text is null)
            throw new ArgumentNullException(name);
        var bytes = new byte[text.Length];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = text[i] <= 0xFF ? (byte)text[i] : throw new ArgumentException("A key consists of one-byte characters.", name);
        return bytes;
    }
}
