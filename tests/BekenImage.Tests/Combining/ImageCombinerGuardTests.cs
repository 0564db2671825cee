using BekenImage.Formats.Rf;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Images;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Combining;

/// <summary>What combine refuses, and that it never throws while planning.</summary>
public class ImageCombinerGuardTests
{
    private static CombinePlan Plan(byte[] factory, byte[] firmware, CombineOptions? options = null) =>
        new ImageCombiner(FlashImage.Parse(factory), FlashImage.Parse(firmware), options).Plan();

    private static byte[] Fal(params (string Name, uint Offset, uint Length, bool Striped)[] entries) => entries.SelectMany(entry =>
        PlainFormats.FalEntry(entry.Name, entry.Striped ? "beken_onchip_crc" : "beken_onchip", entry.Offset, entry.Length, true)).ToArray();

    // ---- sizes of the app ----------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    public void LargestApp_Fits_OneByteOrPageMoreDoesNot(int more)
    {
        // T: the app's room is its section less the header's three pages, and nothing the firmware writes lies inside.
        int largest = (0x129F0A - 0x11000) / 34 * 32;
        byte[] app = SyntheticPrograms.App(largest + more, SyntheticImage.ObkT, nMarker: false);

        var plan = Plan(SyntheticImages.TuyaT, app);

        if (more > 0)
        {
            CombineAssert.Refused(plan, FindingCode.AppTooLarge);
            return;
        }
        var boot = BootSimulator.Run(plan.ToArray(), SyntheticKey.Tuya);
        boot.AssertBoots();
        Assert.Equal(largest, boot.App.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AppThatReachesIntoItsOwnUpdateArea_IsRefused(int more)
    {
        // BL2028N has room up to 0x131F9A, but OpenBeken for N writes updates to 0x12A000.
        int largest = (0x12A000 - 0x11000) / 34 * 32;
        var plan = Plan(SyntheticImages.Dreo, SyntheticPrograms.App(largest + more, SyntheticImage.ObkN));

        if (more > 0)
            CombineAssert.Refused(plan, FindingCode.AppTooLarge);
        else
            BootSimulator.Run(plan.ToArray(), SyntheticKey.Zero).AssertBoots();
    }

    // ---- kinds ---------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Kinds_ThatAreNotWhatIsNeeded_AreRefused()
    {
        byte[] dreo = SyntheticImages.Dreo, qio = SyntheticImages.ObkM;
        CombineAssert.Refused(Plan(qio, qio), FindingCode.WrongKind);
        CombineAssert.Refused(Plan(dreo, dreo), FindingCode.WrongKind);
        var swapped = Plan(qio, dreo);
        CombineAssert.Refused(swapped, FindingCode.WrongKind);
        Assert.Contains("swapped", swapped.Findings[0].Message, StringComparison.Ordinal);
        foreach (byte[] nothing in new byte[][] { [], [1], new byte[0x200000], "text"u8.ToArray(), SyntheticPrograms.Noise(0x200000, 1) })
        {
            CombineAssert.Refused(Plan(nothing, qio), FindingCode.WrongKind);
            CombineAssert.Refused(Plan(dreo, nothing), FindingCode.WrongKind);
        }
        CombineAssert.Refused(Plan(dreo, SyntheticImage.ObkNFirmware().StoredBootloader()), FindingCode.WrongKind);
        CombineAssert.Refused(Plan(dreo[..0x1FFFFF], qio), FindingCode.Truncated);
    }

    [Fact]
    public void Families_ThatDiffer_AreRefused_AndTheChipCanBeNamed()
    {
        CombineAssert.Refused(Plan(SyntheticImages.TuyaT, SyntheticImages.ObkN), FindingCode.ChipsDiffer);
        CombineAssert.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkT), FindingCode.ChipsDiffer);
        CombineAssert.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, new CombineOptions { Chip = BekenChip.BK7231T }), FindingCode.ChipsDiffer);

        byte[] nameless = SyntheticPrograms.App(0x5000, "no name", nMarker: false);
        CombineAssert.Refused(Plan(SyntheticImages.TuyaT, nameless), FindingCode.ChipUnknown);
        Assert.True(Plan(SyntheticImages.TuyaT, nameless, new CombineOptions { Chip = BekenChip.BK7231T }).CanBuild);
    }

    [Fact]
    public void DamagedFirmware_IsRefused()
    {
        byte[] page = SyntheticImages.ObkN;
        page[0x11000 + 34 * 50] ^= 1;
        CombineAssert.Refused(Plan(SyntheticImages.TuyaN, page), FindingCode.BadPage);

        byte[] hash = SyntheticImages.ObkN;
        PlainFormats.Pages(new byte[32]).CopyTo(hash, 0x11000 + 34 * 50);
        CombineAssert.Refused(Plan(SyntheticImages.TuyaN, hash), FindingCode.RblPayloadHash);

        CombineAssert.Refused(Plan(SyntheticImages.TuyaN, new SyntheticImage { Key = SyntheticKey.Custom }.Qio(), new CombineOptions { Chip = BekenChip.BK7231N }), FindingCode.KeyUnknown);
    }

    // ---- keys ----------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Key_ThatDoesNotFitTheBootloader_IsRefused() =>
        CombineAssert.Refused(Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, new CombineOptions { Key = SyntheticKey.Zero.ToKey() }), FindingCode.KeyDoesNotFit);

    [Fact]
    public void BootloaderAndAppUnderDifferentKeys_NeedTheKeySaid()
    {
        byte[] factory = SyntheticImages.TuyaN;
        SyntheticImage.TuyaNDevice(SyntheticKey.Zero).Ua().CopyTo(factory, 0x11000);
        var refused = Plan(factory, SyntheticImages.ObkN);
        CombineAssert.Refused(refused, FindingCode.KeyDoesNotFit);
        Assert.Contains("tuya", refused.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("zero", refused.Findings[0].Message, StringComparison.Ordinal);

        var plan = Plan(factory, SyntheticImages.ObkN, new CombineOptions { Key = SyntheticKey.Tuya.ToKey() });
        BootSimulator.Run(plan.ToArray(), SyntheticKey.Tuya).AssertBoots();
    }

    // ---- the bootloader ------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Bootloader_SuppliedForADumpThatHasOne_IsRefused() => CombineAssert.Refused(
        Plan(SyntheticImages.TuyaN, SyntheticImages.ObkN, new CombineOptions { Bootloader = FlashImage.Parse(SyntheticImages.ObkN) }), FindingCode.BootloaderProtected);

    [Fact]
    public void Bootloader_OfAnotherFamilyOrNone_IsRefused()
    {
        byte[] factory = SyntheticImages.TuyaN;
        factory.AsSpan(0, 0x11000).Fill(0xFF);
        CombineAssert.Refused(Plan(factory, SyntheticImages.ObkN, new CombineOptions { Bootloader = FlashImage.Parse(SyntheticImages.ObkT) }), FindingCode.ChipsDiffer);
        CombineAssert.Refused(Plan(SyntheticImages.TuyaN, SyntheticImage.ObkNFirmware().Ua(), new CombineOptions { ReplaceBootloader = true }), FindingCode.BootloaderMissing);
    }

    public static TheoryData<string, FindingCode> Tables => new()
    {
        { "app in the bootloader", FindingCode.AddressUnknown },
        { "app at zero", FindingCode.AddressUnknown },
        { "app beyond the flash", FindingCode.OutsideFlash },
        { "app huge", FindingCode.OutsideFlash },
        { "app tiny", FindingCode.AppTooLarge },
        { "app empty", FindingCode.AppTooLarge },
        { "app over rf", FindingCode.RegionsOverlap },
        { "app off grid", FindingCode.AddressUnknown },
        { "app raw", FindingCode.AddressUnknown },
        { "no app", FindingCode.AddressUnknown },
    };

    // The table of a bootloader that was supplied decides where the app goes; a hostile one must not get through.
    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_ThatWouldHarm_IsRefused(string what, FindingCode code)
    {
        byte[] table = what switch
        {
            "app in the bootloader" => Fal(("app", 0x10000 - 0x20, 0x100000, true)),
            "app at zero" => Fal(("app", 0, 0x100000, true)),
            "app beyond the flash" => Fal(("app", 0x10000, 0x1E0000, true)),
            "app huge" => Fal(("app", 0x10000, 0xFFFFFFE0, true)),
            "app tiny" => Fal(("app", 0x10000, 0x1000, true)),
            "app empty" => Fal(("app", 0x10000, 0, true)),
            "app over rf" => Fal(("app", 0x10000, 0x1C0000, true)),
            "app off grid" => Fal(("app", 0x10010, 0x100000, true)),
            "app raw" => Fal(("app", 0x11000, 0x118F70, false)),
            _ => Fal(("bootloader", 0, 0x10000, true)),
        };
        byte[] factory = SyntheticImage.TuyaNDevice(SyntheticKey.Zero).Dump();
        factory.AsSpan(0, 0x11000).Fill(0xFF);
        byte[] bootloader = new SyntheticImage { Key = SyntheticKey.Zero, Table = table }.BootContainer();

        CombineAssert.Refused(Plan(factory, SyntheticImages.ObkM, new CombineOptions { Bootloader = FlashImage.Parse(bootloader) }), code);
    }

    [Fact]
    public void FactoryWithoutTable_HasNoDefaultAddress() =>
        CombineAssert.Refused(Plan(new SyntheticImage { Table = [], HasAppHeader = false }.WithRf(0x1D0000).Dump(), SyntheticImages.ObkN), FindingCode.AddressUnknown);

    // ---- regions -------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Size_BeyondTheFlash_OrCuttingContent_IsRefused()
    {
        CombineAssert.Refused(Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Extent = OutputExtent.Length, Length = 0x200001 }), FindingCode.OutsideFlash);
        CombineAssert.Refused(Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Extent = OutputExtent.Length, Length = 0x1D0100 }), FindingCode.ContentCutOff);
        CombineAssert.Refused(Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Extent = OutputExtent.Length, Length = 0x131000 }), FindingCode.ContentCutOff);
        CombineAssert.Refused(Plan(SyntheticImages.Dreo, SyntheticImages.ObkM, new CombineOptions { Extent = OutputExtent.Length, Length = 100 }), FindingCode.ContentCutOff);
    }

    [Fact]
    public void Given_ForAFirmwareWhoseMapIsNotKnown_HasNoAddress()
    {
        byte[] firmware = new SyntheticImage { App = SyntheticPrograms.App(0x5000, "nothing known", nMarker: false) }.Ua();
        Assert.True(RfReader.TryRead(RfTestData.Sector(RfTestData.CompleteTable()), 0, null, out var table));

        CombineAssert.Refused(Plan(SyntheticImages.TuyaT, firmware, new CombineOptions { Chip = BekenChip.BK7231T, Rf = RfChoice.Given, RfTable = table }), FindingCode.AddressUnknown);
    }

    [Fact]
    public void SmallChip_WhereTheFirmwareLooksBeyondIt_IsRefused()
    {
        byte[] table = Fal(("bootloader", 0, 0x10000, true), ("app", 0x10000, 0xC0000, true), ("download", 0xE0000, 0x20000, false));
        byte[] factory = Enumerable.Repeat((byte)0xFF, 0x100000).ToArray();
        new SyntheticImage { Table = table }.BootContainer().CopyTo(factory, 0);
        new SyntheticImage().AppPages().CopyTo(factory, 0x11000);
        RfTestData.Sector(RfTestData.CompleteTable()).CopyTo(factory, 0xFF000);

        CombineAssert.Refused(Plan(factory, SyntheticImages.ObkN), FindingCode.OutsideFlash);
    }

    // ---- garbage -------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Plan_OnMutatedInputs_NeverThrows()
    {
        byte[] dreo = SyntheticImages.Dreo, firmware = SyntheticImages.ObkM;
        int[] hot = [0, 0x20, 0x31C0, 0xFE9A, 0x11000, 0x131F9A, 0x132000, 0x1E0000, 0x1E2000];
        var random = new Random(99);
        for (int i = 0; i < 10; i++)
        {
            byte[] one = (byte[])dreo.Clone(), other = (byte[])firmware.Clone();
            for (int n = 0; n < 8; n++)
            {
                one[hot[random.Next(hot.Length)] + random.Next(0x60)] ^= (byte)(1 << random.Next(8));
                other[hot[random.Next(5)] + random.Next(0x60)] ^= (byte)(1 << random.Next(8));
            }
            foreach (var plan in new[] { Plan(one, firmware), Plan(dreo, other, new CombineOptions { ReplaceBootloader = true }) })
            {
                if (plan.CanBuild)
                    CombineAssert.RegionsCoverOnce(plan);
            }
        }
    }

    [Theory]
    [MemberData(nameof(FlashImageSyntheticTests.GarbageTables), MemberType = typeof(FlashImageSyntheticTests))]
    public void Plan_WithGarbageTables_NeverThrows(string garbage)
    {
        var image = FlashImageSyntheticTests.GarbageTable(garbage);
        foreach (var plan in new[]
        {
            Plan(image.WithRf(0x1D0000).Dump(), SyntheticImages.ObkM),
            Plan(SyntheticImages.Dreo, image.Qio(), new CombineOptions { ReplaceBootloader = true }),
        })
        {
            if (plan.CanBuild)
                CombineAssert.RegionsCoverOnce(plan);
        }
    }
}
