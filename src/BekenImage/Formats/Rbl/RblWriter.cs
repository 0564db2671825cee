using System.Buffers.Binary;
using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Formats.Rbl;

/// <summary>Makes RBL headers and the containers they close, as the vendor's packager does. Source: FORMAT.md, sections 2 and 3.</summary>
public static class RblWriter
{
    /// <summary>The strings of a header, with nothing described yet.</summary>
    /// <param name="name">Up to 16 characters.</param>
    /// <param name="version">Up to 24 characters.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    /// <param name="leftover">What stands in byte 8 of the version field where the version and its NUL do not reach it.</param>
    /// <exception cref="BekenImageException">A text does not fit; the vendor's tools cut it.</exception>
    internal static RblHeader Blank(string name, string version, uint timestamp, byte leftover = 0)
    {
        var bytes = new byte[RblHeader.Size];
        RblHeader.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(RblHeader.TimestampOffset), timestamp);
        Text.WriteHeaderText("name", name, bytes.AsSpan(RblHeader.NameOffset, RblHeader.NameSize));
        Text.WriteHeaderText("version", version, bytes.AsSpan(RblHeader.VersionOffset, RblHeader.VersionSize));
        if (version.Length < 8)
            bytes[RblHeader.VersionOffset + 8] = leftover;
        bytes.AsSpan(RblHeader.SerialOffset, RblHeader.SerialSize - 1).Fill((byte)'0');
        return new RblHeader(bytes);
    }

    /// <summary>Makes the header for a payload in flash (algorithm 0).</summary>
    /// <param name="name">Up to 16 characters: <c>app</c> or <c>bootloader</c>.</param>
    /// <param name="version">Up to 24 characters.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    /// <param name="storedPayload">The payload as it lies in flash: encrypted where the device encrypts, without page CRCs.</param>
    /// <exception cref="BekenImageException">A text does not fit its field.</exception>
    public static RblHeader CreateFlashHeader(string name, string version, uint timestamp, ReadOnlySpan<byte> storedPayload) =>
        Describe(Blank(name, version, timestamp), storedPayload);

    /// <inheritdoc cref="CreateFlashHeader(string, string, uint, ReadOnlySpan{byte})"/>
    public static RblHeader CreateFlashHeader(string name, string version, uint timestamp, byte[] storedPayload) =>
        CreateFlashHeader(name, version, timestamp, (storedPayload ?? throw new ArgumentNullException(nameof(storedPayload))).AsSpan());

    /// <summary>Lets a header describe another payload in flash; strings, timestamp and junk bytes stay.</summary>
    /// <param name="header">The header to keep the strings of.</param>
    /// <param name="storedPayload">The payload as it lies in flash, without page CRCs.</param>
    public static RblHeader Describe(RblHeader header, ReadOnlySpan<byte> storedPayload)
    {
        if (header is null)
            throw new ArgumentNullException(nameof(header));
        int padding = 16 - storedPayload.Length % 16;
        return header.With(
            algorithm: 0,
            RblChecks.PackageCrc(storedPayload, padding),
            Fnv1a.Compute(storedPayload),
            (uint)storedPayload.Length,
            (uint)(storedPayload.Length + padding));
    }

    /// <inheritdoc cref="Describe(RblHeader, ReadOnlySpan{byte})"/>
    public static RblHeader Describe(RblHeader header, byte[] storedPayload) =>
        Describe(header, (storedPayload ?? throw new ArgumentNullException(nameof(storedPayload))).AsSpan());

    /// <summary>
    /// Lets a header describe a payload that has changed but not in length: its sizes stay, whichever of the known forms they have.
    /// </summary>
    /// <param name="header">A header that describes <paramref name="before"/>.</param>
    /// <param name="before">The payload as it lay in flash, at least as long as the header's raw size.</param>
    /// <param name="after">The payload as it lies there now.</param>
    internal static RblHeader Renew(RblHeader header, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        after = after.Slice(0, (int)header.RawSize);
        long padding = (long)header.PackageSize - header.RawSize;
        uint crc = padding >= 0 ? RblChecks.PackageCrc(after, (int)padding) : ShortPackageCrc(header, before, after);
        return header.With(header.Algorithm, crc, Fnv1a.Compute(after), header.RawSize, header.PackageSize);
    }

    // ltchiptool: a raw size above the package size, whose CRC covers the stored bytes or those less the padding.
    private static uint ShortPackageCrc(RblHeader header, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        int package = (int)header.PackageSize;
        return Crc32.Compute(before.Slice(0, package)) == header.PayloadCrc
            ? Crc32.Compute(after.Slice(0, package))
            : RblChecks.PackageCrc(after.Slice(0, package - PackagePadding.BlockSize), PackagePadding.BlockSize);
    }

    /// <summary>Makes the whole section of a striped partition: pages of the payload, 0xFF, and the header in the last 102 bytes.</summary>
    /// <param name="storedPayload">The payload as it lies in flash, without page CRCs.</param>
    /// <param name="header">The header that describes it.</param>
    /// <param name="sectionLength">Physical length of the section.</param>
    /// <exception cref="BekenImageException">Payload and header need more than the section has.</exception>
    public static byte[] WriteSection(ReadOnlySpan<byte> storedPayload, RblHeader header, int sectionLength)
    {
        if (header is null)
            throw new ArgumentNullException(nameof(header));
        long needed = PageGrid.StoredLength(storedPayload.Length);
        if (needed + RblHeader.StripedSize > sectionLength)
        {
            throw new BekenImageException(FindingCode.RblSizes, FormattableString.Invariant(
                $"the payload needs 0x{needed:x} bytes and its header 0x{RblHeader.StripedSize:x}, the section has 0x{sectionLength:x}"));
        }
        byte[] section = Uninitialized.Bytes(sectionLength);
        ToPages(storedPayload, section.AsSpan(0, (int)needed));
        section.AsSpan((int)needed, sectionLength - (int)needed - RblHeader.StripedSize).Fill(0xFF);
        FlashPages.Encode(header.Bytes.Span, section.AsSpan(sectionLength - RblHeader.StripedSize));
        return section;
    }

    /// <inheritdoc cref="WriteSection(ReadOnlySpan{byte}, RblHeader, int)"/>
    public static byte[] WriteSection(byte[] storedPayload, RblHeader header, int sectionLength) =>
        WriteSection((storedPayload ?? throw new ArgumentNullException(nameof(storedPayload))).AsSpan(), header, sectionLength);

    /// <summary>Pages of a payload, its last one filled up with 0xFF.</summary>
    internal static byte[] ToPages(ReadOnlySpan<byte> storedPayload)
    {
        byte[] pages = Uninitialized.Bytes(PageGrid.StoredLength(storedPayload.Length));
        ToPages(storedPayload, pages);
        return pages;
    }

    private static void ToPages(ReadOnlySpan<byte> storedPayload, Span<byte> pages)
    {
        int whole = storedPayload.Length / FlashPages.DataSize;
        FlashPages.Encode(storedPayload.Slice(0, PageGrid.DataOf(whole)), pages.Slice(0, (int)PageGrid.StoredOf(whole)));
        var rest = storedPayload.Slice(PageGrid.DataOf(whole));
        if (rest.IsEmpty)
            return;
        Span<byte> last = stackalloc byte[FlashPages.DataSize];
        last.Fill(0xFF);
        rest.CopyTo(last);
        FlashPages.Encode(last, pages.Slice((int)PageGrid.StoredOf(whole)));
    }
}
