using BekenImage.Formats.Rbl;
using BekenImage.Formats.Uf2;
using BekenImage.Formats.Ug;
using BekenImage.Tests.Synthetic;
using BekenImage.TestSupport;

namespace BekenImage.Tests.Combining;

/// <summary>The same firmware in every form it is handed out in gives the same program in flash.</summary>
public sealed class BroughtFormsTests
{
    private const uint FamilyN = 0x7B3EF230;

    private static IEnumerable<(string Name, byte[] File)> Forms(byte[] qio, byte[] plain, bool withGzip)
    {
        byte[] rbl = OtaWriter.Pack(plain, new OtaPackOptions { Version = "1.18.300" });
        byte[] ua = qio[0x11000..];
        // The pages alone, as LibreTiny's tool writes them for a cable; the header behind them is not the app's.
        byte[] pages = ua[..((plain.Length + 31) / 32 * 34)];
        (string, byte[])[] forms =
        [
            ("qio", qio), ("ua", ua), ("plain", plain), ("rbl", rbl), ("ug", UgWriter.Pack(rbl, "1.18.300")),
            ("device.uf2", Uf2Writer.Write(FamilyN, [], [new Uf2Part("download", [Uf2Scheme.DeviceSingle], 0, rbl)])),
            ("flasher.uf2", Uf2Writer.Write(FamilyN, [], [new Uf2Part("app", [Uf2Scheme.FlasherSingle], 0, pages)])),
        ];
        return [.. forms, .. forms.Select(form => (form.Item1 + ".zip", SyntheticArchive.Zip(("readme.txt", "text"u8.ToArray()), (form.Item1, form.Item2)))),
            .. forms.Where(_ => withGzip).Select(form => (form.Item1 + ".gz", SyntheticArchive.Gzip(form.Item2)))];
    }

    private static void CheckAll(byte[] dump, byte[] qio, byte[] plain, bool withGzip)
    {
        foreach (var (name, file) in Forms(qio, plain, withGzip))
        {
            foreach (byte[] device in name == "qio.zip" ? new[] { dump, SyntheticArchive.Zip(("dump.bin", dump)) } : [dump])
            {
                var result = FlashImage.Parse(new ImageCombiner(FlashImage.Parse(device), FlashImage.Parse(file)).Plan().ToArray());
                Assert.True(ImageVerifier.Verify(result).Boots, name);
                var app = PlainApplication.Take(result);
                Assert.True(app.Length >= plain.Length, name);
                BytesAssert.Equal(plain, app.AsSpan(0, plain.Length));
                Assert.InRange(app.Length - plain.Length, 0, 31);
                var lint = FirmwareLinter.Lint(FlashImage.Parse(file), FlashImage.Parse(device));
                Assert.Equal(CheckStatus.Pass, lint.Checks.First(check => check.Name == "chip").Status);
            }
        }
    }

    [Fact]
    public void EveryForm_GivesTheSameProgram()
    {
        var firmware = SyntheticImage.ObkNFirmware(SyntheticKey.Zero);
        CheckAll(Synthetic.Images.Dreo, firmware.Qio(), firmware.App, withGzip: true);
    }

    [Fact]
    public void EveryForm_OfTheRealFirmware_GivesTheSameProgram_OnTheDreo()
    {
        byte[] qio = Corpus.Read("OpenBK7231M_QIO_1.18.300.bin");
        CheckAll(Corpus.Read("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin"), qio, PlainApplication.Take(FlashImage.Parse(qio)), withGzip: false);
    }
}
