using System.Globalization;
using BekenImage.Tests.Synthetic;

namespace BekenImage.Cli.Tests.Docs;

/// <summary>
/// The map of the combination the README is about: a made-up device with the layout and the sizes of that fan, a made-up firmware, and what
/// the planner makes of them. Three bars over one axis; short areas are drawn wider than they are, or they could not be seen.
/// </summary>
internal static class CombinationPicture
{
    private const int Flash = 0x200000;
    private const int FactoryApp = 0xE1275;
    private const int FirmwareApp = 0xCA390;
    private const int Config = 0x1D1000;
    private const double Left = 150;
    private const double Width = 830;
    private const double Least = 62;
    private const double BarHeight = 34;
    private const double FactoryTop = 24;
    private const double ResultTop = 134;
    private const double FirmwareTop = 258;

    private const string Bootloader = "#9ecbff";
    private const string Program = "#b4e4b0";
    private const string Calibration = "#ffd58a";
    private const string Settings = "#e2c5f7";
    private const string Former = "#e8b4b4";
    private const string Erased = "#ffffff";

    private sealed record Area(long Start, long End, string Name, string Fill);

    public static string Draw()
    {
        var factory = FlashImage.Parse(new SyntheticImage
        {
            Boot = SyntheticBoot.Dreo, Key = SyntheticKey.Zero, AppVersion = "2M.1220",
            App = SyntheticPrograms.App(FactoryApp, SyntheticImage.Sdk),
        }.WithRf(0x1E0000).WithFiller(0x1E3000, 0x2000).Dump());
        var firmware = FlashImage.Parse(SyntheticImage.ObkNFirmware(appLength: FirmwareApp).Qio());
        var options = new CombineOptions();
        options.ObkChanges.Add(new NamedValue("wifiSsid", "home"));
        var plan = new ImageCombiner(factory, firmware, options).Plan();

        Area[] before = [.. Parts(factory, keepsFormer: true)];
        Area[] file = [.. Parts(firmware, keepsFormer: false)];
        Area[] result = [.. Regions(plan)];
        var axis = new Axis(before.Concat(file).Concat(result).SelectMany(area => new[] { area.Start, area.End }));

        var picture = new PictureWriter(1000, 316,
            "A dump and a firmware become an image: bootloader and calibration from the device, the app from the firmware");
        Row(picture, axis, before, FactoryTop, "the dump", "not encrypted");
        Row(picture, axis, result, ResultTop, "the image", "to be flashed");
        Row(picture, axis, file, FirmwareTop, "the firmware", "under another key");
        Moves(picture, axis, plan);
        Marks(picture, axis, result);
        return picture.ToString();
    }

    // What a program fills is drawn as it, the rest of its partition as erased.
    private static IEnumerable<Area> Parts(FlashImage image, bool keepsFormer)
    {
        long at = 0;
        var drawn = image.Partitions.Where(partition => Fill(partition.Name) != Erased && partition.Offset < image.Length);
        foreach (var partition in drawn.OrderBy(partition => partition.Offset))
        {
            if (partition.Offset > at)
                yield return new Area(at, partition.Offset, "erased", Erased);
            at = Math.Min(partition.Range.End, image.Length);
            yield return new Area(partition.Offset, at, partition.Name, Fill(partition.Name));
        }
        if (keepsFormer)
        {
            yield return new Area(at, 0x1E3000, "erased", Erased);
            yield return new Area(0x1E3000, Flash, "settings", Former);
        }
    }

    private static IEnumerable<Area> Regions(CombinePlan plan)
    {
        Area? open = null;
        foreach (var region in plan.Regions)
        {
            bool isErased = region.Origin == RegionOrigin.Erased;
            string name = isErased ? "erased" : region.Name == PartitionNames.ObkConfig ? "config" : region.Name;
            var area = new Area(region.Offset, region.Range.End, name, isErased ? Erased : Fill(region.Name));
            if (open is { Fill: Erased } && isErased)
            {
                open = open with { End = area.End };
                continue;
            }
            if (open is not null)
                yield return open;
            open = area;
        }
        if (open is not null)
            yield return open;
    }

    private static void Row(PictureWriter picture, Axis axis, Area[] areas, double top, string title, string note)
    {
        picture.Text(16, top + 14, title, "head");
        picture.Text(16, top + 30, note, "small");
        foreach (var area in areas)
            picture.Box(axis.At(area.Start), top, axis.At(area.End) - axis.At(area.Start), BarHeight, area.Fill, area.Name);
    }

    // An arrow from where the bytes were to where they are.
    private static void Moves(PictureWriter picture, Axis axis, CombinePlan plan)
    {
        foreach (var region in plan.Regions.Where(region => region is { Origin: RegionOrigin.Factory or RegionOrigin.Moved, From: not null }))
            picture.Arrow(Before(region), FactoryTop + BarHeight, After(region), ResultTop);
        foreach (var region in plan.Regions.Where(region => region is { Origin: RegionOrigin.Built, From: not null }))
            picture.Arrow(Before(region), FirmwareTop, After(region), ResultTop + BarHeight);
        picture.Text(axis.Middle(0, 0x11000) + 8, ResultTop - 32, "stays, byte for byte", "small");
        picture.Text(axis.Middle(0x11000, 0x121000) + 10, FirmwareTop - 24,
            "under the device's key, its header where the device's bootloader looks", "small");
        picture.Text(axis.Middle(0x1D0000, 0x1000) - 4, ResultTop - 32, "moved to where this firmware looks", "small", "end");
        picture.Text(axis.Middle(Config, 0x1000), ResultTop + BarHeight + 32, "network, pins", "small", "middle");

        double Before(ImageRegion region) => axis.Middle(region.From!.Value, region.Length);
        double After(ImageRegion region) => axis.Middle(region.Offset, region.Length);
    }

    private static void Marks(PictureWriter picture, Axis axis, Area[] result)
    {
        foreach (long at in result.Select(area => area.Start).Append(Flash))
        {
            string address = string.Create(CultureInfo.InvariantCulture, $"0x{at:x}");
            if (at != Config && at != Config + 0x1000)
                picture.Text(axis.At(at), ResultTop + BarHeight + 14, address, "small", at == Flash ? "end" : "start");
        }
    }

    private static string Fill(string name) => name switch
    {
        PartitionNames.Bootloader => Bootloader,
        PartitionNames.App => Program,
        "rf" => Calibration,
        PartitionNames.ObkConfig => Settings,
        _ => Erased,
    };

    /// <summary>Where an address is drawn: every stretch between two edges to scale, but none narrower than can be seen.</summary>
    private sealed class Axis
    {
        private readonly long[] _edges;
        private readonly double[] _places;

        public Axis(IEnumerable<long> edges)
        {
            _edges = [.. edges.Append(0).Append(Flash).Distinct().Order()];
            _places = new double[_edges.Length];
            long[] lengths = [.. _edges.Zip(_edges.Skip(1), (start, end) => end - start)];
            double scale = (Width - Least * lengths.Length) / Flash;
            _places[0] = Left;
            for (int i = 0; i < lengths.Length; i++)
                _places[i + 1] = _places[i] + Least + lengths[i] * scale;
        }

        public double At(long address)
        {
            int i = Array.FindLastIndex(_edges, edge => edge <= address);
            if (i == _edges.Length - 1)
                return _places[i];
            return _places[i] + (_places[i + 1] - _places[i]) * (address - _edges[i]) / (_edges[i + 1] - _edges[i]);
        }

        public double Middle(long start, long length) => (At(start) + At(start + length)) / 2;
    }
}
