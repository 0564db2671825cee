using BekenImage.Formats.Rbl;
using BekenImage.Formats.Uf2;
using BekenImage.Formats.Ug;
using BekenImage.Tests.Formats.Uf2;
using BekenImage.Tests.Synthetic;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Images;

/// <summary>What is in update packages, UG files and UF2 files is opened, and tells chip and firmware.</summary>
public sealed class ContainedTests
{
    private const uint FamilyT = 0x675A40B0;

    private static readonly byte[] App = SyntheticImage.ObkNFirmware().App;
    private static readonly byte[] AppT = SyntheticImage.ObkTFirmware().App;

    /// <summary>An update package as the byte table says, which the library did not make.</summary>
    private static readonly byte[] Package = PlainFormats.UpdatePackage(App);

    private static readonly byte[] PackageT = PlainFormats.UpdatePackage(AppT);

    private static readonly byte[] App0 = "app\0"u8.ToArray();
    private static readonly byte[] Download0 = "download\0"u8.ToArray();

    private static byte[] DeviceUf2(byte[] package, string? board = "generic-bk7231n-qfn32-tuya", uint family = Uf2Reference.FamilyN) =>
        Uf2Reference.File(board is null ? [] : [Uf2Reference.Text(0xCA25C8, board)], [0x10, 0, 0, .. Download0], package, family);

    private static byte[] FlasherUf2(byte[] pages, string board = "generic-bk7231n-qfn32-tuya", uint family = Uf2Reference.FamilyN) =>
        Uf2Reference.File([Uf2Reference.Text(0xCA25C8, board)], [0x00, 0x01, 0, .. App0], pages, family);

    private static void Is(byte[] file, ImageKind kind, BekenChip chip, string version = "1.18.300")
    {
        var image = FlashImage.Parse(file);
        Assert.Equal((kind, chip, FirmwareFlavor.OpenBeken, version), (image.Kind, image.Chip, image.Flavor, image.AppVersion));
        Assert.Empty(image.Partitions);
        Assert.Empty(image.Findings);
    }

    [Fact]
    public void UpdatePackage_TellsWhatItsApplicationTells()
    {
        Is(Package, ImageKind.Ota, BekenChip.BK7231N);
        Is(PackageT, ImageKind.Ota, BekenChip.BK7231T);
        var image = FlashImage.Parse(Package);
        Assert.Equal("app", image.Member);
        Assert.Equal(App, image.Contained!.Bytes.ToArray());
        var member = Assert.Single(image.Members);
        Assert.Equal((ImageKind.App, (long)App.Length), (member.Kind, member.Length));
        Assert.Null(image.Contained.Contained);
    }

    [Fact]
    public void UgFile_TellsWhatItsApplicationTells()
    {
        byte[] file = UgWriter.Pack(OtaWriter.Pack(App), "1.0");
        Is(file, ImageKind.Ug, BekenChip.BK7231N);
        Assert.Equal(ImageKind.Ota, FlashImage.Parse(file).Contained!.Kind);
    }

    [Fact]
    public void Packages_ThatDoNotOpen_TellNothing()
    {
        byte[] otherKey = OtaWriter.Pack(App, new OtaPackOptions { Key = new OtaKey(new byte[32], new byte[16]) });
        byte[] damaged = (byte[])Package.Clone();
        damaged[^5] ^= 1;
        byte[] ug = UgWriter.Pack(Package, "1.0");
        ug[^5] ^= 1;
        foreach (byte[] file in new[] { otherKey, damaged, ug })
        {
            var image = FlashImage.Parse(file);
            Assert.Null(image.Contained);
            Assert.Null(image.Member);
            Assert.Equal((BekenChip.Unknown, FirmwareFlavor.Unknown), (image.Chip, image.Flavor));
            Assert.Null(image.AppVersion);
        }
    }

    [Fact]
    public void UpdatePackage_ThatGivesMoreThanAFlash_IsNotOpened()
    {
        byte[] much = new byte[0x500000];
        byte[] package = OtaWriter.Pack(much, new OtaPackOptions { Encryption = RblEncryption.None });
        Assert.True(package.Length < 0x10000);
        var image = FlashImage.Parse(package);
        Assert.Equal(ImageKind.Ota, image.Kind);
        Assert.Null(image.Contained);
    }

    [Fact]
    public void Uf2_WithAnUpdatePackage_IsThatPackage()
    {
        Is(DeviceUf2(Package), ImageKind.Package, BekenChip.BK7231N);
        Is(DeviceUf2(Package, board: null), ImageKind.Package, BekenChip.BK7231N);
        Is(DeviceUf2(PackageT, "generic-bk7231t-qfn32-tuya", FamilyT), ImageKind.Package, BekenChip.BK7231T);
        var image = FlashImage.Parse(DeviceUf2(Package));
        Assert.False(image.IsArchive);
        Assert.Equal("download", image.Member);
        Assert.Equal(Package, image.Contained!.Bytes.ToArray());
        Assert.Equal(App, image.Contained.Contained!.Bytes.ToArray());
        Assert.Same(image.Contained, image.OpenPackage());
        Assert.Same(image, image.OpenArchive());
        // The header of the package stands in a block whose bytes are not the package's.
        Assert.Empty(image.Containers);
    }

