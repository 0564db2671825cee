using BekenImage.Formats.Net;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;
using BekenImage.IO;

namespace BekenImage.Images;

/// <summary>What lies at the 4 KiB boundaries of an image, told by content alone.</summary>
internal sealed class SectorScan
{
    /// <summary>Of each kind a chip has one or two; a file made of nothing else must not take long in what is done with each.</summary>
    private const int Limit = 64;

    private readonly List<RfTable> _rfTables = [];
    private readonly List<ObkConfig> _obkConfigs = [];
    private readonly List<NetParamTable> _netParams = [];
    private readonly List<FastConnectRecord> _fastConnects = [];
    private readonly List<Finding> _findings = [];

    private SectorScan()
    {
    }

    public IReadOnlyList<RfTable> RfTables => _rfTables;

    public IReadOnlyList<ObkConfig> ObkConfigs => _obkConfigs;

    public IReadOnlyList<NetParamTable> NetParams => _netParams;

    public IReadOnlyList<FastConnectRecord> FastConnects => _fastConnects;

    public IReadOnlyList<Finding> Findings => _findings;

    /// <param name="image">The un-rotated image, or a piece of one.</param>
    /// <param name="pins">The pin layout of its chip.</param>
    /// <param name="phase">Where its first sector begins.</param>
    public static SectorScan Run(ReadOnlyMemory<byte> image, ObkPinLayout pins, int phase = 0)
    {
        var scan = new SectorScan();
        for (int offset = phase; offset < image.Length; offset += FlashGeometry.SectorSize)
            scan.Take(image.Slice(offset, Math.Min(FlashGeometry.SectorSize, image.Length - offset)), offset, pins);
        return scan;
    }

    private void Take(ReadOnlyMemory<byte> sector, long offset, ObkPinLayout pins)
    {
        if (RfReader.TryRead(sector, offset, _findings, out var table))
            Add(_rfTables, table!);
        else if (NetParamReader.TryRead(sector, offset, _findings, out var netParam))
            Add(_netParams, netParam!);
        else if (ObkConfigReader.TryRead(sector, offset, pins, _findings, out var config))
            Add(_obkConfigs, config!);
        else if (!ByteRuns.IsErased(sector.Span) && FastConnectReader.TryRead(sector, offset, _findings, out var record))
            Add(_fastConnects, record!);
    }

    private static void Add<T>(List<T> found, T item)
    {
        if (found.Count < Limit)
            found.Add(item);
    }
}
