using BekenImage.Formats.Tuya;
using BekenImage.TestSupport;
using static BekenImage.Tests.Formats.Tuya.TuyaImages;

namespace BekenImage.Tests.Formats.Tuya;

public class TuyaWiringTests
{
    // The worked example of the format notes, section 7; users publish the same template for this plug.
    [Fact]
    public void Wiring_OfTheLspa9_IsThePublishedTemplate()
    {
        var wiring = Of("BK7231N_LSPA9_Clone_First.bin");
        Assert.Equal("6=BL0937CF1;0 7=BL0937CF;0 8=WifiLED_n;0 10=Btn;1 24=BL0937SEL;0 26=Rel;1", Pins(wiring));
        Assert.Equal(("CB2S", "BK7231N", false), (wiring.Module, wiring.Chip, wiring.IsTuyaMcu));
        Assert.Contains(wiring.UnusedFields, field => field.Name == "over_cur");
        Assert.DoesNotContain(wiring.UnusedFields, field => field.Name is "rl1_pin" or "rl1_lv" or "bt1_lv" or "crc");
    }

    // Expected by the rules of section 7, worked out by hand from the texts.
    [Theory]
    [InlineData("BK7231T_Tuya_LED_Moon_rotated.bin", "6=PWM;4 7=PWM;3", "PWMFrequency 1000", "BK7231T")]
    [InlineData("BK7231T_Tuya_Globe_37783.bin", "8=SM2135CLK;0 26=SM2135DAT;0", "SM2135_Current 2 8|LED_Map 2 1 0 4 3", "BK7231T")]
    [InlineData("BK7231T_Tuya_Brilo_8464455.bin", "8=IRRecv;0 24=PWM;4 26=PWM;3", "PWMFrequency 1000", "BK7231T")]
    [InlineData("BK7231T_TuyaConfig_PC44HA.bin", "6=WifiLED_n;0 7=BL0937CF;0 8=BL0937CF1;0 10=Btn;1 11=LED_n;1 24=BL0937SEL;0 26=Rel;1", "", "BK7231T")]
    [InlineData("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", "6=PWM;3 7=Btn;3 8=PWM;4 16=SM16703P_DIN;0 20=IRRecv;0 24=Btn;2", "PWMFrequency 1000", "BK7231N")]
    [InlineData("BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin", "", "startDriver TuyaMCU", null)]
    [InlineData("BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin", "", "", "BK7231Q")]
    public void Wiring_OfCorpusImage_FollowsTheRules(string file, string pins, string commands, string? chip)
    {
        var wiring = Of(file);
        Assert.Equal((pins, commands, chip), (Pins(wiring), string.Join("|", wiring.StartupCommands), wiring.Chip));
    }

    [Theory]
    [InlineData("{rl1_pin:5,rl1_lv:0,rl2_pin:6,rl2_lv:1,rl:7}", "5=Rel_n;1 6=Rel;2 7=Rel;0")]
    [InlineData("{bt1_pin:5,bt1_lv:1,k2pin_pin:6,k2pin_lv:0,total_bt_pin:7,onoff3:8,reset_pin:9}", "5=Btn_n;1 6=Btn;2 7=Btn_Tgl_All;0 8=TglChanOnTgl;3 9=Btn;0")]
    [InlineData("{netled_pin:5,netled1_pin:6,netled1_lv:1,wfst_pin:7,wfst_lv:0,led1_pin:8,led2_pin:9,led2_lv:0}", "5=WifiLED_n;0 6=WifiLED;0 7=WifiLED_n;0 8=LED;1 9=LED_n;2")]
    [InlineData("{r_pin:5,r_lv:0,g_pin:6,g_lv:1,b_pin:7}", "5=PWM_n;0 6=PWM;1 7=PWM;2")]
    [InlineData("{infrr:5,infre:6,door1_magt_pin:7,samp_sw_pin:8,samp_pin:9,remote_io:10}", "5=IRRecv;0 6=IRSend;0 7=dInput;1 8=BAT_Relay;0 9=BAT_ADC;0 10=RCRecv;0")]
    [InlineData("{rl1_pin:-1,rl2_pin:255,rl3_pin:x,rl4_pin:4,bt1_pin:4}", "4=Rel;4")]
    public void Wiring_OfEachKindOfField_FollowsTheRules(string text, string pins)
    {
        Assert.True(TuyaUserParameters.TryParse(text, out var parameters));
        Assert.Equal(pins, Pins(TuyaWiring.Create(parameters, null)));
    }

    [Theory]
    [InlineData("ehccur:3,iicccur:9,campere:50,ehwcur:4", "SM2135DAT", "SM2135_Current 3 4")]
    [InlineData("iicccur:5,iicwcur:6,ehccur:1", "SM2135DAT", "SM2135_Current 1 6")]
    [InlineData("campere:25,wampere:60", "SM2135DAT", "SM2135_Current 3 10")]
    [InlineData("drgbcur:14,dwcur:20,dccur:24", "BP5758D_DAT", "BP5758D_Current 14 24")]
    [InlineData("cjwcur:7,cjccur:6", "BP1658CJ_DAT", "BP1658CJ_Current 6 7")]
    [InlineData("2235ccur:3,2235wcur:2", "SM2235DAT", "SM2235_Current 3 2")]
    [InlineData("kp58wcur:11,kp58ccur:12", "KP18058_DAT", "KP18058_Current 11 12")]
    public void Wiring_OfALedDriver_IsChosenByItsCurrentField(string currents, string role, string command)
    {
        Assert.True(TuyaUserParameters.TryParse("{iicscl:24,iicsda:26,iicr:1,iicg:2,iicb:0," + currents + "}", out var parameters));
        var wiring = TuyaWiring.Create(parameters, null);
        Assert.Equal(role, wiring.Pins.Single(pin => pin.Gpio == 26).Role);
        Assert.Equal([command, "LED_Map 1 2 0 -1 -1"], wiring.StartupCommands);
    }

    [Theory]
    [InlineData("wb2l", "BK7231T")]
    [InlineData("CBU", "BK7231N")]
    [InlineData("T34", "BK7231N")]
    [InlineData("T3-U", "BK7236")]
    [InlineData("T1-2S", "BK7238")]
    [InlineData("WR3", null)]
    public void Chip_OfAModule_IsAsInTheTable(string module, string? chip)
    {
        Assert.True(TuyaUserParameters.TryParse("{module:" + module + ",}", out var parameters));
        Assert.Equal(chip, TuyaWiring.Create(parameters, null).Chip);
    }

    private static string Pins(TuyaWiring wiring) => string.Join(" ", wiring.Pins.Select(pin => pin.Gpio + "=" + pin));

    private static TuyaWiring Of(string file)
    {
        var contents = TuyaReader.Read(ReadUnrotated(file));
        return TuyaWiring.Create(TuyaUserParametersFinder.Find(contents, null).FirstOrDefault()?.Parameters, contents.Storage);
    }
}
