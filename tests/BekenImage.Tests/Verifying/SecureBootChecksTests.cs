using BekenImage.Formats.SecureBoot;
using BekenImage.Tests.Synthetic;
using BekenImage.Verifying;
using static BekenImage.Tests.Verifying.CheckLines;

namespace BekenImage.Tests.Verifying;

/// <summary>What secure boot asks of manifest and slots: fields, hash, signature and key; every answer each may give.</summary>
public class SecureBootChecksTests
{
    // The first page at or behind the partition's start: 0x23000 rounded up to a multiple of 34.
    private const int PrimaryPages = 0x23012;

    private static readonly byte[] Key = Enumerable.Range(0, 32).Select(i => (byte)(i * 5 + 1)).ToArray();

    private static VerifyResult Verify(byte[] flash, SecureBootKeys? keys = null) =>
        ImageVerifier.Verify(FlashImage.Parse(flash, new FlashImageOptions { SecureBoot = keys }));

    private static string[] OfSecureBoot(VerifyResult result) => Lines(result.BootChecks
        .Where(check => check.Name.StartsWith("manifest", StringComparison.Ordinal) || check.Name.StartsWith("mcuboot",
            StringComparison.Ordinal) ||
            check.Name.StartsWith("primary_all-", StringComparison.Ordinal) && !check.Name.EndsWith("-pages", StringComparison.Ordinal)));

    /// <summary>The flash with another signed program, or none, in its slot.</summary>
    private static byte[] WithPrimary(SyntheticSecureImage made, Action<byte[]>? change)
    {
        byte[] flash = made.Flash.ToArray();
        flash.AsSpan(SyntheticSecureImage.PrimaryOffset, SyntheticSecureImage.PrimaryLength).Fill(0xFF);
        if (change is null)
            return flash;
        byte[] primary = made.Primary.ToArray();
        change(primary);
        SyntheticArmino.Pages([.. primary, .. Enumerable.Repeat((byte)0xFF, (32 - primary.Length % 32) % 32)]).CopyTo(flash, PrimaryPages);
        return flash;
    }

    private static byte[] WithManifest(SyntheticSecureImage made, params (int At, uint Word)[] words)
    {
        byte[] flash = made.Flash.ToArray();
        foreach (var (at, word) in words)
            PlainFormats.Put(flash, SyntheticSecureImage.ManifestOffset + at, word);
        return flash;
    }

    // Tags are little-endian, each before its length; they begin where header, payload and protected tags end, with a head of four bytes.
    private static void Retag(byte[] primary, byte from, byte to)
    {
        int infos = BitConverter.ToUInt16(primary, 0x08) + BitConverter.ToInt32(primary, 0x0C) + BitConverter.ToUInt16(primary, 0x0A);
        Assert.Equal(0x6907, BitConverter.ToUInt16(primary, infos));
        for (int at = infos + 4; at < primary.Length; at += 4 + (primary[at + 2] | primary[at + 3] << 8))
        {
            if (primary[at] == from)
                primary[at] = to;
        }
    }

    [Fact]
    public void Flash_ThatIsRight_IsSaidWhereEachStands()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        var result = Verify(made.Flash, new SecureBootKeys(null, made.PublicKeyHash, made.PublicKeyDerHash));

