using BekenImage.Crypto;
using BekenImage.Formats.Fal;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Firmware;

/// <summary>
/// Linear images of BK7258 and its kin: the vendor's own, and synthetic ones whose expected bytes are put together by
/// <see cref="SyntheticArmino"/>, independently of the library.
/// </summary>
public class ArminoImageBuilderTests
{
    private static readonly byte[] Key = Enumerable.Range(0, 32).Select(i => (byte)(i * 11 + 5)).ToArray();

    private static readonly byte[] Loader = SyntheticArmino.Bootloader(SyntheticArmino.TableOfT5);

    private static readonly byte[] App = SyntheticArmino.Program(0x9001, 0x10000, 2);

    private static readonly byte[] App1 = SyntheticArmino.Program(0x5000, 0x110000, 3);

    private static byte[] Expected => SyntheticArmino.Linear(null, (0, Loader), (0x11000, App), (0x121000, App1));

    private static ArminoImageBuilder Builder(Action<ArminoBuildOptions>? change = null, BekenChip chip = BekenChip.BK7258)
    {
        var options = new ArminoBuildOptions();
        change?.Invoke(options);
        return new ArminoImageBuilder(chip, options);
    }

    [Fact]
    public void Vendor_LinearImage_IsBuiltOfItsParts()
    {
        byte[] expected = Vector("all-app_crc.bin");
        byte[][] apps = [Vector("app.bin"), Vector("app1.bin")];

        BytesAssert.Equal(expected, Builder().BuildQio(Vector("bootloader.bin"), apps));
    }

    [Fact]
    public void Vendor_LinearImage_IsBuiltOfTheBareBootloaderAndItsTable()
    {
        FalPartition[] table =
        [
            new("bootloader", "beken_onchip_crc", 0, 68 * 1024), new("app", "beken_onchip_crc", 0x11000, 1088 * 1024),
            new("app1", "beken_onchip_crc", 0x121000, 3400 * 1024), new("download", "beken_onchip", 0x473000, 2392 * 1024),
        ];
        byte[] image = Builder(options => options.Table = table).BuildQio(Vector("bl.bin"), [Vector("app.bin"), Vector("app1.bin")]);

        BytesAssert.Equal(Vector("all-app_crc.bin"), image);
        // A bootloader that has the table already keeps it once.
        BytesAssert.Equal(image, Builder(options => options.Table = table).BuildQio(Vector("bootloader.bin"), [Vector("app.bin"), Vector("app1.bin")]));
    }

    [Fact]
    public void Vendor_UpdateFile_IsBuiltOfItsParts() =>
        BytesAssert.Equal(Corpus.ReadVector("armino/ug/ua_file.bin"), Builder().BuildUa([Vector("app.bin"), Vector("app1.bin")], Vector("bootloader.bin")));

    [Fact]
    public void Linear_OfPlainPrograms_IsThePagesOfThemAtTheirLogicalPlaces() => BytesAssert.Equal(Expected, Builder().BuildQio(Loader, [App, App1]));

    [Fact]
    public void Linear_OfWhatWasReadOfAnImage_IsThatImage()
    {
        byte[] slot = Filled(Loader, 0x10000), pages = SyntheticArmino.Pages(slot);

        BytesAssert.Equal(Expected, Builder().BuildQio(slot, [Filled(App, 0x100000), App1]));
        BytesAssert.Equal(Expected, Builder().BuildQio(pages, [App, Filled(App1, 0x5000)]));
    }

