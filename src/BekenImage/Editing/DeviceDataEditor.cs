using BekenImage.Chips;
using BekenImage.Editing;
using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;
using BekenImage.Formats.Tuya;

namespace BekenImage;

/// <summary>
/// Changes what an image holds besides programs: MAC and calibration, OpenBeken's configuration, Tuya's values. Every other byte, length
/// and rotation stay as they were. The guards of <see cref="ImageCombiner"/> apply.
/// </summary>
public static class DeviceDataEditor
{
    /// <summary>
    /// Sets the MAC in every copy the firmware may read: the RF table where the firmware looks, every other that has the same MAC as the
    /// one that counts, and the MAC item of NET_PARAM tables. Calibration stays.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="mac">The MAC.</param>
    /// <returns>The whole image, rotated as it was.</returns>
    /// <exception cref="BekenImageException">There is no RF table to put it in, or no station may have that MAC.</exception>
    /// <exception cref="ImageGuardException">A table lies in the bootloader.</exception>
    public static byte[] SetMac(FlashImage image, MacAddress mac)
    {
        Check(image);
        if (image.Rf is not { } counts)
            throw new BekenImageException(FindingCode.RfMissing, "there is no RF table to put the MAC in; restore one first");
        var patch = new SectorPatch(image);
        foreach (var table in image.RfTables.Where(table => table.Offset == counts.Offset || table.Offset == image.Content.Map?.Rf.Start || table.Mac == counts.Mac))
            patch.Replace(table.Offset, RfWriter.WithMac(table, mac).Bytes.Span, PartitionNames.Rf);
        foreach (var table in image.NetParamTables.Where(table => table.Mac is not null))
            patch.Replace(table.Offset, NetParamWriter.WithMac(table, mac).Bytes.Span, PartitionNames.Net);
        return patch.ToArray();
    }

    /// <summary>Where <see cref="RestoreRf"/> puts a table: where the image's own firmware looks.</summary>
    /// <param name="image">The image.</param>
    /// <returns>Physical, un-rotated offset; null where it is not known.</returns>
    public static long? RfAddress(FlashImage image)
    {
        Check(image);
        return image.Content.Map?.Rf.Start;
    }

    /// <summary>Puts an RF table where the image's own firmware looks, and 0xFF behind it up to the end of the sector.</summary>
    /// <param name="image">The image.</param>
    /// <param name="table">The table to restore.</param>
    /// <param name="mac">The MAC it shall have; null keeps its own.</param>
    /// <param name="allowUncalibrated">True to take a table with chip information only.</param>
    /// <param name="findings">Receives warnings, or null.</param>
    /// <returns>The whole image, rotated as it was.</returns>
    /// <exception cref="BekenImageException">The table is not one to restore, or no station may have that MAC.</exception>
    /// <exception cref="ImageGuardException">It is not known where the firmware looks, or another area or the end of the flash is there.</exception>
    public static byte[] RestoreRf(FlashImage image, RfTable table, MacAddress? mac, bool allowUncalibrated, ICollection<Finding>? findings)
    {
        Check(image);
        if (table is null)
            throw new ArgumentNullException(nameof(table));
        if (RfAddress(image) is not { } target)
        {
            throw new ImageGuardException(FindingCode.AddressUnknown,
                "it is not known where this image's firmware looks for its RF table; there is no default address");
        }
        var replaced = image.RfTables.FirstOrDefault(other => other.Offset == target);
        var sector = RfWriter.BuildRestoredSector(table, mac, replaced, allowUncalibrated, findings);
        var patch = new SectorPatch(image);
        patch.Put(target, sector, PartitionNames.Rf, PartitionNames.Rf);
        return patch.ToArray();
    }

