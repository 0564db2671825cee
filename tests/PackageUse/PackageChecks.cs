using BekenImage.Cli.Demo;
using BekenImage.Crypto;
using BekenImage.Documents;
using BekenImage.Report;

namespace BekenImage.PackageUse;

/// <summary>
/// What a stranger does with the packages, on a device that is made up. tests/Run compiles it against the packed packages for each
/// framework, alone and in a .NET Standard library; it knows nothing of this repository's builds.
/// </summary>
public static class PackageChecks
{
    /// <summary>Runs every check; the last line is <c>N passed, N failed</c>.</summary>
    public static int Run()
    {
        int failed = 0;
        var checks = new Action[] { PagesBothWays, Parse, Combine, Document, Page, BootRun };
        foreach (var check in checks)
        {
            try
            {
                check();
            }
            catch (Exception error)
            {
                failed++;
                Console.WriteLine($"failed {check.Method.Name}: {error}");
            }
        }
        Console.WriteLine($"{checks.Length - failed} passed, {failed} failed");
        return failed;
    }

    private static void PagesBothWays()
    {
        byte[] data = Enumerable.Range(0, 4096).Select(value => (byte)(value * 7)).ToArray();
        var pages = new byte[data.Length / FlashPages.DataSize * FlashPages.PageSize];
        var back = new byte[data.Length];
        FlashPages.Encode(data, pages, BekenKey.Tuya, 0x10000);
        var scan = FlashPages.Decode(pages, back, BekenKey.Tuya, 0x10000);
        Expect(scan.Bad == 0 && back.SequenceEqual(data) && !pages.Take(32).SequenceEqual(data.Take(32)), "encode and decode");
    }

    private static void Parse()
    {
        var image = FlashImage.Parse(SyntheticDevice.FactoryDump());
        Expect(image.Kind == ImageKind.Dump && image.FindPartition(PartitionNames.App) is not null, "the dump");
    }

    private static void Combine()
    {
        byte[] combined = Combined();
        var verdict = ImageVerifier.Verify(FlashImage.Parse(combined));
        Expect(combined.Length == 0x200000 && verdict.Boots, "the combined image boots");
    }

    private static void Document()
    {
        string json = ImageDocuments.Inspect(FlashImage.Parse(SyntheticDevice.FactoryDump()), "dump.bin");
        Expect(json.Contains("\"verb\": \"inspect\""), "the document");
    }

    private static void Page() =>
        Expect(ImageReport.Html(FlashImage.Parse(Combined()), "dump.bin").StartsWith("<!DOCTYPE html>", StringComparison.Ordinal), "the page");

    // The made-up bootloader is no code: its run ends, and says how.
    private static void BootRun()
    {
        var report = ImageBooter.Boot(FlashImage.Parse(SyntheticDevice.FactoryDump()), new BootOptions { Steps = 1000 });
        Expect(report.Steps <= 1000 && report.Verdict.Length > 0, "the run");
    }

    private static byte[] Combined() =>
        new ImageCombiner(FlashImage.Parse(SyntheticDevice.FactoryDump()), FlashImage.Parse(SyntheticDevice.Firmware())).Plan().ToArray();

    private static void Expect(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException(what);
    }
}
