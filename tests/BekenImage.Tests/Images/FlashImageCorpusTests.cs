using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using BekenImage.Formats.Fal;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>What reading finds in the corpus, against facts an independent implementation worked out.</summary>
public class FlashImageCorpusTests
{
    public static TheoryData<string> Files => Corpus.Files;

    // Table 8.6 of the format notes, and section 3 of the contract for the chip's name.
    public static TheoryData<string, ImageKind, BekenChip, FirmwareFlavor, string?, string?> Identities => new()
    {
        { "BK7231N_LSPA9_Clone_First.bin", ImageKind.Dump, BekenChip.BK7231N, FirmwareFlavor.Tuya, "BK7231N_1.0.1", "2.3.3" },
        { "BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin", ImageKind.Dump, BekenChip.BK7231N, FirmwareFlavor.Tuya, "BK7231N_1.0.1", "3.8.18" },
        { "BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", ImageKind.Dump, BekenChip.BK7231N, FirmwareFlavor.Tuya, "BK7231N_1.0.1", "3.3.44" },
        { "BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", ImageKind.Dump, BekenChip.BK7231Q, FirmwareFlavor.Tuya, null, "2.3.1" },
        { "BK7231T_TuyaConfig_PC44HA.bin", ImageKind.Piece, BekenChip.Unknown, FirmwareFlavor.Unknown, null, null },
        { "BK7231T_Tuya_Brilo_8464455.bin", ImageKind.Dump, BekenChip.BK7231T, FirmwareFlavor.Tuya, "BK7231S_1.0.5", "1.0.2" },
        { "BK7231T_Tuya_Globe_37783.bin", ImageKind.Dump, BekenChip.BK7231T, FirmwareFlavor.Tuya, "BK7231S_1.0.4", "2.0.0" },
        { "BK7231T_Tuya_LED_Moon_rotated.bin", ImageKind.Dump, BekenChip.BK7231T, FirmwareFlavor.Tuya, "BK7231S_1.0.5", "1.0.8" },
        { "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", ImageKind.Dump, BekenChip.BL2028N, FirmwareFlavor.BekenFreeRtos, "BK7231n_1.0.8", null },
        { "OpenBK7231M_QIO_1.18.300.bin", ImageKind.Qio, BekenChip.BK7231M, FirmwareFlavor.OpenBeken, "BK7231N_1.0.1", "1.18.300" },
        { "OpenBK7231N_QIO_1.18.300.bin", ImageKind.Qio, BekenChip.BK7231N, FirmwareFlavor.OpenBeken, "BK7231N_1.0.1", "1.18.300" },
        { "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin", ImageKind.Qio, BekenChip.BK7231N, FirmwareFlavor.OpenBeken, "BK7231N_1.0.1", "1.18.300" },
        { "OpenBK7231T_QIO_1.18.300.bin", ImageKind.Qio, BekenChip.BK7231T, FirmwareFlavor.OpenBeken, "BK7231S_1.0.5", "1.18.300" },
        { "OpenBK7238_QIO_1.18.300.bin", ImageKind.Qio, BekenChip.BK7238, FirmwareFlavor.OpenBeken, "BK7238_1.0.15", "1.18.300" },
    };

