using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Editing;

/// <summary>What holds of every change of a draft: they chain, they are listed, they happen whole or not at all, and nothing is read twice.</summary>
public sealed class ImageDraftTests
{
    private static readonly MacAddress Mac = new([0x02, 0x11, 0x22, 0x33, 0x44, 0x55]);

    /// <summary>A device with OpenBeken that still holds Tuya's storage: everything a draft can change.</summary>
    private static byte[] Device()
    {
        byte[] value = TuyaImages.Text("{\"a\":1}");
        byte[] block = TuyaImages.Block(0, 1).Index(1, "gw_di", value, (0, 2, 2)).Data(2, value);
        byte[] image = SyntheticImage.ObkNFirmware().WithRf(0x1D0000).WithConfig(0x1D1000).Dump();
        TuyaImages.Chip(block).AsSpan(0x1EE000, 0x12000).CopyTo(image.AsSpan(0x1EE000));
        return image;
    }

    [Fact]
    public void Changes_InOneDraft_GiveWhatOneDraftEachGives()
    {
        byte[] device = Device();
        byte[] apart = FlashImage.Parse(device).Edit().SetMac(Mac).ToArray();
        apart = FlashImage.Parse(apart).Edit().AddFile("autoexec.bat", "echo 1"u8.ToArray()).ToArray();
        apart = FlashImage.Parse(apart).Edit().AddFile("www/index.html", "<p>hello</p>"u8.ToArray()).ToArray();
        apart = FlashImage.Parse(apart).Edit().SetTuya("gw_di", "{\"a\":2}").ToArray();
        apart = FlashImage.Parse(apart).Edit().SetObk("mqttHost", "broker.example").ToArray();

        var draft = FlashImage.Parse(device).Edit()
            .SetMac(Mac)
            .AddFile("autoexec.bat", "echo 1"u8.ToArray())
            .AddFile("www/index.html", "<p>hello</p>"u8.ToArray())
            .SetTuya("gw_di", "{\"a\":2}")
            .SetObk("mqttHost", "broker.example");
        BytesAssert.Equal(apart, draft.ToArray());

        var image = draft.ToImage();
        Assert.Equal(Mac, image.Rf!.Mac);
        Assert.Equal(["autoexec.bat", "www/index.html"], image.LittleFs!.Files.Select(file => file.Path).Order());
        Assert.Equal("{\"a\":2}", image.TuyaStorage!.Find("gw_di")!.Text);
        Assert.Equal("broker.example", image.ObkConfig!["mqttHost"]);
    }

    [Fact]
    public void Changes_OfData_DoNotReadTheProgramsAgain()
    {
        var before = FlashImage.Parse(Device());
        var app = before.Decode(before.FindPartition("app")!);
        var after = before.Edit().SetMac(Mac).AddFile("a", [1]).SetTuya("gw_di", "{}").SetObk("mqttPort", "1884").ToImage();
        Assert.Same(before.Programs, after.Programs);
        Assert.True(app.Equals(after.Decode(after.FindPartition("app")!)));
    }

    [Fact]
    public void ToImage_AfterAnyChange_IsWhatParsingItsBytesGives()
    {
        (string Name, Func<ImageDraft, ImageDraft> Change)[] changes =
        [
            ("mac", draft => draft.SetMac(Mac)),
            ("file", draft => draft.AddFile("a", [1])),
            ("tuya", draft => draft.SetTuya("gw_di", "{}")),
            ("obk", draft => draft.SetObk("mqttPort", "1884")),
            ("range", draft => draft.Put(new FlashRange(0x1D0000, 4), [0, 0, 0, 0])),
            ("app", draft => draft.Put("app", SyntheticPrograms.App(0x9000, "another app"))),
            ("rekey", draft => draft.Rekey(BekenKey.Zero)),
            ("bootloader", draft => draft.ReplaceBootloader(FlashImage.Parse(SyntheticImages.TuyaN))),
            ("sanitize", draft => draft.Sanitize()),
        ];
        foreach (var (name, change) in changes)
        {
            var draft = change(FlashImage.Parse(Device()).Edit());
            var parsed = FlashImage.Parse(draft.ToArray());
            var image = draft.ToImage();
            Assert.True(Describe(parsed) == Describe(image), $"{name}:\n{Describe(parsed)}\n--\n{Describe(image)}");
        }
    }

