using System.Security.Cryptography;
using BekenImage.TestSupport;
using BekenImage.Tests.Images;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Splitting;

public class SplitMergeTests
{
    public static TheoryData<string> Files => Corpus.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void Corpus_SplitAndMerged_IsTheSameFile(string file)
    {
        var image = SyntheticImages.FromCorpus(file);
        var split = AssertCoversOnce(image);

        BytesAssert.Equal(Corpus.Read(file), Merge(split));
        var facts = Corpus.Manifest(file);
        foreach (string name in new[] { "bootloader", "app" })
        {
            if (!facts.TryGetProperty(name, out var fact))
                continue;
            byte[] hash = SHA256.HashData(split.Contents[name + ".bin"].Span.Slice(0, fact.GetProperty("comparedBytes").GetInt32()));
            Assert.Equal(fact.GetProperty("plainSha256").GetString(), Convert.ToHexString(hash).ToLowerInvariant());
            Assert.Equal(fact.GetProperty("validPages").GetInt32() * 32, split.Contents[name + ".bin"].Length);
        }
    }

    [Theory]
    [InlineData("tuya n")]
    [InlineData("dreo")]
    [InlineData("rotated")]
    [InlineData("odd tail")]
    [InlineData("cut in a page")]
    [InlineData("ua")]
    [InlineData("app file")]
    [InlineData("bootloader file")]
    [InlineData("package")]
    [InlineData("text")]
    [InlineData("one byte")]
    [InlineData("unknown key")]
    [InlineData("doubled")]
    public void Synthetic_SplitAndMerged_IsTheSameFile(string what)
    {
        byte[] n = SyntheticImages.TuyaN;
        byte[] bytes = what switch
        {
            "tuya n" => n,
            "dreo" => SyntheticImages.Dreo,
            "rotated" => [.. n.AsSpan(0x11000), .. n.AsSpan(0, 0x11000)],
            "odd tail" => [.. SyntheticImages.ObkN, 1, 2, 3],
            "cut in a page" => n[..(0x11000 + 34 * 100 + 17)],
            "ua" => SyntheticImage.ObkNFirmware().Ua(),
            "app file" => SyntheticImage.ObkNFirmware().App,
            "bootloader file" => SyntheticImage.ObkNFirmware().StoredBootloader(),
            "package" => PlainFormats.UpdatePackage(SyntheticImage.ObkNFirmware().App),
            "text" => "only text"u8.ToArray(),
            "one byte" => [7],
            "unknown key" => new SyntheticImage { Key = SyntheticKey.Custom }.Dump(),
            _ => [.. n, .. n],
        };
        var split = AssertCoversOnce(FlashImage.Parse(bytes));

        BytesAssert.Equal(bytes, Merge(split));
        Assert.Equal(what == "unknown key", split.Findings.Any(finding => finding.Code == FindingCode.KeyUnknown));
        if (what is "text" or "one byte")
            Assert.Equal("gap-0x000000.raw.bin", Assert.Single(split.Manifest.Files).Name);
    }

    // An inner area that cuts the app in two, and leaves its header behind: a stale table in the slack of the app's partition.
    [Fact]
    public void AreaInsideTheApp_OwnsItsBytes_AndEverythingStillJoins()
    {
        byte[] dump = SyntheticImage.DreoDevice().WithRf(0x12C000).Dump();
        var image = FlashImage.Parse(dump);
        var split = AssertCoversOnce(image);

        Assert.Equal(["app.1.raw.bin", "app.2.raw.bin", "app.bin"],
            split.Manifest.Files.Where(file => file.Partition == "app").Select(file => file.Name).OrderBy(name => name, StringComparer.Ordinal));
        BytesAssert.Equal(dump, Merge(split));

        byte[] app = split.Contents["app.bin"].ToArray();
        app[0x500] ^= 1;
        byte[] merged = Merge(split, ("app.bin", app));
        BootSimulator.Run(merged, SyntheticKey.Zero).AssertBoots();
        BytesAssert.Equal(dump.AsSpan(0x12C000, 0x1000), merged.AsSpan(0x12C000, 0x1000));
    }

