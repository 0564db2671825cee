using System.Diagnostics.CodeAnalysis;
using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>
/// A bootloader as it lies in flash, without page CRCs, up to the end of its partition table: which bytes are enciphered, and how it is
/// moved to another key or gets another table. Immutable. Source: Firmware/FORMAT.md, section 3.
/// </summary>
public sealed class BootloaderPayload
{
    internal const int MarkerOffset = 0x100;
    internal const int MarkerSize = 8;
    private const int EncryptTail = VendorEncrypt.AddedLength;

    private readonly byte[] _stored;

    private BootloaderPayload(byte[] stored, BekenKey key, FalTable fal)
    {
        _stored = stored;
        Key = key;
        Fal = fal;
        Keys = BootloaderKeys.Read(Decipher(), key);
    }

    /// <summary>The bytes as stored.</summary>
    public ReadOnlyMemory<byte> Stored => _stored;

    /// <summary>The key it is enciphered under.</summary>
    public BekenKey Key { get; }

    /// <summary>The partition table at its end.</summary>
    public FalTable Fal { get; }

    /// <summary>The keys it carries.</summary>
    public BootloaderKeys Keys { get; }

    /// <summary>
    /// The file it was made of stored a flash key that does not fit <see cref="Key"/>; this payload stores the right one.
    /// </summary>
    public bool IsStoredKeyRenewed { get; private init; }

    /// <summary>The file it was made of was under another key, or none.</summary>
    internal bool IsMoved { get; private init; }

    /// <summary>It is one of the N family, by its marker at 0x100.</summary>
    internal bool HasNMarker => HasMarker(_stored);

    private static ReadOnlySpan<byte> MarkerStart => "BK72"u8;

    /// <summary>Reads a bootloader as it lies in flash.</summary>
    /// <param name="stored">Logical bytes from 0 on, without page CRCs; what follows the partition table is left out.</param>
    /// <param name="key">The key it is enciphered under.</param>
    /// <param name="payload">The payload, or null.</param>
    /// <returns>False when it shows no vectors under this key, or has no partition table.</returns>
    public static bool TryRead(ReadOnlySpan<byte> stored, BekenKey key, [NotNullWhen(true)] out BootloaderPayload? payload)
    {
        payload = null;
        if (!ArmVectors.Match(stored, key, 0) || FindFal(stored, key) is not { } fal)
            return false;
        payload = new BootloaderPayload(stored.Slice(0, EndOf(fal)).ToArray(), key, fal);
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, BekenKey, out BootloaderPayload?)"/>
    public static bool TryRead(byte[] stored, BekenKey key, [NotNullWhen(true)] out BootloaderPayload? payload) =>
        TryRead((stored ?? throw new ArgumentNullException(nameof(stored))).AsSpan(), key, out payload);

    /// <summary>Makes a payload of a bootloader file, whichever form it has.</summary>
    /// <param name="file">
    /// Logical bytes from 0 on: enciphered under <paramref name="key"/>; or plain, which is enciphered as its family is; or deciphered as a
    /// whole, under this key, the one it stores or a known one, so that its partition table or the N family's marker looks scrambled. 0xFF
    /// behind the table, as filling of a page, is left out. Of a file with page CRCs, such as a piece of flash, its leading valid pages count.
    /// </param>
    /// <param name="key">
    /// The key of the device it is for. Where the flash key the file stores does not fit it, it is replaced: <see cref="IsStoredKeyRenewed"/>.
    /// </param>
    /// <exception cref="BekenImageException">It is no bootloader, is enciphered under another key, or has no partition table.</exception>
    public static BootloaderPayload FromFile(ReadOnlySpan<byte> file, BekenKey key)
    {
        var (read, isMoved) = ReadFile(file, key);
        var fitting = read.WithVendorKey(key);
        return new BootloaderPayload(fitting._stored, key, fitting.Fal)
        {
            IsStoredKeyRenewed = fitting.Keys.FlashKey != read.Keys.FlashKey,
            IsMoved = isMoved,
        };
    }

    /// <inheritdoc cref="FromFile(ReadOnlySpan{byte}, BekenKey)"/>
    public static BootloaderPayload FromFile(byte[] file, BekenKey key) =>
        FromFile((file ?? throw new ArgumentNullException(nameof(file))).AsSpan(), key);

