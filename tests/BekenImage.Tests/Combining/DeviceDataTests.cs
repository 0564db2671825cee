using BekenImage.Combining;
using BekenImage.Formats.LittleFs;
using BekenImage.Images;
using BekenImage.Tests.Formats.FlashVars;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Tests.Combining;

/// <summary>What of a device's data stays: the names that are asked for, and what makes an update of a combination.</summary>
public class DeviceDataTests
{
    private const int Config = 0x1D1000;
    private const int Store = 0x1E5000;
    private const int Journal = 0x1D3000;

    // The volume of the default size ends at 0x1D0000: our_lfs.h for BK7231N.
    private const int Volume = 0x1D0000 - LittleFsPlace.DefaultLength;

    private static readonly ChipLayout Map = ChipLayout.For(BekenChip.BK7231N, FirmwareFlavor.OpenBeken)!;

    private static Partition Area(string name) => new(name, new FlashRange(0x1D0000, 0x1000), false, PartitionSource.Layout, null, null,
        null);

    private static byte[] Files => LittleFsWriter.Create(LittleFsPlace.DefaultLength, [LittleFsEntry.File("autoexec.bat",
        "startDriver NTP"u8.ToArray())]);

    private static SyntheticImage Device() => new SyntheticImage().WithRf(0x1D0000);

    private static AppIdentity Identity(string text) => FlashImage.Parse(new SyntheticImage { App = SyntheticPrograms.App(0x5000,
        text) }.Qio()).Content.App!;

