using BekenImage.Formats.Obk;
using BekenImage.Formats.Tuya;
using static BekenImage.Tests.Formats.Tuya.PublicDevices;

namespace BekenImage.Tests.Formats.Tuya;

/// <summary>
/// Our wiring against templates that people use, pin for pin. What differs must be listed with its reason, and what is listed must differ.
/// Numbers of channels are the author's choice: pins must share them as they do in the template; those of PWM count from the lowest, as in
/// OpenBeken.
/// </summary>
public class PublicDeviceTests
{
    public static TheoryData<string> Names => [.. All.Select(device => device.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Wiring_OfAPublicDevice_IsItsTemplateButForWhatIsExplained(string name)
    {
        var device = All.Single(each => each.Name == name);
        var wiring = WiringOf(device);
        var ours = wiring.Pins.ToDictionary(pin => pin.Gpio, pin => Pin(pin.Gpio, pin.ToString()));
        var theirs = TemplateOf(device);
        Assert.Equal(
            string.Join(" ", device.Differences.Select(difference => difference.Gpio).OrderBy(gpio => gpio)),
            string.Join(" ", Differing(ours, theirs)));
        foreach (var (gpio, why) in device.Differences)
        {
            string mine = ours.TryGetValue(gpio, out var our) ? our.RoleName : "";
            string other = theirs.TryGetValue(gpio, out var their) ? their.RoleName : "";
            Assert.True(IsCovered(why, mine, other, wiring, gpio), $"P{gpio} of {name}: '{mine}' and '{other}' are no case of {why}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Commands_OfAPublicDevice_StartItsMeterAndOrderItsColours(string name)
    {
        var device = All.Single(each => each.Name == name);
        var wiring = WiringOf(device);
        Assert.Equal(
            device.Meter.Length == 0 ? [] : ["startDriver " + device.Meter],
            wiring.StartupCommands.Where(command => command.StartsWith("startDriver", StringComparison.Ordinal)));
        if (device.Map.Length > 0)
        {
            string expected = device.MapDiffers.Length > 0 ? device.MapDiffers.Split(':')[0] : device.Map;
            Assert.Contains("LED_Map " + expected, wiring.StartupCommands);
        }
        Assert.Equal(device.AlternateCw, (wiring.Flags >> 8 & 1) == 1);
    }

    // A coil or a meter's pin may never hide behind a reason for lamps.
    [Fact]
    public void Differences_OfPublicDevices_TouchNoRelay() => Assert.All(All, device =>
    {
        var theirs = TemplateOf(device);
        Assert.DoesNotContain(device.Differences, difference =>
            theirs.TryGetValue(difference.Gpio, out var pin) &&
            pin.RoleName is "Rel" or "Rel_n" or "BridgeFWD" or "BridgeREV" or "BL0937CF" or "BL0937CF1");
    });

    [Fact]
    public void PublicDevices_AreManyAndOfEveryKind()
    {
        Assert.True(All.Length >= 45);
        var roles = All.SelectMany(device => TemplateOf(device).Values).Select(pin => pin.RoleName).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "Rel", "Btn", "BridgeFWD", "PWM", "PWM_n", "BL0937CF", "LED_n", "WifiLED_n", "IRSend", "BAT_Relay", "SM2135DAT",
                "BP1658CJ_DAT", "BP5758D_DAT",
            },
            roles);
        Assert.Equal(All.Length, All.Select(device => device.Name).Distinct().Count());
    }

    private static TuyaWiring WiringOf(Device device)
    {
        Assert.True(TuyaUserParameters.TryParse(device.Tuya, out var parameters));
        return TuyaWiring.Create(parameters, null);
    }

    private static Dictionary<int, ObkPin> TemplateOf(Device device) => device.Template.Replace(" ;", ";").Split(' ')
        .Select(text => text.Split('=')).ToDictionary(parts => Number(parts[0]), parts => Pin(Number(parts[0]), parts[1]));

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static ObkPin Pin(int gpio, string text)
    {
        Assert.True(ObkPin.TryParse(gpio, text, out var pin), text);
        return pin;
    }

    private static List<int> Differing(Dictionary<int, ObkPin> ours, Dictionary<int, ObkPin> theirs)
    {
        var differing = new List<int>();
        var (toTheirs, toOurs) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        foreach (int gpio in ours.Keys.Union(theirs.Keys).OrderBy(gpio => gpio))
        {
            bool same = ours.TryGetValue(gpio, out var our) && theirs.TryGetValue(gpio, out var their) && our.Role == their.Role &&
                (IsPwm(our) ? our.Channel - FirstPwm(ours) == their.Channel - FirstPwm(theirs) :
                    !CountsChannel(our) || (Pairs(toTheirs, our.Channel, their.Channel) && Pairs(toOurs, their.Channel, our.Channel)));
            if (!same)
                differing.Add(gpio);
        }
        return differing;
    }

    private static bool Pairs(Dictionary<int, int> pairs, int one, int other) => pairs.TryAdd(one, other) || pairs[one] == other;

    private static bool IsPwm(ObkPin pin) => pin.RoleName is "PWM" or "PWM_n";

    private static int FirstPwm(Dictionary<int, ObkPin> pins) => pins.Values.Where(IsPwm).Min(pin => pin.Channel);

    private static bool CountsChannel(ObkPin pin) =>
        ObkPinRoles.ChannelCount(pin.Role) > 0 && pin.RoleName is not ("BAT_ADC" or "Btn_SmartLED");

    private static bool IsCovered(Why why, string ours, string theirs, TuyaWiring wiring, int gpio) => why switch
    {
        Why.Indicator => IsIndicator(ours) && IsIndicator(theirs),
        Why.Button => IsButton(ours) && (IsButton(theirs) || theirs == "dInput_n"),
        Why.NotMapped => ours.Length == 0 && wiring.UnmappedPins.Any(pin => pin.Gpio == gpio),
        Why.NotInText => ours.Length == 0 && wiring.UnmappedPins.All(pin => pin.Gpio != gpio),
        Why.NotInTemplate => ours is "LED_n" or "Btn" or "ADC" && theirs.Length == 0,
        Why.DeepSleep => ours == "dInput" && theirs == "DoorSnsrWSleep",
        Why.SharedChannel => ours == theirs && ours == "Btn",
        Why.ColourOrder or Why.WhiteAsWarm => ours == "PWM" && theirs == "PWM",
        Why.ListError => IsSm2135(ours) && IsSm2135(theirs),
        _ => false,
    };

    private static bool IsButton(string role) => role.StartsWith("Btn", StringComparison.Ordinal);

    private static bool IsSm2135(string role) => role is "SM2135DAT" or "SM2135CLK";

    private static bool IsIndicator(string role) => role is "LED" or "LED_n" or "WifiLED" or "WifiLED_n";
}
