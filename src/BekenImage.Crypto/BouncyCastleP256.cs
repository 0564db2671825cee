using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace BekenImage.Crypto;

/// <summary>ECDSA in managed code, for where the platform has none. Not compiled for netstandard2.0.</summary>
internal sealed class BouncyCastleP256 : P256Engine
{
    public override bool? Verify(byte[] publicKey, byte[] message, byte[] signature)
    {
        var domain = new ECDomainParameters(ECNamedCurveTable.GetByName("P-256"));
        var signer = new ECDsaSigner();
        signer.Init(false, new ECPublicKeyParameters(domain.Curve.DecodePoint(publicKey), domain));
        return signer.VerifySignature(SHA256.HashData(message),
            new BigInteger(1, signature, 0, P256.FieldSize), new BigInteger(1, signature, P256.FieldSize, P256.FieldSize));
    }
}
