using BekenImage.Crypto;
using BekenImage.Formats.Download;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.SecureBoot;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Firmware;

/// <summary>The vendor's packages of their inputs; and what is refused, by synthetic parts.</summary>
public sealed class SecurePackageBuilderTests : IDisposable
{
    private const string VendorKey = "73c7bf397f2ad6bf4e7403a7b965dc5ce0645df039c2d69c814ffb403183fb18";

    private const string Table = """
        Name,               Type, SubType, Offset,  Size,   Flags
        bl2,                app,  ,        ,        96k,
        partition,          data, ,        ,        4k,
        primary_cpu0_app,   app,  ,        ,        64k,
        secondary_cpu0_app, app,  ,        ,        64k,
        wiz_mfr,            data, factory, ,        4k,     encrypted
        nvs,                data, nvs,     ,        8k,
        nvs_key,            data, nvs_key, ,        4k,     flash_encrypted
        user_config,        data, ,        ,        4k,
        """;

    private readonly SyntheticSecureBoot _signer = new();

    public void Dispose() => _signer.Dispose();

    [Theory]
    [InlineData("secure-plain", false)]
    [InlineData("secure-aes", true)]
    public void Vendor_Packages_AreBuiltOfTheirInputs(string folder, bool isEnciphered)
    {
        byte[] Read(string file) => Corpus.ReadVector($"armino/container/{folder}/{file}");
        byte[] signed = Read("primary_all_signed.bin");
        SecurePackagePart[] parts =
        [
            new("bl2", Read("bl2.bin")), new("partition", Read("partition.bin")), new("primary_all", signed), new("wiz_mfr", Read("wiz_mfr.bin")), new("nvs"),
            new("nvs_key", Read("nvs_key.bin")),
        ];
        var options = isEnciphered ? new SecurePackageOptions { AesKey = KeyOf(VendorKey), BootloaderVersion = "1.2.3" } : new SecurePackageOptions();
        var builder = new SecurePackageBuilder(Source(System.Text.Encoding.ASCII.GetString(Read("partitions.csv"))), options);
        var findings = new List<Finding>();

        BytesAssert.Equal(Read("all-app.bin"), builder.BuildDownload(parts, findings));
        BytesAssert.Equal(Read("ota.bin"), builder.BuildUpdate(signed));
        Assert.Empty(findings);
        Assert.True(builder.RunsInPlace);
        // The vendor's table is there twice, of two runs: made anew it is there once, and the same.
        parts[1] = new SecurePackagePart("partition");
        Assert.True(DownloadPackage.TryRead(builder.BuildDownload(parts), out var package));
        BytesAssert.Equal(Read("partition.bin").AsSpan(0, 0x5A0), package.Images[1].Data.Span);
    }

    [Fact]
    public void Published_UpdatePackage_IsBuiltOfItsDecipheredImage()
    {
        byte[] expected = Corpus.Read("armino/BK7236_ota_published_k09da.bin");
        Assert.True(UpdateFile.TryRead(expected, out var update));
        byte[] signed = update.Unpack();
        string table = """
            Name, Type, SubType, Offset, Size, Flags
            bl2, app, , , 136k,
            partition, data, , , 4k,
            primary_cpu0_app, app, , 0x23000, 2036k,
            secondary_cpu0_app, app, , , 2036k,
            """;
        var builder = new SecurePackageBuilder(Source(table), new SecurePackageOptions { AesKey = AesFlashKey.BekenUtils, EnciphersUpdate = true });

        BytesAssert.Equal(expected, builder.BuildUpdate(signed));
    }

