using BekenImage.Crypto;
using BekenImage.TestSupport;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Images;

/// <summary>
/// Apps of the N family carry BK7231 at logical 0x100, and no others do: an app for another family is refused on every way in, under
/// a chip that was named too, and nobody says yes while a chip is not known.
/// </summary>
public class FamilyRuleTests
{
    /// <summary>As Tuya's SDK 2.0.0 for BK7231T makes them: nothing names the chip, and no marker.</summary>
    private static byte[] NamelessT => SyntheticPrograms.App(0x5000, SyntheticImage.TuyaOS, nMarker: false, seed: 8);

    private static byte[] NamelessN => SyntheticPrograms.App(0x5000, SyntheticImage.TuyaOS, seed: 8);

    private static byte[] Marked(string marker)
    {
        byte[] app = NamelessT;
        System.Text.Encoding.ASCII.GetBytes(marker.PadRight(8, '\0')).CopyTo(app, 0x100);
        return app;
    }

    private static FlashImage Parse(byte[] image, BekenChip named = BekenChip.Unknown) => FlashImage.Parse(image, new FlashImageOptions { Chip = named });

    private static void Refused(FindingCode code, Action work) => Assert.Equal(code, Assert.Throws<ImageGuardException>(work).Code);

    // ---- lint --------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(BekenChip.Unknown)]
    [InlineData(BekenChip.BK7231N)]
    public void Lint_OfANamelessTAppOnAnNDevice_SaysNo(BekenChip named)
    {
        foreach (byte[] device in new[] { SyntheticImages.TuyaN, SyntheticImages.Dreo })
        {
            var result = FirmwareLinter.Lint(Parse(NamelessT, named), Parse(device));
            Assert.Equal(false, result.Answer);
            Assert.Equal(FindingCode.ChipsDiffer, Assert.Single(result.Checks, check => check is { Name: "chip", Status: CheckStatus.Fail }).Code);
        }
        Assert.Equal(false, FirmwareLinter.Lint(Parse(NamelessT, named), BekenChip.BK7231N, BekenKey.Tuya).Answer);
    }

    [Theory]
    [InlineData(BekenChip.Unknown)]
    [InlineData(BekenChip.BK7231T)]
    public void Lint_OfAMarkedAppOnATDevice_SaysNo(BekenChip named)
    {
        Assert.Equal(false, FirmwareLinter.Lint(Parse(NamelessN, named), Parse(SyntheticImages.TuyaT)).Answer);
        Assert.Equal(false, FirmwareLinter.Lint(Parse(Marked("BK7238"), named), Parse(SyntheticImages.TuyaT)).Answer);
    }

    [Fact]
    public void Lint_WhereTheFirmwareDoesNotTellItsChip_KnowsNoAnswerUntilItIsNamed()
    {
        var open = FirmwareLinter.Lint(Parse(NamelessT), Parse(SyntheticImages.TuyaT));
        Assert.Null(open.Answer);
        Assert.False(open.Runs);
        Assert.Contains(open.Checks, check => check is { Name: "chip", Code: FindingCode.ChipUnknown, Status: CheckStatus.Warn });
        Assert.StartsWith("not known whether it runs: ", open.ToString(), StringComparison.Ordinal);
        Assert.Null(FirmwareLinter.Lint(Parse(NamelessT), BekenChip.BK7231T, BekenKey.Tuya).Answer);

        Assert.True(FirmwareLinter.Lint(Parse(NamelessT, BekenChip.BK7231T), Parse(SyntheticImages.TuyaT)).Runs);
        Assert.True(FirmwareLinter.Lint(Parse(NamelessT, BekenChip.BK7231T), BekenChip.BK7231T, BekenKey.Tuya).Runs);
    }

