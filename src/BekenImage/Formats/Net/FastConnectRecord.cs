using BekenImage.IO;

namespace BekenImage.Formats.Net;

/// <summary>
/// The fast-connect record: name, access point and password of the network a device was last connected to. Immutable. What names or opens
/// the network comes out of the members that begin with Reveal, and of nothing else.
/// </summary>
/// <remarks>Read by <see cref="FastConnectReader"/>. Source: FORMAT.md, "Fast connect".</remarks>
public sealed class FastConnectRecord
{
    /// <summary>Size of the record, in bytes.</summary>
    public const int Size = 171;

    /// <summary>Size of the record of newer SDKs, with management frame protection and temporal key.</summary>
    public const int LongSize = 188;

    internal const int SsidSize = 33;
    internal const int BssidOffset = 0x21;
    internal const int SecurityOffset = 0x27;
    internal const int ChannelOffset = 0x28;
    internal const int PskOffset = 0x29;
    internal const int PassphraseOffset = 0x6A;
    internal const int KeyTextSize = 65;

    private readonly byte[] _plain;

    internal FastConnectRecord(byte[] plain, long offset, int length, bool isObfuscated)
    {
        _plain = plain;
        Offset = offset;
        Length = length;
        IsObfuscated = isObfuscated;
    }

    /// <summary>Physical offset of its first byte.</summary>
    public long Offset { get; }

    /// <summary>Its size in bytes: 171 or 188.</summary>
    public int Length { get; }

    /// <summary>True when it is stored XORed with the fixed eight bytes, false when it is stored plainly.</summary>
    public bool IsObfuscated { get; }

    /// <summary>The security type, a number of the SDK.</summary>
    public int SecurityType => _plain[SecurityOffset];

    /// <summary>The Wi-Fi channel.</summary>
    public int Channel => _plain[ChannelOffset];

    /// <summary>True when it holds a pass phrase.</summary>
    public bool HasPassphrase => _plain[PassphraseOffset] != 0;

    /// <summary>True when it holds the key that was derived from the pass phrase; as good as the pass phrase itself for this network.</summary>
    public bool HasPsk => _plain[PskOffset] != 0;

    /// <summary>The network's name.</summary>
    public string RevealSsid() => Utf8Text.FromNulTerminated(_plain.AsSpan(0, SsidSize));

    /// <summary>The access point's address, which tells where it stands to anyone with a map of them.</summary>
    public MacAddress RevealBssid() => new(_plain.AsSpan(BssidOffset, MacAddress.Size));

    /// <summary>The derived key, 64 hex digits; empty when there is none.</summary>
    public string RevealPsk() => Utf8Text.FromNulTerminated(_plain.AsSpan(PskOffset, KeyTextSize));

    /// <summary>The pass phrase; empty when there is none.</summary>
    public string RevealPassphrase() => Utf8Text.FromNulTerminated(_plain.AsSpan(PassphraseOffset, KeyTextSize));

    /// <summary>The sector without the record: the firmware then connects the ordinary way and stores a new one.</summary>
    /// <returns>4096 bytes 0xFF.</returns>
    public static byte[] BlankSector()
    {
        byte[] sector = ByteRuns.Erased(FlashGeometry.SectorSize);
        return sector;
    }

    /// <summary>Channel and security type; no secrets.</summary>
    public override string ToString() => FormattableString.Invariant($"fast-connect record, channel {Channel}, security type {SecurityType}");
}
