using BekenImage.Formats.Rf;
using BekenImage.Images;

namespace BekenImage.Combining;

/// <summary>Which RF table a combined image has, where it goes, and what is to be said of it.</summary>
internal sealed class RfPlacement
{
    private readonly RfTable _table;
    private readonly bool _isInPlace;

    private RfPlacement(RfTable table, ImageRegion region, MacAddress? mac, bool isAskedFor, bool isInPlace)
    {
        _table = table;
        Region = region;
        Mac = mac;
        IsAskedFor = isAskedFor;
        _isInPlace = isInPlace;
    }

    public ImageRegion Region { get; }

    /// <summary>The MAC the device will have.</summary>
    public MacAddress? Mac { get; }

    /// <summary>True when the caller gave the table or its MAC: then it is a part of every output.</summary>
    public bool IsAskedFor { get; }

    /// <summary>Chooses; null where there is no table, or none is wanted.</summary>
    /// <exception cref="BekenImageException">A MAC was asked for and there is no table to put it in, or it does not take it.</exception>
    /// <exception cref="ImageGuardException">It is not known where the firmware looks for the table that was given.</exception>
    public static RfPlacement? Make(CombineInputs inputs, CombineOptions options, List<Finding> findings)
    {
        if (Select(inputs, options, findings) is not { } table)
            return null;
        bool given = options.Rf == RfChoice.Given;
        bool changed = options.Mac is not null;
        long target = inputs.Map?.Rf.Start ?? (given ? throw AddressUnknown() : table.Offset);
        if (inputs.Map is null)
        {
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.FirmwareMapUnknown,
                "it is not known where this firmware looks for RF calibration; the table stays where it is", table.Offset));
        }
        var written = changed ? Blame.On(PartitionNames.Rf, () => RfWriter.WithMac(table, options.Mac!.Value)) : table;
        findings.AddRange(Faults(inputs, options, written).Select(fault => Warning(fault, options)));
        bool moved = given || target != table.Offset;
        var range = new FlashRange(target, FlashGeometry.SectorSize);
        // An update keeps the sector as it is, whatever lies behind the table.
        ReadOnlyMemory<byte> sector = changed || moved ? RfWriter.ToSector(written) : range.Of(inputs.Factory.Bytes);
        var origin = changed ? RegionOrigin.Built : moved ? RegionOrigin.Moved : RegionOrigin.Factory;
        string reason = (given, moved) switch
        {
            (true, _) => "RF table from a file, where this firmware looks",
            (_, true) => FormattableString.Invariant($"calibration moved from 0x{table.Offset:x} to where this firmware looks"),
            _ => "calibration is where this firmware looks",
        };
        var region = new ImageRegion(
            PartitionNames.Rf, range, origin, sector, given ? options.RfTableName : options.FactoryName, given ? null : table.Offset,
            changed ? reason + "; another MAC" : reason);
        return new RfPlacement(written, region, written.Mac, given || changed, origin == RegionOrigin.Factory);
    }

    /// <summary>What follows where the output is a part of the chip: flashed over the device's own content, it may leave the table behind.</summary>
    /// <param name="isWritten">Whether the table is a part of the output.</param>
    /// <param name="findings">Receives the warning.</param>
    public void JudgeOutput(bool isWritten, List<Finding> findings)
    {
        if (isWritten || _isInPlace)
            return;
        string where = FormattableString.Invariant(
            $"this firmware looks for calibration at 0x{Region.Offset:x}, the device keeps it at 0x{_table.Offset:x}");
        string cure = FormattableString.Invariant($"unless the device's RF table is also written to 0x{Region.Offset:x}");
        string message = $"{where}, and this output does not move it: the MAC will end in 00:00:00 {cure}";
        findings.Add(new Finding(FindingSeverity.Warning, FindingCode.RfElsewhere, message, _table.Offset) { Subject = Blame.Factory });
    }

    private static RfTable? Select(CombineInputs inputs, CombineOptions options, List<Finding> findings)
    {
        if (options.Rf == RfChoice.None && options.Mac is null)
        {
            if (ImageAreas.SelectRf(inputs.Factory.RfTables, inputs.Map?.Rf.Start) is { } leftOut)
            {
                findings.Add(new Finding(FindingSeverity.Warning, FindingCode.CalibrationLost, FormattableString.Invariant(
                    $"the device's calibration at 0x{leftOut.Offset:x} ({leftOut.Describe()}) is left out, as asked: the device will run uncalibrated, under a MAC its firmware makes up"),
                    leftOut.Offset) { Subject = Blame.Factory });
            }
            return null;
        }
        if (options.Rf == RfChoice.Given)
        {
            return options.RfTable ??
                throw new BekenImageException(FindingCode.RfNotATable, "no RF table was given").About(PartitionNames.Rf);
        }
        var tables = inputs.Factory.RfTables;
        var table = ImageAreas.SelectRf(tables, inputs.Map?.Rf.Start);
        if (table is null)
        {
            if (options.Mac is not null)
            {
                throw new BekenImageException(FindingCode.RfMissing, "there is no RF table to put the MAC in; give one")
                    .About(Blame.Factory);
            }
            findings.Add(new Finding(FindingSeverity.Warning, FindingCode.RfMissing,
                "the dump holds no RF table; the device will run uncalibrated, under a MAC its firmware makes up"));
            return null;
        }
        findings.AddRange(tables.Where(other => other.Offset != table.Offset).Select(other => new Finding(
            FindingSeverity.Warning, FindingCode.RfSeveral, FormattableString.Invariant(
                $"another RF table lies at 0x{other.Offset:x} ({other.Describe()}); the one at 0x{table.Offset:x} is used"),
            other.Offset)));
        return table;
    }

    private static IEnumerable<Finding> Faults(CombineInputs inputs, CombineOptions options, RfTable table)
    {
        foreach (var fault in RfFaults.Of(table))
            yield return fault;
        bool given = options.Rf == RfChoice.Given;
        if (DeviceRf.OtherChip(table, given ? options.RfTableChip : BekenChip.Unknown, inputs.Chip) is { } otherChip)
            yield return otherChip;
        if (given && options.Mac is null && table.Mac is { } mac && DeviceRf.MacOf(inputs.Factory) is { } own && own.Mac != mac)
            yield return RfWriter.MacDiffers(own, mac);
    }

    // What is wrong with the table stands against nothing: it is used, there is none better. Which file it came from is said.
    private static Finding Warning(Finding fault, CombineOptions options)
    {
        bool given = options.Rf == RfChoice.Given;
        string message = given ? $"'{options.RfTableName}': {fault.Message}" : fault.Message + "; it is used, the dump holds none better";
        return new Finding(FindingSeverity.Warning, fault.Code, message, fault.Offset) { Subject = given ? PartitionNames.Rf : Blame.Factory };
    }

    private static ImageGuardException AddressUnknown() => new ImageGuardException(FindingCode.AddressUnknown,
        "it is not known where this firmware looks for RF calibration; there is no default address").About(Blame.Firmware);
}
