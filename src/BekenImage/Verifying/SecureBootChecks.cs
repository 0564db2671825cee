using BekenImage.Formats.SecureBoot;

namespace BekenImage.Verifying;

/// <summary>
/// What a device under secure boot asks before it runs anything: the manifest of the second bootloader, then the image in each slot. Keys
/// stand in the image itself; whether the device trusts them only its fuses say.
/// </summary>
internal static class SecureBootChecks
{
    private const string NoKeys = "which keys the device trusts is not known: a dump of its OTP, or the key file of its maker, says it";

    /// <summary>True for what only who holds the signing key can make right: no editor can.</summary>
    public static bool NeedsSigner(VerifyCheck check) => check.Code is FindingCode.ManifestImageHash or FindingCode.ManifestSignature or
        FindingCode.ManifestKey or FindingCode.McuBootHash or FindingCode.McuBootSignature or FindingCode.McuBootKey;

    public static IEnumerable<VerifyCheck> Of(FlashImage image)
    {
        if (image.SecureBoot is not { } secure)
            yield break;
        var keys = image.Options.SecureBoot;
        if (secure.Manifest is { } manifest)
        {
            foreach (var check in OfManifest(secure, manifest, keys))
                yield return check;
        }
        else if (image.Programs.Secure is not null)
        {
            yield return new(FindingCode.ManifestDamaged, "manifest", CheckStatus.Skipped, image.Programs.Partitions.Any(partition => partition.Name == "primary_manifest")
                ? "there is no manifest in its partition, so BL1's checks cannot be made" : "the partition table names no manifest: this layout has none", secure.TableOffset);
        }
        foreach (var slot in secure.Slots)
        {
            foreach (var check in OfSlot(slot, keys))
                yield return check;
        }
        if (secure.Slots.Count == 0)
        {
            yield return new(FindingCode.McuBootDamaged, "mcuboot", CheckStatus.Skipped,
                image.Key.IsKnown ? "there is no MCUboot image" : "no MCUboot image can be read: the key of the flash is not known");
        }
    }

    private static IEnumerable<VerifyCheck> OfManifest(SecureBootContents secure, Bl1Manifest manifest, SecureBootKeys? keys)
    {
        long offset = secure.ManifestPartition!.Offset;
        if (manifest.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } damage)
            yield return new(damage.Code, "manifest", CheckStatus.Fail, damage.Message, damage.Offset);
        if (secure.ManifestProgram is not { } program)
        {
            yield return new(FindingCode.ManifestImageHash, "manifest-hash", CheckStatus.Skipped,
                "the bytes the manifest describes are not in this image, or cannot be deciphered", offset);
        }
        else
        {
            yield return manifest.HashFits(program.Span)
                ? new(FindingCode.ManifestImageHash, "manifest-hash", CheckStatus.Pass, "the second bootloader gives the SHA-256 of its manifest", offset)
                : new(FindingCode.ManifestImageHash, "manifest-hash", CheckStatus.Fail, "the second bootloader does not give the SHA-256 of its manifest", offset);
        }
        yield return Signature(FindingCode.ManifestSignature, "manifest-signature", manifest.CheckSignature(), offset);
        yield return Trusted(FindingCode.ManifestKey, "manifest-key", keys?.IsBl1Key(manifest.PublicKeyHash), manifest.PublicKeyHash, offset);
    }

    private static IEnumerable<VerifyCheck> OfSlot(SecureSlot slot, SecureBootKeys? keys)
    {
        var (image, name, offset) = (slot.Image, slot.Partition.Name, slot.Partition.Offset);
        if (image.Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } damage)
        {
            yield return new(damage.Code, name + "-mcuboot", CheckStatus.Fail, damage.Message, offset);
            yield break;
        }
        yield return image.HashOk switch
        {
            true => new(FindingCode.McuBootHash, name + "-hash", CheckStatus.Pass, "the image gives the SHA-256 its tags state", offset),
            false => new(FindingCode.McuBootHash, name + "-hash", CheckStatus.Fail, "the image does not give the SHA-256 its tags state", offset),
            null => new(FindingCode.McuBootUnsigned, name + "-hash", CheckStatus.Warn, "the image states no SHA-256 of a known form", offset),
        };
        yield return Signature(FindingCode.McuBootSignature, name + "-signature", image.CheckSignature(), offset);
        if (image.PublicKeyHash is { } hash)
            yield return Trusted(FindingCode.McuBootKey, name + "-key", keys?.IsBl2Key(hash), hash, offset);
    }

    private static VerifyCheck Signature(FindingCode code, string name, SignatureCheck check, long offset) => check.IsValid switch
    {
        true => new(code, name, CheckStatus.Pass, "the ECDSA signature over P-256 is right", offset),
        false => new(code, name, CheckStatus.Fail, $"the signature is wrong: {check.Reason}", offset),
        null => new(FindingCode.SignatureNotChecked, name, CheckStatus.Skipped, $"the signature was not checked: {check.Reason}", offset),
    };

    private static VerifyCheck Trusted(FindingCode code, string name, bool? isTrusted, string hash, long offset) => isTrusted switch
    {
        true => new(code, name, CheckStatus.Pass, $"the key (SHA-256 {hash}) is the one the device trusts", offset),
        false => new(code, name, CheckStatus.Fail, $"the key (SHA-256 {hash}) is not the one the device trusts", offset),
        null => new(code, name, CheckStatus.Skipped, NoKeys, offset),
    };
}
