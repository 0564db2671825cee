using BekenImage.Formats.Tuya;

namespace BekenImage.Images;

/// <content>Channels: what reads a pin writes its channel, and must not write one that drives something.</content>
internal sealed partial class TuyaWiringMapper
{
    // How many channels OpenBeken's lights write from the first PWM channel on: with two PWM pins those two, else five.
    private const int LightChannels = 5;

    private static readonly HashSet<string> Writers = new(StringComparer.Ordinal) { "dInput", "ADC" };

    /// <summary>
    /// A garage door's sensor on the relay's channel would switch the relay, a microphone on the channel of red would set it, and the switch
    /// of a battery's divider follows whatever is on its channel. Each of them gets a channel of its own where the usual one is taken.
    /// </summary>
    private void SeparateChannels()
    {
        foreach (var pin in _pins.Values.Where(pin => Writers.Contains(pin.Role) || pin.Role == "BAT_Relay").ToList())
        {
            var taken = TakenChannels(pin);
            if (!taken.Contains(pin.Channel))
                continue;
            int free = Enumerable.Range(1, GpioLimit + LightChannels).First(channel => !taken.Contains(channel));
            _pins[pin.Gpio] = new TuyaPin(pin.Gpio, pin.Role, free, pin.Field);
        }
    }

    private HashSet<int> TakenChannels(TuyaPin except)
    {
        var others = _pins.Values.Where(pin => pin.Gpio != except.Gpio);
        var taken = new HashSet<int>(others.Where(pin => HasChannel(pin.Role)).Select(pin => pin.Channel));
        int[] lights = others.Where(pin => IsPwm(pin.Role)).Select(pin => pin.Channel).Distinct().OrderBy(channel => channel).ToArray();
        if (lights.Length > 0)
            taken.UnionWith(Enumerable.Range(lights[0], lights.Length == 2 ? 2 : LightChannels));
        return taken;
    }

    private static bool IsPwm(string role) => role is "PWM" or "PWM_n";

    // Roles that follow their channel or write it. BAT_ADC does neither (drv_battery.c), Btn_SmartLED and Btn_Tgl_All ask for no channel.
    private static bool HasChannel(string role) =>
        IsPwm(role) || IsRelay(role) || Writers.Contains(role) ||
        role is "Btn" or "Btn_n" or "LED" or "LED_n" or "TglChanOnTgl" or "BAT_Relay";
}
