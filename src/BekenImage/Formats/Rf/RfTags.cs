namespace BekenImage.Formats.Rf;

/// <summary>The tags of RF tables that are met in flash, and what they mean. Source: FORMAT.md, "Items"; names as in the SDK.</summary>
public static class RfTags
{
    /// <summary>The root: bytes <c>54 4C 56 00</c>, "TLV" and NUL. NET_PARAM has the same.</summary>
    public const uint Root = 0x00564C54;

    /// <summary>Group TXID: chip information with the MAC. The first inner tag of every RF table.</summary>
    public const uint ChipGroup = 0x11111100;

    /// <summary>Group of the transmit power tables.</summary>
    public const uint PowerGroup = 0x22222200;

    /// <summary>Group of the self calibration, transmit side.</summary>
    public const uint TransmitGroup = 0x33333300;

    /// <summary>Group of the self calibration, receive side.</summary>
    public const uint ReceiveGroup = 0x44444400;

    /// <summary>Group of the newer power tables with 16-bit entries (BK7238 SDK). Never met.</summary>
    public const uint PowerGroupV2 = 0x55555500;

    /// <summary>Element TXID_MAC: the station MAC, six bytes.</summary>
    public const uint Mac = 0x11111102;

    /// <summary>Element TXID_THERMAL: raw temperature code at calibration.</summary>
    public const uint Thermal = 0x11111103;

    /// <summary>Element TXID_XTAL: crystal tuning value.</summary>
    public const uint Crystal = 0x11111105;

    /// <summary>Element TXID_ADC: two u16.</summary>
    public const uint Adc = 0x11111106;

    /// <summary>Element TXID_LPFCAP: u32 I and u32 Q of the low-pass filter.</summary>
    public const uint LowPassFilter = 0x11111107;

    /// <summary>Element TXPWR_ENABLE_ID: which power tables are valid.</summary>
    public const uint PowerEnable = 0x22222201;

    /// <summary>Element TXPWR_TAB_CALI_STATUTS: 0 not found, 1 passed, 2 EVM failed, 3 power failed.</summary>
    public const uint PowerStatus = 0x22222208;

