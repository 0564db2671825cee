namespace BekenImage.Formats.McuUpdate;

/// <summary>What an MCUboot update package is made of: a body, and the slot it goes to. Immutable.</summary>
public sealed class McuUpdatePart
{
    /// <summary>Makes a part.</summary>
    /// <param name="flashAddress">Where the slot begins in flash, physical.</param>
    /// <param name="body">A signed image, clear; or enciphered and with page CRCs as in flash.</param>
    /// <param name="securityCounter">The counter below which the device takes no update.</param>
    /// <param name="flags">0, or the flags of <see cref="McuUpdateImage"/>.</param>
    public McuUpdatePart(uint flashAddress, byte[] body, uint securityCounter, uint flags = 0)
    {
        FlashAddress = flashAddress;
        Body = body ?? throw new ArgumentNullException(nameof(body));
        SecurityCounter = securityCounter;
        Flags = flags;
    }

    /// <summary>Where the slot begins in flash, physical.</summary>
    public uint FlashAddress { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The counter below which the device takes no update.</summary>
    public uint SecurityCounter { get; }

    /// <summary>As stored.</summary>
    public uint Flags { get; }

    /// <summary>Where it goes.</summary>
    public override string ToString() => FormattableString.Invariant($"0x{Body.Length:x} bytes for 0x{FlashAddress:x}");
}