    [Fact]
    public void Lint_WhereTheDumpDoesNotTellItsChip_KnowsNoAnswerUntilItIsNamed()
    {
        byte[] mixed = new SyntheticImage { App = NamelessT }.WithRf(0x1D0000).Dump();
        Assert.Null(FirmwareLinter.Lint(Parse(SyntheticImage.ObkNFirmware().Ua()), Parse(mixed)).Answer);
        Assert.True(FirmwareLinter.Lint(Parse(SyntheticImage.ObkNFirmware().Ua()), Parse(mixed, BekenChip.BK7231N)).Runs);
        Assert.Equal(false, FirmwareLinter.Lint(Parse(SyntheticImage.ObkTFirmware().Ua()), Parse(mixed)).Answer);
    }

    [Fact]
    public void Lint_OfADumpThatIsAnotherChipThanNamed_SaysNo() =>
        Assert.Equal(false, FirmwareLinter.Lint(Parse(SyntheticImages.ObkT), Parse(SyntheticImages.TuyaN, BekenChip.BK7231T)).Answer);

    [Fact]
    public void Lint_OfAQioWithABootloaderOfAnotherFamily_SaysNoOnEitherDevice()
    {
        byte[] mixed = new SyntheticImage { App = NamelessT }.Qio();
        Assert.Equal(false, FirmwareLinter.Lint(Parse(mixed), Parse(SyntheticImages.TuyaN)).Answer);
        Assert.Equal(false, FirmwareLinter.Lint(Parse(mixed), Parse(SyntheticImages.TuyaT)).Answer);
    }

    // ---- combine -----------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(BekenChip.Unknown)]
    [InlineData(BekenChip.BK7231N)]
    [InlineData(BekenChip.BK7231T)]
    public void Combine_OfANamelessTAppAndAnNDevice_IsRefusedWhateverWasNamed(BekenChip named)
    {
        foreach (byte[] device in new[] { SyntheticImages.TuyaN, SyntheticImages.Dreo })
        {
            foreach (byte[] firmware in new[] { NamelessT, new SyntheticImage { App = NamelessT }.Qio(), new SyntheticImage { App = NamelessT }.Ua() })
            {
                var plan = new ImageCombiner(Parse(device), Parse(firmware), new CombineOptions { Chip = named }).Plan();
                Refused(FindingCode.ChipsDiffer, () => plan.ToArray());
            }
        }
    }

    [Fact]
    public void Combine_OfANamelessTAppAndATDevice_GoesWhereTheChipIsNamed()
    {
        Refused(FindingCode.ChipUnknown, () => new ImageCombiner(Parse(SyntheticImages.TuyaT), Parse(NamelessT)).Plan().ToArray());
        var plan = new ImageCombiner(Parse(SyntheticImages.TuyaT), Parse(NamelessT), new CombineOptions { Chip = BekenChip.BK7231T }).Plan();
        var review = CombineReview.Of(plan);
        Assert.True(review.Verify!.Boots);
        Assert.True(review.Lint!.Runs);
        Refused(FindingCode.ChipsDiffer, () => new ImageCombiner(
            Parse(SyntheticImages.TuyaT), Parse(NamelessN), new CombineOptions { Chip = BekenChip.BK7231T }).Plan().ToArray());
    }

    [Fact]
    public void Combine_OfADeviceWithABootloaderOfAnotherFamily_IsRefusedUntilThatIsReplaced()
    {
        byte[] device = SyntheticImages.TuyaN;
        SyntheticImages.TuyaT.AsSpan(0, 0x11000).CopyTo(device);
        var named = new CombineOptions { Chip = BekenChip.BK7231N };
        Refused(FindingCode.ChipsDiffer, () => new ImageCombiner(Parse(device), Parse(SyntheticImages.ObkN), named).Plan().ToArray());
        named.ReplaceBootloader = true;
        Assert.True(CombineReview.Of(new ImageCombiner(Parse(device), Parse(SyntheticImages.ObkN), named).Plan()).Verify!.Boots);
    }