    [Fact]
    public void Parts_LieAsTheNotesSay()
    {
        byte[] loader = SyntheticArmino.Program(0x1234, 0, 1), signed = _signer.McuBoot(SyntheticPrograms.Noise(0x3000, 2), 0x1000);
        byte[] nvsKey = SyntheticPrograms.Noise(64, 3);
        var parts = Parts(loader, signed, nvsKey);
        Assert.True(DownloadPackage.TryRead(Builder(KeyOf(VendorKey), "2.0").BuildDownload(parts), out var package));
        Assert.Equal(DownloadKind.Bl1, package.Kind);
        Assert.Empty(package.Findings);

        byte[] stored = SyntheticAesPages.Cipher(VendorKey, 0, Filled(loader, 0x1240), encrypt: true);
        "BK7236\0"u8.CopyTo(stored.AsSpan(0x100));
        new byte[] { 2, 0, 0, 0 }.CopyTo(stored, 0x120);
        BytesAssert.Equal(SyntheticArmino.Pages(stored), package.Images[0].Data.Span);

        // 0x19000 is no page boundary: 8 bytes of gap, the pages, 0xFF, the status at the first boundary in the last sector.
        var slot = package.Images[2].Data.Span;
        byte[] slotPages = SyntheticArmino.Pages(SyntheticAesPages.Cipher(VendorKey, 0x19008 / 34 * 32, Filled(signed, (signed.Length + 31) / 32 * 32), encrypt: true));
        BytesAssert.Equal(Enumerable.Repeat((byte)0xFF, 8).ToArray(), slot[..8]);
        BytesAssert.Equal(slotPages, slot.Slice(8, slotPages.Length));
        int status = (0x28000 + 33) / 34 * 34 - 0x19000;
        Assert.Equal(status + 36, slot.Length);
        Assert.Equal([0xEF, 0xBE, 0xAD, 0xDE], slot.Slice(status + 32).ToArray());
        Assert.Equal(0x1000, package.Images[3].Data.Length);
        Assert.Equal(0, package.Images[4].Data.Length);
        Assert.Equal(0x1000, package.Images[5].Data.Length);
    }

    [Fact]
    public void Parts_ThatDoNotFit_AreRefusedByName()
    {
        byte[] loader = SyntheticArmino.Program(0x1234, 0, 1), signed = _signer.McuBoot(SyntheticPrograms.Noise(0x3000, 2), 0x1000);
        byte[] nvsKey = SyntheticPrograms.Noise(64, 3);
        Refused(FindingCode.BuildPartMissing, "bl2", new SecurePackagePart("bl2"));
        Refused(FindingCode.BuildPartUnfit, "bl2", new SecurePackagePart("bl2", new byte[0x100]));
        Refused(FindingCode.BuildNoRoom, "bl2", new SecurePackagePart("bl2", SyntheticArmino.Program(0x16A00, 0, 1)));
        Refused(FindingCode.ChipsDiffer, "bl2", new SecurePackagePart("bl2", SyntheticPrograms.App(0x8000, "app")));
        Refused(FindingCode.BuildPartUnfit, "primary_all", new SecurePackagePart("primary_all", loader));
        Refused(FindingCode.McuBootTruncated, "primary_all", new SecurePackagePart("primary_all", signed[..0x2000]));
        signed[0x1100] ^= 1;
        Refused(FindingCode.BuildPartUnfit, "primary_all", new SecurePackagePart("primary_all", (byte[])signed.Clone()));
        signed[0x1100] ^= 1;
        Refused(FindingCode.BuildPartUnfit, "secondary_cpu0_app", new SecurePackagePart("secondary_cpu0_app", loader));
        Refused(FindingCode.BuildTableMissing, "nothing", new SecurePackagePart("nothing", loader));
        Refused(FindingCode.BuildNoRoom, "user_config", new SecurePackagePart("user_config", new byte[0x1001]));
        Refused(FindingCode.BuildPartUnfit, "wiz_mfr", new SecurePackagePart("wiz_mfr", new byte[17]));
        Assert.Equal(FindingCode.BuildPartMissing, Code(() => Builder().BuildDownload([new SecurePackagePart("wiz_mfr", new byte[16])])));
        Assert.Equal(FindingCode.NvsKeyCrc, Code(() => Builder().BuildDownload([new SecurePackagePart("wiz_mfr", new byte[16]), new SecurePackagePart("nvs_key", new byte[0x1000])])));
        Assert.Equal(FindingCode.HeaderTextTooLong, Code(() => Builder(null, "1.2.3.4.5").BuildDownload(Parts(loader, signed, nvsKey))));
        Assert.Equal(FindingCode.HeaderTextTooLong, Code(() => Builder(null, "1.256").BuildDownload(Parts(loader, signed, nvsKey))));

        void Refused(FindingCode code, string subject, SecurePackagePart part)
        {
            var error = Assert.ThrowsAny<BekenImageException>(() => Builder().BuildDownload([.. Parts(loader, signed, nvsKey).Where(other => other.Partition != part.Partition), part]));
            Assert.Equal((code, subject), (error.Code, error.Subject ?? subject));
        }
    }

