using BekenImage;

/// <summary>Makes one image for one of many devices: its MAC, its name, its network, a start-up file.</summary>
public static class EditRecipe
{
    public static byte[] Run(FlashImage image, MacAddress mac, string name, string ssid, string password)
    {
        ImageDraft draft = image.Edit()
            .SetMac(mac)
            .SetObk("shortDeviceName", name)
            .SetObk("wifiSsid", ssid)
            .SetObk("wifiPass", password)
            .AddFile("autoexec.bat", System.Text.Encoding.ASCII.GetBytes("startDriver NTP"));

        // Every change can be looked at before it is written: where, what, and why. One that is refused has thrown, and changed nothing.
        foreach (ImageChange change in draft.Changes)
            System.Console.WriteLine(change);
        return draft.ToArray();
    }
}
