using System.Diagnostics.CodeAnalysis;
using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage.Firmware;

/// <summary>
/// A slot of an A/B device as it is sent over the air (<c>app_ab_crc.rbl</c>): app, 0xFF, an RBL header 4 KiB before the end of the slot,
/// all in pages. From sources (ota_packager_python.py). FORMAT.md, section 7.
/// </summary>
internal sealed class AbSlot
{
    private const int HeaderRoom = 0x1000;

    // What the SDK's packager writes where Beken's own has zeros.
    private static ReadOnlySpan<byte> Serial => "00010203040506070809"u8;

    private AbSlot(RblHeader header, ReadOnlyMemory<byte> app, IReadOnlyList<Finding> findings)
    {
        Header = header;
        App = app;
        Findings = findings;
    }

    public RblHeader Header { get; }

    /// <summary>The plain app.</summary>
    public ReadOnlyMemory<byte> App { get; }

    public IReadOnlyList<Finding> Findings { get; }

    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out AbSlot? slot)
    {
        slot = null;
        int length = PageGrid.DataLength(bytes.Length);
        if (bytes.Length % FlashPages.PageSize != 0 || length <= HeaderRoom || !PagedFile.IsPaged(bytes.Span))
            return false;
        int headerPage = (length - HeaderRoom) / FlashPages.DataSize;
        var pages = bytes.Span.Slice(headerPage * FlashPages.PageSize, RblHeader.StripedSize);
        if (!RblHeader.TryRead(ProgramPages.Strip(pages), out var header) || !header.HeaderCrcOk || header.DescribesPackage)
            return false;
        var findings = new List<Finding>();
        var scan = ProgramPages.Check(bytes.Span);
        byte[] data = ProgramPages.Strip(bytes.Span);
        ReadOnlyMemory<byte> app = header.RawSize <= length - HeaderRoom ? data.AsMemory(0, (int)header.RawSize) : default;
        if (scan.Bad > 0)
        {
            findings.Add(new Finding(FindingSeverity.Error, FindingCode.AbSlotDamaged, FormattableString.Invariant(
                $"{scan.Bad} of {scan.Total} pages {Counted.Have(scan.Bad)} a wrong CRC"), (long)scan.FirstBad * FlashPages.PageSize));
        }
        else if (app.IsEmpty || Fnv1a.Compute(app.Span) != header.PayloadHash || Crc32.Compute(app.Span) != header.PayloadCrc)
        {
            findings.Add(new Finding(FindingSeverity.Error, FindingCode.AbSlotDamaged,
                "the app does not give the sums its header states", (long)headerPage * FlashPages.PageSize));
        }
        slot = new AbSlot(header, app, findings);
        return true;
    }

    public static byte[] Pack(byte[] app, int slotSize, OtaPackOptions options)
    {
        if (slotSize % FlashPages.DataSize != 0 || slotSize <= HeaderRoom)
        {
            throw new BekenImageException(FindingCode.BuildSections, FormattableString.Invariant(
                $"a slot of 0x{slotSize:x} bytes is none: it is a multiple of 32 and longer than the 4 KiB of its header"));
        }
        // The vendor's packager wants more than 4 KiB free.
        if (app.Length >= slotSize - HeaderRoom)
        {
            throw new ImageGuardException(FindingCode.BuildNoRoom, FormattableString.Invariant(
                $"the app has 0x{app.Length:x} bytes, the slot has room for 0x{slotSize - HeaderRoom - 1:x} before its header"));
        }
        byte[] strings = RblWriter.Blank(options.Name, options.Version, options.Timestamp).Bytes.ToArray();
        strings.AsSpan(RblHeader.SerialOffset, RblHeader.SerialSize).Clear();
        Serial.CopyTo(strings.AsSpan(RblHeader.SerialOffset));
        var header = new RblHeader(strings).With(0, Crc32.Compute(app), Fnv1a.Compute(app), (uint)app.Length, (uint)app.Length);
        byte[] slot = ByteRuns.Erased(slotSize, app);
        header.Bytes.Span.CopyTo(slot.AsSpan(slotSize - HeaderRoom));
        return PackageContent.ToPages(slot);
    }

    public override string ToString() => FormattableString.Invariant($"A/B slot, app '{Header.Name}' {Header.Version}, 0x{App.Length:x} bytes");
}
