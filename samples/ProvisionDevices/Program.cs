// One image and a list of devices become an image for each: its name, its network, its fixed address, its MAC.
//
//     export WIFI_PASS='the pass phrase'
//     dotnet run --project samples/ProvisionDevices -- openbeken.bin devices.csv images
//
// devices.csv, the last two columns as one likes:
//
//     name,ssid,ip,mac,mask,gateway
//     lamp-01,workshop,192.168.4.21,02:00:00:00:10:01,255.255.255.0,192.168.4.1
//
// Every row is looked at, and every image made, before the first is written: where one is refused, nothing is.

using BekenImage;
using ProvisionDevices;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: ProvisionDevices IMAGE LIST FOLDER");
    return 2;
}
if (Directory.Exists(args[2]) || File.Exists(args[2]))
{
    Console.Error.WriteLine($"{args[2]} is there already");
    return 2;
}

var image = FlashImage.Load(args[0]);
var list = DeviceList.Read(args[1]);
var refused = list.Refused.ToList();
var images = new List<(Device Device, byte[] Bytes)>();
foreach (var device in list.Devices)
{
    try
    {
        images.Add((device, ImageFor(image, device)));
    }
    catch (BekenImageException refusal)
    {
        refused.Add($"line {device.Line}: {refusal.Message}");
    }
}
foreach (string reason in refused)
    Console.Error.WriteLine(reason);
if (refused.Count > 0 || images.Count == 0)
{
    Console.Error.WriteLine("nothing was written");
    return 3;
}

// Filled under another name, so that the folder has all images or is not there.
string partial = args[2].TrimEnd('/', '\\') + ".partial";
Directory.CreateDirectory(partial);
foreach (var (device, bytes) in images)
{
    File.WriteAllBytes(Path.Combine(partial, device.Name + ".bin"), bytes);
    Console.WriteLine($"{device.Name}.bin: {device.Mac}, {device.Address}, joins {device.Ssid}");
}
Directory.Move(partial, args[2]);
return 0;

static byte[] ImageFor(FlashImage image, Device device)
{
    byte[] bytes = image.Edit()
        .SetMac(device.Mac)
        .SetObk("shortDeviceName", device.Name)
        .SetObk("longDeviceName", device.Name)
        .SetObk("mqttClientId", device.Name)
        .SetObk("wifiSsid", device.Ssid)
        .SetObk("wifiPass", Environment.GetEnvironmentVariable("WIFI_PASS") ?? string.Empty)
        .SetObk("staticIP.0", device.Address)
        .SetObk("staticIP.1", device.Mask)
        .SetObk("staticIP.2", device.Gateway)
        .SetObk("staticIP.3", device.Gateway)
        .ToArray();
    return ImageVerifier.Verify(FlashImage.Parse(bytes)).Boots ? bytes : throw new BekenImageException("the image would not boot");
}
