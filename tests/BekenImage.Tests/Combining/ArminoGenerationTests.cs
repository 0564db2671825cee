using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>Programs of one generation of chips on the other: refused by everything that writes or judges, whatever is named.</summary>
public class ArminoGenerationTests
{
    private static readonly byte[] App = SyntheticArmino.App(0x9001, 6, "OpenBK7236_1.18.300");
    private static readonly byte[] Firmware = SyntheticArmino.FirmwareBK7236(App);
    private static readonly byte[] Device = SyntheticArmino.DeviceBK7236(SyntheticArmino.App(0xA000, 5));

    public static TheoryData<string> Forms => new("linear", "app", "pages", "dump", "package", "enciphered");

    private static byte[] Form(string form) => form switch
    {
        "linear" => Firmware,
        "app" => App,
        "pages" => Firmware.AsSpan(0x11000).ToArray(),
        "dump" => Device,
        "package" => OtaWriter.Pack(App, new OtaPackOptions()),
        _ => SyntheticArmino.FirmwareBK7236(App, Enumerable.Range(1, 32).Select(i => (byte)i).ToArray()),
    };

    private static CombinePlan Plan(byte[] factory, byte[] firmware, CombineOptions? options = null) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), options).Plan();

    [Theory]
    [MemberData(nameof(Forms))]
    public void NewFirmware_OnAnOlderDevice_IsRefused(string form)
    {
        foreach (var chip in new[] { BekenChip.Unknown, BekenChip.BK7231N })
            CombineAssert.Refused(Plan(SyntheticImages.TuyaN, Form(form), new CombineOptions { Chip = chip, FirmwareIsDump = true }), FindingCode.ChipsDiffer);
        var lint = FirmwareLinter.Lint(FlashImage.Parse(Form(form)), FlashImage.Parse(SyntheticImages.TuyaN));
        Assert.False(lint.Answer);
        Assert.Contains(lint.Checks, check => check is { Code: FindingCode.ChipsDiffer, Status: CheckStatus.Fail });
    }

    [Fact]
    public void OlderFirmware_OnANewDevice_IsRefused()
    {
        foreach (byte[] old in new[] { SyntheticImages.ObkN, SyntheticImage.ObkNFirmware().App, SyntheticImage.ObkNFirmware().Ua() })
        {
            foreach (var chip in new[] { BekenChip.Unknown, BekenChip.BK7236 })
                CombineAssert.Refused(Plan(Device, old, new CombineOptions { Chip = chip }), FindingCode.ChipsDiffer);
            Assert.False(FirmwareLinter.Lint(FlashImage.Parse(old), FlashImage.Parse(Device)).Answer);
            Assert.False(FirmwareLinter.Lint(FlashImage.Parse(old), BekenChip.BK7236, BekenKey.Zero).Answer);
        }
        CombineAssert.Refused(Plan(Device, Firmware, new CombineOptions { Chip = BekenChip.BK7231N }), FindingCode.ChipsDiffer);
    }

    [Fact]
    public void Bootloader_OfTheOtherGeneration_IsRefused()
    {
        var old = FlashImage.Parse(SyntheticImages.ObkN);
        var other = FlashImage.Parse(Firmware);
        byte[] lost = (byte[])Device.Clone();
        lost.AsSpan(0, 0x11000).Fill(0xFF);

        CombineAssert.Refused(Plan(lost, Firmware, new CombineOptions { Bootloader = old, Chip = BekenChip.BK7236 }), FindingCode.ChipsDiffer);
        CombineAssert.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, new CombineOptions { Bootloader = other }), FindingCode.ChipsDiffer);
        Assert.Equal(FindingCode.ChipsDiffer, Refusal(() => old.Edit().ReplaceBootloader(other)).Code);
        Assert.Equal(FindingCode.ChipsDiffer, Refusal(() => FlashImage.Parse(Device).Edit().ReplaceBootloader(old)).Code);
    }

    [Fact]
    public void Build_ForAnOlderChip_RefusesBoth()
    {
        var builder = new FirmwareBuilder(BekenChip.BK7231N);

        Assert.Equal(FindingCode.ChipsDiffer, Refusal(() => builder.BuildUa(App)).Code);
        Assert.Equal(FindingCode.ChipsDiffer, Refusal(() => builder.BuildApp(App)).Code);
        var error = Refusal(() => builder.BuildQio(SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236), SyntheticImage.ObkNFirmware().App));
        Assert.Equal((FindingCode.ChipsDiffer, "bootloader"), (error.Code, error.Subject));
    }

    [Fact]
    public void WhatIsKnownForTheOlderChipsOnly_IsRefusedByName()
    {
        var image = FlashImage.Parse(Device);

        foreach (Action change in new Action[]
        {
            () => image.Edit().Rekey(BekenKey.Tuya),
            () => image.Edit().SetPartitionTable(image.Fal!.Partitions),
            () => image.Edit().ReplaceBootloader(FlashImage.Parse(Firmware)),
            () => UpdatePackager.Wrap(OtaWriter.Pack(App, new OtaPackOptions()), "1.0"),
        })
        {
            var error = Refusal(change);
            Assert.Equal(FindingCode.NotForArmino, error.Code);
            Assert.StartsWith("a BK7236-family image; ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Verify_OfAnImageOfBoth_SaysThatNoChipRunsIt()
    {
        byte[] both = (byte[])SyntheticImages.TuyaN.Clone();
        Firmware.AsSpan(0x11000).CopyTo(both.AsSpan(0x11000));

        Assert.False(ImageVerifier.Verify(FlashImage.Parse(both)).Boots);
    }

    [Fact]
    public void MarkOfSeveralChips_ForbidsNoAppThatNamesOneOfThem()
    {
        byte[] app = SyntheticArmino.App(0x9001, 6, "OpenBK7239N_1.18.300");

        var changed = FlashImage.Parse(Device).Edit().Put("app", app).ToImage();

        Assert.Equal(BekenChip.BK7239N, changed.Chip);
        Assert.True(ImageVerifier.Verify(changed).Boots);
    }

    [Fact]
    public void Configuration_OfOpenBeken_IsNotChanged_AsItsPinsAreNotKnown()
    {
        var device = FlashImage.Parse(SyntheticArmino.DeviceBK7236(App));

        Assert.Equal(FindingCode.NotForArmino, Refusal(() => device.Edit().SetObk("wifiSsid", "x")).Code);
    }

    [Theory]
    [InlineData(0x20)]
    [InlineData(0x24)]
    [InlineData(0x34)]
    [InlineData(0x38)]
    public void Table_OfADeviceWithWildNumbers_IsAFindingOrARefusal(int field)
    {
        // Each field of the app's record in turn, its CRC made to fit.
        foreach (uint value in new uint[] { 0, 1, 0x11001, 0x7FFFFFFF, 0xFFFFFFFF })
        {
            byte[] loader = SyntheticArmino.Bootloader(SyntheticArmino.TableOfBK7236);
            var record = loader.AsSpan(0x6000 + 64, 64);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(record.Slice(field), value);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(record.Slice(60), PlainFormats.Crc32(record.Slice(0, 60).ToArray()));
            byte[] device = SyntheticArmino.Dump(SyntheticArmino.Linear(null, (0, loader), (0x11000, App)), 0x400000);

            var plan = Plan(device, Firmware, new CombineOptions { Chip = BekenChip.BK7236 });

            Assert.NotNull(FirmwareLinter.Lint(FlashImage.Parse(Firmware), FlashImage.Parse(device)));
            if (plan.CanBuild)
                Assert.Equal(device.AsSpan(0, 0x11000).ToArray(), plan.ToArray().AsSpan(0, 0x11000).ToArray());
        }
    }

    [Fact]
    public void Key_OfAPlainImage_IsTheZeroKey()
    {
        Assert.Equal(KeyRecoveryStatus.NotEncrypted, FlashImage.Parse(Device).RecoverKey().Status);
        Assert.Equal(KeyRecoveryStatus.Unknown, FlashImage.Parse(Form("enciphered")).RecoverKey().Status);
    }

    [Fact]
    public void Package_OfAnApp_IsMadeWithoutAComplaint()
    {
        var findings = new List<Finding>();

        byte[] package = UpdatePackager.Pack(App, null, findings);

        Assert.Empty(findings);
        Assert.Equal(App, FlashImage.Parse(package).UnpackUpdate());
    }

    [Fact]
    public void Lint_WithoutADump_OfAnAppAlone_IsNotKnown()
    {
        Assert.Null(FirmwareLinter.Lint(FlashImage.Parse(App), BekenChip.BK7236, BekenKey.Zero).Answer);
        Assert.True(FirmwareLinter.Lint(FlashImage.Parse(Firmware), BekenChip.BK7236, BekenKey.Zero).Answer);
    }

    [Fact]
    public void Lint_AgainstADump_AsksWhatCombineAsks()
    {
        var device = FlashImage.Parse(Device);

        Assert.True(FirmwareLinter.Lint(FlashImage.Parse(Firmware), device).Runs);
        Assert.False(FirmwareLinter.Lint(FlashImage.Parse(SyntheticArmino.App(0x231000 / 34 * 32 + 1, 4, "OpenBK7236_1.18.300")), device).Answer);
        Assert.False(FirmwareLinter.Lint(FlashImage.Parse(Form("enciphered")), device).Answer);
        Assert.Null(FirmwareLinter.Lint(FlashImage.Parse(Form("package")), device).Answer);
        // The loader's mark is that of several chips.
        Assert.Null(FirmwareLinter.Lint(FlashImage.Parse(SyntheticArmino.App(0x9001, 6, "OpenBK7239N_1.18.300")), device).Answer);
    }

    [Fact]
    public void NextSteps_NameNoToolThatIsNotKnownToWriteTheseChips()
    {
        var plan = Plan(Device, Firmware);

        var steps = NextSteps.After(plan, CombineReview.Of(plan), "out.bin");

        Assert.DoesNotContain(steps, step => step.Lines.Count > 0);
        Assert.Contains(steps, step => step.Tool == NextSteps.Backup);
    }

    private static BekenImageException Refusal(Action action) => Assert.ThrowsAny<BekenImageException>(action);
}