    /// <summary>The bootloader deciphered: what the CPU sees, and the bytes that are not enciphered as they are.</summary>
    public byte[] Decipher() => Cipher(_stored, Key, PlainRanges(_stored, Key, Fal));

    /// <summary>The same bootloader for a device with another key: enciphered anew, its stored flash key replaced. The length stays.</summary>
    /// <param name="key">The other device's key.</param>
    public BootloaderPayload WithKey(BekenKey key) => With(key, key);

    /// <summary>
    /// As <see cref="WithKey"/>; but moved to a device without encryption the record gets what the vendor's plain bootloaders hold there,
    /// so that moving away and back gives the same bytes; and one that fits the key it has stays. <see cref="BootloaderUpdates"/> says what.
    /// </summary>
    internal BootloaderPayload WithVendorKey(BekenKey key) =>
        key.IsEquivalentTo(Key) ? WithFittingRecord() : With(key, BootloaderUpdates.Of(WithKey(key)).Wanted);

    /// <summary>The same bootloader with the flash key in its record that belongs there; itself where that is so, or there is no record.</summary>
    internal BootloaderPayload WithFittingRecord()
    {
        var updates = BootloaderUpdates.Of(this);
        return updates.Mismatch is null ? this : With(Key, updates.Wanted);
    }

    /// <summary>The same bootloader with another partition table in the place of its own.</summary>
    /// <param name="partitions">As many entries as there are now.</param>
    /// <exception cref="BekenImageException">There are more or fewer.</exception>
    public BootloaderPayload WithFal(IReadOnlyList<FalPartition> partitions)
    {
        if (partitions is null)
            throw new ArgumentNullException(nameof(partitions));
        if (partitions.Count != Fal.Partitions.Count)
        {
            throw new BekenImageException(FindingCode.FalTableSize, FormattableString.Invariant(
                $"the bootloader's table has {Fal.Partitions.Count} entries and ends with the bootloader; {partitions.Count} do not fit its place"),
                Fal.LogicalOffset);
        }
        var table = new FalTable(Fal.LogicalOffset, Fal.IsPlain, partitions);
        byte[] bytes = FalWriter.Write(table);
        if (!table.IsPlain)
            FlashCipher.Apply(Key, (uint)table.LogicalOffset, bytes, bytes);
        var stored = (byte[])_stored.Clone();
        bytes.CopyTo(stored, table.LogicalOffset);
        return new BootloaderPayload(stored, Key, table);
    }

    /// <summary>A header that describes this payload; the texts, timestamp and junk of another one stay.</summary>
    /// <param name="header">The header it had.</param>
    public RblHeader Describe(RblHeader header) => RblWriter.Describe(header, _stored);

    /// <summary>The bytes as stored.</summary>
    public byte[] ToArray() => (byte[])_stored.Clone();

    private BootloaderPayload With(BekenKey key, BekenKey record)
    {
        var ranges = PlainRanges(_stored, Key, Fal);
        byte[] plain = Cipher(_stored, Key, ranges);
        Keys.Write(plain, record);
        return new BootloaderPayload(Cipher(plain, key, ranges), key, Fal);
    }

    // The record as the file has it; under the key, or the one it was deciphered whole under.
    private static (BootloaderPayload Payload, bool IsMoved) ReadFile(ReadOnlySpan<byte> file, BekenKey key)
    {
        if (PagedFile.IsPaged(file))
            file = PagedFile.Strip(file);
        if (!key.IsIdentity && ArmVectors.Match(file, key, 0))
            return (ReadWhole(file, key), false);
        if (!ArmVectors.Match(file))
            throw Unfit(file, key);
        if (ArmVectors.LinkBase(file) >= FlashGeometry.AppLogicalAddress)
        {
            throw new BekenImageException(FindingCode.BuildBootloaderUnfit,
                "the bootloader file is an application: its vectors point behind 0x10000");
        }
        var (bytes, under) = DecipheredBootloader.Restore(file, key);
        if (FalReader.Find(bytes) is not { } fal)
            throw DecipheredBootloader.WithoutTable(file, key);
        CheckEnd(bytes, fal);
        var own = bytes.AsSpan(0, EndOf(fal));
        return (under is { } known ? new BootloaderPayload(own.ToArray(), known, fal) : Encipher(own, key, fal), !key.IsIdentity);
    }

