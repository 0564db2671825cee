using System.Buffers.Binary;

namespace BekenImage.Formats.Obk;

// The fields by their names in ObkFields, with a capital first letter, in stored order. What version 3 and older do not have is null there.
public sealed partial class ObkConfig
{
    /// <summary>Flags 0 to 31; <see cref="Flags"/> has them all.</summary>
    public long GenericFlags => Number("genericFlags");

    /// <summary>Flags 32 to 63; <see cref="Flags"/> has them all.</summary>
    public long GenericFlags2 => Number("genericFlags2");

    /// <summary>How often the configuration was saved.</summary>
    public int ChangeCounter => (int)Number("changeCounter");

    /// <summary>How often the firmware was updated.</summary>
    public int OtaCounter => (int)Number("otaCounter");

    /// <summary>Name of the Wi-Fi network; empty: the device opens an access point. Tells where the owner lives.</summary>
    public string WifiSsid => Text("wifiSsid");

    /// <summary>Pass phrase of the Wi-Fi network. A secret.</summary>
    public string WifiPass => Text("wifiPass");

    /// <summary>The MQTT broker.</summary>
    public string MqttHost => Text("mqttHost");

    /// <summary>Base of the device's MQTT topics.</summary>
    public string MqttClientId => Text("mqttClientId");

    /// <summary>Login at the broker.</summary>
    public string MqttUserName => Text("mqttUserName");

    /// <summary>Password at the broker. A secret.</summary>
    public string MqttPass => Text("mqttPass");

    /// <summary>Port of the broker.</summary>
    public int MqttPort => (int)Number("mqttPort");

    /// <summary>Address of the web application.</summary>
    public string WebappRoot => Text("webappRoot");

    /// <summary>A copy made with the defaults; Beken chips do not use it.</summary>
    public MacAddress Mac => new(Field("mac"));

    /// <summary>The short name of the device.</summary>
    public string ShortDeviceName => Text("shortDeviceName");

    /// <summary>The long name of the device.</summary>
    public string LongDeviceName => Text("longDeviceName");

    /// <summary>Every pin there is room for, 32 or 48, in order of its number.</summary>
    public IReadOnlyList<ObkPin> Pins => ObkFieldCodec.ReadPins(Field("pins"));

    /// <summary>The type of each channel, see <see cref="ObkChannelTypes"/>.</summary>
    public IReadOnlyList<byte> ChannelTypes => Field("channelTypes").ToArray();

    /// <summary>The value of each channel at start; -1 is the value before.</summary>
    public IReadOnlyList<short> StartChannelValues => Words("startChannelValues", sizeof(short), BinaryPrimitives.ReadInt16LittleEndian);

    /// <summary>Logging of the start to LittleFS: seconds modulo 31, starts in the quotient.</summary>
    public int Log2lfs => (int)Number("log2lfs");

    /// <summary>Tasmota device groups: what is sent.</summary>
    public int DgrSendFlags => (int)Number("dgrSendFlags");

    /// <summary>Tasmota device groups: what is received.</summary>
    public int DgrRecvFlags => (int)Number("dgrRecvFlags");

    /// <summary>Name of the Tasmota device group.</summary>
    public string DgrName => Text("dgrName");

    /// <summary>The time server.</summary>
    public string NtpServer => Text("ntpServer");

    /// <summary>Power metering: voltage, current, power, power max, then four HLW8112 values; as stored.</summary>
    public IReadOnlyList<float> Cal => Words("cal", sizeof(float), ReadSingle);

    /// <summary>Length of a short press, in tenths of a second.</summary>
    public int ButtonShortPress => (int)Number("buttonShortPress");

    /// <summary>Length of a long press, in tenths of a second.</summary>
    public int ButtonLongPress => (int)Number("buttonLongPress");

    /// <summary>Time between repeats while a button is held, in tenths of a second.</summary>
    public int ButtonHoldRepeat => (int)Number("buttonHoldRepeat");

    /// <summary>Size of LittleFS in bytes; 0 is the default 0x8000.</summary>
    public long LfsSize => Number("lfsSize");

    /// <summary>Bits: 1 MQTT deduper, 2 power save, 3 every second, 4 Wi-Fi info.</summary>
    public int LoggerFlags => (int)Number("loggerFlags");

    /// <summary>Address, mask, gateway, DNS; all <c>0.0.0.0</c> is DHCP.</summary>
    public IReadOnlyList<string> StaticIP => ((IEnumerable<object>)this["staticIP"]!).Cast<string>().ToArray();

    /// <summary>Channels of red, green, blue, cool, warm.</summary>
    public IReadOnlyList<byte> LedRemap => Field("ledRemap").ToArray();

    /// <summary>Red, green, blue factor, gamma, minimum of RGB in percent, minimum of CW in percent; as stored.</summary>
    public IReadOnlyList<float> LedCorr => Words("ledCorr", sizeof(float), ReadSingle);

    /// <summary>Topic of the MQTT device group.</summary>
    public string MqttGroup => Text("mqttGroup");

    /// <summary>Seconds until a start counts as completed.</summary>
    public int TimeRequiredToMarkBootSuccessfull => (int)Number("timeRequiredToMarkBootSuccessfull");

    /// <summary>Seconds between two pings.</summary>
    public int PingInterval => (int)Number("pingInterval");

    /// <summary>Seconds without an answer until the device starts again.</summary>
    public int PingSeconds => (int)Number("pingSeconds");

    /// <summary>Whom the device pings.</summary>
    public string PingHost => Text("pingHost");

    /// <summary>The start-up command (initCommandLine); empty: none. It may hold secrets, see <see cref="ObkSecrets"/>.</summary>
    public string StartupCommand => Text("startupCommand");

    /// <summary>Name of the second Wi-Fi network.</summary>
    public string? WifiSsid2 => (string?)this["wifiSsid2"];

    /// <summary>Pass phrase of the second Wi-Fi network. A secret.</summary>
    public string? WifiPass2 => (string?)this["wifiPass2"];

    /// <summary>Password of the web page; empty: no login. A secret.</summary>
    public string? WebPassword => (string?)this["webPassword"];

    /// <summary>Whether the broker is spoken to over TLS.</summary>
    public bool? MqttUseTls => Truth("mqttUseTls");

    /// <summary>Whether the broker's certificate is checked.</summary>
    public bool? MqttVerifyTlsCert => Truth("mqttVerifyTlsCert");

    /// <summary>The broker's certificate: a file in LittleFS.</summary>
    public string? MqttCertFile => (string?)this["mqttCertFile"];

    /// <summary>True when there is no web server.</summary>
    public bool? DisableWebServer => Truth("disableWebServer");

    private string Text(string name) => (string)this[name]!;

    private long Number(string name) => (long)this[name]!;

    private bool? Truth(string name) => this[name] is long number ? number != 0 : null;

    private ReadOnlySpan<byte> Field(string name)
    {
        var place = ObkFields.Find(name)!;
        return Bytes.Span.Slice(place.OffsetIn(Layout), place.SizeIn(Layout, Length));
    }

    private delegate T Reader<T>(ReadOnlySpan<byte> bytes);

    private T[] Words<T>(string name, int size, Reader<T> read)
    {
        var bytes = Field(name);
        var words = new T[bytes.Length / size];
        for (int i = 0; i < words.Length; i++)
            words[i] = read(bytes.Slice(size * i));
        return words;
    }

    private static float ReadSingle(ReadOnlySpan<byte> bytes) =>
        BitConverter.ToSingle(BitConverter.GetBytes(BinaryPrimitives.ReadUInt32LittleEndian(bytes)), 0);
}