    [Theory]
    [MemberData(nameof(Identities))]
    public void Image_Identity_IsAsTheNotesSay(string file, ImageKind kind, BekenChip chip, FirmwareFlavor flavor, string? boot, string? app)
    {
        var image = SyntheticImages.FromCorpus(file);

        Assert.Equal((kind, chip, flavor), (image.Kind, image.Chip, image.Flavor));
        Assert.Equal((boot, app), (image.BootVersion, image.AppVersion));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_FileFacts_AgreeWithManifest(string file)
    {
        var (image, facts) = Open(file);

        Assert.Equal(facts.GetProperty("length").GetInt32(), image.Length);
        Assert.Equal(facts.GetProperty("sha256").GetString(), image.Sha256);
        Assert.Equal(facts.GetProperty("rotation").GetInt32(), image.Rotation);
        Assert.Equal(0, image.PhysicalBase);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_Programs_AgreeWithManifest(string file)
    {
        var (image, facts) = Open(file);
        foreach (string name in new[] { "bootloader", "app" })
        {
            var partition = image.FindPartition(name);
            if (!facts.TryGetProperty(name, out var fact))
            {
                Assert.Null(partition);
                continue;
            }
            Assert.NotNull(partition);
            Assert.Equal(fact.GetProperty("offset").GetInt64(), partition.Offset);
            Assert.Equal(fact.GetProperty("validPages").GetInt32(), partition.Pages!.Value.LeadingValid);
            Assert.Equal(SyntheticImages.ToSynthetic(fact.GetProperty("key").GetString()!).ToKey(), partition.Key);
            Assert.Equal(fact.GetProperty("key").GetString() != "none", partition.IsEncrypted);
            int compared = fact.GetProperty("comparedBytes").GetInt32();
            byte[] hash = SHA256.HashData(image.Decode(partition).Span.Slice(0, compared));
            Assert.Equal(fact.GetProperty("plainSha256").GetString(), Convert.ToHexString(hash).ToLowerInvariant());
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_Key_IsTheAppsAndFoundByVectors(string file)
    {
        var (image, facts) = Open(file);
        bool hasApp = facts.TryGetProperty("app", out var app);

        Assert.Equal(hasApp ? SyntheticImages.ToSynthetic(app.GetProperty("key").GetString()!).Name : "unknown", image.Key.Name);
        Assert.Equal(hasApp ? KeySource.Vectors : KeySource.None, image.Key.Source);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_Fal_AgreesWithManifest(string file)
    {
        var (image, facts) = Open(file);
        var expected = facts.GetProperty("fal").EnumerateArray().Select(entry => (
            entry.GetProperty("name").GetString()!, entry.GetProperty("flash").GetString()!, entry.GetProperty("offset").GetUInt32(),
            entry.GetProperty("length").GetUInt32(), Nullable(entry.GetProperty("crcOk"))));

        Assert.Equal(expected, image.Fal?.Partitions.Select(entry => (entry.Name, entry.Flash, entry.Offset, entry.Length, entry.CrcOk)) ?? []);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_Containers_HoldThoseOfTheManifest_AndAllFit(string file)
    {
        var (image, facts) = Open(file);
        foreach (var fact in facts.GetProperty("containers").EnumerateArray())
        {
            var container = Assert.Single(image.Containers, candidate => candidate.Offset == fact.GetProperty("offset").GetInt64());
            var header = container.Header;
            Assert.Equal((fact.GetProperty("name").GetString(), fact.GetProperty("version").GetString()), (header.Name, header.Version));
            Assert.Equal(fact.GetProperty("timestamp").GetUInt32(), header.Timestamp);
            Assert.Equal(fact.GetProperty("algorithm").GetUInt32(), header.Algorithm);
            Assert.Equal((fact.GetProperty("rawSize").GetUInt32(), fact.GetProperty("packageSize").GetUInt32()), (header.RawSize, header.PackageSize));
            Assert.Equal(Hex(fact.GetProperty("payloadCrc")), header.PayloadCrc);
            Assert.Equal(Hex(fact.GetProperty("payloadHash")), header.PayloadHash);
        }
        // Chapter 4 of the notes: header CRC, payload CRC and hash of every header found are right, where they can be checked.
        Assert.All(image.Containers, container => Assert.True(container.HeaderCrcOk && container.PayloadCrcOk != false && container.PayloadHashOk != false));
    }

    [Fact]
    public void Wa2_HoldsThePackageAndItsCopyInTheAppSlot()
    {
        var image = SyntheticImages.FromCorpus("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin");

        var package = Assert.Single(image.Containers, container => container.Offset == 0x132000);
        var copy = Assert.Single(image.Containers, container => container.Offset == 0x131F9A);

        Assert.Equal((false, "download", true), (package.IsStriped, package.Partition, package.PayloadCrcOk));
        Assert.Equal((true, "app", null, true), (copy.IsStriped, copy.Partition, copy.PayloadCrcOk, copy.PayloadHashOk));
        BytesAssert.Equal(package.Header.Bytes.Span, copy.Header.Bytes.Span);
    }

    [Fact]
    public void OpenBK7231T_HeaderOffTheGrid_IsListedAndSaidSo()
    {
        var image = SyntheticImages.FromCorpus("OpenBK7231T_QIO_1.18.300.bin");

        var header = Assert.Single(image.Containers, container => container.Offset == 0xFFF9A);

        Assert.Equal((true, "app", true, true), (header.IsStriped, header.Partition, header.PayloadCrcOk, header.PayloadHashOk));
        Assert.Contains(image.Findings, finding => finding.Code == FindingCode.RblHeaderOffGrid && finding.Offset == 0xFFF9A);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_RfTables_AgreeWithManifest(string file)
    {
        var (image, facts) = Open(file);
        var expected = facts.GetProperty("rf").EnumerateArray().ToArray();

        Assert.Equal(expected.Length == 0, image.Rf is null);
        if (expected.Length == 0)
            return;
        Assert.Equal(expected[0].GetProperty("offset").GetInt64(), image.Rf!.Offset);
        Assert.Equal(expected[0].GetProperty("length").GetInt32(), image.Rf.Length);
        Assert.Equal(expected[0].GetProperty("mac").GetString(), image.Rf.MacText);
        // Chip information alone is 0x62 bytes long (format notes 7.8).
        Assert.Equal(image.Rf.Length > 0x62, image.Rf.IsCalibrated);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_ObkConfig_AgreesWithManifest(string file)
    {
        var (image, facts) = Open(file);
        var expected = facts.GetProperty("obkConfig").EnumerateArray().ToArray();

        Assert.Equal(expected.Length == 0, image.ObkConfig is null);
        if (expected.Length == 0)
            return;
        Assert.Equal(expected[0].GetProperty("offset").GetInt64(), image.ObkConfig!.Offset);
        Assert.Equal(expected[0].GetProperty("version").GetInt64(), Convert.ToInt64(image.ObkConfig.Version, CultureInfo.InvariantCulture));
        Assert.Equal(expected[0].GetProperty("crcOk").GetBoolean(), image.ObkConfig.ChecksumOk);
        Assert.Equal(expected[0].GetProperty("startupCommand").GetString(), image.ObkConfig.StartupCommand);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_Partitions_AreSortedAndInside(string file)
    {
        var (image, _) = Open(file);

        Assert.Equal(image.Partitions.OrderBy(partition => partition.Offset).Select(partition => partition.Offset), image.Partitions.Select(partition => partition.Offset));
        Assert.All(image.Partitions, partition => Assert.True(partition.Range.End <= image.Length && partition.Length > 0));
        var names = image.Partitions.Where(partition => partition.Source != PartitionSource.Fal).Select(partition => partition.Name);
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Fal_TablesOfTheCorpus_WrittenBackAreTheirBytes()
    {
        foreach (string file in Corpus.Files.Select(row => row.Data))
        {
            var image = SyntheticImages.FromCorpus(file);
            if (image.Fal is not { IsPlain: true } fal)
                continue;
            byte[] logical = PlainFormats.Strip(image.Bytes.Span.Slice(0, 0x11000), out _);
            byte[] written = FalWriter.Write(fal);
            BytesAssert.Equal(logical.AsSpan(fal.LogicalOffset, written.Length), written);
            var header = image.Containers.First(container => container.Header.Name == "bootloader").Header;
            Assert.Equal(header.RawSize, (uint)(fal.LogicalOffset + written.Length));
        }
    }

    private static (FlashImage, JsonElement) Open(string file) => (SyntheticImages.FromCorpus(file), Corpus.Manifest(file));

    private static bool? Nullable(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetBoolean();

    private static uint Hex(JsonElement value) => uint.Parse(value.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
