namespace BekenImage.Formats.Obk;

/// <summary>What a pin does: OpenBeken's role numbers and the names that its web page prints and accepts.</summary>
/// <remarks>The numbers are fixed by order; the list only grows at its end. Source: FORMAT.md, "Pins".</remarks>
public static class ObkPinRoles
{
    /// <summary>The role of a pin that is not used.</summary>
    public const byte None = 0;

    private static readonly ObkNameTable Table = new(
    [
        "None", "Rel", "Rel_n", "Btn", "Btn_n", "LED",
        "LED_n", "PWM", "WifiLED", "WifiLED_n", "Btn_Tgl_All", "Btn_Tgl_All_n",
        "dInput", "dInput_n", "TglChanOnTgl", "dInput_NoPullUp", "dInput_NoPullUp_n", "BL0937SEL",
        "BL0937CF", "BL0937CF1", "ADC", "SM2135DAT", "SM2135CLK", "BP5758D_DAT",
        "BP5758D_CLK", "BP1658CJ_DAT", "BP1658CJ_CLK", "PWM_n", "IRRecv", "IRSend",
        "Btn_NextColor", "Btn_NextColor_n", "Btn_NextDimmer", "Btn_NextDimmer_n", "AlwaysHigh", "AlwaysLow",
        "UCS1912_DIN", "SM16703P_DIN", "Btn_NextTemperature", "Btn_NextTemperature_n", "Btn_ScriptOnly", "Btn_ScriptOnly_n",
        "DHT11", "DHT12", "DHT21", "DHT22", "CHT83XX_SDA", "CHT83XX_SCK",
        "SHT3X_SDA", "SHT3X_SCK", "SoftSDA", "SoftSCL", "SM2235DAT", "SM2235CLK",
        "BridgeFWD", "BridgeREV", "Btn_SmartLED", "Btn_SmartLED_n", "DoorSnsrWSleep", "DoorSnsrWSleep_nPup",
        "BAT_ADC", "BAT_Relay", "TM1637_DIO", "TM1637_CLK", "BL0937SEL_n", "DoorSnsrWSleep_pd",
        "SGP_CLK", "SGP_DAT", "ADC_Button", "GN6932_CLK", "GN6932_DAT", "GN6932_STB",
        "TM1638_CLK", "TM1638_DAT", "TM1638_STB", "BAT_Relay_n", "KP18058_CLK", "KP18058_DAT",
        "DS1820_IO", "PWM_ScriptOnly", "PWM_ScriptOnly_n", "Counter_f", "Counter_r", "IRRecv_nPup",
        "StripState", "StripState_n", "HLW_8112_SCSN", "RCRecv", "RCRecv_nPup", "Btn_pd",
        "Btn_pd_n", "TglChanOnTgl_pd", "ShutterA", "ShutterB", "BtnShutterUp", "BtnShutterDown",
        "BL0939_SCLK", "BL0939_MOSI", "BL0939_MISO",
    ],
    // Spellings of BK7231GUIFlashTool where they differ; then those of older firmware and of the firmware's source, as OpenBeken's importer
    // (templateParser.js) and people's templates have them.
    new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        [string.Empty] = 0,
        ["CHT8305_SDA"] = 46,
        ["CHT8305_SCK"] = 47,
        ["HLW8112_SCSN"] = 86,
        ["Button_pd"] = 89,
        ["Button_pd_n"] = 90,
        ["ToggleChannelOnToggle_pd"] = 91,
        ["Button_ShutterUp"] = 94,
        ["Button_ShutterDown"] = 95,
        ["Relay"] = 1,
        ["Relay_n"] = 2,
        ["Button"] = 3,
        ["Button_n"] = 4,
        ["SM2135_DAT"] = 21,
        ["SM2135_CLK"] = 22,
        ["SM2235_DAT"] = 52,
        ["SM2235_CLK"] = 53,
        ["WiFi_LED"] = 8,
        ["WiFi_LED_n"] = 9,
        ["BP5758_DAT"] = 23,
        ["BP5758_CLK"] = 24,
        ["Btn_NextColour"] = 30,
        ["Btn_NextColour_n"] = 31,
    });

    private static readonly HashSet<int> WithoutChannel =
    [
        0, 8, 9, 10, 11, 17, 18, 19, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37,
        38, 39, 40, 41, 47, 49, 64, 66, 83, 86, 87, 88, 96, 97, 98,
    ];

    private static readonly HashSet<int> WithTwoChannels = [3, 4, 42, 43, 44, 45, 46, 48, 67, 89, 90];

    /// <summary>How many roles have names; their numbers run from 0.</summary>
    public static int Count => Table.Count;

    internal static IReadOnlyList<string> Names => Table.Names;

    /// <summary>The name of a role; its number as text where it has none.</summary>
    /// <param name="role">Role number.</param>
    public static string NameOf(byte role) => Table.NameOf(role);

    /// <summary>Finds a role by its name, in any case and in every known spelling, or by its number.</summary>
    /// <param name="text">Name or decimal number.</param>
    /// <param name="role">The role number, or 0.</param>
    /// <returns>False when the text is neither.</returns>
    public static bool TryParse(string? text, out byte role)
    {
        bool found = Table.TryParse(text, byte.MaxValue, out int number);
        role = (byte)number;
        return found;
    }

    /// <summary>Other spellings of a role that are read, in alphabetical order.</summary>
    /// <param name="role">Role number.</param>
    public static IReadOnlyList<string> OtherNamesOf(byte role) => Table.OtherNamesOf(role);

    /// <summary>How many channels a role uses: 0, 1 or 2; 1 for an unknown role.</summary>
    /// <param name="role">Role number.</param>
    public static int ChannelCount(byte role) => WithoutChannel.Contains(role) ? 0 : WithTwoChannels.Contains(role) ? 2 : 1;
}
