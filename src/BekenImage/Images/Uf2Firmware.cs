using BekenImage.Formats.Uf2;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>
/// The part of a UF2 file that a device of Beken's starts. Its bootloader starts one app, at logical 0x10000: of a file for two halves of a
/// flash the half that is linked there is meant, whatever its partition is called.
/// </summary>
internal sealed class Uf2Firmware
{
    private static readonly Uf2Scheme[][] DualSchemes =
    [
        [Uf2Scheme.DeviceDual1, Uf2Scheme.DeviceDual2],
        [Uf2Scheme.FlasherDual1, Uf2Scheme.FlasherDual2],
    ];

    private Uf2Firmware(Uf2Part? part, Finding? finding)
    {
        Part = part;
        Finding = finding;
    }

    /// <summary>Null where there is none, or more than one may be meant.</summary>
    public Uf2Part? Part { get; }

    /// <summary>Which half was taken, or why nothing was; null for a file with one app.</summary>
    public Finding? Finding { get; }

    /// <param name="package">The file.</param>
    /// <param name="parse">Reads a part.</param>
    public static Uf2Firmware Of(Uf2Package package, Func<ReadOnlyMemory<byte>, FlashImage> parse)
    {
        // What a running device takes for an update holds the plain application; else what a cable writes.
        var single = WholeParts(package, Uf2Scheme.DeviceSingle).FirstOrDefault(part => part.Name == PartitionNames.Download) ??
                     WholeParts(package, Uf2Scheme.FlasherSingle).FirstOrDefault(part => part.Name == PartitionNames.App);
        if (single is not null)
            return new Uf2Firmware(single, null);
        var halves = DualSchemes.SelectMany(schemes => schemes).SelectMany(scheme => WholeParts(package, scheme)).Distinct().ToArray();
        foreach (var schemes in DualSchemes)
        {
            var fitting = schemes.SelectMany(scheme => WholeParts(package, scheme)).Distinct().Where(part => IsLinkedForTheApp(parse(part.Data))).ToArray();
            if (fitting.Length == 1)
                return new Uf2Firmware(fitting[0], Taken(fitting[0], schemes));
            if (fitting.Length > 1)
                break;
        }
        return new Uf2Firmware(null, new Finding(FindingSeverity.Error, FindingCode.Uf2PartUnknown, halves.Length == 0
            ? "the UF2 file brings neither a whole update package for 'download' nor a whole app for 'app'"
            : $"the UF2 file is for a flash of two halves ({string.Join(", ", halves.Select(part => $"'{part.Name}'"))}), and not exactly one of them holds an application " +
              "linked for logical 0x10000, where the bootloader of a Beken chip starts it"));
    }

    private static Finding Taken(Uf2Part part, Uf2Scheme[] schemes)
    {
        int half = part.Schemes.Contains(schemes[0]) ? 1 : 2;
        string who = schemes[0] == Uf2Scheme.DeviceDual1 ? "device" : "flasher";
        return new Finding(FindingSeverity.Info, FindingCode.Uf2HalfTaken, FormattableString.Invariant(
            $"the UF2 file is for a flash of two halves; '{part.Name}' is used (scheme {who} dual {half}): its application is linked for logical 0x10000, where the bootloader starts it"));
    }

    // By name; a part with gaps, or that begins elsewhere, is not whole.
    private static IEnumerable<Uf2Part> WholeParts(Uf2Package package, Uf2Scheme scheme) =>
        package.Parts.Where(part => part.Schemes.Contains(scheme)).GroupBy(part => part.Name)
            .Where(parts => parts.Count() == 1 && parts.First().Offset == 0).Select(parts => parts.First());

    private static bool IsLinkedForTheApp(FlashImage part)
    {
        if (part.Kind is ImageKind.Ota or ImageKind.Ug)
            return part.Contained is { } inside && IsLinkedForTheApp(inside);
        return part.Programs.App is { Key: not null } app && ArmVectors.LinkBase(part.Decode(app).Span) == FlashGeometry.AppLogicalAddress;
    }
}
