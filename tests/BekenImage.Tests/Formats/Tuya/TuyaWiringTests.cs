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
    [InlineData("BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin", "6=PWM;3 7=Btn;3 8=PWM;4 16=SM16703P_DIN;0 20=IRRecv;0 22=Btn_SmartLED;0 23=ADC;0 24=Btn;2", "PWMFrequency 1000", "BK7231N")]
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
        Assert.Equal([command, "LED_Map 2 0 1 -1 -1"], wiring.StartupCommands);
    }

    // The drivers write rgbcw[ledRemap.ar[output]] (drv_sm2135.c, drv_bp5758d.c, drv_bp1658cj.c, drv_kp18058.c). First: Arlec GLD130HA; its
    // owner found this map by trying (OpenBK7231T_App issue 587). Second: Nous P8. Third: Globe 35804, its own inverse, as in its public template.
    [Theory]
    [InlineData("iicr:2,iicg:0,iicb:1,iicc:4,iicw:3", "LED_Map 1 2 0 4 3")]
    [InlineData("iicr:1,iicg:2,iicb:0,iicc:3,iicw:4", "LED_Map 2 0 1 3 4")]
    [InlineData("iicr:2,iicg:1,iicb:0,iicc:4,iicw:3", "LED_Map 2 1 0 4 3")]
    [InlineData("iicr:2,iicg:1,iicb:0,iicc:4", "LED_Map 2 1 0 -1 3")]
    [InlineData("iicr:0,iicg:1,iicb:2,iicc:3,iicw:3", "LED_Map 0 1 2 3 -1")]
    [InlineData("iicr:7,iicg:1", "LED_Map -1 1 -1 -1 -1")]
    public void Wiring_OfALedDriver_NamesTheColourOfEachOutput(string outputs, string command)
    {
        Assert.Equal(command, FromText("{iicscl:24,iicsda:26,ehccur:0,ehwcur:5," + outputs + "}").StartupCommands[1]);
    }

    [Fact]
    public void Wiring_OfALedDriverWithoutOutputs_LeavesTheDriversOrder()
    {
        var wiring = FromText("{iicscl:24,iicsda:26,ehccur:0,ehwcur:5}");
        Assert.Equal(["SM2135_Current 0 5"], wiring.StartupCommands);
        Assert.Contains(wiring.Notes, note => note.Contains("own order applies", StringComparison.Ordinal));
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

    // OpenBeken's importer (tuya-spec.json) has the bridge roles; drv_bridge_driver.c rests both coils low.
    [Fact]
    public void Wiring_OfALatchingRelay_IsABridgeWithItsPulse()
    {
        var wiring = FromText("{rl_on1_pin:24,rl_on1_lv:1,rl_off1_pin:26,rl_off1_lv:1,rl1_drvtime:60,rl1_type:1}");
        Assert.Equal("24=BridgeFWD;1 26=BridgeREV;1", Pins(wiring));
        Assert.Equal(["BridgePulseLength 60"], wiring.StartupCommands);
        Assert.Empty(wiring.UnmappedPins);
        Assert.Empty(FromText("{rl_on2_pin:24,rl_off2_pin:26}").StartupCommands);
    }

    [Theory]
    [InlineData("{rl_on1_pin:24,rl_on1_lv:0,rl_off1_pin:26,rl_off1_lv:1}", "P24: on coil of latching relay 1, not mapped: it is energised by a low level")]
    [InlineData("{rl_on1_pin:24,rl_off1_pin:26,rl_off1_lv:0}", "P26: off coil of latching relay 1, not mapped: it is energised by a low level")]
    [InlineData("{rl_on1_pin:24}", "P24: on coil of latching relay 1, not mapped: its other coil is not named")]
    [InlineData("{rl_on1_pin:24,rl_off1_pin:24}", "P24: on coil of latching relay 1, not mapped: its other coil is not named")]
    [InlineData("{rl1_pin:24,rl_on1_pin:24,rl_off1_pin:26}", "P26: off coil of latching relay 1, not mapped: another field names one of its pins")]
    public void Wiring_OfALatchingRelayThatABridgeWouldHoldOrMiss_IsNotMappedAndSaid(string text, string sentence)
    {
        var wiring = FromText(text);
        Assert.DoesNotContain(wiring.Pins, pin => pin.Role is "BridgeFWD" or "BridgeREV" or "Rel_n");
        Assert.Contains(wiring.UnmappedPins, pin => pin.ToString().StartsWith(sentence, StringComparison.Ordinal));
        Assert.Empty(wiring.StartupCommands);
    }

    [Fact]
    public void Wiring_OfLatchingRelaysWhosePinsCross_Warns()
    {
        Assert.Contains(FromText("{rl_on1_pin:6,rl_off1_pin:9,rl_on2_pin:7,rl_off2_pin:8}").Notes, note => note.Contains("pairs", StringComparison.Ordinal));
        Assert.DoesNotContain(FromText("{rl_on1_pin:6,rl_off1_pin:8,rl_on2_pin:7,rl_off2_pin:9}").Notes, note => note.Contains("pairs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{chip_type:2,rl1_pin:6}", "startDriver CSE7766")]
    [InlineData("{chip_type:3,rl1_pin:6}", "startDriver BL0942")]
    [InlineData("{chip_type:3,ele_pin:7,vi_pin:8,rl1_pin:6}", "startDriver BL0942")]
    [InlineData("{ele_rx:10,ele_tx:11,rl1_pin:6}", "startDriver BL0942")]
    [InlineData("{ele_rx:10,ele_tx:11,chip_type:2,rl1_pin:6}", "startDriver CSE7766")]
    [InlineData("{chip_type:0,ele_pin:7,vi_pin:8,sel_pin_pin:9}", "")]
    [InlineData("{chip_type:1,ele_pin:7,vi_pin:8,sel_pin_pin:9}", "")]
    [InlineData("{ele_pin:7,vi_pin:8,sel_pin_pin:9}", "")]
    public void Wiring_OfAnEnergyMeter_StartsTheDriverThatChipTypeNames(string text, string commands) =>
        Assert.Equal(commands, string.Join("|", FromText(text).StartupCommands));

    [Theory]
    [InlineData("{key_pin:7,rl1_pin:6}", "6=Rel;1 7=Btn_Tgl_All;0")]
    [InlineData("{key_pin:7}", "7=Btn_Tgl_All;0")]
    [InlineData("{key_pin:7,key_lv:1}", "7=Btn_Tgl_All_n;0")]
    [InlineData("{key_pin:7,c_pin:6,w_pin:8}", "6=PWM;3 7=Btn_SmartLED;0 8=PWM;4")]
    [InlineData("{key_pin:7,mosi:16}", "7=Btn_SmartLED;0 16=SM16703P_DIN;0")]
    [InlineData("{key_pin:7,c_pin:6,rl1_pin:8}", "6=PWM;3 7=Btn_Tgl_All;0 8=Rel;1")]
    [InlineData("{mic:5}", "5=ADC;0")]
    [InlineData("{micpin:5}", "5=ADC;0")]
    [InlineData("{firstpin_pin:5,secpin_pin:6}", "5=PWM;1 6=PWM;2")]
    public void Wiring_OfButtonsMicrophonesAndSecondOutputs_IsTheImporters(string text, string pins) => Assert.Equal(pins, Pins(FromText(text)));

    // OpenBeken's list of flags: 8 alternate CW mode, first PWM temperature, second brightness; 12 remember the state. Its temperature is 0 for
    // cold (cmd_newLEDDriver.c, LED_GetTemperature0to1Range), so that published templates have PWM_n for w_pin.
    [Theory]
    [InlineData("{cwtype:1,c_pin:8,c_lv:1,w_pin:6,w_lv:1}", "6=PWM_n;3 8=PWM;4", 1UL << 8 | 1UL << 12)]
    [InlineData("{cwtype:1,c_pin:8,c_lv:0,w_pin:6,w_lv:0}", "6=PWM;3 8=PWM_n;4", 1UL << 8 | 1UL << 12)]
    [InlineData("{cwtype:0,c_pin:8,w_pin:6}", "6=PWM;4 8=PWM;3", 0UL)]
    [InlineData("{cwtype:1,w_pin:6}", "6=PWM;4", 0UL)]
    public void Wiring_OfCwType_SwapsBrightnessAndTemperature(string text, string pins, ulong flags)
    {
        var wiring = FromText(text);
        Assert.Equal((pins, flags), (Pins(wiring), wiring.Flags));
    }

    // new_pins.c: dInput and ADC write what they read into their channel, and relays, LEDs and the battery's switch follow it.
    [Theory]
    [InlineData("{rl1_pin:7,bt1_pin:26,door1_magt_pin:8}", "7=Rel;1 8=dInput;2 26=Btn;1")]
    [InlineData("{rl1_pin:7,rl2_pin:9,door1_magt_pin:8,door2_magt_pin:10}", "7=Rel;1 8=dInput;3 9=Rel;2 10=dInput;4")]
    [InlineData("{rl1_pin:7,door2_magt_pin:8}", "7=Rel;1 8=dInput;2")]
    [InlineData("{basic_pin_pin:8,bt_pin:24,samp_sw_pin:14,samp_pin:23}", "8=dInput;1 14=BAT_Relay;2 23=BAT_ADC;0 24=Btn;0")]
    [InlineData("{r_pin:6,g_pin:7,b_pin:24,c_pin:26,micpin:23}", "6=PWM;0 7=PWM;1 23=ADC;5 24=PWM;2 26=PWM;3")]
    [InlineData("{c_pin:24,w_pin:9,micpin:23,key_pin:7}", "7=Btn_SmartLED;0 9=PWM;4 23=ADC;0 24=PWM;3")]
    [InlineData("{c_pin:24,w_pin:9,door4_magt_pin:8}", "8=dInput;1 9=PWM;4 24=PWM;3")]
    [InlineData("{door1_magt_pin:8,samp_sw_pin:14,samp_pin:23}", "8=dInput;1 14=BAT_Relay;0 23=BAT_ADC;0")]
    public void Wiring_OfWhatReadsAPin_SharesNoChannel(string text, string pins) => Assert.Equal(pins, Pins(FromText(text)));

    [Theory]
    [InlineData("{rl1_pin:9,rl3_pin:17,bt1_pin:24,bt3_pin:26,total_bt_pin:8,percent_ctrl1:2}", "9=Rel;1 17=Rel;3 24=Btn;1 26=Btn;3", "P8: button for all, not mapped: toggling every relay")]
    [InlineData("{rl1_pin:9,rl3_pin:17,key_pin:8,travel_calibra1:3}", "9=Rel;1 17=Rel;3", "P8: button, not mapped: toggling every relay")]
    public void Wiring_OfACurtain_HasNoButtonForBothRelays(string text, string pins, string sentence)
    {
        var wiring = FromText(text);
        Assert.Equal(pins, Pins(wiring));
        Assert.StartsWith(sentence, Assert.Single(wiring.UnmappedPins).ToString(), StringComparison.Ordinal);
        Assert.Contains(wiring.Notes, note => note.Contains("never has both on", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{i_dctr1_pin:26}", "P26: other switch 1 of a three-way circuit, not mapped")]
    [InlineData("{ctrl_pin:14}", "P14: control pin, not mapped")]
    [InlineData("{ele_rx:10}", "P10: RX of the energy meter's UART, not mapped")]
    [InlineData("{buzzer_io:9,buzzer_pwm:2700}", "P9: buzzer at 2700 Hz, not mapped")]
    [InlineData("{strange_pin:9}", "P9: strange_pin, not mapped")]
    [InlineData("{ctrl_pin:255,reset_t:5,rl1_lv:1}", "")]
    public void Wiring_OfAPinWithoutARole_SaysItInWords(string text, string sentences) =>
        Assert.Equal(sentences, string.Join("|", FromText(text).UnmappedPins));

    [Fact]
    public void Wiring_OfTheTextsInThePublicCases_IsWhatTheyExpect()
    {
        using var cases = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Cases.PathOf("user_param_keys.json")));
        foreach (var device in cases.RootElement.EnumerateObject())
        {
            var wiring = FromText(device.Value.GetProperty("user_param_key").GetString()!);
            var expected = device.Value.GetProperty("expected");
            if (expected.TryGetProperty("pins", out var pins))
                Assert.Equal(string.Join(" ", pins.EnumerateObject().Select(pin => pin.Name + "=" + pin.Value)), Pins(wiring));
            if (expected.TryGetProperty("commandContains", out var commands))
                Assert.All(commands.EnumerateArray(), command => Assert.Contains(command.GetString()!, wiring.StartupCommands));
            if (expected.TryGetProperty("flagBits", out var bits))
                Assert.All(bits.EnumerateArray(), bit => Assert.Equal(1UL, wiring.Flags >> bit.GetInt32() & 1));
        }
    }

    private static TuyaWiring FromText(string text)
    {
        Assert.True(TuyaUserParameters.TryParse(text, out var parameters));
        return TuyaWiring.Create(parameters, null);
    }

    private static string Pins(TuyaWiring wiring) => string.Join(" ", wiring.Pins.Select(pin => pin.Gpio + "=" + pin));

    private static TuyaWiring Of(string file)
    {
        var contents = TuyaReader.Read(ReadUnrotated(file));
        return TuyaWiring.Create(TuyaUserParametersFinder.Find(contents, null).FirstOrDefault()?.Parameters, contents.Storage);
    }
}