    private static bool Stays(string? name, CombineMode mode, string keep = "", string erase = "", RfChoice rf = RfChoice.Keep,
        ObkConfigChoice config = ObkConfigChoice.Default)
    {
        var options = new CombineOptions { Rf = rf, ObkConfigFrom = config };
        foreach (string word in keep.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.Keep.Add(word);
        foreach (string word in erase.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.Erase.Add(word);
        return DeviceData.Stays(name is null ? null : Area(name), mode, options);
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("tuya", true, false)]
    [InlineData("rf", true, false)]
    [InlineData("app", false, false)]
    [InlineData("download", false, false)]
    public void Nothing_Said_StaysInAnUpdateOnly(string? name, bool inUpdate, bool inConversion)
    {
        Assert.Equal((inUpdate, inConversion), (Stays(name, CombineMode.Update), Stays(name, CombineMode.Convert)));
        // Programs never do, whatever is asked for.
        Assert.Equal(name is not "app" and not "download", Stays(name, CombineMode.Convert, keep: "all app download"));
    }

    [Theory]
    [InlineData("rf", false, true)]
    [InlineData("rf-2", false, true)]
    [InlineData("rfx", true, true)]
    [InlineData("obk-config", true, false)]
    [InlineData("obk-config-2", true, false)]
    [InlineData("obk-configs", true, true)]
    [InlineData("net", true, true)]
    public void None_OfOneKind_WipesThatKindAlone(string name, bool withoutRf, bool withoutConfig)
    {
        Assert.Equal(withoutRf, Stays(name, CombineMode.Update, rf: RfChoice.None));
        Assert.Equal(withoutConfig, Stays(name, CombineMode.Update, config: ObkConfigChoice.None));
        Assert.True(Stays(name, CombineMode.Update, rf: RfChoice.Given, config: ObkConfigChoice.Given));
        // Also where all is to be kept.
        Assert.Equal(withoutRf, Stays(name, CombineMode.Convert, keep: "all", rf: RfChoice.None));
    }

    [Theory]
    [InlineData("net", "net")]
    [InlineData("net-2", "net")]
    [InlineData("fast-connect", "net")]
    [InlineData("fast-connect-2", "net")]
    [InlineData("tuya", "tuya")]
    [InlineData("tuya-uf", "tuya")]
    [InlineData("tuya-protected", "tuya")]
    [InlineData("obk-config", "obk-config")]
    [InlineData("obk-config-2", "obk-config")]
    [InlineData("littlefs", "littlefs")]
    [InlineData("littlefs-3", "littlefs")]
    [InlineData("flash-vars", "flash-vars")]
    [InlineData("kvs", "kvs")]
    public void Name_OfAnArea_IsTheOneItIsAskedForBy(string area, string name)
    {
        Assert.True(Stays(area, CombineMode.Convert, keep: name));
        Assert.True(Stays(area, CombineMode.Convert, keep: "all"));
        Assert.False(Stays(area, CombineMode.Convert, keep: "another"));
        Assert.False(Stays(area, CombineMode.Update, erase: name));
        Assert.False(Stays(area, CombineMode.Update, erase: "all"));
        Assert.True(Stays(area, CombineMode.Update, erase: "another"));
        // A name beats "all", and keeping beats erasing the same.
        Assert.True(Stays(area, CombineMode.Convert, keep: name, erase: name));
        Assert.True(Stays(area, CombineMode.Convert, keep: name, erase: "all"));
        Assert.False(Stays(area, CombineMode.Update, keep: "all", erase: name));
        Assert.False(Stays(area, CombineMode.Update, keep: "all", erase: "all"));
    }

    [Fact]
    public void Gap_HasNoName()
    {
        Assert.True(Stays(null, CombineMode.Convert, keep: "all"));
        Assert.False(Stays(null, CombineMode.Convert, keep: "net tuya"));
        Assert.False(Stays(null, CombineMode.Update, erase: "all"));
        Assert.False(DeviceData.IsNamed(null, "rf"));
        Assert.True(DeviceData.IsNamed(Area("rf"), "rf"));
        Assert.True(DeviceData.IsNamed(Area("rf-2"), "rf"));
        Assert.False(DeviceData.IsNamed(Area("rf2"), "rf"));
        Assert.False(DeviceData.IsNamed(Area("x-rf-"), "rf"));
    }

    // ---- what makes an update ----------------------------------------------------------------------------------------------------------

    public static TheoryData<string, bool> Data => new()
    {
        { "nothing", false }, { "config", true }, { "config elsewhere", false }, { "config damaged", false }, { "littlefs", true },
        { "littlefs elsewhere", false }, { "store", true }, { "empty store", false }, { "journal", true },
    };

    private static FlashImage Holding(string what)
    {
        var device = Device();
        byte[] flash = (what switch
        {
            "config" or "config damaged" => device.WithConfig(Config),
            "config elsewhere" => device.WithConfig(0x1E1000),
            "littlefs" => device.With(Volume, Files),
            "littlefs elsewhere" => device.With(0x1F0000, Files),
            "store" => device.With(Store, FlashVarsTests.Area(FlashVarsTests.Entry(0x3F, "OBK_FV", FlashVarsTests.Variables(5)))),
            "empty store" => device.With(Store, FlashVarsTests.Area()),
            "journal" => device.With(Journal, FlashVarsTests.Journal(FlashVarsTests.Variables(5))),
            _ => device,
        }).Dump();
        if (what == "config damaged")
            flash[Config + 0x100] ^= 1;
        return FlashImage.Parse(flash);
    }

    [Theory]
    [MemberData(nameof(Data))]
    public void Update_IsOfADeviceThatHoldsWhatTheFirmwareReads(string what, bool isUpdate)
    {
        var device = Holding(what);
        var obk = Identity(SyntheticImage.ObkN);

        Assert.Equal(isUpdate, DeviceData.IsThere(device, Map));
        Assert.Equal(isUpdate ? CombineMode.Update : CombineMode.Convert, DeviceData.ModeFor(device, obk, Map));
        // Another firmware does not read it, nor does one whose places are not known.
        Assert.Equal(CombineMode.Convert, DeviceData.ModeFor(device, Identity(SyntheticImage.TuyaN), Map));
        Assert.Equal(CombineMode.Convert, DeviceData.ModeFor(device, obk, null));
    }

    [Fact]
    public void Areas_OfTheFirmware_AreThoseThatAreThere()
    {
        byte[] flash = Device().With(Volume, Files)
            .With(Store, FlashVarsTests.Area(FlashVarsTests.Entry(0x3F, "OBK_FV", FlashVarsTests.Variables(5))))
            .With(Journal, FlashVarsTests.Journal(FlashVarsTests.Variables(5))).Dump();

        var areas = DeviceData.FirmwareAreas(FlashImage.Parse(flash), Map).ToArray();

        Assert.Equal(
            [("flash-vars", (long)Store, 0x8000L), ("flash-vars", Journal, 0x2000L), ("littlefs", Volume, LittleFsPlace.DefaultLength)],
            areas.Select(area => (area.Name, area.Offset, area.Length)));
        Assert.All(areas, area => Assert.False(area.IsStriped));
        Assert.Empty(DeviceData.FirmwareAreas(FlashImage.Parse(flash), null));
        Assert.Empty(DeviceData.FirmwareAreas(Holding("nothing"), Map));
    }

    [Fact]
    public void LittleFs_ThatStays_IsNamedOnce()
    {
        var device = Holding("littlefs");
        FlashRange[] volume = [new(Volume, LittleFsPlace.DefaultLength)];

        Assert.Equal(volume, DeviceData.KeptLittleFs(device, Map, CombineMode.Update, new CombineOptions()));
        Assert.Empty(DeviceData.KeptLittleFs(device, Map, CombineMode.Convert, new CombineOptions()));
        var keep = new CombineOptions();
        keep.Keep.Add("littlefs");
        Assert.Equal(volume, DeviceData.KeptLittleFs(device, Map, CombineMode.Convert, keep));
        // Where the new firmware's places are not known, the dump's own volume is still one.
        Assert.Equal(volume, DeviceData.KeptLittleFs(device, null, CombineMode.Convert, keep));
        Assert.Empty(DeviceData.KeptLittleFs(Holding("nothing"), Map, CombineMode.Update, new CombineOptions()));
        Assert.All(DeviceData.LittleFsAreas(device, Map), area => Assert.Equal("littlefs", area.Name));
    }
}
