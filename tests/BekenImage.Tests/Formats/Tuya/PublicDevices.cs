namespace BekenImage.Tests.Formats.Tuya;

/// <summary>
/// Devices of which both the user_param_key and an OpenBeken template are public. Facts only, pins and roles, from:
/// tuya-cloudcutter.github.io, api/devices/*.json (device_configuration; fields without a part in the wiring left out), and
/// OpenBekenIOT/webapp, devices.json (pins, command).
/// </summary>
internal static class PublicDevices
{
    /// <summary>Why a template may differ from what the text says, each with what it may cover.</summary>
    public enum Why
    {
        /// <summary>
        /// An LED that shows something: the text has its level, which OpenBeken's importer does not read (netled is WifiLED_n for it), and
        /// authors choose freely what it shows and whether it glows when off.
        /// </summary>
        Indicator,

        /// <summary>A button for all, for lights or for one relay: authors choose what it does.</summary>
        Button,

        /// <summary>The text names the pin, OpenBeken has no role that is known to fit; the author found one for the device.</summary>
        NotMapped,

        /// <summary>The author found a pin that the text does not name.</summary>
        NotInText,

        /// <summary>The author left out a pin that the text names.</summary>
        NotInTemplate,

        /// <summary>Deep sleep between readings is the user's choice.</summary>
        DeepSleep,

        /// <summary>The author has one channel for a sensor, a button and the battery's switch.</summary>
        SharedChannel,

        /// <summary>The author numbered the colours otherwise than the text names them.</summary>
        ColourOrder,

        /// <summary>One white only: the author has it as warm and mixes cold of the colours (flag 24); the text calls it cold.</summary>
        WhiteAsWarm,

        /// <summary>
        /// The list has data and clock exchanged: its owner's report (OpenBK7231T_App issue 587) says P24 clock, P26 data, as the text.
        /// </summary>
        ListError,
    }

    public sealed record Device(string Name, string Profile, string Tuya, string Template, string Meter = "", string Map = "",
        bool AlternateCw = false)
    {
        public (int Gpio, Why Why)[] Differences { get; init; } = [];

        /// <summary>Why our map is another; empty where it is the template's.</summary>
        public string MapDiffers { get; init; } = "";
    }