    [Theory]
    [InlineData("tuya")]
    [InlineData("zero")]
    [InlineData("uascent")]
    public void EditedApp_OfTheSameLength_KeepsRawSizeAndStrings(string key)
    {
        var device = SyntheticImage.TuyaNDevice(SyntheticImages.ToSynthetic(key));
        byte[] dump = device.Dump();
        var split = ImageSplitter.Split(FlashImage.Parse(dump));
        byte[] app = split.Contents["app.bin"].ToArray();
        app[0x2000] ^= 0xFF;

        byte[] merged = Merge(split, ("app.bin", app));

        var boot = BootSimulator.Run(merged, device.Key);
        boot.AssertBoots();
        Assert.Equal((device.App.Length, "app", "1.00", SyntheticImage.AppTimestamp), (boot.App.Length, boot.Name, boot.Version, boot.Timestamp));
        Assert.Equal(device.App[0x2000] ^ 0xFF, boot.App[0x2000]);
        AssertOnlyChanged(dump, merged, (0x11000 + 0x2000 / 32 * 34, 34), (0x129F0A, 102));
    }

    [Theory]
    [InlineData(0x4001)]
    [InlineData(0x9A80)]
    [InlineData(0xFFFF)]
    public void EditedApp_OfAnotherLength_IsTheNewRawSize(int length)
    {
        var device = SyntheticImage.TuyaNDevice();
        byte[] dump = device.Dump();
        var split = ImageSplitter.Split(FlashImage.Parse(dump));
        byte[] app = SyntheticPrograms.App(length, SyntheticImage.TuyaN, seed: 50);
        if (app.Length == split.Contents["app.bin"].Length)
            return;

        byte[] merged = Merge(split, ("app.bin", app));

        var boot = BootSimulator.Run(merged, device.Key);
        boot.AssertBoots();
        BytesAssert.Equal(app, boot.App);
        int end = 0x11000 + (length + 31) / 32 * 34;
        Assert.True(merged.AsSpan(end, 0x129F0A - end).ToArray().All(value => value == 0xFF));
        AssertOnlyChanged(dump, merged, (0x11000, 0x118F70));
    }

    [Fact]
    public void EditedApp_LargestFits_OneByteMoreIsRefused()
    {
        var split = ImageSplitter.Split(FlashImage.Parse(SyntheticImages.TuyaN));
        int largest = (0x129F0A - 0x11000) / 34 * 32;

        byte[] app = SyntheticPrograms.App(largest, SyntheticImage.TuyaN);
        var boot = BootSimulator.Run(Merge(split, ("app.bin", app)), SyntheticKey.Tuya);
        boot.AssertBoots();
        Assert.Equal(largest, boot.App.Length);
        var refusal = Assert.Throws<ImageGuardException>(() => Merge(split, ("app.bin", SyntheticPrograms.App(largest + 1, SyntheticImage.TuyaN))));
        Assert.Equal(FindingCode.AppTooLarge, refusal.Code);
    }

    [Fact]
    public void EditedApp_WithAPackagesHeader_GetsAnOrdinaryOne()
    {
        var device = SyntheticImage.TuyaNDevice();
        byte[] dump = device.Dump();
        PlainFormats.Pages(PlainFormats.Header(device.App, "app", "-o", 1636438965, algorithm: 0x102)).CopyTo(dump, 0x129F0A);
        var split = ImageSplitter.Split(FlashImage.Parse(dump));
        BytesAssert.Equal(dump, Merge(split));
        byte[] app = split.Contents["app.bin"].ToArray();
        app[0x300] ^= 1;

        var boot = BootSimulator.Run(Merge(split, ("app.bin", app)), SyntheticKey.Tuya);

        boot.AssertBoots();
        Assert.Equal((device.App.Length, "-o", 1636438965u), (boot.App.Length, boot.Version, boot.Timestamp));
    }

    [Fact]
    public void EditedApp_WithoutHeader_GetsNone()
    {
        byte[] dump = new SyntheticImage { HasAppHeader = false }.Dump();
        var split = ImageSplitter.Split(FlashImage.Parse(dump));

        byte[] merged = Merge(split, ("app.bin", SyntheticPrograms.App(0x5000, "new")));

        Assert.Null(BootSimulator.Run(merged, SyntheticKey.Tuya).Header);
        Assert.True(merged.AsSpan(0x129F0A, 102).ToArray().All(value => value == 0xFF));
    }

