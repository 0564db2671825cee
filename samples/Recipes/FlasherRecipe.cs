// As in the .NET Framework programs it is for.
#nullable disable

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BekenImage;
using BekenImage.Crypto;
using BekenImage.Documents;
using BekenImage.Formats.Rf;

/// <summary>What flashers do by themselves today, in calls of the library: docs/change-your-flasher.md, function by function.</summary>
public static class FlasherRecipe
{
    /// <summary>The app of a dump as the CPU sees it; null where there is none or its key is not known.</summary>
    public static byte[] PlainApp(byte[] dump)
    {
        FlashImage image = FlashImage.Parse(dump);
        Partition app = image.FindPartition("app");
        return app?.Key == null ? null : image.Decode(app).ToArray();
    }

    /// <summary>Code as it lies in flash: enciphered, 34 bytes for every 32.</summary>
    public static byte[] Pages(byte[] code, BekenKey key, uint logicalAddress)
    {
        byte[] whole = new byte[(code.Length + FlashPages.DataSize - 1) / FlashPages.DataSize * FlashPages.DataSize];
        code.CopyTo(whole, 0);
        byte[] pages = new byte[whole.Length / FlashPages.DataSize * FlashPages.PageSize];
        FlashPages.Encode(whole, pages, key, logicalAddress);
        return pages;
    }

    /// <summary>The key of a dump: named by its vectors or bootloader, or recovered from the code. Null where it is not known.</summary>
    public static BekenKey? KeyOf(byte[] dump) => FlashImage.Parse(dump).Key.Value;

    /// <summary>The calibration of this device, wherever it lies; null where it has lost its own.</summary>
    public static RfTable Calibration(byte[] dump)
    {
        RfTable table = FlashImage.Parse(dump).Rf;
        return table == null || table.IsGeneric || !table.IsCalibrated ? null : table;
    }

    /// <summary>Where a firmware of that kind looks for the calibration on that chip; null where nobody knows.</summary>
    public static long? CalibrationAddress(BekenChip chip, FirmwareFlavor flavor) => ChipLayout.For(chip, flavor)?.Rf.Start;

    /// <summary>The dump with another MAC and another configuration, checksums right, every other byte as it was.</summary>
    public static byte[] Configured(byte[] dump, MacAddress mac, string ssid, string password)
    {
        ImageDraft draft = FlashImage.Parse(dump).Edit().SetMac(mac).SetObkConfig(config =>
        {
            config.Set("wifiSsid", ssid);
            config.Set("wifiPass", password);
        });
        return draft.ToArray();
    }

    /// <summary>OpenBeken's template of a Tuya device's dump; null where the dump holds nothing of Tuya's.</summary>
    public static string Template(byte[] dump)
    {
        FlashImage image = FlashImage.Parse(dump);
        return image.TuyaContents.IsEmpty ? null : DeviceTemplates.FromTuya(image);
    }

    /// <summary>What to flash: the backup with the firmware in it. What stands against it is told, and null is given.</summary>
    public static byte[] ImageToFlash(byte[] backup, byte[] firmware, BekenKey? keyOfChip, IEnumerable<NamedValue> settings, TextWriter log)
    {
        CombineOptions options = new CombineOptions { Key = keyOfChip };
        foreach (NamedValue setting in settings)
            options.ObkChanges.Add(setting);
        CombinePlan plan = new ImageCombiner(FlashImage.Parse(backup), FlashImage.Parse(firmware), options).Plan();
        foreach (Finding finding in plan.Findings)
            log.WriteLine(finding);
        return plan.CanBuild ? plan.ToArray() : null;
    }

    /// <summary>Writes what differs, each range checked by the ROM's own CRC.</summary>
    public static void Write(
        byte[] current, byte[] target, Action<long, long> erase, Action<long, byte[]> write, Func<long, long, uint> romCrc)
    {
        FlashPlan plan = FlashPlanner.Plan(FlashImage.Parse(current), FlashImage.Parse(target));
        foreach (FlashStep step in plan.Steps)
        {
            if (step.Action == FlashStepAction.Erase)
                erase(step.Offset, step.Length);
            else
                write(step.Offset, step.Bytes.ToArray());
            if (romCrc(step.Offset, step.Length) != step.Crc32)
                throw new IOException("what the chip holds at 0x" + step.Offset.ToString("x") + " is not what was written");
        }
    }

    /// <summary>Whether a read is a backup worth keeping; the reasons against it.</summary>
    public static IReadOnlyList<string> AgainstBackup(byte[] dump)
    {
        VerifyResult result = ImageVerifier.Verify(FlashImage.Parse(dump));
        if (result.Backup == true)
            return new string[0];
        return result.BackupChecks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Message).ToArray();
    }
}
