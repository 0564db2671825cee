using BekenImage.Crypto;
using BekenImage.Formats.SecureBoot;
using BekenImage.Tests.Synthetic;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Images;

/// <summary>
/// Images under secure boot and the packages around them. Synthetic ones come from <see cref="SyntheticSecureImage"/>; what is expected of the
/// published ones is in the format notes (armino.md, 2.6 and 5) and the key file published with them.
/// </summary>
public class SecureImageTests
{
    private static readonly byte[] Key = Enumerable.Range(0, 32).Select(i => (byte)(i * 5 + 1)).ToArray();

    private static FlashImageOptions WithKey => new() { AesKey = new AesFlashKey(Key) };

    public static TheoryData<bool, bool> Forms => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Dump_ListsTheTablesPartitions(bool encrypted, bool tableInPages)
    {
        using var made = new SyntheticSecureImage(encrypted ? Key : null, tableInPages);
        var image = FlashImage.Parse(made.Flash, encrypted ? WithKey : null);

        Assert.Equal((ImageKind.Dump, BekenChip.BK7236), (image.Kind, image.Chip));
        Assert.Equal(
            ["bl1_control", "partition", "sys_rf", "primary_manifest", "bl2", "easyflash", "primary_all", "primary_tfm_s", "primary_cpu0_app"],
            image.Partitions.Select(partition => partition.Name));
        Assert.Equal(1, image.SecureBoot!.Table!.Version);
        Assert.Equal(encrypted, image.Key.Aes is not null);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Dump_ItsProgramsComeOutPlain(bool encrypted, bool tableInPages)
    {
        using var made = new SyntheticSecureImage(encrypted ? Key : null, tableInPages);
        var image = FlashImage.Parse(made.Flash, encrypted ? WithKey : null);

        Assert.Equal(made.Primary, image.Extract(image.FindPartition("primary_all")!).Slice(0, made.Primary.Length).ToArray());
        Assert.Equal(made.Bl2, image.Extract(image.FindPartition("bl2")!).Slice(0x1C0, made.Bl2.Length).ToArray());
        Assert.Equal(made.Bl2, image.SecureBoot!.ManifestProgram!.Value.ToArray());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Verify_OfWhatIsRight_PassesEveryCheckOfSecureBoot(bool encrypted, bool tableInPages)
    {
        using var made = new SyntheticSecureImage(encrypted ? Key : null, tableInPages);
        var options = encrypted ? WithKey : new FlashImageOptions();
        options.SecureBoot = new SecureBootKeys(null, made.PublicKeyHash, made.PublicKeyDerHash);

        var result = ImageVerifier.Verify(FlashImage.Parse(made.Flash, options));

        Assert.True(result.Boots);
        Assert.Equal(
            ["manifest-hash", "manifest-key", "manifest-signature", "primary_all-hash", "primary_all-key", "primary_all-signature"],
            result.Checks.Where(check => check.Name.StartsWith("manifest", StringComparison.Ordinal) || check.Name.StartsWith("primary_all-", StringComparison.Ordinal))
                .Where(check => check.Status == CheckStatus.Pass && !check.Name.EndsWith("-pages", StringComparison.Ordinal)).Select(check => check.Name).Order());
    }

    [Fact]
    public void Verify_WithoutWhatTheDeviceTrusts_SaysThatTheKeysWereNotChecked()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        var result = ImageVerifier.Verify(FlashImage.Parse(made.Flash));

        Assert.Equal(CheckStatus.Skipped, result.Checks.Single(check => check.Name == "manifest-key").Status);
        Assert.Equal(CheckStatus.Skipped, result.Checks.Single(check => check.Name == "primary_all-key").Status);
    }

    [Fact]
    public void Verify_WithOtherTrustedKeys_Fails()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        var result = ImageVerifier.Verify(FlashImage.Parse(made.Flash, new FlashImageOptions { SecureBoot = new SecureBootKeys(null, new byte[32], new byte[32]) }));

        Assert.False(result.Boots);
        Assert.Equal(["manifest-key", "primary_all-key"], Failed(result));
    }

    // Each with its page CRC made right again where it has one: only what is signed can tell.
    [Theory]
    [InlineData(SyntheticSecureImage.ManifestOffset + 0x31, "manifest-hash manifest-signature")]
    [InlineData(SyntheticSecureImage.ManifestOffset + 0x96, "manifest-signature")]
    [InlineData(0x4004 + 34 * 40, "manifest-hash")]
    [InlineData(0x23012 + 34 * 200, "primary_all-hash primary_all-signature")]
    public void Verify_OfAFlippedByte_NamesTheChecks(int offset, string checks)
    {
        using var made = new SyntheticSecureImage(Key, tableInPages: true);
        byte[] flash = made.Flash.ToArray();
        flash[offset] ^= 0x10;
        if (offset >= 0x4000)
        {
            int page = offset / 34 * 34;
            SyntheticArmino.Pages(flash[page..(page + 32)]).CopyTo(flash, page);
        }

        var result = ImageVerifier.Verify(FlashImage.Parse(flash, WithKey));

        Assert.False(result.Boots);
        Assert.Equal(checks, string.Join(" ", Failed(result)));
    }