        Assert.Equal(
        [
            "manifest-hash Pass ManifestImageHash @3000", "manifest-signature Pass ManifestSignature @3000",
                "manifest-key Pass ManifestKey @3000",
            "primary_all-hash Pass McuBootHash @23000", "primary_all-signature Pass McuBootSignature @23000",
                "primary_all-key Pass McuBootKey @23000",
        ], OfSecureBoot(result));
        Says(result, "manifest-key Pass ManifestKey @3000", Convert.ToHexStringLower(made.PublicKeyHash)
            + ") is the one the device trusts");
        Says(result, "primary_all-key Pass McuBootKey @23000", Convert.ToHexStringLower(made.PublicKeyDerHash)
            + ") is the one the device trusts");
        Says(result, "manifest-hash Pass ManifestImageHash @3000", "gives the SHA-256 of its manifest");
        Says(result, "manifest-signature Pass ManifestSignature @3000", "over P-256 is right");
        Says(result, "primary_all-hash Pass McuBootHash @23000", "gives the SHA-256 its tags state");
    }

    [Fact]
    public void Keys_AreHeldAgainstWhatTheDeviceTrusts_EachByItself()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);

        var first = Verify(made.Flash, new SecureBootKeys(null, made.PublicKeyHash, new byte[32]));
        Says(first, "manifest-key Pass ManifestKey @3000", "is the one");
        Says(first, "primary_all-key Fail McuBootKey @23000", "is not the one the device trusts");
        var second = Verify(made.Flash, new SecureBootKeys(null, new byte[32], null));
        Says(second, "manifest-key Fail ManifestKey @3000", "is not the one the device trusts");
        Says(second, "primary_all-key Skipped McuBootKey @23000", "which keys the device trusts is not known");
    }

    [Fact]
    public void Manifest_WithFieldsThatAreNotKnown_IsDamaged()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);

        var result = Verify(WithManifest(made, (0x04, 2), (0x14, 3)));

        // The first that is wrong; what was signed is another.
        Assert.Equal(
        [
            "manifest Fail ManifestDamaged @3004", "manifest-hash Pass ManifestImageHash @3000",
                "manifest-signature Fail ManifestSignature @3000",
            "manifest-key Skipped ManifestKey @3000",
        ], OfSecureBoot(result).Take(4));
        Assert.False(result.Boots);
    }

    [Fact]
    public void Manifest_OfBytesOutsideTheFlash_HasNothingToHash()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);

        var result = Verify(WithManifest(made, (0x20, 0)));

        Assert.Equal(["manifest Fail ManifestOutside @3020", "manifest-hash Skipped ManifestImageHash @3000"],
            OfSecureBoot(result).Take(2));
        Says(result, "manifest-hash Skipped ManifestImageHash @3000", "are not in this image, or cannot be deciphered");
        Says(result, "manifest-signature Fail ManifestSignature @3000", "the signature is wrong");
    }

    [Fact]
    public void Manifest_ThatIsNotThere_IsToldByTheTable()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        byte[] flash = made.Flash.ToArray();
        flash.AsSpan(SyntheticSecureImage.ManifestOffset, 0x1000).Fill(0xFF);
        Says(Verify(flash), "manifest Skipped ManifestDamaged @1000", "no manifest in its partition");

        // The fourth record of the table is the manifest's.
        "another"u8.CopyTo(flash.AsSpan(0x1400 + 3 * 32));
        var result = Verify(flash);
        Says(result, "manifest Skipped ManifestDamaged @1000", "the partition table names no manifest");
        Assert.True(result.Boots);
    }

    [Fact]
    public void Slot_WithoutAnImage_IsSaidWithItsReason()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        Says(Verify(WithPrimary(made, null)), "mcuboot Skipped McuBootDamaged", "there is no MCUboot image");
        using var enciphered = new SyntheticSecureImage(Key, tableInPages: false);
        var result = Verify(enciphered.Flash);
        Says(result, "mcuboot Skipped McuBootDamaged", "the key of the flash is not known");
        Says(result, "manifest-hash Skipped ManifestImageHash @3000", "cannot be deciphered");
        Assert.DoesNotContain(Verify(made.Flash).Checks, check => check.Name == "mcuboot");
    }

    [Fact]
    public void Slot_WithADamagedHeader_IsAskedNothingMore()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);

        var result = Verify(WithPrimary(made, primary => (primary[8], primary[9]) = (0, 0)));

        Assert.Equal(["primary_all-mcuboot Fail McuBootDamaged @23000"], OfSecureBoot(result).Skip(3));
        Says(result, "primary_all-mcuboot Fail McuBootDamaged @23000", "states its own length as 0x0");
        Assert.False(result.Boots);
    }

    [Fact]
    public void Slot_WithoutAHash_IsUnsignedAndStarts()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);

        var result = Verify(WithPrimary(made, primary => Retag(primary, 0x10, 0x11)));

        Says(result, "primary_all-hash Warn McuBootUnsigned @23000", "states no SHA-256 of a known form");
        Says(result, "primary_all-signature Pass McuBootSignature @23000", "is right");
        Assert.True(result.Boots);
    }

    [Fact]
    public void Slot_WithoutAKey_CannotBeChecked()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);

        var result = Verify(WithPrimary(made, primary => Retag(primary, 0x02, 0x03)));

        Says(result, "primary_all-signature Skipped SignatureNotChecked @23000", "the signature was not checked: ");
        Assert.DoesNotContain(result.Checks, check => check.Name == "primary_all-key");
        Says(result, "primary_all-hash Pass McuBootHash @23000", "gives the SHA-256");
    }

    [Fact]
    public void Slot_OfAnotherProgram_GivesNeitherHashNorSignature()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);

        var result = Verify(WithPrimary(made, primary => primary[0x2000] ^= 1));

        Says(result, "primary_all-hash Fail McuBootHash @23000", "does not give the SHA-256");
        Says(result, "primary_all-signature Fail McuBootSignature @23000", "the signature is wrong: ");
        Assert.All(result.BootChecks.Where(check => check.Status == CheckStatus.Fail),
            check => Assert.True(SecureBootChecks.NeedsSigner(check)));
    }

    [Fact]
    public void Bootloader_OfAnotherHash_Fails()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        byte[] flash = made.Flash.ToArray();
        int page = 0x4012 + (0x1C0 + 0x2000) / 32 * 34;
        flash[page] ^= 1;
        SyntheticArmino.Pages(flash[page..(page + 32)]).CopyTo(flash, page);

        Says(Verify(flash), "manifest-hash Fail ManifestImageHash @3000", "does not give the SHA-256 of its manifest");
    }

    [Theory]
    [InlineData(FindingCode.ManifestImageHash, true)]
    [InlineData(FindingCode.ManifestSignature, true)]
    [InlineData(FindingCode.ManifestKey, true)]
    [InlineData(FindingCode.McuBootHash, true)]
    [InlineData(FindingCode.McuBootSignature, true)]
    [InlineData(FindingCode.McuBootKey, true)]
    [InlineData(FindingCode.McuBootDamaged, false)]
    [InlineData(FindingCode.BadPage, false)]
    public void Signer_IsNeededForWhatIsSigned(FindingCode code, bool needs) =>
        Assert.Equal(needs, SecureBootChecks.NeedsSigner(new VerifyCheck(code, "check", CheckStatus.Fail, "")));
}
