using System.Buffers.Binary;
using System.Text;
using BekenImage.Formats.LittleFs;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.FlashVars;
using BekenImage.Tests.Formats.LittleFs;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Editing;

/// <summary>OpenBeken's LittleFS as a part of an image, and what shares the download partition with it.</summary>
public class DraftFilesTests
{
    private const int Place = 0x1C8000;
    private const int Size = 0x8000;

    private static readonly LittleFsEntry[] Files =
        [LittleFsEntry.File("autoexec.bat", "startDriver NTP"u8.ToArray()), LittleFsEntry.File("www/page.html", LittleFsTestData.Pattern(9000, 1))];

    [Fact]
    public void LittleFs_OfImagesWithoutOne_IsNull()
    {
        Assert.Null(FlashImage.Parse(Synthetic.Images.TuyaN).LittleFs);
        Assert.Null(FlashImage.Parse(Array.Empty<byte>()).LittleFs);
        Assert.Null(FlashImage.Parse(new byte[100]).LittleFs);
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void LittleFs_OfACorpusImage_IsNullAndGivesNoFinding(string file)
    {
        var image = Synthetic.Images.FromCorpus(file);
        Assert.Null(image.LittleFs);
        Assert.DoesNotContain(image.Findings, finding => (int)finding.Code is >= 6000 and < 7000);
    }

    [Fact]
    public void LittleFs_InARotatedDump_IsFoundAndChangedInPlace()
    {
        byte[] dump = Device().With(Place, Volume()).Dump();
        byte[] rotated = dump.Skip(0x11000).Concat(dump.Take(0x11000)).ToArray();
        var image = FlashImage.Parse(rotated);
        Assert.Equal((0x11000, (long)Place), (image.Rotation, image.LittleFs!.Offset));
        byte[] changed = image.Edit().EditFiles([LittleFsEntry.File("new", "x"u8.ToArray())], ["www"]).ToArray();
        byte[] expected = LittleFsWriter.Create(Size, [Files[0], LittleFsEntry.File("new", "x"u8.ToArray())]);
        expected.CopyTo(dump, Place);
        BytesAssert.Equal(dump.Skip(0x11000).Concat(dump.Take(0x11000)).ToArray(), changed);
    }

    [Fact]
    public void LittleFs_OfSeveralVolumes_IsTheMountedOneAndTellsNothingOfOthers()
    {
        byte[] older = LittleFsWriter.Create(0x20000, [LittleFsEntry.File("old", LittleFsTestData.Pattern(0x18000, 3))]);
        byte[] dump = Device().With(0x1D0000 - older.Length, older).With(Place, Volume()).Dump();
        var image = FlashImage.Parse(dump);
        Assert.Equal(Place, image.LittleFs!.Offset);
        Assert.DoesNotContain(image.Findings, finding => (int)finding.Code is >= 6000 and < 7000);
        // Sanitizing leaves nothing of the older one's files where the two lie over each other, and the mounted one as it was.
        var clean = FlashImage.Parse(image.Edit().Sanitize().ToArray());
        Assert.Equal(Files.Select(file => file.Path), clean.LittleFs!.Files.Select(file => file.Path));
    }

    [Fact]
    public void Put_IntoAVolumeThatClaimsOtherAreas_IsRefused()
    {
        // A superblock that says 56 blocks: the volume would lie over RF table and configuration, up to the end of the chip.
        byte[] volume = LittleFsWriter.Create(0x38000, Files);
        byte[] dump = Device().With(0x1D1000, DataImages.ObkConfig()).With(Place, volume.Take(Size).ToArray()).Dump();
        var image = FlashImage.Parse(dump);
        Assert.Equal(0x38000, image.LittleFs!.Length);
        var error = Assert.Throws<ImageGuardException>(() => image.Edit().EditFiles(Files));
        Assert.Equal(FindingCode.RegionsOverlap, error.Code);
        byte[] clean = image.Edit().Sanitize().ToArray();
        BytesAssert.Equal(dump.AsSpan(0x1D0000, 0x1000), clean.AsSpan(0x1D0000, 0x1000));
        Assert.True(FlashImage.Parse(clean).ObkConfig!.ChecksumOk);
    }

    [Fact]
    public void Put_IntoAVolumeOverTheAppsHeader_IsRefused()
    {
        byte[] volume = LittleFsWriter.Create(0x40000, [Files[0]]);
        byte[] dump = Device().Dump();
        volume.AsSpan(0, 0x2000).CopyTo(dump.AsSpan(0x120000));
        var image = FlashImage.Parse(dump);
        Assert.NotNull(image.LittleFs);
        Assert.Equal(FindingCode.RegionsOverlap, Assert.Throws<ImageGuardException>(() => image.Edit().EditFiles(Files)).Code);
    }

    [Fact]
    public void Put_WhatDoesNotFit_IsAGuardsRefusal()
    {
        var image = FlashImage.Parse(Device().With(Place, Volume()).Dump());
        var error = Assert.Throws<ImageGuardException>(() => image.Edit().EditFiles([LittleFsEntry.File("big", new byte[0x9000])]));
        Assert.Equal(FindingCode.LittleFsDoesNotFit, error.Code);
        Assert.Contains("0x8000", error.Message);
    }

    [Fact]
    public void Plan_OfAnUpdate_KeepsJournalAndVolumeInsideADownloadPartition()
    {
        // The SDK's download reaches from 0x132000 to 0x1E0000 and contains all that OpenBeken for BK7231N keeps.
        byte[] journal = FlashVarsTests.Journal(FlashVarsTests.Variables(5));
        foreach (var (offset, bytes) in new[] { (0x1D3000, journal), (Place, Volume()) })
        {
            byte[] device = new SyntheticImage { Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0x9000, SyntheticImage.ObkN) }
                .WithRf(0x1D0000).WithPackage().With(offset, bytes).Dump();
            var factory = FlashImage.Parse(device);
            Assert.True(factory.FindPartition("download")!.Range.Contains(offset));
            var plan = new ImageCombiner(factory, FlashImage.Parse(Synthetic.Images.ObkN), new CombineOptions()).Plan();
            Assert.Equal(CombineMode.Update, plan.Mode);
            byte[] result = plan.ToArray();
            BytesAssert.Equal(device.AsSpan(0x1C0000), result.AsSpan(0x1C0000));
            Assert.All(result.Skip(0x132000).Take(0x1000), value => Assert.Equal(0xFF, value));
        }
    }