    [Fact]
    public void Changes_AreListed_AndNothingOutsideThemDiffers()
    {
        byte[] before = Device();
        var draft = FlashImage.Parse(before).Edit().SetMac(Mac).AddFile("a", [1]).SetTuya("gw_di", "{}").SetObk("mqttPort", "1884");
        byte[] after = draft.ToArray();
        byte[] expected = before.ToArray();
        foreach (var change in draft.Changes)
            after.AsSpan((int)change.Range.Start, (int)change.Range.Length).CopyTo(expected.AsSpan((int)change.Range.Start));
        BytesAssert.Equal(expected, after);
        Assert.Equal(["littlefs", "obk-config", "rf", "tuya"], draft.Changes.Select(change => change.What).Distinct().Order());
        Assert.All(draft.Changes, change => Assert.NotEmpty(change.Why));
        Assert.Equal(5, Assert.Single(draft.Changes, change => change.What == "rf").ChangedBytes);
    }

    [Theory]
    [InlineData(0x1D0010, "rf")]
    [InlineData(0x1D8000, ImageChange.Gap)]
    public void Put_OfARange_IsListedUnderTheAreaItBeginsIn(long offset, string what) => Assert.Equal(what,
        Assert.Single(FlashImage.Parse(Device()).Edit().Put(new FlashRange(offset, 4), [1, 2, 3, 4]).Changes).What);

    [Fact]
    public void AChangeThatIsRefused_ChangesNothing_AndTheDraftGoesOn()
    {
        var draft = FlashImage.Parse(Device()).Edit().SetMac(Mac);
        byte[] before = draft.ToArray();
        Assert.Throws<ImageGuardException>(() => draft.Put("bootloader", new byte[0x11000]));
        Assert.Throws<ImageGuardException>(() => draft.Put(new FlashRange(0x10FFF, 2), new byte[2]));
        Assert.Throws<ImageGuardException>(() => draft.AddFile("big", new byte[0x20000]));
        Assert.Throws<BekenImageException>(() => draft.SetObk("noSuchField", "1"));
        Assert.Throws<BekenImageException>(() => draft.Put("no such partition", []));
        BytesAssert.Equal(before, draft.ToArray());
        Assert.Single(draft.Changes);
        Assert.Equal(0x1D0000, draft.SetMac(new MacAddress([2, 0, 0, 0, 0, 1])).Changes[1].Range.Start);
    }

    [Fact]
    public void AChangeThatIsRefusedHalfway_LeavesNothingOfItself()
    {
        var draft = FlashImage.Parse(Device()).Edit().SetMac(Mac);
        byte[] before = draft.ToArray();
        Assert.Throws<BekenImageException>(() => draft.Apply(edit =>
        {
            edit.Replace(0x1D0000, new byte[4], "rf", "the first of two writes");
            throw new BekenImageException(FindingCode.WrongKind, "the second is refused");
        }));
        BytesAssert.Equal(before, draft.ToArray());
        Assert.Single(draft.Changes);
    }

    [Fact]
    public void ImagesOfADraft_DoNotChangeWithIt()
    {
        byte[] device = Device();
        var original = FlashImage.Parse(device);
        var draft = original.Edit().SetMac(Mac);
        var first = draft.ToImage();
        string sha256 = first.Sha256;
        draft.SetMac(new MacAddress([2, 0, 0, 0, 0, 1])).Put("app", SyntheticPrograms.App(0x9000, "x"));
        Assert.Equal(Mac, first.Rf!.Mac);
        Assert.Equal(sha256, FlashImage.Parse(first.Source).Sha256);
        BytesAssert.Equal(Device(), original.Source.Span);
    }

    // Tuya's firmware keeps a value in its storage and a copy of it in the protected block: both are rewritten.
    [Fact]
    public void SetTuya_OfAValueWithACopy_ChangesBoth()
    {
        byte[] old = TuyaImages.Text("{\"a\":1}");
        byte[] chip = TuyaImages.Chip(TuyaImages.Block(0, 1).Index(1, "gw_bi", old, (0, 2, 2)).Data(2, old));
        TuyaImages.ProtectedBlock(7, ("gw_bi", old)).CopyTo(chip, 0x1ED000);
        var after = FlashImage.Parse(FlashImage.Parse(chip).Edit().SetTuya("gw_bi", "{\"a\":2}").ToArray());
        Assert.Equal("{\"a\":2}", after.TuyaStorage!.Find("gw_bi")!.Text);
        Assert.Equal("{\"a\":2}", Assert.Single(after.TuyaContents.ProtectedBlocks).Find("gw_bi")!.Text);
    }

    [Fact]
    public void AFirmwareFileThatGrows_IsReadAnew()
    {
        var draft = FlashImage.Parse(SyntheticImages.ObkN).Edit().SetObk("mqttHost", "broker.example").AddFile("a", [1]);
        Assert.Equal(0x1D2000, draft.ToImage().Length);
        var parsed = FlashImage.Parse(draft.ToArray());
        Assert.Equal(Describe(parsed), Describe(draft.ToImage()));
        Assert.Equal("broker.example", draft.ToImage().ObkConfig!["mqttHost"]);
        Assert.Equal("a", Assert.Single(draft.ToImage().LittleFs!.Files).Path);
    }

