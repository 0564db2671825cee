using System.Diagnostics.CodeAnalysis;
using BekenImage.IO;

namespace BekenImage.Formats.SecureBoot;

/// <summary>The partition <c>boot_flag</c>: which of two second bootloaders BL1 starts. From sources; no such device was met. FORMAT.md, section 3.</summary>
public sealed class BootFlag
{
    /// <summary>Bytes the packer writes: one sector.</summary>
    public const int Size = 0x1000;

    private const int ValueOffset = 4;
    private const int FieldsSize = 0x20;

    private BootFlag(byte value, long offset)
    {
        Value = value;
        Findings = value is 1 or 2 ? [] :
        [
            new Finding(FindingSeverity.Warning, FindingCode.BootFlagDamaged,
                FormattableString.Invariant($"boot_flag has the value {value}; 1 (bootloader A) and 2 (B) are known"), offset + ValueOffset),
        ];
    }

    private static ReadOnlySpan<byte> Magic => "cTrL"u8;

    /// <summary>As stored: 1 for the first, 2 for the second.</summary>
    public byte Value { get; }

    /// <summary>True for bootloader B; null when the value is neither.</summary>
    public bool? IsSecond => Value switch { 1 => false, 2 => true, _ => null };

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads a flag.</summary>
    /// <param name="bytes">The partition from its start on.</param>
    /// <param name="flag">The flag, or null.</param>
    /// <param name="physicalOffset">Where the bytes begin in flash; findings count from there.</param>
    /// <returns>False when the bytes are too few or do not begin with <c>cTrL</c>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out BootFlag? flag, long physicalOffset = 0)
    {
        flag = bytes.Length >= FieldsSize && bytes.StartsWith(Magic) ? new BootFlag(bytes[ValueOffset], physicalOffset) : null;
        return flag is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out BootFlag?, long)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out BootFlag? flag, long physicalOffset = 0) =>
        TryRead((bytes ?? throw new ArgumentNullException(nameof(bytes))).AsSpan(), out flag, physicalOffset);

    /// <summary>The sector as the packer writes it.</summary>
    /// <param name="isSecond">True for bootloader B.</param>
    public static byte[] Write(bool isSecond)
    {
        var fields = new byte[FieldsSize];
        Magic.CopyTo(fields);
        fields[ValueOffset] = isSecond ? (byte)2 : (byte)1;
        return ByteRuns.Erased(Size, fields);
    }

    /// <summary>The bootloader it chooses.</summary>
    public override string ToString() => IsSecond switch { true => "bootloader B", false => "bootloader A", null => "no known value" };
}