    [Fact]
    public void AnyByteOfTheVolumeFlipped_NeverThrowsAndKeepsTheRest()
    {
        byte[] dump = Device().With(Place, Volume()).Dump();
        for (int at = 0; at < 64; at++)
        {
            byte[] damaged = dump.ToArray();
            damaged[Place + (at < 48 ? at : at * 97)] ^= (byte)(1 << at % 8);
            var image = FlashImage.Parse(damaged);
            Assert.True(image.Findings.Count >= 0);
            byte[] clean = image.Edit().Sanitize().ToArray();
            BytesAssert.Equal(dump.AsSpan(0, Place), clean.AsSpan(0, Place));
            BytesAssert.Equal(dump.AsSpan(Place + Size), clean.AsSpan(Place + Size));
        }
    }

    [Fact]
    public void Sanitize_OfFilesOfEveryKind_BlanksByKind()
    {
        const string pem = "-----BEGIN RSA PRIVATE KEY-----\nAAAA";
        byte[] backup = DataImages.ObkConfig();
        byte[] volume = LittleFsWriter.Create(0x10000,
        [
            LittleFsEntry.File("key.pem", Encoding.ASCII.GetBytes(pem)), LittleFsEntry.File("config.bak", backup),
            LittleFsEntry.File("pass phrase C.txt", "a"u8.ToArray()), LittleFsEntry.File("raw.bin", [0, .. "pass phrase C"u8, 0]),
        ]);
        byte[] device = Device().With(0x1D1000, Sized(0x10000)).With(0x1D0000 - 0x10000, volume).Dump();
        byte[] clean = FlashImage.Parse(device).Edit().Sanitize().ToArray();
        string text = Encoding.Latin1.GetString(clean);
        Assert.All(new[] { "AAAA", "pass phrase C", "broker login", "HomeNetwork-C" }, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        var files = new PlainLittleFs(clean.Skip(0x1D0000 - 0x10000).Take(0x10000).ToArray()).Files;
        Assert.Equal(["0000000000000.txt", "config.bak", "key.pem", "raw.bin"], files.Keys);
        Assert.Equal(backup.Length, files["config.bak"].Length);
        Assert.Equal([0, .. "0000000000000"u8, 0], files["raw.bin"]);
    }

    private static byte[] Sized(int size) => Formats.Obk.ObkTestData.Sector(Formats.Obk.ObkTestData.Minimal(change: bytes =>
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(0x4BC), size)));

    private static SyntheticImage Device() => SyntheticImage.ObkNFirmware().WithRf(0x1D0000);

    private static byte[] Volume() => LittleFsWriter.Create(Size, Files);
}