    [Fact]
    public void EditedApp_BeforeAnErasedPage_KeepsTheWholeRawSize()
    {
        byte[] app = SyntheticPrograms.App(0x3000, SyntheticImage.TuyaN);
        app.AsSpan(0x1000, 32).Fill(0xFF);
        byte[] dump = new SyntheticImage { Key = SyntheticKey.Zero, App = app }.Dump();
        int hole = 0x11000 + 0x1000 / 32 * 34;
        dump.AsSpan(hole, 34).Fill(0xFF);
        var split = ImageSplitter.Split(FlashImage.Parse(dump));
        byte[] edited = split.Contents["app.bin"].ToArray();
        Assert.Equal(0x1000, edited.Length);
        edited[0x400] ^= 1;
        app[0x400] ^= 1;

        byte[] merged = Merge(split, ("app.bin", edited));

        Assert.True(PlainFormats.Strip(merged.AsSpan(0x129F0A, 102), out _).AsSpan().SequenceEqual(
            PlainFormats.Header(app, "app", "1.00", SyntheticImage.AppTimestamp)));
        Assert.True(merged.AsSpan(hole, 34).ToArray().All(value => value == 0xFF));
    }

    [Fact]
    public void EditedBootloader_IsPutInWithItsHeaderRenewed()
    {
        var device = SyntheticImage.DreoDevice();
        var split = ImageSplitter.Split(FlashImage.Parse(device.Dump()));
        byte[] bootloader = split.Contents["bootloader.bin"].ToArray();
        bootloader[0x1234] ^= 1;

        byte[] merged = Merge(split, ("bootloader.bin", bootloader));

        byte[] stored = device.StoredBootloader();
        stored[0x1234] ^= 1;
        BytesAssert.Equal(PlainFormats.Container(stored, PlainFormats.Header(stored, "bootloader", "2M.1220", SyntheticImage.BootTimestamp), 0xFF00), merged.AsSpan(0, 0xFF00));
        AssertOnlyChanged(device.Dump(), merged, (0, 0xFF00));
    }

    [Fact]
    public void EditedRaw_ReplacesItsBytes_AlsoInARotatedDump()
    {
        byte[] dump = SyntheticImages.TuyaN;
        byte[] read = [.. dump.AsSpan(0x11000), .. dump.AsSpan(0, 0x11000)];
        var split = ImageSplitter.Split(FlashImage.Parse(read));
        byte[] rf = split.Contents["rf.raw.bin"].ToArray();
        rf[0x29] = 0x66;

        byte[] merged = Merge(split, ("rf.raw.bin", rf));

        read[0x1D0029 - 0x11000] = 0x66;
        BytesAssert.Equal(read, merged);
    }

    [Fact]
    public void RefusedMerges_SayWhy()
    {
        var split = ImageSplitter.Split(FlashImage.Parse(SyntheticImages.TuyaN));
        byte[] raw = split.Contents["app.raw.bin"].ToArray(), plain = split.Contents["app.bin"].ToArray();
        raw[5] ^= 1;
        plain[5] ^= 1;

        Assert.IsNotType<ImageGuardException>(Assert.ThrowsAny<BekenImageException>(() => Merge(split, ("app.raw.bin", raw), ("app.bin", plain))));
        Assert.IsNotType<ImageGuardException>(Assert.ThrowsAny<BekenImageException>(() => Merge(split, ("rf.raw.bin", new byte[0xFFF]))));
        Assert.IsNotType<ImageGuardException>(Assert.ThrowsAny<BekenImageException>(() => ImageMerger.Merge(split.Manifest, _ => null)));
        Assert.Throws<ArgumentNullException>(() => ImageMerger.Merge(null!, _ => null));
        Assert.Throws<ArgumentNullException>(() => ImageMerger.Merge(split.Manifest, null!));
        Assert.Throws<ArgumentNullException>(() => ImageSplitter.Split(null!));
    }

    [Fact]
    public void MissingPlainFile_IsNoEdit()
    {
        byte[] dump = SyntheticImages.TuyaN;
        var split = ImageSplitter.Split(FlashImage.Parse(dump));

        BytesAssert.Equal(dump, ImageMerger.Merge(split.Manifest, name => name == "app.bin" ? (ReadOnlyMemory<byte>?)null : split.Contents[name]));
    }

    [Fact]
    public void NamesFromTheTable_NeverBecomePaths()
    {
        var split = ImageSplitter.Split(FlashImage.Parse(FlashImageSyntheticTests.GarbageTable("control").Dump()));

        Assert.All(split.Manifest.Files, file => Assert.Matches("^[A-Za-z0-9_-][A-Za-z0-9._-]*$", file.Name));
        Assert.DoesNotContain(split.Manifest.Files, file => file.Name.StartsWith("CON.", StringComparison.OrdinalIgnoreCase));
    }

