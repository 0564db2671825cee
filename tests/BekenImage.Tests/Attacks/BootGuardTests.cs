using System.Buffers.Binary;
using BekenImage.Crypto;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Attacks;

/// <summary>A14: bytes put into a program where they are stored, after which the device would not start.</summary>
public class BootGuardTests
{
    private const int App = 0x11000;

    private static byte[] Damaged(byte[] image, params int[] at)
    {
        byte[] damaged = (byte[])image.Clone();
        foreach (int offset in at)
            damaged[offset] ^= 0x10;
        return damaged;
    }

    private static byte[] Piece(byte[] image, FlashRange range) => image.AsSpan((int)range.Start, (int)range.Length).ToArray();

    /// <summary>Another page of code, with the CRC that belongs to it.</summary>
    private static byte[] OtherPage(byte[] image, int at)
    {
        byte[] page = image.AsSpan(at, FlashPages.PageSize).ToArray();
        page[0] ^= 0x10;
        return PlainFormats.Pages(page.AsSpan(0, FlashPages.DataSize).ToArray());
    }

    private static ImageGuardException Refused(Action put)
    {
        var error = Assert.Throws<ImageGuardException>(put);
        Assert.Equal(FindingCode.ResultDoesNotBoot, error.Code);
        Assert.Contains("would not boot", error.Message, StringComparison.Ordinal);
        return error;
    }

    [Fact]
    public void Put_OfRawBytesWithAWrongPageCrc_IsRefused()
    {
        byte[] image = SyntheticImages.TuyaN;
        var range = new FlashRange(App + 34 * 40, 34 * 4);
        var device = FlashImage.Parse(image);
        var error = Refused(() => device.Edit().Put(range, Piece(Damaged(image, App + 34 * 41), range)));
        Assert.Equal(App + 34 * 41, error.Offset);
        Refused(() => device.Edit().Put("app", Piece(Damaged(image, App + 34 * 41), device.FindPartition("app")!.Range)));
        Assert.Single(device.Edit().Put(range, Piece(image, range)).Changes);
    }

    [Fact]
    public void Put_OfASoundPageThatTheHeaderDoesNotDescribe_IsRefused()
    {
        byte[] image = SyntheticImages.TuyaN;
        const int at = App + 34 * 40;
        Refused(() => FlashImage.Parse(image).Edit().Put(new FlashRange(at, FlashPages.PageSize), OtherPage(image, at)));
    }

    [Fact]
    public void Put_OverTheVectors_IsRefused()
    {
        byte[] erased = Enumerable.Repeat((byte)0xFF, 0x1100).ToArray();
        Refused(() => FlashImage.Parse(SyntheticImages.TuyaN).Edit().Put(new FlashRange(App, erased.Length), erased));
    }

    [Fact]
    public void Put_IntoAFirmwareFileWithoutABootloader_IsJudgedAllTheSame()
    {
        byte[] image = SyntheticImages.TuyaN.AsSpan(App).ToArray();
        var app = FlashImage.Parse(image);
        Assert.False(ImageVerifier.Verify(app).Boots);
        var range = new FlashRange(34 * 40, 34);
        Refused(() => app.Edit().Put(range, Piece(Damaged(image, 34 * 40), range)));
    }

    [Fact]
    public void Put_IntoADamagedProgram_MendsItPieceByPiece()
    {
        byte[] image = SyntheticImages.TuyaN;
        var first = new FlashRange(App + 34 * 40, 34);
        var second = new FlashRange(App + 34 * 50, 34);
        var draft = FlashImage.Parse(Damaged(image, (int)first.Start, (int)second.Start)).Edit();
        draft.Put(first, Piece(image, first));
        Assert.False(ImageVerifier.Verify(draft.ToImage()).Boots);
        draft.Put(second, Piece(image, second));
        Assert.Equal(image, draft.ToArray());
    }

    [Fact]
    public void Put_OfCalibration_WhereNothingSaysWhereTheReadBegan_IsNoMatterOfBooting()
    {
        byte[] table = RfTestData.Sector(RfTestData.CompleteTable());
        var draft = FlashImage.Parse(Enumerable.Repeat((byte)0xFF, 0x200000).ToArray()).Edit().Put(new FlashRange(0x123000, table.Length), table);
        Assert.Equal(CheckStatus.Fail, ImageVerifier.Verify(draft.ToImage()).BootChecks.Single(check => check.Name == "origin").Status);
    }

    [Fact]
    public void Merge_OfAnEditedRawProgram_IsRefused_AndNamesTheFile()
    {
        byte[] image = SyntheticImages.TuyaN;
        var split = ImageSplitter.Split(FlashImage.Parse(image));
        foreach (var (name, at) in new[] { ("app.raw.bin", App + 34 * 40), ("bootloader.raw.bin", 34 * 40) })
        {
            var file = split.Manifest.Files.Single(file => file.Name == name);
            byte[] edited = Piece(Damaged(image, at), file.Range);
            var error = Refused(() => ImageMerger.Merge(split.Manifest, asked => asked == name ? edited : split.Contents[asked]));
            Assert.Equal((name, at / 34 * 34), (error.Subject, (int)error.Offset!));
        }
    }