    // ---- put, merge --------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Put_OfATAppIntoAnNDevice_IsRefusedInEveryForm()
    {
        var image = Parse(SyntheticImages.TuyaN);
        byte[] pages = new SyntheticImage { App = NamelessT }.AppPages();
        Refused(FindingCode.ChipsDiffer, () => image.Edit().Put("app", NamelessT));
        Refused(FindingCode.ChipsDiffer, () => image.Edit().Put("app", NamelessT, isPlain: true));
        Refused(FindingCode.ChipsDiffer, () => image.Edit().Put("app", pages));
        Refused(FindingCode.ChipsDiffer, () => image.Edit().Put(new FlashRange(0x11000, pages.Length), pages));
        Refused(FindingCode.ChipsDiffer, () => image.Edit().Put("app", SyntheticImage.ObkTFirmware().App));
        Refused(FindingCode.ChipsDiffer, () => Parse(SyntheticImages.TuyaT).Edit().Put("app", NamelessN));
        Refused(FindingCode.ChipsDiffer, () => Parse(SyntheticImage.ObkNFirmware().Ua()).Edit().Put("app", SyntheticImage.ObkTFirmware().App));
        BytesAssert.Equal(SyntheticImages.TuyaN, image.Edit().ToArray());
    }

    [Fact]
    public void Put_OfATAppIntoAQDevice_IsRefusedAsCombineDoes()
    {
        byte[] device = new SyntheticImage { Boot = SyntheticBoot.Q, App = NamelessT }.WithRf(0x1E0000).Dump();
        byte[] app = SyntheticImage.ObkTFirmware().App;
        Assert.Contains(new ImageCombiner(Parse(device), Parse(app)).Plan().Findings, finding => finding.Code == FindingCode.ChipsDiffer);
        Refused(FindingCode.ChipsDiffer, () => Parse(device).Edit().Put("app", app));
        var split = ImageSplitter.Split(Parse(device));
        Assert.Throws<ImageGuardException>(() => Merge(split, "app.bin", app));
        Assert.NotNull(Parse(device).Edit().Put("app", NamelessT));
    }

    [Fact]
    public void Put_OfWhatNothingContradicts_Goes()
    {
        Assert.True(ImageVerifier.Verify(Parse(SyntheticImages.TuyaN).Edit().Put("app", NamelessN).ToImage()).Boots);
        Assert.True(ImageVerifier.Verify(Parse(SyntheticImages.TuyaT).Edit().Put("app", NamelessT).ToImage()).Boots);
        // The image that stands there already is of two families: a fitting app is its cure, and its data can be changed.
        var mixed = Parse(new SyntheticImage { App = NamelessT }.WithRf(0x1D0000).Dump());
        Assert.False(ImageVerifier.Verify(mixed).Boots);
        Assert.True(ImageVerifier.Verify(mixed.Edit().Put("app", NamelessN).ToImage()).Boots);
        mixed.Edit().Put(new FlashRange(0x1F0000, 4), new byte[4]).Rekey(BekenKey.Zero);
    }

    [Fact]
    public void ReplaceBootloader_OfAMixedImage_TakesTheOneOfItsApp()
    {
        var mixed = Parse(new SyntheticImage { App = SyntheticImage.ObkTFirmware().App }.WithRf(0x1E0000).Dump());
        Assert.Equal(BekenChip.Unknown, mixed.Chip);
        Refused(FindingCode.ChipsDiffer, () => mixed.Edit().ReplaceBootloader(Parse(SyntheticImages.ObkN)));
        Assert.Equal(BekenChip.BK7231T, mixed.Edit().ReplaceBootloader(Parse(SyntheticImages.ObkT)).ToImage().Chip);
    }

    [Fact]
    public void Merge_OfAnEditedAppOfAnotherFamily_IsRefused()
    {
        var split = ImageSplitter.Split(Parse(SyntheticImages.TuyaN));
        foreach (byte[] app in new[] { NamelessT, SyntheticImage.ObkTFirmware().App })
        {
            var error = Assert.Throws<ImageGuardException>(() => Merge(split, "app.bin", app));
            Assert.Equal((FindingCode.ChipsDiffer, "app.bin"), (error.Code, error.Subject));
        }
        Merge(split, "app.bin", NamelessN);
        byte[] raw = new byte[split.Contents["app.raw.bin"].Length];
        Array.Fill(raw, (byte)0xFF);
        new SyntheticImage { App = NamelessT }.AppPages().CopyTo(raw, 0);
        Assert.Equal("app.raw.bin", Assert.Throws<ImageGuardException>(() => Merge(split, "app.raw.bin", raw)).Subject);
        // Where there is no bootloader, the app that was there tells the device.
        var ua = ImageSplitter.Split(Parse(SyntheticImage.ObkNFirmware().Ua()));
        Assert.Throws<ImageGuardException>(() => Merge(ua, "app.bin", NamelessT));
    }