    [Fact]
    public void Uf2_WithPagesOnly_IsThoseOfTheApp()
    {
        byte[] file = FlasherUf2(SyntheticImage.ObkNFirmware().AppPages());
        Is(file, ImageKind.Package, BekenChip.BK7231N);
        var image = FlashImage.Parse(file);
        Assert.Equal(("app", ImageKind.App), (image.Member, image.Contained!.Kind));
        Assert.Equal(BekenImage.Crypto.BekenKey.Tuya, image.Contained.Key.Value);
    }

    [Fact]
    public void Uf2_WithBoth_CountsByTheUpdatePackage()
    {
        byte[] file = Uf2Writer.Write(Uf2Reference.FamilyN, [],
        [
            new Uf2Part("app", [Uf2Scheme.FlasherSingle], 0, SyntheticImage.ObkNFirmware().AppPages()), new Uf2Part("download", [Uf2Scheme.DeviceSingle], 0, Package),
        ]);
        Is(file, ImageKind.Package, BekenChip.BK7231N);
        Assert.Equal("download", FlashImage.Parse(file).Member);
        Assert.Equal(["app", "download"], FlashImage.Parse(file).Members.Select(member => member.Name));
    }

    [Fact]
    public void Uf2_OfAnotherFamilyThanItsApp_LeavesTheChipOpen_AndIsRefused()
    {
        byte[][] files =
        [
            DeviceUf2(PackageT), DeviceUf2(PackageT, board: null), DeviceUf2(Package, board: null, FamilyT),
            DeviceUf2(Package, "generic-bk7231t-qfn32-tuya", FamilyT), DeviceUf2(Package, "generic-bk7231t-qfn32-tuya"),
        ];
        foreach (byte[] file in files)
        {
            var image = FlashImage.Parse(file);
            Assert.Equal(BekenChip.Unknown, image.Chip);
            Assert.Equal(FindingCode.ChipsDisagree, Assert.Single(image.Findings).Code);
            foreach (byte[] device in new[] { Synthetic.Images.TuyaN, Synthetic.Images.TuyaT })
            {
                var refusal = Assert.Throws<ImageGuardException>(() => new ImageCombiner(FlashImage.Parse(device), image).Plan().ToArray());
                Assert.Equal(FindingCode.ChipsDiffer, refusal.Code);
                Assert.NotEqual(true, FirmwareLinter.Lint(image, FlashImage.Parse(device)).Answer);
            }
        }
    }

    [Fact]
    public void Uf2_WhoseFamilyIdIsOfTwo_IsToldByTheApp()
    {
        var image = FlashImage.Parse(DeviceUf2(PackageT, board: null, FamilyT));
        Assert.Equal(BekenChip.BK7231T, image.Chip);
        Assert.Empty(image.Findings);
    }

    [Fact]
    public void Uf2_ThatIsDamaged_IsNamedByItsBoard_AndRefused()
    {
        byte[] file = DeviceUf2(Package);
        byte[] hole = [.. file[..0x400], .. file[0x600..]];
        foreach (byte[] damaged in new[] { hole, file[..^512], file[..^100] })
        {
            var image = FlashImage.Parse(damaged);
            Assert.Equal((ImageKind.Package, BekenChip.BK7231N), (image.Kind, image.Chip));
            Assert.Null(image.Contained);
            Assert.Contains(image.Findings, finding => finding.Severity == FindingSeverity.Error);
            var refusal = Assert.Throws<BekenImageException>(() => new ImageCombiner(FlashImage.Parse(Synthetic.Images.TuyaN), image).Plan().ToArray());
            Assert.Equal("firmware", refusal.Subject);
            Assert.InRange((int)refusal.Code, 2300, 2399);
        }
    }

    [Fact]
    public void Uf2_ForOtherPartitions_IsRefused()
    {
        byte[] file = Uf2Reference.File([], [0x10, 0, 0, .. "littlefs\0"u8], Package);
        var refusal = Assert.Throws<BekenImageException>(() => FlashImage.Parse(file).OpenPackage());
        Assert.Equal(FindingCode.Uf2PartUnknown, refusal.Code);
    }

    [Fact]
    public void Uf2_InAZip_IsOpenedToItsApp()
    {
        var image = FlashImage.Parse(SyntheticArchive.Zip(("k.uf2", DeviceUf2(Package))));
        Assert.Equal((ImageKind.Package, BekenChip.BK7231N, "1.18.300"), (image.Kind, image.Chip, image.AppVersion));
        Assert.Equal(ImageKind.Ota, image.OpenPackage().Kind);
    }

