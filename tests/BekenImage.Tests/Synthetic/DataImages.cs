using System.Text;
using BekenImage.Tests.Formats.FlashVars;
using BekenImage.Tests.Formats.Net;
using BekenImage.Tests.Formats.Obk;
using BekenImage.Tests.Formats.Rf;
using BekenImage.Tests.Formats.Tuya;

namespace BekenImage.Tests.Synthetic;

/// <summary>A chip without programs that holds everything with a secret, made from the byte tables; and the secrets in it.</summary>
internal static class DataImages
{
    public const int RfOffset = 0x1D0000;
    public const int FastConnectOffset = 0x1D1000;
    public const int NetParamOffset = 0x1E1000;
    public const int FlashVarsOffset = 0x1E5000;
    public const int ProtectedOffset = 0x1ED000;
    public const int ObkOffset = 0x100000;
    public const int PemOffset = 0x110000;
    public const int StrayOffset = 0x140123;

    public const string Psk = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    public static readonly string[] Secrets =
    [
        "HomeNetwork-A", "pass phrase A", Psk, "SECRET-1", "SECRET-2", "SECRET-3", "fast connect B", "HomeNetwork-C", "pass phrase C",
        "broker login", "broker pass 7", "web password 8", "HomeNetwork-D", "pass phrase D", "abcdef0123456789", "PEM BODY", "script pass",
    ];

    public static byte[] Full()
    {
        byte[] wifi = TuyaImages.Text("{\"ssid\":\"HomeNetwork-D\",\"passwd\":\"pass phrase D\",\"md\":1}");
        byte[] licence = TuyaImages.Text("{\"uuid\":\"abcdef0123456789\",\"prod_test\":false}");
        byte[] block = TuyaImages.Block(0, 1).Index(1, "gw_wsm", wifi, (0, 2, 2)).Data(2, wifi).Index(3, "gw_bi", licence, (0, 4, 4)).Data(4, licence);
        byte[] image = TuyaImages.Chip(block);
        TuyaImages.ProtectedBlock(uint.MaxValue, ("gw_bi", licence), ("gw_wsm", wifi)).CopyTo(image, ProtectedOffset);
        RfTestData.CompleteTable().CopyTo(image, RfOffset);
        FastConnectTests.Sector(FastConnectTests.Record("HomeNetwork-A", Psk, "pass phrase A"), true, false).CopyTo(image, FastConnectOffset);
        NetParamTests.Table().CopyTo(image, NetParamOffset);
        FlashVarsTests.Area(FlashVarsTests.Entry(0x3F, "OBK_FV", FlashVarsTests.Variables(3)), FlashVarsTests.Entry(0x3F, "fcdata", TuyaImages.Text("fast connect B\0")))
            .CopyTo(image, FlashVarsOffset);
        ObkConfig().CopyTo(image, ObkOffset);
        TuyaImages.Text("-----BEGIN CERTIFICATE-----\nPEM BODY\n").CopyTo(image, PemOffset);
        TuyaImages.Text("left lying: HomeNetwork-D, pass phrase C, pass phrase A;").CopyTo(image, StrayOffset);
        return image;
    }

    public static byte[] ObkConfig() => ObkTestData.Minimal(5, "Password1 script pass; startDriver BL0942", bytes =>
    {
        void Put(int offset, string text) => Encoding.ASCII.GetBytes(text).CopyTo(bytes, offset);
        Put(0x014, "HomeNetwork-C");
        Put(0x054, "pass phrase C");
        Put(0x094, "host.example");
        Put(0x1D4, "broker login");
        Put(0x214, "broker pass 7");
        Put(0x2FE, "HomeNetwork-C");
        Put(0xC84, "web password 8");
        bytes[0x33E + 6] = 3;
    });
}
