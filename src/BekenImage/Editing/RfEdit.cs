using BekenImage.Formats.Net;
using BekenImage.Formats.Rf;

namespace BekenImage.Editing;

/// <summary>MAC and calibration.</summary>
internal static class RfEdit
{
    public static void SetMac(DraftEdit edit, MacAddress mac)
    {
        var image = edit.Image;
        if (image.Rf is not { } counts)
            throw new BekenImageException(FindingCode.RfMissing, "there is no RF table to put the MAC in; restore the device's own first");
        long? looked = image.Content.Map?.Rf.Start;
        foreach (var table in image.RfTables.Where(table => table.Offset == counts.Offset || table.Offset == looked || table.Mac == counts.Mac))
            edit.Replace(table.Offset, RfWriter.WithMac(table, mac).Bytes.Span, PartitionNames.Rf, $"the MAC is {mac}");
        foreach (var table in image.NetParamTables.Where(table => table.Mac is not null))
            edit.Replace(table.Offset, NetParamWriter.WithMac(table, mac).Bytes.Span, PartitionNames.Net, $"the MAC is {mac}");
    }

    public static void Restore(DraftEdit edit, RfTable table, MacAddress? mac, bool allowUncalibrated)
    {
        if (edit.Image.Content.Map?.Rf.Start is not { } target)
        {
            throw new ImageGuardException(FindingCode.AddressUnknown,
                "it is not known where this image's firmware looks for its RF table; there is no default address");
        }
        var replaced = edit.Image.RfTables.FirstOrDefault(other => other.Offset == target);
        var sector = RfWriter.BuildRestoredSector(table, mac, replaced, allowUncalibrated, edit.Findings);
        edit.Put(target, sector, PartitionNames.Rf, "an RF table where this image's firmware looks", PartitionNames.Rf);
    }
}
