using System.Globalization;

namespace BekenImage.Formats.Obk;

/// <summary>The configuration that the firmware writes itself when it finds none. Source: FORMAT.md, "Defaults".</summary>
public static class ObkConfigDefaults
{
    /// <summary>The defaults of a build.</summary>
    /// <param name="firmware">The build; the chip tells it.</param>
    /// <param name="mac">The device's MAC; its last four bytes make the names.</param>
    /// <param name="offset">Physical offset it is meant for.</param>
    public static ObkConfig Create(ObkFirmware firmware, MacAddress mac, long offset = 0)
    {
        if (firmware is null)
            throw new ArgumentNullException(nameof(firmware));
        var bytes = new byte[ObkConfig.CurrentLength];
        "CFG"u8.CopyTo(bytes);
        bytes[ObkConfig.VersionOffset] = ObkConfig.CurrentVersion;
        string digits = string.Concat(mac.ToArray().Skip(2).Select(value => value.ToString("X2", CultureInfo.InvariantCulture)));
        return new ObkConfigBuilder(new ObkConfig(bytes, offset, firmware.PinLayout))
            .Set("flags.10", true)
            .Set("mqttClientId", "obk" + digits)
            .Set("mqttUserName", "homeassistant")
            .Set("mqttPass", "qqqqqqqqqq")
            .Set("mqttPort", 1883)
            .Set("webappRoot", "https://openbekeniot.github.io/webapp/")
            .Set("mac", mac.ToString())
            .Set("shortDeviceName", "obk" + digits)
            .Set("longDeviceName", firmware.Name + "_" + digits)
            .Set("ntpServer", "217.147.223.78")
            .Set("buttonShortPress", 3)
            .Set("buttonLongPress", 10)
            .Set("buttonHoldRepeat", 5)
            .Set("ledCorr", "1,1,1,2.2,0.1,0.1")
            .Set("mqttGroup", firmware.MqttGroup)
            .Set("timeRequiredToMarkBootSuccessfull", 5)
            .Set("pingHost", "192.168.0.1")
            .Build();
    }
}
