using System.Security.Cryptography;
#if !NET8_0_OR_GREATER
using System.Security.Cryptography.X509Certificates;
#endif

namespace BekenImage.Crypto;

/// <summary>System.Security.Cryptography's ECDSA.</summary>
internal sealed class PlatformP256 : P256Engine
{
    public override bool? Verify(byte[] publicKey, byte[] message, byte[] signature)
    {
        try
        {
            using var ecdsa = Open(publicKey);
            return ecdsa?.VerifyData(message, signature, HashAlgorithmName.SHA256);
        }
        catch (Exception exception) when (exception is PlatformNotSupportedException or NotImplementedException or CryptographicException)
        {
            return null; // key and signature were looked at before: what is missing is the platform's
        }
    }

#if NET8_0_OR_GREATER
    private static ECDsa Open(byte[] publicKey) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = publicKey[1..(1 + P256.FieldSize)], Y = publicKey[(1 + P256.FieldSize)..] },
    });
#else
    // netstandard2.0 takes a public key for ECDSA in no other form than a certificate: one of constant bytes, unsigned, around the key.
    private static readonly byte[] CertificateStart = Bytes(
        "3081C03081A6020101300A06082A8648CE3D040302300C310A300806035504030C0178301E170D3230303130313030303030305A170D343930313031303030303030" +
        "5A300C310A300806035504030C01783059301306072A8648CE3D020106082A8648CE3D030107034200");

    private static readonly byte[] CertificateEnd = Bytes("300A06082A8648CE3D0403020309003006020101020101");

    private static ECDsa? Open(byte[] publicKey)
    {
        using var certificate = new X509Certificate2([.. CertificateStart, .. publicKey, .. CertificateEnd]);
        return certificate.GetECDsaPublicKey();
    }

    private static byte[] Bytes(string hex)
    {
        var bytes = new byte[hex.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = Convert.ToByte(hex.Substring(2 * i, 2), 16);
        return bytes;
    }
#endif
}