    [Fact]
    public void ARotatedRead_StaysRotated_UnlessNormalized()
    {
        byte[] device = Device();
        byte[] read = [.. device.AsSpan(0x11000), .. device.AsSpan(0, 0x11000)];
        byte[] changed = FlashImage.Parse(device).Edit().SetMac(Mac).ToArray();
        byte[] rotated = [.. changed.AsSpan(0x11000), .. changed.AsSpan(0, 0x11000)];
        BytesAssert.Equal(rotated, FlashImage.Parse(read).Edit().SetMac(Mac).ToArray());
        BytesAssert.Equal(rotated, FlashImage.Parse(read).Edit().SetMac(Mac).ToImage().Source.Span);
        var normalized = FlashImage.Parse(read).Edit().SetMac(Mac).Normalize();
        BytesAssert.Equal(changed, normalized.ToArray());
        Assert.Equal(0, normalized.ToImage().Rotation);
        using var stream = new MemoryStream();
        normalized.WriteTo(stream);
        BytesAssert.Equal(changed, stream.ToArray());
    }

    [Fact]
    public void ReplaceBootloader_OfAnotherFamilyOrWithoutAPlace_IsRefused()
    {
        var draft = FlashImage.Parse(SyntheticImages.TuyaN).Edit();
        Assert.Equal(FindingCode.ChipsDiffer, Assert.Throws<ImageGuardException>(() => draft.ReplaceBootloader(FlashImage.Parse(SyntheticImages.TuyaT))).Code);
        Assert.Equal(FindingCode.BootloaderMissing, Assert.Throws<BekenImageException>(() => draft.ReplaceBootloader(FlashImage.Parse(new byte[9]))).Code);
        Assert.Throws<ImageGuardException>(() => FlashImage.Parse(new byte[4096]).Edit().ReplaceBootloader(FlashImage.Parse(SyntheticImages.TuyaN)));
    }

    [Fact]
    public void ReplaceBootloader_UnderAnotherKey_IsEncipheredWithTheDevices()
    {
        var plain = FlashImage.Parse(FlashImage.Parse(SyntheticImages.TuyaN).Edit().Rekey(BekenKey.Zero).ToArray());
        var draft = FlashImage.Parse(SyntheticImages.TuyaN).Edit().ReplaceBootloader(plain);
        Assert.Equal(BekenKey.Tuya, draft.ToImage().FindPartition("bootloader")!.Key);
        Assert.True(ImageVerifier.Verify(draft.ToImage()).Boots);
        Assert.All(draft.Changes, change => Assert.Equal("bootloader", change.What));
    }

    [Fact]
    public async Task LoadAsync_OfAStream_GivesWhatParseGives()
    {
        using var stream = new MemoryStream(SyntheticImages.TuyaN);
        var image = await FlashImage.LoadAsync(stream, null, TestContext.Current.CancellationToken);
        Assert.Equal(FlashImage.Parse(SyntheticImages.TuyaN).Sha256, image.Sha256);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FlashImage.LoadAsync(new MemoryStream(new byte[9]), null, cancelled.Token));
    }

    [Fact]
    public void OptionsChangedAfterParsing_ChangeNoImage()
    {
        var options = new FlashImageOptions { Chip = BekenChip.BK7238 };
        var image = FlashImage.Parse(SyntheticImages.TuyaN, options);
        options.Chip = BekenChip.BK7252;
        options.Key = BekenKey.Uascent;
        Assert.Equal(BekenChip.BK7238, image.Chip);
        Assert.Equal(KeySource.Vectors, image.Key.Source);
    }

    // Everything an image says, in one text.
    private static string Describe(FlashImage image) => string.Join("\n", new[]
    {
        $"{image.Kind} {image.Chip} {image.Flavor} {image.AppVersion} {image.BootVersion} {image.Key} {image.Rotation} {image.Sha256}",
        string.Join("; ", image.Partitions.Select(partition => $"{partition} {partition.Source} {partition.Key} {partition.Pages?.Valid} {partition.Pages?.Bad}")),
        string.Join("; ", image.Containers.Select(container => $"{container.Offset:x} {container.HeaderCrcOk} {container.PayloadCrcOk} {container.PayloadHashOk}")),
        $"{image.Rf?.Mac} {image.RfTables.Count} {image.ObkConfig?.Offset:x} {image.TuyaStorage?.Values.Count} {image.LittleFs?.Files.Count}",
        string.Join("; ", image.Findings.Select(finding => finding.ToString())),
    });
}
