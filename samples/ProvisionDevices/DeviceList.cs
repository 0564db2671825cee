using System.Net;
using System.Net.Sockets;
using System.Text;
using BekenImage;
using Microsoft.VisualBasic.FileIO;

namespace ProvisionDevices;

/// <summary>A row of the list that can be used.</summary>
internal sealed record Device(long Line, string Name, string Ssid, string Address, string Mask, string Gateway, MacAddress Mac);

/// <summary>The rows of a CSV file: those that can be used, and what is wrong with the others.</summary>
internal sealed record DeviceList(IReadOnlyList<Device> Devices, IReadOnlyList<string> Refused)
{
    private static readonly string[] Needed = ["name", "ssid", "ip", "mac"];

    public static DeviceList Read(string file)
    {
        using var parser = new TextFieldParser(file, Encoding.UTF8) { Delimiters = [",", ";"], TrimWhiteSpace = true };
        string[] columns = [.. (parser.ReadFields() ?? []).Select(column => column.ToLowerInvariant())];
        if (Needed.FirstOrDefault(column => !columns.Contains(column)) is { } missing)
            return new DeviceList([], [$"line 1: there is no column {missing}"]);

        var devices = new List<Device>();
        var refused = new List<string>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (!parser.EndOfData)
        {
            long line = parser.LineNumber;
            try
            {
                string[] fields = parser.ReadFields()!;
                var device = ToDevice(line, name => Array.IndexOf(columns, name) is >= 0 and var at && at < fields.Length ? fields[at] : string.Empty);
                foreach (string own in new[] { device.Name, device.Address, device.Mac.ToString() })
                {
                    if (!taken.Add(own))
                        throw new FormatException($"{own} is in the list twice");
                }
                devices.Add(device);
            }
            catch (Exception error) when (error is FormatException or MalformedLineException)
            {
                refused.Add($"line {line}: {error.Message}");
            }
        }
        return new DeviceList(devices, refused);
    }

    private static Device ToDevice(long line, Func<string, string> field)
    {
        string name = field("name"), ssid = field("ssid"), mac = field("mac");
        if (name.Length is 0 or > 31 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw new FormatException($"\"{name}\" is no name: letters, digits, - and _ name a device and its file");
        if (Encoding.UTF8.GetByteCount(ssid) is 0 or > 32)
            throw new FormatException($"\"{ssid}\" is no network: its name has 1 to 32 bytes");
        if (!MacAddress.TryParse(mac, out var address) || !address.IsStation || address.IsPlaceholder)
            throw new FormatException($"\"{mac}\" is no MAC a device may have as its own");
        return new Device(line, name, ssid, Ip(field("ip"), null), Ip(field("mask"), "255.255.255.0"), Ip(field("gateway"), "0.0.0.0"), address);
    }

    // 10.1 is an address to some parsers: all four numbers are wanted.
    private static string Ip(string text, string? otherwise) => text.Length == 0 && otherwise is not null ? otherwise
        : text.Count(letter => letter == '.') == 3 && IPAddress.TryParse(text, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork ? ip.ToString()
        : throw new FormatException($"\"{text}\" is no address");
}
