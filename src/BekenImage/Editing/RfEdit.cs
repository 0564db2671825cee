using BekenImage.Formats.Net;
using BekenImage.Formats.Rf;
using BekenImage.Images;

namespace BekenImage.Editing;

/// <summary>MAC and calibration.</summary>
internal static class RfEdit
{
    public static void SetMac(DraftEdit edit, MacAddress mac)
    {
        var image = edit.Image;
        if (image.Rf is not { } counts)
            throw new BekenImageException(FindingCode.RfMissing, "there is no RF table to put the MAC in; restore the device's own first");
        long? looked = image.Content.OffsetOf(image.Content.Map?.Rf.Start);
        foreach (var table in image.RfTables.Where(table => table.Offset == counts.Offset || table.Offset == looked || table.Mac == counts.Mac))
            edit.ReplaceData(table.Offset, RfWriter.WithMac(table, mac).Bytes.Span, PartitionNames.Rf, $"the MAC is {mac}");
        foreach (var table in image.NetParamTables.Where(table => table.Mac is not null))
            edit.ReplaceData(table.Offset, NetParamWriter.WithMac(table, mac).Bytes.Span, PartitionNames.Net, $"the MAC is {mac}");
    }

    public static void Restore(DraftEdit edit, RfTable table, BekenChip from, MacAddress? mac, bool allowUncalibrated)
    {
        var places = RfPlaces.Of(edit.Image);
        if (places.Count != 1 || edit.Image.Content.OffsetOf(places[0]) is not (>= 0 and var target))
        {
            throw new ImageGuardException(FindingCode.AddressUnknown,
                "it is not known where this image's firmware looks for its RF table; there is no default address");
        }
        var sector = RfWriter.BuildRestoredSector(table, mac, DeviceRf.MacOf(edit.Image), allowUncalibrated, edit.Findings);
        if (DeviceRf.OtherChip(table, from, edit.Image.Chip) is { } otherChip)
            edit.Findings.Add(otherChip);
        edit.Put(target, sector, PartitionNames.Rf, "an RF table where this image's firmware looks", PartitionNames.Rf);
    }
}
