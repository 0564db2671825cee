using System.Text;

namespace BekenImage.Tests.Formats.Net;

/// <summary>What other tests make images of, too.</summary>
public partial class FastConnectTests
{
    internal static byte[] Record(string ssid, string psk, string passphrase)
    {
        var bytes = new byte[171];
        Encoding.ASCII.GetBytes(ssid).CopyTo(bytes, 0);
        new byte[] { 2, 0, 0, 0, 0, 7, 4, 6 }.CopyTo(bytes, 0x21);
        Encoding.ASCII.GetBytes(psk).CopyTo(bytes, 0x29);
        Encoding.ASCII.GetBytes(passphrase).CopyTo(bytes, 0x6A);
        return bytes;
    }

    internal static byte[] Sector(byte[] record, bool isObfuscated, bool isLong)
    {
        byte[] key = Convert.FromHexString("55AA5A55A54D637F");
        byte[] stored = isLong ? [.. record, 1, .. Enumerable.Repeat((byte)0x42, 16)] : record;
        if (isObfuscated)
            stored = stored.Select((value, i) => (byte)(value ^ key[i % 8])).ToArray();
        return [.. stored, .. Enumerable.Repeat((byte)0xFF, 4096 - stored.Length)];
    }
}