    [Fact]
    public void Table_IsAppendedBehindZerosAtTheNextPage()
    {
        byte[] bare = SyntheticArmino.Program(0x6005, 0, 9);
        "BK7236\x10\0"u8.CopyTo(bare.AsSpan(0x100));
        var table = SyntheticArmino.TableOfT5[5..].Select(entry => new FalPartition(entry.Name, entry.Striped ? "beken_onchip_crc" : "beken_onchip", entry.Offset, entry.Length)).ToArray();
        byte[] whole = [.. bare, .. new byte[27], .. table.SelectMany(entry => entry.Bytes.ToArray())];

        byte[] image = Builder(options => options.Table = table).BuildQio(bare, [App, App1]);

        BytesAssert.Equal(SyntheticArmino.Linear(null, (0, whole), (0x11000, App), (0x121000, App1)), image);
        Assert.Equal(["bootloader", "app", "app1", "download"], FlashImage.Parse(image).Fal!.InForce.Select(entry => entry.Name));
        BytesAssert.Equal(image, Builder(options => options.Table = table).BuildQio(Filled(bare, 0x10000), [App, App1]));
    }

    // As flash_encrypt/main.py: everything is enciphered from logical 0 on, gaps too, then the page at physical 0x110 is taken from the plain image.
    [Fact]
    public void Linear_UnderAnAesKey_IsEncipheredButForThePageOfTheMark()
    {
        byte[] plain = Expected;
        byte[] expected = SyntheticArmino.Pages(SyntheticArmino.Encrypt(Key, 0, WithoutCrc(plain)));
        plain.AsSpan(0x110, 34).CopyTo(expected.AsSpan(0x110));
        var findings = new List<Finding>();

        byte[] image = Builder(options => options.AesKey = new AesFlashKey(Key)).BuildQio(Loader, [App, App1], findings);

        BytesAssert.Equal(expected, image);
        Assert.Equal([FindingCode.BuildFromSources], findings.Select(finding => finding.Code));
        var read = FlashImage.Parse(image, new FlashImageOptions { AesKey = new AesFlashKey(Key) });
        Assert.Equal(ImageKind.Qio, read.Kind);
        BytesAssert.Equal(App, read.Extract(read.FindPartition("app")!).Span[..App.Length]);
    }

    // The mark of an image may be patched into ciphertext (beken_utils): the page of a program that was deciphered whole goes back as it lay.
    [Fact]
    public void Linear_OfWhatWasDecipheredOfAnImage_IsThatImage()
    {
        byte[] original = SyntheticArmino.Linear(Key, (0, Loader), (0x11000, App), (0x121000, App1));
        byte[] stored = WithoutCrc(original);
        byte[] deciphered = Decrypted(stored);
        Assert.NotEqual((byte)'B', deciphered[0x100]);

        byte[] image = Builder(options => options.AesKey = new AesFlashKey(Key)).BuildQio(deciphered[..0x10000], [deciphered[0x10000..0x110000], deciphered[0x110000..]]);

        BytesAssert.Equal(original, image);
        BytesAssert.Equal(original, Builder(options => options.AesKey = new AesFlashKey(Key)).BuildQio(original[..0x11000], [App, App1]));
    }

    [Fact]
    public void Pages_OfTheApp_AreThoseOfTheLinearImage()
    {
        BytesAssert.Equal(Expected.AsSpan(0x11000, (0x9001 + 31) / 32 * 34), Builder().BuildApp(App));
        byte[] enciphered = SyntheticArmino.Pages(SyntheticArmino.Encrypt(Key, 0x10000, Filled(App, 0x9020)));
        BytesAssert.Equal(enciphered, Builder(options => options.AesKey = new AesFlashKey(Key)).BuildApp(App));
    }

    [Fact]
    public void UpdateFile_IsThePlainProgramsAtTheirDistances()
    {
        BytesAssert.Equal((byte[])[.. Filled(App, 0x100000), .. App1], Builder().BuildUa([App, App1], Loader));
        BytesAssert.Equal(App, Builder().BuildUa([App]));
        Assert.Equal(FindingCode.BuildTableMissing, Code(() => Builder().BuildUa([App, App1])));
    }