    private static BootloaderPayload ReadWhole(ReadOnlySpan<byte> stored, BekenKey key)
    {
        if (!TryRead(stored, key, out var payload))
        {
            throw new BekenImageException(FindingCode.BuildBootloaderUnfit,
                "the bootloader file holds no partition table, neither plain nor deciphered; all of it is needed, up to that table");
        }
        CheckEnd(stored, payload.Fal);
        return payload;
    }

    private static void CheckEnd(ReadOnlySpan<byte> file, FalTable fal)
    {
        if (!ByteRuns.IsErased(file.Slice(EndOf(fal))))
        {
            throw new BekenImageException(FindingCode.BuildBootloaderUnfit, FormattableString.Invariant(
                $"0x{file.Length - EndOf(fal):x} bytes follow the bootloader's partition table, which must be its end"), EndOf(fal));
        }
    }

    // With the N family's marker in the clear a file is enciphered in place; the others go through "encrypt" up to their partition table.
    private static BootloaderPayload Encipher(ReadOnlySpan<byte> plain, BekenKey key, FalTable fal)
    {
        if (key.IsIdentity)
            return new BootloaderPayload(plain.ToArray(), key, fal);
        if (HasMarker(plain))
            return new BootloaderPayload(Cipher(plain, key, PlainRanges(plain, BekenKey.Zero, fal)), key, fal);
        byte[] code = VendorEncrypt.Encrypt(plain.Slice(0, fal.LogicalOffset), key, startAddress: 0);
        byte[] stored = [.. code, .. plain.Slice(fal.LogicalOffset)];
        return new BootloaderPayload(stored, key, new FalTable(code.Length, isPlain: true, fal.Partitions));
    }

    private static FalTable? FindFal(ReadOnlySpan<byte> stored, BekenKey key)
    {
        if (FalReader.Find(stored) is { } fal)
            return fal;
        var plain = new byte[stored.Length];
        FlashCipher.Apply(key, 0, stored, plain);
        return FalReader.Find(plain, isPlain: false);
    }

    private static int EndOf(FalTable fal) => fal.LogicalOffset + fal.Partitions.Count * FalPartition.Size;

    internal static bool HasMarker(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= MarkerOffset + MarkerSize && IsMarker(bytes.Slice(MarkerOffset));

    internal static bool IsMarker(ReadOnlySpan<byte> bytes) => bytes.StartsWith(MarkerStart);

    // What is stored as plain bytes, in ascending order: the marker, the 16 bytes 0xFF "encrypt" puts behind the code, the table.
    private static List<FlashRange> PlainRanges(ReadOnlySpan<byte> stored, BekenKey key, FalTable fal)
    {
        var ranges = new List<FlashRange>();
        if (HasMarker(stored))
            ranges.Add(new FlashRange(MarkerOffset, MarkerSize));
        int table = fal.LogicalOffset;
        if (table % FlashPages.DataSize == EncryptTail && ByteRuns.IsErased(stored.Slice(table - EncryptTail, EncryptTail)))
            ranges.Add(new FlashRange(table - EncryptTail, EncryptTail));
        if (fal.IsPlain)
            ranges.Add(FlashRange.FromBounds(table, stored.Length));
        return ranges;
    }

    private static byte[] Cipher(ReadOnlySpan<byte> bytes, BekenKey key, List<FlashRange> plainRanges)
    {
        var result = new byte[bytes.Length];
        FlashCipher.Apply(key, 0, bytes, result);
        foreach (var range in plainRanges)
            bytes.Slice((int)range.Start, (int)range.Length).CopyTo(result.AsSpan((int)range.Start));
        return result;
    }

    private static BekenImageException Unfit(ReadOnlySpan<byte> file, BekenKey key)
    {
        if (ArmVectors.FindKey(file, 0, BekenKey.Named.Select(named => named.Key)) is { } other)
        {
            return new BekenImageException(FindingCode.BuildBootloaderKey,
                $"the bootloader file is enciphered under the key {other.Name}, the firmware is for {NameOf(key)}; decipher it first");
        }
        return new BekenImageException(FindingCode.BuildBootloaderUnfit,
            $"the bootloader file shows ARM vectors neither plain nor under {NameOf(key)}");
    }

    private static string NameOf(BekenKey key) => key.Name is { } name ? $"the key {name}" : "the given key";
}