    public static readonly Device[] All =
    [
        // Relays, buttons, switches beside the module.
        new("ZN268131 WiFi DIY Switch", "tuya-generic-zn268131-mini-smart-switch",
            "{netled1_lv:0,netled1_pin:7,onoff1:26,rl1_lv:1,rl1_pin:6,total_bt_lv:0,total_bt_pin:10,}",
            "6=Rel;1 7=WifiLED_n;1 10=Btn;1 26=TglChanOnTgl;1") { Differences = [(10, Why.Button)] },
        new("DS-102 2 Gang Switch", "tuya-generic-ds-102-2-gang-light-switch",
            "{bt1_lv:0,bt1_pin:10,bt2_lv:0,bt2_pin:8,led1_lv:0,led1_pin:26,led2_lv:0,led2_pin:11,netled_lv:0,netled_pin:1,rl1_lv:1," +
            "rl1_pin:6,rl2_lv:1,rl2_pin:9,}",
            "1=WifiLED;1 6=Rel;1 8=Btn;2 9=Rel;2 10=Btn;1 11=LED;2 26=LED;1")
            { Differences = [(1, Why.Indicator), (11, Why.Indicator), (26, Why.Indicator)] },
        new("DETA 6911HA", "deta-6911ha-switch", "{bt1_lv:0,bt1_pin:14,netled_lv:0,netled_pin:9,rl1_lv:1,rl1_pin:6,}",
            "6=Rel;1 9=WifiLED_n;1 14=Btn;1"),
        new("Modemix MOD003", "tuya-generic-mod003-2-channel-smart-relay",
            "{netled1_lv:1,netled1_pin:7,onoff1:24,onoff2:26,rl1_lv:1,rl1_pin:9,rl2_lv:1,rl2_pin:17,total_bt_lv:0,total_bt_pin:8,}",
            "7=WifiLED_n;0 8=Btn_Tgl_All;0 9=Rel;1 17=Rel;2 24=TglChanOnTgl;1 26=TglChanOnTgl;2") { Differences = [(7, Why.Indicator)] },
        new("Filohome FL-M3", "filohome-fl-m3-triple-smart-switch",
            "{bt1_lv:0,bt1_pin:26,bt2_lv:0,bt2_pin:24,bt3_lv:0,bt3_pin:23,led1_lv:0,led1_pin:7,led2_lv:0,led2_pin:10,led3_lv:0," +
            "led3_pin:11,netled_lv:1,netled_pin:6,rl1_lv:1,rl1_pin:14,rl2_lv:1,rl2_pin:9,rl3_lv:1,rl3_pin:8,}",
            "6=WifiLED_n;0 7=LED;1 8=Rel;3 9=Rel;2 10=LED;2 11=LED;3 14=Rel;1 23=Btn;3 24=Btn;2 26=Btn;1")
            { Differences = [(6, Why.Indicator), (7, Why.Indicator), (10, Why.Indicator), (11, Why.Indicator)] },
        new("MOES WS-B-US", "moes-ws-b-us-4-button-smart-switch-v1.1.0",
            "{bt1_lv:0,bt1_pin:23,bt2_lv:0,bt2_pin:9,bt3_lv:0,bt3_pin:28,bt4_lv:0,bt4_pin:8,led1_lv:0,led1_pin:14,led2_lv:0,led2_pin:16," +
            "led3_lv:0,led3_pin:20,led4_lv:0,led4_pin:22,rl1_lv:1,rl1_pin:24,rl2_lv:1,rl2_pin:26,rl3_lv:1,rl3_pin:6,rl4_lv:1,rl4_pin:7,}",
            "6=Rel;3 7=Rel;4 8=Btn;4 9=Btn;2 14=LED_n;1 16=LED_n;2 20=LED_n;3 22=LED_n;4 23=Btn;1 24=Rel;1 26=Rel;2 28=Btn;3"),
        new("Kuled KS-602S", "kuled-ks-602s-smart-switch", "{bt1_lv:0,bt1_pin:26,netled_lv:0,netled_pin:24,rl1_lv:1,rl1_pin:17,}",
            "17=Rel;1 24=LED;1 26=Btn;1") { Differences = [(24, Why.Indicator)] },
        new("Treatlife SS02 (3-way)", "treatlife-ss02-3-way-smart-switch",
            "{bt1_lv:0,bt1_pin:6,i_dctr1_lv:0,i_dctr1_pin:26,led1_lv:0,led1_pin:9,netled_lv:0,netled_pin:8,rl1_lv:1,rl1_pin:24,}",
            "6=Btn;1 8=LED;2 24=Rel;1 26=dInput_n;2")
            { Differences = [(8, Why.Indicator), (9, Why.NotInTemplate), (26, Why.NotMapped)] },
        new("KMC 30407 (N)", "kmc-30407-smart-tap-mini-4-outlet-plug-bk7231n-v1.1.8",
            "{netled1_lv:0,netled1_pin:11,netled_reuse:0,rl1_lv:1,rl1_pin:26,rl2_lv:1,rl2_pin:24,rl3_lv:1,rl3_pin:6,total_bt_lv:0," +
            "total_bt_pin:10,}",
            "6=Rel;3 10=Btn_Tgl_All;0 11=WifiLED_n;0 24=Rel;2 26=Rel;1"),
        new("Mirabella I004527", "mirabella-genio-i004527-double-plug",
            "{bt1_lv:0,bt1_pin:26,bt2_lv:0,bt2_pin:8,netled1_lv:0,netled1_pin:24,rl1_lv:1,rl1_pin:6,rl2_lv:1,rl2_pin:7,}",
            "6=Rel;2 7=Rel;1 8=Btn;1 24=WifiLED;1 26=Btn;2") { Differences = [(24, Why.Indicator)] },
        new("Xenon SM-PW801-U2", "xenon-sm-pw801-u2-wall-outlet",
            "{bt1_lv:0,bt1_pin:24,bt2_lv:0,bt2_pin:10,netled_lv:1,netled_pin:1,rl1_lv:1,rl1_pin:6,rl2_lv:1,rl2_pin:9,}",
            "1=WifiLED_n;1 6=Rel;1 9=Rel;2 10=Btn;2 24=Btn;1") { Differences = [(1, Why.Indicator)] },

        // Valve, garage door, curtain.
        new("GR-W-105 valve", "tuya-generic-gr-w-105-water-shutoff-valve-v1.1.5",
            "{bt1_lv:0,bt1_pin:26,led1_lv:0,led1_pin:24,rl1_lv:1,rl1_pin:14,}",
            "7=dInput_NoPullUp;1 8=dInput_NoPullUp;2 14=Rel;0 24=LED;0 26=Btn;0")
            { Differences = [(7, Why.NotInText), (8, Why.NotInText), (24, Why.Indicator)] },
        new("Athom Garage Door Opener", "athom-garage-door-opener",
            "{bt1_lv:0,bt1_pin:26,door1_magt_lv:0,door1_magt_pin:8,netled_lv:1,netled_pin:24,rl1_lv:1,rl1_pin:7,}",
            "7=Rel;0 8=dInput;1 24=LED;0 26=Btn;0") { Differences = [(24, Why.Indicator)] },
        new("ModeMix MOD001 (curtain)", "modemix-mod001-smart-curtain-module",
            "{bt1_lv:0,bt1_pin:24,bt3_lv:0,bt3_pin:26,netled1_lv:1,netled1_pin:7,percent_ctrl1:2,reverse_ctrl1:8,rl1_lv:1,rl1_pin:9," +
            "rl3_lv:1,rl3_pin:17,total_bt_lv:0,total_bt_pin:8,travel_calibra1:3,}",
            "7=WifiLED_n;0 8=Btn_Tgl_All;0 9=Rel;1 17=Rel;3 24=Btn;1 26=Btn;3") { Differences = [(7, Why.Indicator), (8, Why.NotMapped)] },

        // Latching relays.
        new("Tongou TO-Q-SY-JWT", "tongou-to-q-sy1-jwt-din-rail-switch-with-energy-meter",
            "{bt1_lv:0,bt1_pin:17,chip_type:3,led1_lv:0,led1_pin:9,netled1_lv:0,netled1_pin:15,netled_reuse:0,rl1_drvtime:60,rl1_type:1," +
            "rl_off1_lv:1,rl_off1_pin:26,rl_on1_lv:1,rl_on1_pin:24,}",
            "9=LED_n;1 15=WifiLED_n;0 17=Btn;1 24=BridgeFWD;1 26=BridgeREV;1", "BL0942"),
        new("Andowl Q-DL52", "andowl-q-dl52-63a-circuit-breaker-v1.0.2",
            "{bt1_lv:0,bt1_pin:17,netled1_lv:0,netled1_pin:15,netled_reuse:1,rl1_drvtime:60,rl1_type:1,rl_off1_lv:1,rl_off1_pin:26," +
            "rl_on1_lv:1,rl_on1_pin:24,}",
            "15=WifiLED_n;0 17=Btn;1 24=BridgeFWD;1 26=BridgeREV;1"),
        new("Tomzn/Hiking MCB238", "tomzn-mcb238-hiking-circuit-breaker-smart-switch",
            "{bt1_lv:0,bt1_pin:26,led1_lv:1,led1_pin:6,netled_lv:1,netled_pin:24,rl_drvtime:100,rl_off1_lv:1,rl_off1_pin:8,rl_on1_lv:1," +
            "rl_on1_pin:9,rl_type:1,}",
            "6=LED_n;1 8=BridgeREV;1 9=BridgeFWD ;1 24=WifiLED_n ;1 26=Btn;1") { Differences = [(6, Why.Indicator), (24, Why.Indicator)] },

        // Energy meters.
        new("LSPA9 plug", "(a dump: the worked example of the format notes)",
            "{bt1_lv:0,bt1_pin:10,chip_type:0,ele_pin:7,netled1_lv:0,netled1_pin:8,rl1_lv:1,rl1_pin:26,sel_pin_lv:1,sel_pin_pin:24," +
            "vi_pin:6,}",
            "6=BL0937CF1;0 7=BL0937CF;0 8=WifiLED_n;0 10=Btn;1 24=BL0937SEL;0 26=Rel;1"),
        new("Antela F1s202-EU (T)", "antela-f1s202-eu-smart-plug",
            "{bt1_lv:0,bt1_pin:10,chip_type:0,ele_pin:7,netled1_lv:0,netled1_pin:6,rl1_lv:1,rl1_pin:26,sel_pin_lv:1,sel_pin_pin:24," +
            "vi_pin:8,}",
            "6=LED_n;1 7=BL0937CF;0 8=BL0937CF1;0 10=Btn;1 24=BL0937SEL;0 26=Rel;1") { Differences = [(6, Why.Indicator)] },
        new("Kogan KASPEMHA", "kogan-kaspemha-smart-plug",
            "{bt1_lv:0,bt1_pin:10,chip_type:0,ele_pin:7,netled1_lv:0,netled1_pin:6,rl1_lv:1,rl1_pin:26,sel_pin_lv:1,sel_pin_pin:24," +
            "vi_pin:8,}",
            "6=WifiLED_n;0 7=BL0937CF;0 8=BL0937CF1;0 10=Btn;0 24=BL0937SEL;1 26=Rel;0"),
        new("LSC 3202088", "lsc-3202087-plug-with-energy-monitoring-v1.3.5",
            "{bt1_lv:0,bt1_pin:7,chip_type:0,ele_pin:26,led1_lv:1,led1_pin:8,netled1_lv:1,netled1_pin:10,netled_reuse:1,rl1_lv:1," +
            "rl1_pin:6,sel_pin_lv:1,sel_pin_pin:11,vi_pin:24,}",
            "6=Rel;1 7=Btn;1 8=LED;1 10=WifiLED_n;0 11=BL0937SEL;0 24=BL0937CF1;0 26=BL0937CF;0") { Differences = [(10, Why.Indicator)] },
        new("Nedis WIFIP110FWT", "nedis-wifip110fwt-smart-plug",
            "{bt1_lv:0,bt1_pin:9,chip_type:3,netled1_lv:0,netled1_pin:6,netled_reuse:1,rl1_lv:1,rl1_pin:26,}",
            "6=WifiLED_n;1 9=Btn;1 26=Rel;1", "BL0942"),
        new("RR620W", "tuya-generic-rr620w-jl-smart-switch",
            "{chip_type:3,ele_rx:10,ele_tx:11,netled1_lv:0,netled1_pin:26,onoff1:6,onoff2:8,rl1_lv:1,rl1_pin:7,rl2_lv:1,rl2_pin:24," +
            "total_bt_lv:0,total_bt_pin:23,}",
            "6=TglChanOnTgl;0 7=Rel;0 8=TglChanOnTgl;1 23=Btn_Tgl_All;0 24=Rel;1 26=WifiLED;0", "BL0942")
            { Differences = [(26, Why.Indicator)] },
        new("WBP-1G", "tuya-generic-wbp-1g-smart-switch",
            "{chip_type:3,ele_rx:10,ele_tx:11,netled1_lv:1,netled1_pin:26,onoff1:6,rl1_lv:1,rl1_pin:7,total_bt_lv:0,total_bt_pin:23,}",
            "6=TglChanOnTgl;1 7=Rel;1 23=Btn_Tgl_All;0 26=WifiLED_n;0", "BL0942") { Differences = [(26, Why.Indicator)] },
        new("DETA 6294HA", "deta-6294ha-outdoor-double-powerpoint-v1.1.4",
            "{bt1_lv:0,bt1_pin:7,bt2_lv:0,bt2_pin:24,chip_type:2,netled1_lv:0,netled1_pin:8,rl1_lv:1,rl1_pin:6,rl2_lv:1,rl2_pin:26,}",
            "6=Rel;1 7=Btn;1 8=WifiLED_n;2 24=Btn;2 26=Rel;2", "CSE7766"),
        new("TYTE-D1", "tuya-generic-tyte-d1-temperature-switch-v1.2.2",
            "{bt1_lv:0,bt1_pin:7,chip_type:0,ele_pin:24,netled_lv:0,netled_pin:14,one_wire_pin:26,rl1_lv:1,rl1_pin:8,sel_pin_lv:1," +
            "sel_pin_pin:9,vi_pin:6,}",
            "6=BL0937CF1;0 7=Btn;1 8=Rel;1 9=BL0937SEL;0 14=WifiLED_n;0 24=BL0937CF;0 26=DS1820_IO;2")
            { Differences = [(26, Why.NotMapped)] },

        // Infra-red, sensors.
        new("Aubess IR Controller", "aubess-ir-remote-controller", "{infre:7,infrr:8,reset_lv:0,reset_pin:26,wfst_lv:0,wfst_pin:24,}",
            "7=IRSend;1 8=IRRecv;1 24=LED_n;1") { Differences = [(24, Why.Indicator), (26, Why.NotInTemplate)] },
        new("Door sensor on CB3S (SZKOSTON)", "tuya-generic-cb3s-door-sensor-v1.0.10",
            "{basic_pin_lv:1,basic_pin_pin:8,bt_lv:0,bt_pin:24,samp_pin:23,samp_sw_lv:1,samp_sw_pin:14,status_led_lv:1,status_led_pin:26,}",
            "8=DoorSnsrWSleep;0 14=BAT_Relay;0 23=BAT_ADC;0 24=Btn;0 26=WifiLED_n;0")
            { Differences = [(8, Why.DeepSleep), (24, Why.SharedChannel), (26, Why.Indicator)] },
        new("PIR sensor on CBU", "tuya-generic-motion-sensor-cbu-v1.0.6",
            "{basic_pin_lv:1,basic_pin_pin:16,bt_lv:0,bt_pin:20,samp_pin:23,samp_sw_lv:1,samp_sw_pin:17,status_led_lv:1," +
            "status_led_pin:26,}",
            "16=DoorSnsrWSleep;0 17=BAT_Relay;0 20=Btn;0 23=BAT_ADC;0 26=LED;0")
            { Differences = [(16, Why.DeepSleep), (20, Why.SharedChannel), (26, Why.Indicator)] },
        new("TM-YD001W night light", "tuya-generic-yd001-motion-night-light",
            "{b_lv:1,b_pin:6,c_lv:1,c_pin:8,cwtype:0,g_lv:1,g_pin:24,key_lv:0,key_pin:20,pirin_lv:1,pirin_pin:14,pirsense_lv:1," +
            "pirsense_pin:9,r_lv:1,r_pin:26,w_lv:1,w_pin:7,}",
            "6=PWM;3 7=PWM;5 8=PWM;4 9=PWM;13 14=dInput;10 20=dInput_n;11 23=ADC;12 24=PWM;2 26=PWM;1")
            { Differences = [(9, Why.NotMapped), (14, Why.NotMapped), (20, Why.Button), (23, Why.NotInText)] },

        // Lights on PWM.
        new("Lenovo SE-242DC", "lenovo-se-242dc-rgbct-bulb-v1.2.21",
            "{b_lv:1,b_pin:24,c_lv:1,c_pin:7,cwtype:1,g_lv:1,g_pin:26,r_lv:1,r_pin:9,w_lv:1,w_pin:8,}",
            "7=PWM;5 8=PWM_n;4 9=PWM;1 24=PWM;3 26=PWM;2", AlternateCw: true),
        new("Aldi SMART-AL2017-TGTS", "aldi-lightway-smart-al2017-tgts-downlight", "{c_lv:1,c_pin:8,cwtype:1,w_lv:1,w_pin:7,}",
            "7=PWM_n;0 8=PWM;1", AlternateCw: true),
        new("Globo Connor 41386-30SH", "globo-lighting-connor-41386-30sh-ceiling-light",
            "{b_lv:1,b_pin:26,c_lv:1,c_pin:7,cwtype:0,g_lv:1,g_pin:24,ir:14,r_lv:1,r_pin:8,w_lv:1,w_pin:6,}",
            "6=PWM;5 7=PWM;4 8=PWM;1 14=IRRecv;1 24=PWM;2 26=PWM;3"),
        new("DETA DET902HA", "deta-det902ha-series-2-downlight-v1.3.2",
            "{b_lv:1,b_pin:6,c_lv:1,c_pin:8,cwtype:0,g_lv:1,g_pin:24,r_lv:1,r_pin:26,w_lv:1,w_pin:7,}",
            "6=PWM;3 7=PWM;5 8=PWM;4 24=PWM;2 26=PWM;1"),
        new("Globe 50323", "globe-electric-50323-rgbct-recessed-light",
            "{b_lv:1,b_pin:6,c_lv:1,c_pin:26,cwtype:0,g_lv:1,g_pin:7,r_lv:1,r_pin:8,w_lv:1,w_pin:24,}",
            "6=PWM;3 7=PWM;1 8=PWM;2 24=PWM;4 26=PWM;5")
            { Differences = [(7, Why.ColourOrder), (8, Why.ColourOrder), (24, Why.ColourOrder), (26, Why.ColourOrder)] },
        new("Hama 00176584", "hama-00176584-e27-led-bulb", "{c_lv:1,c_pin:8,cwtype:0,w_lv:1,w_pin:7,}", "7=PWM;2 8=PWM;1"),
        new("Kobi Smart LED Moon", "kobi-oprawa-smart-led-moon", "{c_lv:1,c_pin:7,cwtype:0,w_lv:1,w_pin:6,}", "6=PWM;4 7=PWM;3"),
        new("Merkury MI-BW942-999W", "merkury-innovations-mi-bw942-999w", "{c_lv:1,c_pin:8,cwtype:0,}", "8=PWM;4"),
        new("LSC 3200719", "lsc-3200719-outdoor-flood-light",
            "{b_lv:1,b_pin:6,c_lv:1,c_pin:7,cwtype:0,g_lv:1,g_pin:24,r_lv:1,r_pin:26,}", "6=PWM;3 7=PWM;4 24=PWM;2 26=PWM;1"),
        new("Feit FETAPE/RGBW/CNTRSC", "feit-fetape-rgbw-cntrsc-led-strip-v1.0.6",
            "{b_lv:1,b_pin:7,c_lv:1,c_pin:6,cwtype:0,g_lv:1,g_pin:8,r_lv:1,r_pin:9,}", "6=PWM;4 7=PWM;2 8=PWM;1 9=PWM;0 26=Btn_SmartLED;0")
            { Differences = [(6, Why.WhiteAsWarm), (26, Why.NotInText)] },
        new("LSC 3204432", "lsc-3204432-moodlight-rgbw-bulb",
            "{b_lv:1,b_pin:24,c_lv:1,c_pin:26,cwtype:0,g_lv:1,g_pin:7,k2pin_lv:0,k2pin_pin:8,k3pin_lv:0,k3pin_pin:9,key_lv:0,key_pin:14," +
            "micpin:23,r_lv:1,r_pin:6,}",
            "6=PWM;1 7=PWM;2 14=Btn;5 24=PWM;3 26=PWM;4")
            { Differences = [(8, Why.NotInTemplate), (9, Why.NotInTemplate), (14, Why.Button), (23, Why.NotInTemplate)] },
        new("LSC 3008407", "lsc-3008407-led-light-strip-1.0.18",
            "{CS:15,SCL:14,c_lv:1,c_pin:24,ctrl_lv:1,ctrl_pin:6,irpin:26,key_lv:0,key_pin:7,micpin:23,miso:17,mosi:16,w_lv:1,w_pin:9,}",
            "6=Btn_Tgl_All;0 7=Btn_SmartLED;0 9=PWM;5 16=SM16703P_DIN;0 23=ADC;0 24=PWM;4 26=IRRecv;0")
            { Differences = [(6, Why.NotMapped)] },

        // Lights on a driver chip.
        new("Arlec GLD130HA", "arlec-gld130ha", "{iicb:1,iicc:4,iicccur:0,iicg:0,iicr:2,iicscl:24,iicsda:26,iicw:3,iicwcur:5,}",
            "24=SM2135_DAT;0 26=SM2135_CLK;0", Map: "1 2 0 4 3") { Differences = [(24, Why.ListError), (26, Why.ListError)] },
        new("Globe 35804", "globe-electric-35804-rgb-e26-led-bulb",
            "{campere:20,iicb:0,iicc:4,iicg:1,iicr:2,iicscl:8,iicsda:26,iicw:3,wampere:55,}",
            "8=SM2135_CLK;1 26=SM2135_DAT;1", Map: "2 1 0 4 3"),
        new("Spectrum WOJ14415", "spectrum-woj14415-rgbct-gu10-bulb",
            "{ehccur:2,ehwcur:3,iicb:0,iicc:4,iicg:1,iicr:2,iicscl:26,iicsda:24,iicw:3,}",
            "24=SM2135_DAT;1 26=SM2135_CLK;2"),
        new("Mirabella I003869", "mirabella-genio-i003869-par38-rgbct-bulb",
            "{ehccur:0,ehwcur:10,iicb:2,iicc:4,iicg:1,iicr:0,iicscl:7,iicsda:8,iicw:3,}",
            "7=SM2135_CLK;2 8=SM2135_DAT;1"),
        new("Eurolamp 147-77903", "eurolamp-147-77903-urgcw1.3-6w-gu10-rgbct-bulb",
            "{cjccur:2,cjwcur:3,iicb:2,iicc:4,iicg:0,iicr:1,iicscl:26,iicsda:24,iicw:3,}",
            "24=BP1658CJ_DAT;0 26=BP1658CJ_CLK;0"),
        new("Merkury MI-BW210-999WW", "merkury-innovations-mi-bw210-999ww-rgbct-bulb-v2.9.16",
            "{dccur:65,drgbcur:29,iicb:0,iicc:4,iicg:1,iicr:2,iicscl:8,iicsda:7,}",
            "7=BP5758D_DAT;0 8=BP5758D_CLK;0", Map: "2 1 0 4 3") { MapDiffers = "2 1 0 -1 3: the text names four outputs; warm has none" },
        new("LSC 2578539 970724", "lsc-2578539-970724-white-and-color-ambiance-e27-806lumen",
            "{dccur:29,drgbcur:14,dwcur:29,iicb:2,iicc:4,iicg:0,iicr:1,iicscl:24,iicsda:26,iicw:3,}",
            "24=BP5758D_CLK;0 26=BP5758D_DAT;0", Map: "1 0 2 3 4") { MapDiffers = "1 0 2 4 3: cold and warm as the text has them" },
        new("Antela BAW534", "antela-baw534-e27-9w-rgbct-bulb",
            "{dccur:27,drgbcur:15,dwcur:27,iicb:0,iicc:4,iicg:1,iicr:2,iicscl:7,iicsda:8,iicw:3,}",
            "7=BP5758D_CLK;1 8=BP5758D_DAT;2"),
        new("Nous P8", "nous-p8-gu10-rgbct-bulb", "{dccur:13,drgbcur:14,dwcur:13,iicb:0,iicc:3,iicg:2,iicr:1,iicscl:26,iicsda:24,iicw:4,}",
            "24=BP5758D_DAT;0 26=BP5758D_CLK;0"),
    ];
}