    [Fact]
    public void Encrypted_WithoutItsKey_SaysSo()
    {
        using var made = new SyntheticSecureImage(Key, tableInPages: false);
        var image = FlashImage.Parse(made.Flash);

        Assert.False(image.Key.IsKnown);
        Assert.Empty(image.SecureBoot!.Slots);
        Assert.Null(image.SecureBoot.ManifestProgram);
        Assert.NotNull(image.SecureBoot.Manifest);
        Assert.False(ImageVerifier.Verify(image).Boots);
    }

    // What the chip starts by is changed by merge alone, as the bootloader of the BK72xx; calibration lies between and is not guarded.
    [Theory]
    [InlineData(0)]
    [InlineData(0x1000)]
    [InlineData(SyntheticSecureImage.ManifestOffset)]
    [InlineData(SyntheticSecureImage.Bl2Offset + 0x100)]
    public void Range_OverWhatTheChipStartsBy_IsRefused(int offset)
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        var draft = FlashImage.Parse(made.Flash).Edit();

        var error = Assert.Throws<ImageGuardException>(() => draft.Put(new FlashRange(offset, 4), [1, 2, 3, 4]));

        Assert.Equal(FindingCode.BootloaderProtected, error.Code);
        Assert.Equal([1, 2, 3, 4], draft.Put(new FlashRange(0x2000, 4), [1, 2, 3, 4]).ToArray().AsSpan(0x2000, 4).ToArray());
        Assert.Throws<ImageGuardException>(() => draft.Put("bl2", made.Bl2));
    }

    // ---- packages ------------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("BKDLV10.")]
    [InlineData("BL1DLV10")]
    public void Package_IsReadAsTheFlashItMakes(string magic)
    {
        using var made = new SyntheticSecureImage(Key, tableInPages: true);
        byte[] file = made.Package(magic);
        var image = FlashImage.Parse(file, WithKey);

        Assert.Equal((ImageKind.Package, true, file.Length), (image.Kind, image.IsPackagedFlash, image.FileLength));
        Assert.Equal(made.Flash.AsSpan(0, image.Length).ToArray(), image.Bytes.ToArray());
        Assert.Equal(SyntheticSecureImage.PrimaryOffset, image.FindPartition("primary_all")!.Offset);
        Assert.Empty(Failed(ImageVerifier.Verify(image)));
    }

    [Fact]
    public void Package_SplitAndMerged_IsTheSameFile()
    {
        using var made = new SyntheticSecureImage(Key, tableInPages: true);
        byte[] file = made.Package();
        var split = ImageSplitter.Split(FlashImage.Parse(file, WithKey));

        Assert.Equal(file, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
    }

    [Fact]
    public void Package_WithAnotherProgram_IsSealedAnew()
    {
        using var made = new SyntheticSecureImage(Key, tableInPages: true);
        byte[] other = made.Primary.ToArray();
        other[0x3000] ^= 1;

        var draft = FlashImage.Parse(made.Package(), WithKey).Edit().Put("primary_all", other);
        byte[] file = draft.ToArray();

        var image = FlashImage.Parse(file, WithKey);
        Assert.Equal(made.Package().Length, file.Length);
        Assert.DoesNotContain(image.Findings, finding => finding.Code is FindingCode.DownloadHeaderCrc or FindingCode.DownloadImageCrc);
        Assert.Equal(other, image.Extract(image.FindPartition("primary_all")!).Slice(0, other.Length).ToArray());
        // Who changes a signed program has no key to sign it again.
        Assert.Equal((FindingCode.ResultDoesNotBoot, FindingSeverity.Error), (draft.Findings[0].Code, draft.Findings[0].Severity));
        Assert.Equal(["primary_all-hash", "primary_all-signature"], Failed(ImageVerifier.Verify(image)));
    }

    [Fact]
    public void Package_NothingCanBePutWhereItHasNoPart()
    {
        using var made = new SyntheticSecureImage(Key, tableInPages: true);

        var error = Assert.Throws<ImageGuardException>(() => FlashImage.Parse(made.Package(), WithKey).Edit().Put(new FlashRange(0x2000, 4), [1, 2, 3, 4]).ToArray());
        Assert.Equal(FindingCode.OutsideFlash, error.Code);
    }

    [Theory]
    [InlineData(0x20)]
    [InlineData(0x90)]
    [InlineData(0x5000)]
    public void Package_CutShort_IsNamedAndGivesNothing(int length)
    {
        using var made = new SyntheticSecureImage(Key, tableInPages: true);
        var image = FlashImage.Parse(made.Package().AsSpan(0, length).ToArray(), WithKey);

        Assert.Equal((ImageKind.Package, false), (image.Kind, image.IsPackagedFlash));
        Assert.Empty(image.Partitions);
        Assert.Contains(image.Findings, finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void Package_WithPartsThatOverlapOrLeaveTheFlash_IsNoFlash()
    {
        using var made = new SyntheticSecureImage(Key, tableInPages: true);
        foreach (int field in new[] { 32 + 8, 64 + 8, 64 + 12, 96 + 16 })
        {
            byte[] file = made.Package();
            file.AsSpan(field, 4).Fill(0xFE);
            Assert.False(FlashImage.Parse(file, WithKey).IsPackagedFlash);
        }
    }

    // Without its bootloader the app's own mark tells the chip; with nothing of either, nothing does.
    [Fact]
    public void McuBootFile_IsAnAppOfItsChip()
    {
        using var made = new SyntheticSecureImage(null, tableInPages: false);
        var image = FlashImage.Parse(made.Primary);

        Assert.Equal((ImageKind.App, StoredForm.Logical), (image.Kind, image.Stored));
        Assert.True(image.SecureBoot!.Slots.Single().Image.HashOk);
        Assert.NotNull(image.Findings);
    }

    [Theory]
    [InlineData(0x6001)]
    [InlineData(0x6000 + 63)]
    public void Bootloader_OfAnOddLength_IsRead(int length)
    {
        byte[] file = SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5).AsSpan(0, length).ToArray();
        file.AsSpan(0, 32).Fill(0x5A);

        Assert.Equal(ImageKind.Bootloader, FlashImage.Parse(file).Kind);
    }

    // ---- published -----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Published_Package_IsRightInEverythingItHolds()
    {
        Assert.True(SecureBootKeys.TryReadText(System.Text.Encoding.UTF8.GetString(Corpus.Read("armino/BK7236_published_keys.json")), out var keys));
        byte[] file = Corpus.Read("armino/BK7236_BKDLV10_published_k09da.bin");
        var options = new FlashImageOptions { AesKey = new AesFlashKey(keys.FlashKey!.Value.ToArray()), SecureBoot = keys };
        var image = FlashImage.Parse(file, options);

        Assert.Equal((ImageKind.Package, BekenChip.BK7236), (image.Kind, image.Chip));
        Assert.Equal(
            ["bl1_control", "partition", "sys_rf", "primary_manifest", "bl2", "sys_its", "sys_ps", "sys_net", "easyflash", "primary_all", "primary_tfm_s", "primary_cpu0_app"],
            image.Partitions.Select(partition => partition.Name));
        var checks = ImageVerifier.Verify(image).Checks.ToDictionary(check => check.Name, check => check.Status);
        Assert.Equal(
            [CheckStatus.Pass, CheckStatus.Pass, CheckStatus.Pass, CheckStatus.Pass],
            new[] { "primary_all-hash", "primary_all-signature", "primary_all-key", "app-pages" }.Select(name => checks[name]));
        var split = ImageSplitter.Split(image);
        Assert.Equal(file, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
    }

    [Fact]
    public void Published_Update_IsRight()
    {
        byte[] file = Corpus.Read("armino/BK7236_ota_published_k09da.bin");
        var image = FlashImage.Parse(file);

        Assert.Equal("beken-utils", image.Key.Name);
        var checks = ImageVerifier.Verify(image).Checks.ToDictionary(check => check.Name, check => check.Status);
        Assert.Equal((CheckStatus.Pass, CheckStatus.Pass), (checks["primary_all-hash"], checks["primary_all-signature"]));
    }

    [Theory]
    [InlineData("secure-plain")]
    [InlineData("secure-aes")]
    public void Vendor_Package_HoldsItsInputs(string folder)
    {
        var image = FlashImage.Parse(Corpus.ReadVector($"armino/container/{folder}/all-app.bin"));

        foreach (var (name, input) in new[] { ("bl2", "bl2.bin"), ("primary_all", "primary_all_signed.bin"), ("nvs_key", "nvs_key.bin") })
        {
            byte[] expected = Corpus.ReadVector($"armino/container/{folder}/{input}");
            var plain = image.Extract(image.FindPartition(name)!);
            int common = Math.Min(expected.Length, plain.Length);
            byte[] given = plain.Slice(0, common).ToArray();
            // The marks were written behind the cipher: what stood in their blocks is not in the image any more.
            if (folder == "secure-aes" && name == "bl2")
                expected.AsSpan(0x100, 0x40).CopyTo(given.AsSpan(0x100));
            Assert.Equal(expected.AsSpan(0, common).ToArray(), given);
        }
        Assert.Equal(2, image.SecureBoot!.Table!.Version);
    }

    private static string[] Failed(VerifyResult result) => result.BootChecks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Name).ToArray();
}