    [Fact]
    public void Update_OfADeviceThatOverwrites_IsTheSignedPackedApp()
    {
        byte[] app = _signer.McuBoot(Enumerable.Repeat((byte)7, 0x18000).ToArray(), 0x1000);
        byte[] packed = _signer.McuBoot(OverwriteBody.Pack(app), 0x1000);
        const string table = """
            Name, Type, SubType, Offset, Size, Flags
            bl2, app, , , 96k,
            primary_cpu0_app, app, , , 1M,
            ota, data, , , 512k,
            """;
        var builder = new SecurePackageBuilder(Source(table));

        Assert.True(UpdateFile.TryRead(builder.BuildUpdate(packed), out var update));
        Assert.Equal(0x118000u, update.Package!.Images[0].FlashAddress);
        BytesAssert.Equal(app, update.Unpack());
        Assert.Equal(FindingCode.BuildPartUnfit, Code(() => builder.BuildUpdate(app)));
        Assert.Equal(FindingCode.BuildPartUnfit, Code(() => Builder().BuildUpdate(packed)));
        Assert.Equal(FindingCode.BuildPartUnfit, Code(() => Builder().BuildUpdate(new byte[100])));
    }

    [Fact]
    public void Package_OfASecureBootTable_HasTheOtherMagicAndSaysSo()
    {
        const string table = """
            Name, Type, SubType, Offset, Size, Flags
            bl1_control, app, , , 4k,
            partition, data, , , 4k,
            boot_flag, data, , , 4k,
            primary_manifest, data, , , 4k,
            bl2, app, , , 96k,
            """;
        byte[] loader = SyntheticArmino.Program(0x1234, 0x3E00, 1);
        var findings = new List<Finding>();
        var builder = new SecurePackageBuilder(Source(table), new SecurePackageOptions { AesKey = KeyOf(VendorKey) });

        Assert.True(DownloadPackage.TryRead(builder.BuildDownload([new("bl1_control"), new("boot_flag"), new("bl2", loader)], findings), out var package));

        Assert.Equal(DownloadKind.Bkdl, package.Kind);
        Assert.Equal([FindingCode.BuildFromSources], findings.Select(finding => finding.Code));
        byte[] control = SyntheticAesPages.Cipher(VendorKey, 0, Filled(loader[..64], 0xF00), encrypt: true);
        "BK7236\0"u8.CopyTo(control.AsSpan(0x100));
        BytesAssert.Equal(SyntheticArmino.Pages(control), package.Images[0].Data.Span);
        // Its vectors lie at logical 0x3E00, the first multiple of 512: physical 0x41E0.
        byte[] stored = SyntheticArmino.Pages(SyntheticAesPages.Cipher(VendorKey, 0x3E00, Filled(loader, 0x1240), encrypt: true));
        BytesAssert.Equal(stored, package.Images[2].Data.Span[0x1E0..]);
        Assert.Equal(FindingCode.UpdateFormRefused, Code(() => new SecurePackageBuilder(Source(table), new SecurePackageOptions { Kind = DownloadKind.Blx })
            .BuildDownload([new("boot_flag")])));
    }

    private static SecurePackagePart[] Parts(byte[] loader, byte[] signed, byte[] nvsKey) =>
    [
        new("bl2", loader), new("partition"), new("primary_all", signed), new("wiz_mfr", new byte[0x20]), new("nvs"),
        new("nvs_key", new BekenImage.Formats.NvsKey.NvsKeyRecord(nvsKey).Write()),
    ];

    private static SecurePackageBuilder Builder(AesFlashKey? key = null, string? version = null) =>
        new(Source(Table), new SecurePackageOptions { AesKey = key, BootloaderVersion = version });

    private static PartitionCsv Source(string text) => PartitionCsv.TryRead(text, out var source) ? source : throw new InvalidOperationException();

    private static AesFlashKey KeyOf(string hex) => AesFlashKey.TryParse(hex, out var key) ? key : throw new InvalidOperationException();

    private static FindingCode Code(Action work) => Assert.ThrowsAny<BekenImageException>(work).Code;

    private static byte[] Filled(byte[] bytes, int length) => [.. bytes, .. Enumerable.Repeat((byte)0xFF, length - bytes.Length)];
}