    public static TheoryData<string> HostileManifests =>
        new("path", "hidden", "device", "dot", "twins", "gap", "overlap", "short", "huge", "negative rotation", "rotation", "plain outside", "header outside", "no key", "logical");

    [Theory]
    [MemberData(nameof(HostileManifests))]
    public void HostileManifest_IsRefused(string what)
    {
        static SplitFile Raw(string name, long start, long length) => new(name, SplitRole.Raw, null, new FlashRange(start, length), length, "00");
        var plain = new SplitFile("app.bin", SplitRole.Plain, "app", new FlashRange(0, 34), 32, "00")
        {
            Key = what == "no key" ? null : SyntheticKey.Zero.ToKey(),
            PartitionRange = what == "plain outside" ? new FlashRange(0, 0x2000) : new FlashRange(0, 0x1000),
            HeaderOffset = what == "header outside" ? 0xFFF : null,
            LogicalStart = what == "logical" ? -1 : 0,
        };
        SplitFile[] files = what switch
        {
            "path" => [Raw("../x.raw.bin", 0, 0x1000)],
            "hidden" => [Raw(".x", 0, 0x1000)],
            "device" => [Raw("CON.raw.bin", 0, 0x1000)],
            "dot" => [Raw("a.raw.bin.", 0, 0x1000)],
            "twins" => [Raw("a.raw.bin", 0, 0x800), Raw("A.RAW.bin", 0x800, 0x800)],
            "gap" => [Raw("a.raw.bin", 0, 0x500), Raw("b.raw.bin", 0x600, 0xA00)],
            "overlap" => [Raw("a.raw.bin", 0, 0x800), Raw("b.raw.bin", 0x700, 0x900)],
            "short" => [Raw("a.raw.bin", 0, 0x800)],
            "plain outside" or "header outside" or "no key" or "logical" => [Raw("a.raw.bin", 0, 0x1000), plain],
            _ => [Raw("a.raw.bin", 0, 0x1000)],
        };
        long length = what == "huge" ? 1L << 40 : 0x1000;
        int rotation = what switch { "negative rotation" => -1, "rotation" => 0x1001, _ => 0 };
        var manifest = new SplitManifest(length, rotation, "00", files);

        var refusal = Assert.ThrowsAny<BekenImageException>(() => ImageMerger.Merge(manifest, name => new byte[name == "app.bin" ? 32 : 0x1000]));
        Assert.IsNotType<ImageGuardException>(refusal);
    }

    private static byte[] Merge(SplitImage split, params (string Name, byte[] Bytes)[] edits) =>
        ImageMerger.Merge(split.Manifest, name => edits.FirstOrDefault(edit => edit.Name == name).Bytes ?? split.Contents[name]);

    private static SplitImage AssertCoversOnce(FlashImage image)
    {
        var split = ImageSplitter.Split(image);
        long at = 0;
        foreach (var file in split.Manifest.Files.Where(file => file.Role == SplitRole.Raw).OrderBy(file => file.Range.Start))
        {
            Assert.Equal(at, file.Range.Start);
            BytesAssert.Equal(image.Bytes.Span.Slice((int)at, (int)file.Range.Length), split.Contents[file.Name].Span);
            at = file.Range.End;
        }
        Assert.Equal(image.Length, at);
        Assert.All(split.Manifest.Files, file => Assert.Equal(
            Convert.ToHexString(SHA256.HashData(split.Contents[file.Name].Span)).ToLowerInvariant(), file.Sha256));
        var names = split.Manifest.Files.Select(file => file.Name.ToUpperInvariant()).ToArray();
        Assert.Equal(names.Distinct(), names);
        Assert.Equal((image.Length, image.Rotation, image.Sha256), (split.Manifest.Length, split.Manifest.Rotation, split.Manifest.Sha256));
        return split;
    }

    internal static void AssertOnlyChanged(byte[] before, byte[] after, params (int Start, int Length)[] allowed)
    {
        Assert.Equal(before.Length, after.Length);
        byte[] expected = (byte[])before.Clone();
        foreach (var (start, length) in allowed)
            after.AsSpan(start, length).CopyTo(expected.AsSpan(start));
        BytesAssert.Equal(expected, after);
    }
}
