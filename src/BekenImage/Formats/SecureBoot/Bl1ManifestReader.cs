namespace BekenImage.Formats.SecureBoot;

/// <summary>Judges a manifest as BL1 does. Source: FORMAT.md, section 4.</summary>
internal static class Bl1ManifestReader
{
    public static IReadOnlyList<Finding> Judge(Bl1Manifest manifest, long offset)
    {
        var findings = new List<Finding>();
        if (manifest.FormatVersion != Bl1Manifest.Version)
            Damaged(0x04, $"the manifest states format 0x{manifest.FormatVersion:x8}; 0x{Bl1Manifest.Version:x8} is known");
        if (manifest.TotalLength != Bl1Manifest.Size)
            Damaged(Bl1Manifest.TotalLengthOffset, $"the manifest states 0x{manifest.TotalLength:x} bytes; one with one image and P-256 has 0xd5");
        if (manifest.Schemes != Bl1Manifest.KnownSchemes)
            Damaged(Bl1Manifest.SchemesOffset, $"the manifest states schemes 0x{manifest.Schemes:x8}; 0x{Bl1Manifest.KnownSchemes:x8} is known");
        if (manifest.ImageCount != 1)
            Damaged(Bl1Manifest.ImageCountOffset, $"the manifest states {manifest.ImageCount} images; one is known");
        if (manifest.IsEncrypted != 0)
            Damaged(Bl1Manifest.IsEncryptedOffset, $"the manifest states an encrypted image; none was ever met");
        if (manifest.LogicalImageRange is null)
        {
            Add(FindingCode.ManifestOutside, Bl1Manifest.StaticAddressOffset,
                $"the manifest names bytes outside the flash: 0x{manifest.StaticAddress:x8}, 0x{manifest.ImageLength:x} bytes");
        }
        return findings;

        void Damaged(int at, FormattableString message) => Add(FindingCode.ManifestDamaged, at, message);

        void Add(FindingCode code, int at, FormattableString message) =>
            findings.Add(new Finding(FindingSeverity.Error, code, FormattableString.Invariant(message), offset + at));
    }

    public static IReadOnlyList<Finding> Verify(Bl1Manifest manifest, long offset, ReadOnlyMemory<byte> logical, SecureBootKeys? keys)
    {
        var findings = new List<Finding>(manifest.Findings);
        if (!logical.IsEmpty && manifest.LogicalImageRange is { } range)
        {
            if (manifest.FindImage(logical) is not { } image)
            {
                Add(FindingCode.ManifestOutside, Bl1Manifest.ImageLengthOffset,
                    $"the manifest names logical {range}, the image ends at 0x{logical.Length:x}");
            }
            else if (!manifest.HashFits(image.Span))
            {
                Add(FindingCode.ManifestImageHash, Bl1Manifest.ImageHashOffset,
                    $"the second bootloader (logical {range}) does not give the SHA-256 its manifest states");
            }
        }
        var signature = manifest.CheckSignature();
        if (signature.IsValid == false)
            Add(FindingCode.ManifestSignature, Bl1Manifest.SignatureOffset, $"the signature of the manifest is wrong: {signature.Reason}");
        else if (signature.IsValid is null)
        {
            findings.Add(new Finding(FindingSeverity.Info, FindingCode.SignatureNotChecked,
                $"the signature of the manifest was not checked: {signature.Reason}", offset + Bl1Manifest.SignatureOffset));
        }
        if (keys?.IsBl1Key(manifest.PublicKeyHash) == false)
            Add(FindingCode.ManifestKey, Bl1Manifest.PublicKeyOffset, $"the key of the manifest (SHA-256 {manifest.PublicKeyHash}) is not the one the device trusts");
        return findings;

        void Add(FindingCode code, int at, FormattableString message) =>
            findings.Add(new Finding(FindingSeverity.Error, code, FormattableString.Invariant(message), offset + at));
    }
}
