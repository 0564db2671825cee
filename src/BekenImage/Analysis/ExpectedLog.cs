using System.Text;
using BekenImage.Combining;
using BekenImage.Formats.Obk;

namespace BekenImage;

/// <summary>What a device prints when a combined image boots: the bootloader's last line, then the firmware's.</summary>
internal static class ExpectedLog
{
    private const string ApplicationStart = "0x10000";

    /// <summary>The text each bootloader holds for the line it prints before it jumps, and that line; as read in logs of each.</summary>
    private static readonly (byte[] Held, string Line)[] Marks =
    [
        (Encoding.ASCII.GetBytes("go os_addr(0x%x)"), $"go os_addr({ApplicationStart})"),
        (Encoding.ASCII.GetBytes("The Bootloader will go to %x."), "The Bootloader will go to 10000."),
        (Encoding.ASCII.GetBytes("Jump 0x%x."), $"Jump {ApplicationStart}."),
        (Encoding.ASCII.GetBytes("J 0x%x"), $"J {ApplicationStart}"),
    ];

    public static NextStep Step(CombinePlan plan, FlashTarget target)
    {
        var lines = new List<string>();
        string? mark = MarkOf(target.DecipherBootloader());
        if (mark is not null)
            lines.Add(mark);
        string note = "on TX2 at 115200 baud, when the device is switched on" + (mark is null ? "; the bootloader prints before it" : string.Empty);
        if (target.App.Flavor == FirmwareFlavor.OpenBeken)
            note += "; " + OpenBeken(plan, target, lines);
        return new NextStep(NextSteps.BootLog, lines, note);
    }

    private static string? MarkOf(byte[] bootloader)
    {
        foreach (var (held, line) in Marks)
        {
            if (bootloader.AsSpan().IndexOf(held) >= 0)
                return line;
        }
        return null;
    }

    // The name of a network is the owner's own business: it is not repeated.
    private static string OpenBeken(CombinePlan plan, FlashTarget target, List<string> lines)
    {
        BekenChips.TryGetObkFirmware(target.FirmwareChip, out var firmware);
        string name = firmware?.Name ?? "OpenBK";
        lines.Add(target.App.Version is { } version ? $"{name}, version {version}" : $"{name}, version");
        var region = plan.Regions.FirstOrDefault(region => region.Name == PartitionNames.ObkConfig && region.Origin != RegionOrigin.Erased);
        if (region is null)
        {
            if (plan.Output.Start == 0 && plan.Output.Length == target.FlashLength)
                lines.Add("Config crc or ident mismatch. Default config will be loaded.");
            return $"without a network in its configuration it opens an access point named {name}_..., its page is http://192.168.4.1";
        }
        lines.Add("Correct config has been loaded");
        return NamesANetwork(region.Content, target)
            ? "then it joins the network of its configuration"
            : $"it opens an access point named {name}_..., its page is http://192.168.4.1";
    }

    private static bool NamesANetwork(ReadOnlyMemory<byte> sector, FlashTarget target) =>
        sector.Length >= ObkConfig.CurrentLength &&
        ObkConfigReader.Read(sector.Slice(0, ObkConfig.CurrentLength), 0, BekenChips.PinLayoutOf(target.FirmwareChip))["wifiSsid"] is string { Length: > 0 };
}
