using System.Globalization;
using System.Numerics;

namespace BekenImage.Crypto;

/// <summary>
/// ECDSA over P-256 with SHA-256 (FIPS 186-5), checking only: what signs secure-boot images of the newer chips. The arithmetic is the
/// platform's, or BouncyCastle's in a browser; here stands what a signature is, so that bad content is "no" and never an exception.
/// </summary>
internal static class P256
{
    /// <summary>Bytes of a coordinate, and of each half of a signature.</summary>
    public const int FieldSize = 32;

    /// <summary>A public key: 04, X, Y.</summary>
    public const int PublicKeySize = 1 + 2 * FieldSize;

    /// <summary>A signature: r, s, big-endian.</summary>
    public const int SignatureSize = 2 * FieldSize;

    // SubjectPublicKeyInfo (RFC 5480) of an uncompressed P-256 key: all that stands before its 65 bytes.
    private static readonly byte[] SpkiPrefix =
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01,
        0x07, 0x03, 0x42, 0x00,
    ];

    private static readonly BigInteger Prime = Number("00FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");

    private static readonly BigInteger Order = Number("00FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private static readonly BigInteger B = Number("005AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B");

    /// <summary>Checks a signature.</summary>
    /// <param name="publicKey">04, X, Y.</param>
    /// <param name="message">What was signed; it is hashed here.</param>
    /// <param name="signature">r, s.</param>
    /// <param name="engine">Null for the best.</param>
    /// <returns>Null when this platform has no ECDSA over P-256.</returns>
    public static bool? Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, P256Engine? engine = null)
    {
        if (!IsPublicKey(publicKey) || signature.Length != SignatureSize)
            return false;
        if (!IsScalar(signature.Slice(0, FieldSize)) || !IsScalar(signature.Slice(FieldSize)))
            return false;
        return (engine ?? P256Engine.Best).Verify(publicKey.ToArray(), message.ToArray(), signature.ToArray());
    }

    /// <summary>True when 65 bytes are a point of the curve.</summary>
    public static bool IsPublicKey(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeySize || publicKey[0] != 4)
            return false;
        var x = Number(publicKey.Slice(1, FieldSize));
        var y = Number(publicKey.Slice(1 + FieldSize));
        return x < Prime && y < Prime && (y * y - (x * x * x - 3 * x + B)) % Prime == 0;
    }

    /// <summary>The 65 bytes of a key in a SubjectPublicKeyInfo (DER); empty when it is not one of P-256.</summary>
    public static ReadOnlySpan<byte> FromSpki(ReadOnlySpan<byte> der) =>
        der.Length == SpkiPrefix.Length + PublicKeySize && der.StartsWith(SpkiPrefix) ? der.Slice(SpkiPrefix.Length) : default;

    /// <summary>A signature in DER (SEQUENCE of two INTEGERs) as r, s; null when it is none. Bytes behind it are ignored, as MCUboot does.</summary>
    public static byte[]? FromDer(ReadOnlySpan<byte> der)
    {
        var signature = new byte[SignatureSize];
        if (der.Length < 2 || der[0] != 0x30 || der[1] > 0x7F || der.Length - 2 < der[1])
            return null;
        var rest = der.Slice(2, der[1]);
        return TryTakeInteger(ref rest, signature.AsSpan(0, FieldSize)) && TryTakeInteger(ref rest, signature.AsSpan(FieldSize)) && rest.IsEmpty
            ? signature
            : null;
    }

    private static bool TryTakeInteger(ref ReadOnlySpan<byte> rest, Span<byte> field)
    {
        if (rest.Length < 2 || rest[0] != 0x02 || rest[1] > rest.Length - 2)
            return false;
        var number = rest.Slice(2, rest[1]);
        rest = rest.Slice(2 + rest[1]);
        while (number.Length > 1 && number[0] == 0)
            number = number.Slice(1);
        if (number.Length > field.Length)
            return false;
        number.CopyTo(field.Slice(field.Length - number.Length));
        return true;
    }

    private static bool IsScalar(ReadOnlySpan<byte> field)
    {
        var number = Number(field);
        return number > 0 && number < Order;
    }

    private static BigInteger Number(string hex) => BigInteger.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static BigInteger Number(ReadOnlySpan<byte> bigEndian)
    {
        var bytes = new byte[bigEndian.Length + 1]; // a zero on top: not negative
        for (int i = 0; i < bigEndian.Length; i++)
            bytes[bigEndian.Length - 1 - i] = bigEndian[i];
        return new BigInteger(bytes);
    }
}