    [Fact]
    public void Merge_OfAnUntouchedMixedImage_IsTheSameFile()
    {
        byte[] mixed = new SyntheticImage { App = NamelessT }.WithRf(0x1D0000).Dump();
        var split = ImageSplitter.Split(Parse(mixed));
        BytesAssert.Equal(mixed, ImageMerger.Merge(split.Manifest, name => split.Contents[name]));
        byte[] rf = split.Contents["rf.raw.bin"].ToArray();
        rf[^1] ^= 1;
        Assert.Equal(mixed.Length, Merge(split, "rf.raw.bin", rf).Length);
    }

    private static byte[] Merge(SplitImage split, string edited, byte[] bytes) =>
        ImageMerger.Merge(split.Manifest, name => name == edited ? bytes : split.Contents[name]);

    // ---- build -------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Build_OfAnotherFamilysProgram_IsRefused()
    {
        var n = new FirmwareBuilder(BekenChip.BK7231N);
        byte[] bootN = SyntheticImage.ObkNFirmware().PlainBootloader(), bootT = SyntheticImage.ObkTFirmware().PlainBootloader();
        byte[] appN = SyntheticImage.ObkNFirmware().App, appT = SyntheticImage.ObkTFirmware().App;
        foreach (byte[] app in new[] { appT, NamelessT })
        {
            Refused(FindingCode.ChipsDiffer, () => n.BuildQio(bootN, app));
            Refused(FindingCode.ChipsDiffer, () => n.BuildUa(app));
            Refused(FindingCode.ChipsDiffer, () => n.BuildApp(app));
        }
        Assert.Equal(PartitionNames.Bootloader, Assert.Throws<ImageGuardException>(() => n.BuildQio(bootT, appN)).Subject);
        var t = new FirmwareBuilder(BekenChip.BK7231T);
        Refused(FindingCode.ChipsDiffer, () => t.BuildQio(bootT, NamelessN));
        Assert.True(ImageVerifier.Verify(Parse(n.BuildQio(bootN, appN))).Boots);
        Assert.True(ImageVerifier.Verify(Parse(t.BuildQio(bootT, NamelessT))).Boots);
        Assert.True(ImageVerifier.Verify(Parse(new FirmwareBuilder(BekenChip.BK7231M).BuildQio(bootN, appN))).Boots);
    }

    [Fact]
    public void Sections_OfTwoFamilies_AreRefused()
    {
        var n = new FirmwareBuilder(BekenChip.BK7231N);
        var t = new FirmwareBuilder(BekenChip.BK7231T);
        Refused(FindingCode.ChipsDiffer, () => FirmwareSection.Compose(
            [n.BootloaderSection(SyntheticImage.ObkNFirmware().PlainBootloader()), t.AppSection(NamelessT)]));
    }

    // ---- what is no code ---------------------------------------------------------------------------------------------------------

    public static TheoryData<string, byte[]> NoPlainApps => new()
    {
        { "qio", SyntheticImage.ObkNFirmware().Qio() }, { "ua", SyntheticImage.ObkNFirmware().Ua() }, { "pages", SyntheticImage.ObkNFirmware().AppPages() },
        { "package", PlainFormats.UpdatePackage(SyntheticImage.ObkNFirmware().App) },
    };

    [Theory]
    [MemberData(nameof(NoPlainApps), DisableDiscoveryEnumeration = true)]
    public void AFile_ThatIsNoPlainApp_IsNeverWrittenAsCode(string what, byte[] file)
    {
        _ = what;
        WrongKind(() => Parse(SyntheticImages.TuyaN).Edit().Put("app", file, isPlain: true));
        WrongKind(() => new FirmwareBuilder(BekenChip.BK7231N).BuildUa(file));
        WrongKind(() => new FirmwareBuilder(BekenChip.BK7231N).BuildApp(file));
        WrongKind(() => Merge(ImageSplitter.Split(Parse(SyntheticImages.TuyaN)), "app.bin", file));
    }

