using System.Buffers.Binary;
using BekenImage.Crypto;
using BekenImage.IO;

namespace BekenImage.Formats.SecureBoot;

/// <summary>Walks an MCUboot image and judges it as MCUboot does. Source: FORMAT.md, section 5.</summary>
internal static class McuBootReader
{
    private const int ProtectedMagic = 0x6908;
    private const int PlainMagic = 0x6907;
    private const int HeadSize = 4;

    public static McuBootLayout Walk(ReadOnlyMemory<byte> bytes, long offset)
    {
        var findings = new List<Finding>();
        var tlvs = new List<McuBootTlv>();
        var header = bytes.Span;
        int headerSize = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(0x08));
        int protectedSize = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(0x0A));
        long end = headerSize + (long)BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(0x0C));
        long signed = end + protectedSize;
        bool isComplete = false;
        if (headerSize < McuBootImage.HeaderFields)
            Add(FindingCode.McuBootDamaged, 0x08, $"the header states its own length as 0x{headerSize:x}");
        else if (protectedSize == 0 || TryWalk(ProtectedMagic, protectedSize))
            isComplete = TryWalk(PlainMagic, null);
        return new McuBootLayout(tlvs, signed, isComplete ? end : Math.Max(end, signed), isComplete, findings);

        bool TryWalk(int magic, int? expectedSize)
        {
            if (end > bytes.Length - HeadSize)
            {
                Add(FindingCode.McuBootTruncated, 0x0C, $"the image is cut off: its tags begin at 0x{end:x}, 0x{bytes.Length:x} bytes are there");
                return false;
            }
            var head = bytes.Span.Slice((int)end);
            int size = BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(2));
            if (BinaryPrimitives.ReadUInt16LittleEndian(head) != magic || size < HeadSize || expectedSize is { } expected && size != expected)
            {
                Add(FindingCode.McuBootDamaged, end, $"behind the payload do not stand the tags that the header promises");
                return false;
            }
            if (end > bytes.Length - size)
            {
                Add(FindingCode.McuBootTruncated, end, $"the image is cut off: its tags end at 0x{end + size:x}, 0x{bytes.Length:x} bytes are there");
                return false;
            }
            return TryWalkEntries(end + HeadSize, end += size, magic == ProtectedMagic);
        }

        bool TryWalkEntries(long at, long stop, bool isProtected)
        {
            while (at < stop)
            {
                if (tlvs.Count == McuBootImage.MaximumTlvs || stop - at < HeadSize)
                {
                    Add(FindingCode.McuBootDamaged, at, $"the tags are damaged at 0x{at:x}");
                    return false;
                }
                var entry = bytes.Slice((int)at);
                int tag = BinaryPrimitives.ReadUInt16LittleEndian(entry.Span);
                int length = BinaryPrimitives.ReadUInt16LittleEndian(entry.Span.Slice(2));
                if (length > stop - at - HeadSize)
                {
                    Add(FindingCode.McuBootDamaged, at, $"tag 0x{tag:x} states 0x{length:x} bytes, which reach behind the tags");
                    return false;
                }
                tlvs.Add(new McuBootTlv(tag, entry.Slice(HeadSize, length), at, isProtected));
                at += HeadSize + length;
            }
            return true;
        }

        void Add(FindingCode code, long at, FormattableString message) =>
            findings.Add(new Finding(FindingSeverity.Error, code, FormattableString.Invariant(message), offset + at));
    }

    public static SignatureCheck CheckSignature(McuBootImage image)
    {
        if (image.ComputedHash is null)
            return SignatureCheck.NotChecked("the image is not whole");
        if (image.Find(McuBootTlv.EcdsaTag) is not { } signature)
            return SignatureCheck.NotChecked("the image has no ECDSA signature");
        if (image.PublicKey.IsEmpty)
            return SignatureCheck.NotChecked("the image names its key by a hash only");
        var key = P256.FromSpki(image.PublicKey.Span);
        if (key.IsEmpty)
            return SignatureCheck.Wrong("the public key is none of P-256");
        if (P256.FromDer(signature.Value.Span) is not { } numbers)
            return SignatureCheck.Wrong("the signature is not one of two numbers in DER");
        return SignatureCheck.Run(key, Sha256Text.Hash(image.Signed.Span), numbers);
    }

    public static IReadOnlyList<Finding> Verify(McuBootImage image, long offset, SecureBootKeys? keys)
    {
        var findings = new List<Finding>(image.Findings);
        if (!image.IsComplete)
            return findings;
        if (image.HashOk is null)
            Add(FindingSeverity.Warning, FindingCode.McuBootUnsigned, $"the image has no SHA-256 of a known form; it cannot be checked");
        else if (image.HashOk == false)
            Add(FindingSeverity.Error, FindingCode.McuBootHash, $"the image gives SHA-256 {image.ComputedHash}, its tags state {image.StatedHash}");
        var signature = image.CheckSignature();
        if (signature.IsValid == false)
            Add(FindingSeverity.Error, FindingCode.McuBootSignature, $"the signature of the image is wrong: {signature.Reason}");
        else if (image.Find(McuBootTlv.EcdsaTag) is null)
            Add(FindingSeverity.Warning, FindingCode.McuBootUnsigned, $"the image has no signature of a known kind");
        else if (signature.IsValid is null)
            Add(FindingSeverity.Info, FindingCode.SignatureNotChecked, $"the signature of the image was not checked: {signature.Reason}");
        if (image.PublicKeyHash is { } hash && keys?.IsBl2Key(hash) == false)
            Add(FindingSeverity.Error, FindingCode.McuBootKey, $"the key of the image (SHA-256 {hash}) is not the one the device trusts");
        return findings;

        void Add(FindingSeverity severity, FindingCode code, FormattableString message) =>
            findings.Add(new Finding(severity, code, FormattableString.Invariant(message), offset));
    }
}
