namespace BekenImage.Formats.SecureBoot;

/// <summary>An entry behind an MCUboot image: a tag, and its value. Immutable. Source: FORMAT.md, section 5.</summary>
public sealed class McuBootTlv
{
    /// <summary>SHA-256 of the public key.</summary>
    public const int KeyHashTag = 0x01;

    /// <summary>The public key, SubjectPublicKeyInfo in DER.</summary>
    public const int PublicKeyTag = 0x02;

    /// <summary>SHA-256 of header, payload and protected entries.</summary>
    public const int Sha256Tag = 0x10;

    /// <summary>ECDSA signature, DER.</summary>
    public const int EcdsaTag = 0x22;

    /// <summary>Security counter, 4 bytes.</summary>
    public const int SecurityCounterTag = 0x50;

    /// <summary>Boot record, CBOR.</summary>
    public const int BootRecordTag = 0x60;

    internal McuBootTlv(int tag, ReadOnlyMemory<byte> value, long offset, bool isProtected)
    {
        Tag = tag;
        Value = value;
        Offset = offset;
        IsProtected = isProtected;
    }

    /// <summary>What it is.</summary>
    public int Tag { get; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>Where the entry begins, from the start of the image.</summary>
    public long Offset { get; }

    /// <summary>Whether the hash covers it.</summary>
    public bool IsProtected { get; }

    /// <summary>Tag and length.</summary>
    public override string ToString() => FormattableString.Invariant($"0x{Tag:x2}, {Value.Length} bytes{(IsProtected ? ", protected" : "")}");
}