    [Fact]
    public void Put_OfAQioInPages_IsRefused_OfPagesOfAnAppNot()
    {
        WrongKind(() => Parse(SyntheticImages.TuyaN).Edit().Put("app", SyntheticImage.ObkNFirmware().Qio()));
        WrongKind(() => Parse(SyntheticImages.TuyaN).Edit().Put("app", PlainFormats.UpdatePackage(SyntheticImage.ObkNFirmware().App)));
        Parse(SyntheticImages.TuyaN).Edit().Put("app", SyntheticImage.ObkNFirmware().AppPages());
    }

    private static void WrongKind(Action work) => Assert.Equal(FindingCode.WrongKind, Assert.Throws<BekenImageException>(work).Code);

    // ---- verify ------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("n", CheckStatus.Pass)]
    [InlineData("t", CheckStatus.Pass)]
    [InlineData("n with t app", CheckStatus.Fail)]
    [InlineData("n with nameless t app", CheckStatus.Fail)]
    [InlineData("t with marked app", CheckStatus.Fail)]
    [InlineData("t with nameless app", CheckStatus.Skipped)]
    [InlineData("7252n with its marker", CheckStatus.Pass)]
    [InlineData("7238 with n marker", CheckStatus.Fail)]
    [InlineData("silent with u app", CheckStatus.Pass)]
    [InlineData("silent with n app", CheckStatus.Fail)]
    [InlineData("silent with t app", CheckStatus.Fail)]
    [InlineData("app alone", CheckStatus.Skipped)]
    public void Verify_AsksWhetherBootloaderAndAppAreOfOneFamily(string what, CheckStatus expected)
    {
        byte[] image = what switch
        {
            "n" => SyntheticImages.ObkN,
            "t" => SyntheticImages.TuyaT,
            "n with t app" => new SyntheticImage { App = SyntheticImage.ObkTFirmware().App }.Qio(),
            "n with nameless t app" => new SyntheticImage { App = NamelessT }.Qio(),
            "t with marked app" => new SyntheticImage { Boot = SyntheticBoot.T, App = NamelessN }.Qio(),
            "t with nameless app" => new SyntheticImage { Boot = SyntheticBoot.T, App = NamelessT }.Qio(),
            "7252n with its marker" => new SyntheticImage { Boot = SyntheticBoot.BK7252N, Key = SyntheticKey.Zero, App = Marked("BK7238") }.Qio(),
            "7238 with n marker" => new SyntheticImage { Boot = SyntheticBoot.BK7238, Key = SyntheticKey.Zero, App = NamelessN }.Qio(),
            "silent with u app" => new SyntheticImage { Boot = SyntheticBoot.Q, Key = SyntheticKey.Zero, App = SyntheticPrograms.App(0x4000, "OpenBK7231U_1.18.300", nMarker: false) }.Qio(),
            "silent with t app" => new SyntheticImage { Boot = SyntheticBoot.Q, App = SyntheticImage.ObkTFirmware().App }.Qio(),
            "silent with n app" => new SyntheticImage { Boot = SyntheticBoot.Q, Key = SyntheticKey.Zero, App = NamelessN }.Qio(),
            _ => SyntheticImage.ObkNFirmware().Ua(),
        };
        var result = ImageVerifier.Verify(Parse(image));
        var check = Assert.Single(result.Checks, check => check.Name == "same-family");
        Assert.Equal((expected, FindingCode.ChipsDisagree), (check.Status, check.Code));
        if (expected == CheckStatus.Fail)
            Assert.False(result.Boots);
    }

    [Theory]
    [MemberData(nameof(Corpus.Files), MemberType = typeof(Corpus))]
    public void Verify_FindsNoRealImageOfTwoFamilies(string file) => Assert.DoesNotContain(
        ImageVerifier.Verify(SyntheticImages.FromCorpus(file)).Checks, check => check is { Name: "same-family", Status: CheckStatus.Fail });