    [Fact]
    public void Merge_OfAnEditedRawProgram_WhosePlainFileIsGone_SaysThatItWouldNotBoot()
    {
        byte[] image = SyntheticImages.TuyaN;
        var split = ImageSplitter.Split(FlashImage.Parse(image));
        byte[] edited = Piece(Damaged(image, App + 34 * 40), split.Manifest.Files.Single(file => file.Name == "app.raw.bin").Range);
        var findings = new List<Finding>();
        ReadOnlyMemory<byte>? Read(string name) => name == "app.raw.bin" ? edited : name == "app.bin" ? default(ReadOnlyMemory<byte>?) : split.Contents[name];
        byte[] merged = ImageMerger.Merge(split.Manifest, Read, findings);
        Assert.Equal(Damaged(image, App + 34 * 40), merged);
        // Who takes no findings is not left without a word.
        Refused(() => ImageMerger.Merge(split.Manifest, Read));
        var said = Assert.Single(findings);
        Assert.Equal((FindingCode.ResultDoesNotBoot, FindingSeverity.Error, App + 34 * 40), (said.Code, said.Severity, (int)said.Offset!));
    }

    [Fact]
    public void Merge_OfAHeaderThatDoesNotFit_SaysThatItWouldNotBoot()
    {
        byte[] image = SyntheticImages.TuyaN;
        var device = FlashImage.Parse(image);
        var header = device.Containers.Single(container => container.Partition == "app");
        byte[] plain = header.Header.Bytes.ToArray();
        // The hash field, and the header's own CRC over it renewed.
        plain[0x50] ^= 1;
        BinaryPrimitives.WriteUInt32LittleEndian(plain.AsSpan(0x5C), PlainFormats.Crc32(plain.AsSpan(0, 0x5C).ToArray()));
        byte[] damaged = (byte[])image.Clone();
        PlainFormats.Pages(plain).CopyTo(damaged, (int)header.Offset);
        Assert.False(ImageVerifier.Verify(FlashImage.Parse(damaged)).Boots);

        var split = ImageSplitter.Split(device);
        byte[] edited = Piece(damaged, split.Manifest.Files.Single(file => file.Name == "app.raw.bin").Range);
        var findings = new List<Finding>();
        ImageMerger.Merge(split.Manifest, name => name == "app.raw.bin" ? edited : split.Contents[name], findings);
        Assert.Equal(FindingCode.ResultDoesNotBoot, Assert.Single(findings).Code);
    }

    [Fact]
    public void Merge_OfADamagedImage_AsItWas_AndWithOtherFilesEdited_SaysNothing()
    {
        byte[] image = Damaged(SyntheticImages.TuyaN, App + 34 * 400);
        var split = ImageSplitter.Split(FlashImage.Parse(image));
        var findings = new List<Finding>();
        Assert.Equal(image, ImageMerger.Merge(split.Manifest, name => split.Contents[name], findings));
        var other = split.Manifest.Files.Last(file => file.Role == SplitRole.Raw && file.Partition is null or "download");
        byte[] edited = split.Contents[other.Name].ToArray();
        edited[^1] ^= 1;
        ImageMerger.Merge(split.Manifest, name => name == other.Name ? edited : split.Contents[name], findings);
        Assert.Empty(findings);
    }

    /// <summary>BEKENIMAGE_EDITS says how many more.</summary>
    [Fact]
    public void RandomBytes_PutOrMerged_NeverMakeABootingImageOneThatDoesNot()
    {
        int edits = int.TryParse(Environment.GetEnvironmentVariable("BEKENIMAGE_EDITS"), out int more) ? more : 24;
        var random = new Random(14);
        byte[][] images = [SyntheticImages.TuyaN, SyntheticImages.TuyaT, SyntheticImages.Dreo];
        for (int edit = 0; edit < edits; edit++)
        {
            byte[] image = images[edit % images.Length];
            var device = FlashImage.Parse(image);
            // Most in what the app and its header take, some beyond.
            int at = App + random.Next(edit % 4 == 0 ? image.Length - App - 0x4000 : (int)device.FindPartition("app")!.Length);
            var range = new FlashRange(at, 1 + random.Next(0x2000));
            byte[] bytes = Piece(image, range);
            for (int change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            bool isMerge = edit % 3 == 2;
            byte[]? result = null;
            var said = new List<Finding>();
            try
            {
                result = isMerge ? Merge(device, range, bytes, said) : device.Edit().Put(range, bytes).ToArray();
            }
            catch (ImageGuardException)
            {
                // Refused, which is one of the right answers.
            }
            if (result is not null && said.TrueForAll(finding => finding.Code != FindingCode.ResultDoesNotBoot))
                Assert.True(ImageVerifier.Verify(FlashImage.Parse(result)).Boots, $"edit {edit} at {range}");
        }
    }

    private static byte[] Merge(FlashImage device, FlashRange range, byte[] bytes, List<Finding> said)
    {
        var split = ImageSplitter.Split(device);
        byte[] edited = device.Bytes.ToArray();
        bytes.CopyTo(edited, (int)range.Start);
        return ImageMerger.Merge(split.Manifest, name =>
        {
            var file = split.Manifest.Files.Single(file => file.Name == name);
            return file.Role == SplitRole.Raw ? Piece(edited, file.Range) : split.Contents[name];
        }, said);
    }
}
