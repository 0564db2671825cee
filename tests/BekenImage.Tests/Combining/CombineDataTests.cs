using BekenImage.Formats.Obk;
using BekenImage.TestSupport;
using BekenImage.Tests.Formats.FlashVars;

namespace BekenImage.Tests.Combining;

public class CombineDataTests
{
    private const string Device = "BK7231N_LSPA9_Clone_First.bin";
    private const string Firmware = "OpenBK7231N_QIO_1.18.300.bin";

    [Fact]
    public void Plan_WithSomeFields_ChangesTheFirmwaresDefaultsOrTheDevicesConfig()
    {
        var converted = Combine(Corpus.Read(Device), Changes(("startupCommand", "echo one"), ("wifiSsid", "network")));
        var config = FlashImage.Parse(converted.ToArray()).ObkConfig!;
        Assert.Equal(CombineMode.Convert, converted.Mode);
        Assert.Equal((0x1D1000, true, "echo one", "network"), (config.Offset, config.ChecksumOk, config.StartupCommand, (string)config["wifiSsid"]!));
        // The names come from the MAC of the device's RF table.
        string mac = string.Concat(Corpus.Manifest(Device).GetProperty("rf")[0].GetProperty("mac").GetString()!.ToUpperInvariant().Split(':').Skip(2));
        Assert.Equal("OpenBK7231N_" + mac, config["longDeviceName"]);

        var updated = Combine(converted.ToArray(), Changes(("startupCommand", "echo two")));
        config = FlashImage.Parse(updated.ToArray()).ObkConfig!;
        Assert.Equal(CombineMode.Update, updated.Mode);
        Assert.Equal(("echo two", "network"), (config.StartupCommand, (string)config["wifiSsid"]!));
    }

    [Fact]
    public void Plan_WithAFieldThatDoesNotExist_CannotBeBuilt()
    {
        var plan = Combine(Corpus.Read(Device), Changes(("noSuchField", 1L)));
        Assert.False(plan.CanBuild);
        Assert.Contains(plan.Findings, finding => finding.Code == FindingCode.ObkUnknownField);
    }

    [Fact]
    public void Plan_ForAQio_EndsBehindAConfigThatWasAskedFor()
    {
        var options = Changes(("startupCommand", "echo"));
        options.Extent = OutputExtent.Qio;
        Assert.Equal(0x1D2000, Combine(Corpus.Read(Device), options).ToArray().Length);
    }

    [Fact]
    public void Plan_OfADeviceWithFlashVariables_IsAnUpdateAndKeepsThem()
    {
        byte[] device = Combine(Corpus.Read(Device), new CombineOptions()).ToArray();
        byte[] store = FlashVarsTests.Area(FlashVarsTests.Entry(0x3F, "OBK_FV", FlashVarsTests.Variables(5)));
        byte[] withStore = device.ToArray();
        store.CopyTo(withStore, 0x1E5000);
        var plan = Combine(withStore, new CombineOptions());
        Assert.Equal(CombineMode.Update, plan.Mode);
        BytesAssert.Equal(withStore, plan.ToArray());
        Assert.Contains(plan.Regions, region => region is { Name: "flash-vars", Origin: RegionOrigin.Factory });

        byte[] withJournal = device.ToArray();
        FlashVarsTests.Journal(FlashVarsTests.Variables(5)).CopyTo(withJournal, 0x1D3000);
        plan = Combine(withJournal, new CombineOptions());
        Assert.Equal(CombineMode.Update, plan.Mode);
        BytesAssert.Equal(withJournal, plan.ToArray());

        var erasing = new CombineOptions();
        erasing.Erase.Add("flash-vars");
        Assert.Null(FlashImage.Parse(Combine(withJournal, erasing).ToArray()).FlashVarsJournal);
    }

    [Fact]
    public void Plan_OfADeviceWithAnEmptyStoreOnly_IsAConversion()
    {
        byte[] device = Combine(Corpus.Read(Device), new CombineOptions()).ToArray();
        FlashVarsTests.Area().CopyTo(device, 0x1E5000);
        Assert.Equal(CombineMode.Convert, Combine(device, new CombineOptions()).Mode);
    }

    private static CombinePlan Combine(byte[] device, CombineOptions options) =>
        new ImageCombiner(FlashImage.Parse(device), FlashImage.Parse(Corpus.Read(Firmware)), options).Plan();

    private static CombineOptions Changes(params (string Name, object? Value)[] fields) =>
        new()
        {
            ObkConfigFrom = ObkConfigChoice.Changed,
            ObkConfigChanges = new ObkConfigDocument(fields.Select(field => new NamedValue(field.Name, field.Value))),
        };
}
