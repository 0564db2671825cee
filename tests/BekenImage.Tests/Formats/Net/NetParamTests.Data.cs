using BekenImage.Tests.Formats.Rf;

namespace BekenImage.Tests.Formats.Net;

/// <summary>What other tests make images of, too.</summary>
public partial class NetParamTests
{
    internal static byte[] Table() => RfTestData.Group(0x00564C54,
        RfTestData.Item(0x11111111, "01000000"),
        RfTestData.Item(0x44444444, "0211223344550000"),
        RfTestData.Group(0x55555555, Padded("net", 32), Padded("SECRET-1", 64)),
        RfTestData.Group(0x66666666, Padded("192.168.0.9", 16), Padded("255.255.255.0", 16), Padded("192.168.0.1", 16)),
        RfTestData.Group(0x2EEEEEEE, Padded("broker", 64), Padded("SECRET-2", 64), [0x5B, 7, 0, 0], Padded("host", 64), Padded("SECRET-3", 128)),
        RfTestData.Item(0x12345678, "0102"));

    private static byte[] Padded(string text, int size)
    {
        var bytes = new byte[size];
        System.Text.Encoding.ASCII.GetBytes(text).CopyTo(bytes, 0);
        return bytes;
    }
}