    [Fact]
    public void Programs_ThatDoNotFitTheirPlace_AreRefused()
    {
        Assert.Equal(FindingCode.BuildLinkedElsewhere, Guard(() => Builder().BuildQio(Loader, [App1, App1])));
        Assert.Equal(FindingCode.BuildLinkedElsewhere, Guard(() => Builder().BuildQio(Loader, [App, App])));
        Assert.Equal(FindingCode.BuildNoRoom, Guard(() => Builder().BuildQio(Loader, [SyntheticArmino.Program(0x100001, 0x10000, 4), App1])));
        Assert.Equal(FindingCode.BuildPartMissing, Code(() => Builder().BuildQio(Loader, [App])));
        Assert.Equal(FindingCode.BuildTableMissing, Code(() => Builder().BuildQio(Loader, [App, App1, App1])));
        Assert.Equal(FindingCode.WrongKind, Code(() => Builder().BuildQio(Loader, [Expected, App1])));
        Assert.Equal(FindingCode.WrongKind, Code(() => Builder().BuildQio(Loader, [App, SyntheticArmino.Pages(Filled(App1, 0x5000))])));
    }

    [Fact]
    public void Bootloaders_ThatAreNone_AreRefused()
    {
        Assert.Equal(FindingCode.BuildBootloaderUnfit, Code(() => Builder().BuildQio(new byte[0x6000], [App, App1])));
        Assert.Equal(FindingCode.BuildBootloaderUnfit, Code(() => Builder().BuildQio(App, [App, App1])));
        Assert.Equal(FindingCode.BuildTableMissing, Code(() => Builder().BuildQio(Loader[..0x6000], [App, App1])));
        Assert.Equal(FindingCode.BuildBootloaderUnfit, Code(() => Builder().BuildQio(SyntheticArmino.Linear(Key, (0, Loader)), [App, App1])));
        Assert.Equal(FindingCode.ChipsDiffer, Guard(() => Builder().BuildQio(SyntheticImage.ObkNFirmware().PlainBootloader(), [App, App1])));
    }

    [Fact]
    public void Chips_OfOtherFamilies_AreRefused()
    {
        Assert.Equal(FindingCode.BuildNoRecipe, Code(() => new ArminoImageBuilder(BekenChip.BK7231N)));
        // A second program is BK7258's.
        Assert.Equal(FindingCode.ChipsDiffer, Guard(() => Builder(chip: BekenChip.BK7236).BuildQio(Loader, [App, App1])));
        Assert.Equal(FindingCode.ChipsDiffer, Guard(() => Builder().BuildQio(Loader, [SyntheticPrograms.App(0x8000, "app"), App1])));
        byte[] single = SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236);
        BytesAssert.Equal(SyntheticArmino.Linear(null, (0, single), (0x11000, App)), Builder(chip: BekenChip.BK7236).BuildQio(single, [App]));
        BytesAssert.Equal(SyntheticArmino.Linear(null, (0, single), (0x11000, App)), Builder(chip: BekenChip.BK7239N).BuildQio(single, [App]));
    }

    // The second bootloader of the vendor's packages: a mark, no table, and no whole number of pages.
    [Fact]
    public void Parse_OfAMarkedProgramThatEndsWithinAPage_DoesNotThrow()
    {
        byte[] program = SyntheticPrograms.Noise(0x2010, 5);
        "BK7236\0"u8.CopyTo(program.AsSpan(0x100));
        Assert.Null(FlashImage.Parse(program).Fal);
    }

    private static byte[] Vector(string name) => Corpus.ReadVector("armino/linear_T5/" + name);

    private static FindingCode Code(Action work) => Assert.ThrowsAny<BekenImageException>(work).Code;

    private static FindingCode Guard(Action work) => Assert.Throws<ImageGuardException>(work).Code;

    private static byte[] Filled(byte[] bytes, int length) => [.. bytes, .. Enumerable.Repeat((byte)0xFF, length - bytes.Length)];

    private static byte[] WithoutCrc(byte[] pages) => pages.Chunk(34).SelectMany(page => page.Take(32)).ToArray();

    private static byte[] Decrypted(byte[] stored) => SyntheticAesPages.Cipher(Convert.ToHexString(Key), 0, stored, encrypt: false);
}