    private static readonly Dictionary<uint, RfTagInfo> Known = new[]
    {
        new RfTagInfo(0x11111101, 4, "TXID_ID", RfItemNature.Constant, "constant 12345678"),
        new RfTagInfo(Mac, 6, "TXID_MAC", RfItemNature.Identity, "station MAC"),
        new RfTagInfo(Thermal, 4, "TXID_THERMAL", RfItemNature.Calibration, "raw temperature code at calibration"),
        new RfTagInfo(0x11111104, 4, "TXID_CHANNEL", RfItemNature.Constant, "constant 22222222"),
        new RfTagInfo(Crystal, 4, "TXID_XTAL", RfItemNature.Calibration, "crystal tuning value"),
        new RfTagInfo(Adc, 4, "TXID_ADC", RfItemNature.Model, "ADC calibration, low and high"),
        new RfTagInfo(LowPassFilter, 8, "TXID_LPFCAP", RfItemNature.Calibration, "low-pass filter, I and Q"),
        new RfTagInfo(PowerEnable, 4, "TXPWR_ENABLE_ID", RfItemNature.Model, "valid power tables: 1 b, 2 g, 4 n40, 8 BLE, 0x10 n20"),
        new RfTagInfo(0x22222202, 14, "TXPWR_TAB_B_ID", RfItemNature.PowerTable, "power per channel, 802.11b"),
        new RfTagInfo(0x22222203, 14, "TXPWR_TAB_G_ID", RfItemNature.PowerTable, "power per channel, 802.11g"),
        new RfTagInfo(0x22222204, 14, "TXPWR_TAB_N_ID", RfItemNature.PowerTable, "power per channel, 802.11n 40 MHz"),
        new RfTagInfo(0x22222205, 4, "TXPWR_TAB_DIF_GN20_ID", RfItemNature.Model, "offset of n20 against g"),
        new RfTagInfo(0x22222206, 4, "TXPWR_TAB_DIF_GN40_ID", RfItemNature.Model, "offset of n40 against g"),
        new RfTagInfo(0x22222207, 40, "TXPWR_TAB_BLE_ID", RfItemNature.PowerTable, "power per BLE channel"),
        new RfTagInfo(PowerStatus, 4, "TXPWR_TAB_CALI_STATUTS", RfItemNature.Model, "0 not found, 1 passed, 2 EVM failed, 3 power failed"),
        new RfTagInfo(0x22222209, 14, "TXPWR_TAB_N20_ID", RfItemNature.PowerTable, "power per channel, 802.11n 20 MHz"),
        new RfTagInfo(0x33333301, 4, "CM_TX_DCOR_MOD", RfItemNature.Model, "self calibration"),
        new RfTagInfo(0x33333302, 4, "CM_TX_DCOR_PA", RfItemNature.Model, "self calibration"),
        new RfTagInfo(0x33333303, 4, "CM_TX_PREGAIN", RfItemNature.Calibration, "self calibration"),
        new RfTagInfo(0x33333304, 4, "CM_TX_I_DC_COMP", RfItemNature.Calibration, "self calibration"),
        new RfTagInfo(0x33333305, 4, "CM_TX_Q_DC_COMP", RfItemNature.Calibration, "self calibration"),
        new RfTagInfo(0x33333306, 4, "CM_TX_I_GAIN_COMP", RfItemNature.Calibration, "self calibration"),
        new RfTagInfo(0x33333307, 4, "CM_TX_Q_GAIN_COMP", RfItemNature.Calibration, "self calibration"),
        new RfTagInfo(0x33333308, 4, "CM_TX_I_FILTER_CORNER", RfItemNature.Calibration, "equals TXID_LPFCAP, I"),
        new RfTagInfo(0x33333309, 4, "CM_TX_Q_FILTER_CORNER", RfItemNature.Calibration, "equals TXID_LPFCAP, Q"),
        new RfTagInfo(0x3333330A, 4, "CM_TX_PHASE_COMP", RfItemNature.Calibration, "self calibration"),
        new RfTagInfo(0x3333330B, 4, "CM_TX_PHASE_TY2", RfItemNature.Calibration, "self calibration"),
        new RfTagInfo(0x44444401, 32, "CM_RX_DC_GAIN_TAB", RfItemNature.Calibration, "eight u32 of the receive gain"),
        new RfTagInfo(0x44444402, 4, "CM_RX_AMP_ERR_WR", RfItemNature.Calibration, "self calibration"),
        new RfTagInfo(0x44444403, 4, "CM_RX_PHASE_ERR_WR", RfItemNature.Calibration, "self calibration"),
    }.ToDictionary(info => info.Tag);

    /// <summary>What is known about an element's tag; null for a tag that is not met in flash.</summary>
    /// <param name="tag">The tag.</param>
    public static RfTagInfo? Find(uint tag) => Known.TryGetValue(tag, out var info) ? info : null;

    /// <summary>The SDK's name of a group or element; <c>0x12345678</c> where there is none.</summary>
    /// <param name="tag">The tag.</param>
    public static string NameOf(uint tag) => tag switch
    {
        ChipGroup => "TXID",
        PowerGroup => "TXPWR_TAB_TAB",
        TransmitGroup => "CALI_MAIN_TX",
        ReceiveGroup => "CALI_MAIN_RX",
        PowerGroupV2 => "TXPWR_TAB_TAB_V2",
        _ => Find(tag)?.Name ?? FormattableString.Invariant($"0x{tag:x8}"),
    };

    /// <summary>True for tags of groups: they end in 00.</summary>
    internal static bool IsGroup(uint tag) => (tag & 0xFF) == 0;

    /// <summary>True when an element's tag belongs to this group: the upper 24 bits are the same.</summary>
    internal static bool BelongsTo(uint tag, uint group) => !IsGroup(tag) && tag >> 8 == group >> 8;
}