    [Theory]
    [InlineData("BK7231T_Tuya_Globe_37783.bin")]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin")]
    [InlineData("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin")]
    public void RealAppsOfOtherFamilies_AreRefusedOnAnNDevice(string file)
    {
        var other = SyntheticImages.FromCorpus(file);
        byte[] app = other.Extract(other.FindPartition(PartitionNames.App)!).ToArray();
        var device = SyntheticImages.FromCorpus("BK7231N_LSPA9_Clone_First.bin");
        Assert.Equal(false, FirmwareLinter.Lint(Parse(app), device).Answer);
        Refused(FindingCode.ChipsDiffer, () => new ImageCombiner(device, Parse(app), new CombineOptions { Chip = BekenChip.BK7231N }).Plan().ToArray());
        Refused(FindingCode.ChipsDiffer, () => device.Edit().Put("app", app));
        Refused(FindingCode.ChipsDiffer, () => new FirmwareBuilder(BekenChip.BK7231N).BuildApp(app));
    }

    // ---- whose firmware it is ----------------------------------------------------------------------------------------------------

    [Fact]
    public void AnAppOfTuyasSdkWithoutItsTexts_IsToldByItsFlashMap()
    {
        byte[] app = SyntheticFlashTable.Put(SyntheticPrograms.App(0x5000, SyntheticImage.Sdk), SyntheticFlashTable.TuyaN);
        Assert.Equal(FirmwareFlavor.Tuya, Parse(app).Flavor);
        Assert.Equal(FirmwareFlavor.BekenFreeRtos, Parse(SyntheticFlashTable.Put(SyntheticPrograms.App(0x5000, SyntheticImage.Sdk), SyntheticFlashTable.Dreo)).Flavor);
        Assert.Equal(FirmwareFlavor.BekenFreeRtos, Parse(SyntheticPrograms.App(0x5000, SyntheticImage.Sdk)).Flavor);
    }

    [Theory]
    [InlineData("tuya's map", CheckStatus.Pass, CheckStatus.Pass)]
    [InlineData("dreo's map", CheckStatus.Fail, CheckStatus.Warn)]
    [InlineData("no map", CheckStatus.Warn, CheckStatus.Warn)]
    public void Lint_OfUpdates_GoesByTheMapInTheApp_AndForbidsNothingByAGuess(string map, CheckStatus place, CheckStatus updates)
    {
        byte[] app = SyntheticPrograms.App(0x5000, SyntheticImage.Sdk);
        if (map != "no map")
            SyntheticFlashTable.Put(app, map == "dreo's map" ? SyntheticFlashTable.Dreo : SyntheticFlashTable.TuyaN);
        var device = Parse(new SyntheticImage { App = app }.WithRf(0x1D0000).Dump());

        var package = FirmwareLinter.Lint(Parse(PlainFormats.UpdatePackage(SyntheticImage.ObkNFirmware().App)), device);
        var check = Assert.Single(package.Checks, check => check.Name == "package-place");
        Assert.True(place == check.Status, check.Message);
        Assert.Equal(place != CheckStatus.Fail, package.Runs);
        Assert.Equal(updates, Assert.Single(FirmwareLinter.Lint(Parse(app), device).Checks, check => check.Name == "updates").Status);
    }

    [Theory]
    [InlineData("LibreTiny v1.8.0 on generic-bk7231t-qfn32-tuya, compiled", BekenChip.BK7231T)]
    [InlineData("LibreTiny v1.8.0 on generic-bk7252, compiled", BekenChip.BK7252)]
    [InlineData("LibreTiny v1.8.0 on wb3s, compiled", BekenChip.Unknown)]
    [InlineData("LibreTiny v1.8.0 on generic-bk9999, compiled", BekenChip.Unknown)]
    public void LibreTiny_NamesTheChipByItsGenericBoard(string text, BekenChip chip) =>
        Assert.Equal(chip, Parse(SyntheticPrograms.App(0x5000, text, nMarker: false)).Chip);
}
