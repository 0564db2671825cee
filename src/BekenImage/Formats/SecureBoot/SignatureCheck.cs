using BekenImage.Crypto;

namespace BekenImage.Formats.SecureBoot;

/// <summary>What came of checking a signature. Immutable.</summary>
public sealed class SignatureCheck
{
    private SignatureCheck(bool? isValid, string reason)
    {
        IsValid = isValid;
        Reason = reason;
    }

    /// <summary>Null when it could not be checked.</summary>
    public bool? IsValid { get; }

    /// <summary>Why it is not valid, or was not checked; empty when it is valid.</summary>
    public string Reason { get; }

    /// <summary>Valid, or the reason.</summary>
    public override string ToString() => IsValid == true ? "valid" : Reason;

    internal static SignatureCheck Wrong(string reason) => new(false, reason);

    internal static SignatureCheck NotChecked(string reason) => new(null, reason);

    internal static SignatureCheck Run(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!P256.IsPublicKey(publicKey))
            return Wrong("the public key is no point of P-256");
        return P256.Verify(publicKey, message, signature) switch
        {
            true => new SignatureCheck(true, string.Empty),
            false => Wrong("the ECDSA signature does not fit"),
            null => NotChecked("this platform has no ECDSA over P-256"),
        };
    }
}
