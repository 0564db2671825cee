using BekenImage.Programs;
using BekenImage.Tests.Synthetic;
using SyntheticImages = BekenImage.Tests.Synthetic.Images;

namespace BekenImage.Tests.Programs;

/// <summary>The flash map compiled into apps: found where it is, and nowhere else.</summary>
public class SdkFlashTableTests
{
    private static byte[] App() => SyntheticPrograms.App(0x3000, SyntheticImage.Sdk);

    [Fact]
    public void Table_OfAnApp_GivesItsPlaces()
    {
        var table = SdkFlashTable.Find(SyntheticFlashTable.Put(App(), SyntheticFlashTable.Dreo))!;
        Assert.Equal((0x132000L, 0x1E0000L, 0x1E1000L), (table.Download, table.Rf, table.Net));
    }

    [Theory]
    [InlineData(new uint[] { 0x1000, 0x11000, 0x12A000, 0x1D0000, 0x1D1000 })]
    [InlineData(new uint[] { 0, 0x11000, 0x12A000, 0x1D0000, 0x1D0000 })]
    [InlineData(new uint[] { 0, 0x11000, 0x12A001, 0x1D0000, 0x1D1000 })]
    [InlineData(new uint[] { 0, 0x11000, 0x12A000, 0x1D0000, 0xFFFFF000 })]
    [InlineData(new uint[] { 0, 0x12000, 0x12A000, 0x1D0000, 0x1D1000 })]
    public void Words_ThatAreNoMap_AreNone(uint[] starts) =>
        Assert.Null(SdkFlashTable.Find(SyntheticFlashTable.Put(App(), starts)));

    [Fact]
    public void Table_CutOffOrWithoutItsName_IsNone()
    {
        byte[] app = SyntheticFlashTable.Put(App(), SyntheticFlashTable.TuyaN);
        Assert.Null(SdkFlashTable.Find(app.AsSpan(0, 0x1000 + 99)));
        app[0x1000 + 100] = (byte)'X';
        Assert.Null(SdkFlashTable.Find(app));
        Assert.Null(SdkFlashTable.Find([]));
        Assert.Null(SdkFlashTable.Find([0x00, 0x10, 0x01, 0x00]));
    }

    // BkDriverFlash.c of each SDK; the words were read out of the deciphered apps by hand.
    [Theory]
    [InlineData("BK7231N_LSPA9_Clone_First.bin", 0x12A000, 0x1D0000, 0x1D1000)]
    [InlineData("BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin", 0x12A000, 0x1D0000, 0x1D1000)]
    [InlineData("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", 0x12A000, 0x1D0000, 0x1D1000)]
    [InlineData("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", 0x132000, 0x1E0000, 0x1E1000)]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin", 0x132000, 0x1E0000, 0x1E1000)]
    [InlineData("BK7231T_Tuya_Globe_37783.bin", 0x132000, 0x1E0000, 0x1E1000)]
    [InlineData("BK7231T_Tuya_LED_Moon_rotated.bin", 0x132000, 0x1E0000, 0x1E1000)]
    [InlineData("BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin", 0x132000, 0x1E0000, 0x1E1000)]
    [InlineData("OpenBK7231M_QIO_1.18.300.bin", 0x12A000, 0x1D0000, 0x1D1000)]
    [InlineData("OpenBK7231N_QIO_1.18.300.bin", 0x12A000, 0x1D0000, 0x1D1000)]
    [InlineData("OpenBK7231T_QIO_1.18.300.bin", 0x132000, 0x1E0000, 0x1E1000)]
    [InlineData("OpenBK7238_QIO_1.18.300.bin", 0x132000, 0x1E0000, 0x1E1000)]
    public void RealApps_ShowTheMapTheirSourcesHave(string file, long download, long rf, long net)
    {
        var image = SyntheticImages.FromCorpus(file);
        var table = SdkFlashTable.Find(image.Decode(image.FindPartition(PartitionNames.App)!).Span)!;
        Assert.Equal((download, rf, net), (table.Download, table.Rf, table.Net));
        var map = ChipLayout.For(image.Chip, image.Flavor)!;
        Assert.Equal((map.Download!.Value.Start, map.Rf.Start, map.Net.Start), (table.Download, table.Rf, table.Net));
    }
}