    /// <summary>Changes the OpenBeken configuration, or makes one from the firmware's defaults where its firmware looks.</summary>
    /// <param name="image">The image; a QIO file too short for a configuration is extended.</param>
    /// <param name="change">Sets fields.</param>
    /// <param name="fromDefaults">True to start from the firmware's defaults even where there is a configuration.</param>
    /// <returns>The whole image, rotated as it was.</returns>
    /// <exception cref="BekenImageException">
    /// A value was refused, the checksum of the present configuration is wrong, or there are no defaults for the chip.
    /// </exception>
    /// <exception cref="ImageGuardException">It is not known where the firmware looks, or another area or the end of the flash is there.</exception>
    public static byte[] SetObkConfig(FlashImage image, Action<ObkConfigBuilder> change, bool fromDefaults = false)
    {
        Check(image);
        if (change is null)
            throw new ArgumentNullException(nameof(change));
        var patch = new SectorPatch(image);
        if (image.ObkConfig is { } present && !fromDefaults)
        {
            if (!present.ChecksumOk)
            {
                throw new BekenImageException(FindingCode.ObkChecksum,
                    "the checksum of the OpenBeken configuration is wrong: its firmware ignores it, and a change would make the damage look right; " +
                    "start from the firmware's defaults", present.Offset);
            }
            PutConfig(image, patch, Change(present, change));
            return patch.ToArray();
        }
        var map = image.Content.Map;
        if (map is null || image.Flavor != FirmwareFlavor.OpenBeken)
        {
            throw new ImageGuardException(FindingCode.AddressUnknown,
                "there is no OpenBeken configuration in it, and it is not known where its firmware would look for one; there is no default address");
        }
        PutConfig(image, patch, Change(Defaults(image.Chip, image.Rf?.Mac, map), change));
        return patch.ToArray();
    }

    /// <summary>Stores a Tuya value, in place of the one of that name or new, with its copies in protected blocks and UF files.</summary>
    /// <param name="image">The image.</param>
    /// <param name="name">The key.</param>
    /// <param name="text">The value; NULs behind it are kept as they were. The crc inside <c>user_param_key</c> is renewed.</param>
    /// <returns>The whole image, rotated as it was.</returns>
    /// <exception cref="BekenImageException">There is nothing to store it in, it does not fit, or it is no such text.</exception>
    /// <exception cref="ImageGuardException">A sector lies where another area is.</exception>
    public static byte[] SetTuyaValue(FlashImage image, string name, string text)
    {
        Check(image);
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        var old = image.TuyaStorage?.Find(name);
        byte[] data = name == TuyaUserParameters.Key ? UserParameters(text) : old?.Encode(text) ?? System.Text.Encoding.UTF8.GetBytes(text);
        return SetTuyaValue(image, name, data);
    }

    /// <summary>Stores the bytes of a Tuya value.</summary>
    /// <param name="image">The image.</param>
    /// <param name="name">The key.</param>
    /// <param name="data">The bytes as they are to be stored.</param>
    /// <returns>The whole image, rotated as it was.</returns>
    /// <exception cref="BekenImageException">There is nothing to store it in, or it does not fit.</exception>
    /// <exception cref="ImageGuardException">A sector lies where another area is.</exception>
    public static byte[] SetTuyaValue(FlashImage image, string name, byte[] data)
    {
        Check(image);
        var patch = new SectorPatch(image);
        foreach (var sector in TuyaWriter.SetValue(image.TuyaContents, name, data))
            patch.Put(sector.Offset, sector.Data.Span, PartitionNames.Tuya, PartitionNames.Tuya);
        return patch.ToArray();
    }

    /// <summary>The configuration the firmware of a chip writes when it finds none, for the place where it looks.</summary>
    internal static ObkConfig Defaults(BekenChip chip, MacAddress? mac, FlashMap map) => ObkConfigDefaults.Create(
        chip.ToString(), mac is { IsStation: true } own ? own : ObkConfigDefaults.MacOf(chip.ToString()), map.Net.Start);

    internal static ObkConfig Change(ObkConfig config, Action<ObkConfigBuilder> change)
    {
        var builder = new ObkConfigBuilder(config);
        change(builder);
        return builder.Build();
    }

    // In place of a configuration its bytes are replaced; a new one gets the whole sector.
    private static void PutConfig(FlashImage image, SectorPatch patch, ObkConfig config)
    {
        if (image.Content.Sectors.ObkConfigs.Any(present => present.Offset == config.Offset && present.Length == config.Length))
            patch.Replace(config.Offset, config.Bytes.Span, PartitionNames.ObkConfig);
        else if (config.Offset >= image.Length)
            patch.Append(config.Offset, config.ToSector(), PartitionNames.ObkConfig);
        else
            patch.Put(config.Offset, config.ToSector(), PartitionNames.ObkConfig, PartitionNames.ObkConfig, PartitionNames.Net);
    }

    private static byte[] UserParameters(string text) => TuyaUserParameters.TryParse(text, out var parameters)
        ? parameters.WithRenewedCrc().ToBytes()
        : throw new BekenImageException(FindingCode.TuyaUserParamInvalid, "a user_param_key is a text in braces: {name:value,...}");

    private static void Check(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
    }
}
