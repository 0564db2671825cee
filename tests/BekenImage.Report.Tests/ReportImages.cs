using System.Text;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Tuya;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Report.Tests;

/// <summary>Images made by code: a good dump, one with a configuration that means harm, a Tuya device.</summary>
internal static class ReportImages
{
    public const string HostileSsid = "</script><img src=x onerror=alert(1)>";
    public const string HostileCommand = "backlog echo ``` | <b>x</b> \u202e; setChannel 1 1";
    public const string Password = "the wifi password";
    public const string Mac = "02:01:02:03:04:05";
    public const int ConfigOffset = 0x1D1000;

    public static FlashImage Device() => FlashImage.Parse(new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN) }
        .WithRf(0x1D0000).With(ConfigOffset, ObkTestData.Sector(Config("HomeNetwork", "startDriver BL0942"))).Dump());

    public static FlashImage Hostile() => FlashImage.Parse(new SyntheticImage { App = SyntheticPrograms.App(0x9A75, SyntheticImage.ObkN), AppName = "<i>&\"'", AppVersion = "</td>" }
        .WithRf(0x1D0000).With(ConfigOffset, ObkTestData.Sector(Config(HostileSsid, HostileCommand))).Dump());

    public static FlashImage Damaged()
    {
        byte[] dump = new SyntheticImage().WithRf(0x1D0000).Dump();
        dump[0x11000 + 34 * 7 + 1] ^= 0x10;
        return FlashImage.Parse(dump);
    }

    public static FlashImage Tuya(string module = "CB2S", string extra = "")
    {
        byte[] parameters = TuyaImages.Text($"{{rl1_pin:26,rl1_lv:1,bt1_pin:10,bt1_lv:0,netled1_pin:8,netled1_lv:0,module:{module},{extra}}}");
        return FlashImage.Parse(TuyaImages.Chip(TuyaImages.Block(0, 1).Index(1, "user_param_key", parameters, (0, 2, 2)).Data(2, parameters)));
    }

    public static FlashImage[] All() => [Device(), Hostile(), Damaged(), Tuya(), FlashImage.Parse([1, 2, 3]), FlashImage.Parse(new SyntheticImage().Qio())];

    private static byte[] Config(string ssid, string command) => ObkTestData.Minimal(5, string.Empty, bytes =>
    {
        Encoding.UTF8.GetBytes(ssid).CopyTo(bytes, 0x14);
        Encoding.UTF8.GetBytes(Password).CopyTo(bytes, 0x54);
        Encoding.UTF8.GetBytes(command).CopyTo(bytes, 0x5E0);
        bytes[0x33E + 6] = 1;
        bytes[0x33E + 8] = 3;
    });
}