    [Fact]
    public void Split_OfAUf2_GivesItsParts_AndMergesBack()
    {
        byte[] file = DeviceUf2(Package);
        var split = ImageSplitter.Split(FlashImage.Parse(file));
        Assert.Equal(["gap-0x000000.raw.bin", "download.rbl"], split.Manifest.Files.Select(part => part.Name));
        Assert.Equal([SplitRole.Raw, SplitRole.Part], split.Manifest.Files.Select(part => part.Role));
        Assert.Equal(Package, split.Contents["download.rbl"].ToArray());
        Assert.Equal(file, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
        Assert.Equal(file, ImageMerger.Merge(split.Manifest, name => name == "download.rbl" ? (ReadOnlyMemory<byte>?)null : split.Contents[name]));
        var refusal = Assert.Throws<BekenImageException>(
            () => ImageMerger.Merge(split.Manifest, name => name == "download.rbl" ? PackageT : split.Contents[name]));
        Assert.Equal((FindingCode.WrongKind, "download.rbl"), (refusal.Code, refusal.Subject));
    }

    [Fact]
    public void Extract_OfTheApplication_TakesWhatIsThere()
    {
        Assert.Equal(App, PlainApplication.Take(FlashImage.Parse(DeviceUf2(Package))));
        byte[] pages = SyntheticImage.ObkNFirmware().AppPages();
        byte[] taken = PlainApplication.Take(FlashImage.Parse(FlasherUf2(pages)));
        Assert.Equal(App, taken[..App.Length]);
    }

    [Theory]
    [InlineData("../cases/uf2-like-libretiny.uf2", ImageKind.Package, BekenChip.BK7231N)]
    [InlineData("more/ESPHome-Kickstart-v25.05.28_bk7231n_app.ota.ug.bin", ImageKind.Ug, BekenChip.BK7231N)]
    [InlineData("more/ESPHome-Kickstart-v25.05.28_bk7231t_app.ota.ug.bin", ImageKind.Ug, BekenChip.BK7231T)]
    public void Kickstart_IsRecognised_AndCombinesWithoutNamingTheChip(string file, ImageKind kind, BekenChip chip)
    {
        string path = file.StartsWith("../cases/", StringComparison.Ordinal) ? Made(file) : Corpus.PathOf(file);
        Assert.SkipUnless(File.Exists(path), "The file is not here.");
        var image = FlashImage.Load(path);
        Assert.Equal((kind, chip, FirmwareFlavor.LibreTiny, "1.8.0"), (image.Kind, image.Chip, image.Flavor, image.AppVersion));
        string device = chip == BekenChip.BK7231N ? "BK7231N_LSPA9_Clone_First.bin" : "BK7231T_Tuya_Globe_37783.bin";
        byte[] combined = new ImageCombiner(FlashImage.Parse(Corpus.Read(device)), image).Plan().ToArray();
        var result = FlashImage.Parse(combined);
        Assert.True(ImageVerifier.Verify(result).Boots);
        Assert.Equal(image.UnpackUpdate(), PlainApplication.Take(result)[..image.UnpackUpdate().Length]);
        string other = chip == BekenChip.BK7231N ? "BK7231T_Tuya_Globe_37783.bin" : "BK7231N_LSPA9_Clone_First.bin";
        Assert.Throws<ImageGuardException>(() => new ImageCombiner(FlashImage.Parse(Corpus.Read(other)), image).Plan().ToArray());
    }

    [Fact]
    public void DamagedPackages_NeverThrow()
    {
        var random = new Random(5);
        foreach (byte[] whole in new[] { Package, UgWriter.Pack(OtaWriter.Pack(App), "1"), DeviceUf2(Package), FlasherUf2(SyntheticImage.ObkNFirmware().AppPages()) })
        {
            for (int round = 0; round < 60; round++)
            {
                byte[] damaged = (byte[])whole.Clone();
                for (int i = random.Next(1, 5); i > 0; i--)
                    damaged[random.Next(2) == 0 ? random.Next(0x600) : random.Next(damaged.Length)] = (byte)random.Next(256);
                if (random.Next(5) == 0)
                    damaged = damaged[..random.Next(damaged.Length)];
                var image = FlashImage.Parse(damaged);
                Assert.NotNull(image.Findings);
                Assert.NotNull(image.Members);
                _ = image.Chip;
                _ = ImageSplitter.Split(image);
            }
        }
    }

    // The cases are made of the corpus; this one is: the update package in Kickstart's UG file, as blocks.
    private static string Made(string file)
    {
        string ug = Corpus.PathOf("more/ESPHome-Kickstart-v25.05.28_bk7231n_app.ota.ug.bin");
        Assert.SkipUnless(File.Exists(ug), "The file is not here.");
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + Path.GetExtension(file));
        File.WriteAllBytes(path, DeviceUf2(File.ReadAllBytes(ug)[32..]));
        return path;
    }
}
