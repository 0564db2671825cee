using BekenImage.Firmware;
using BekenImage.Formats.Download;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.SecureBoot;

namespace BekenImage;

/// <summary>
/// Builds download packages (<c>all-app.bin</c>) and update packages (<c>ota.bin</c>) for BK7236 and BK7258 of their parts, byte for byte as
/// beken_utils does. The options are read with every call. Source: Firmware/FORMAT.md, section 6.
/// </summary>
public sealed class SecurePackageBuilder
{
    private readonly IReadOnlyList<SecurePartition> _table;
    private readonly PartitionCsv _source;
    private readonly SecurePackageOptions _options;

    /// <summary>Makes a builder for a partition table.</summary>
    /// <param name="partitions">The table's source (<c>partitions.csv</c>).</param>
    /// <param name="options">What else the packer is told; null for nothing.</param>
    /// <exception cref="BekenImageException">The source has an error.</exception>
    public SecurePackageBuilder(PartitionCsv partitions, SecurePackageOptions? options = null)
    {
        _source = partitions ?? throw new ArgumentNullException(nameof(partitions));
        _table = partitions.ToTable();
        _options = options ?? new SecurePackageOptions();
    }

    /// <summary>The partitions, merged ones too.</summary>
    public IReadOnlyList<SecurePartition> Partitions => _table;

    /// <summary>
    /// True where the app runs in place and its update goes to a second slot (XIP); false where an update overwrites it. Tables of the former
    /// have partitions <c>secondary_…</c>, which the packer refuses in the latter.
    /// </summary>
    public bool RunsInPlace => _table.Any(record => record.Name == PackageContent.SecondaryAll);

    /// <summary>Builds a download package.</summary>
    /// <param name="parts">The parts in the order of the package.</param>
    /// <param name="findings">Receives what is to be said about it; null where nobody listens.</param>
    /// <exception cref="BekenImageException">A part is missing, does not fit its partition, or is not what that takes.</exception>
    public byte[] BuildDownload(IReadOnlyList<SecurePackagePart> parts, ICollection<Finding>? findings = null)
    {
        if (parts is null)
            throw new ArgumentNullException(nameof(parts));
        var content = new PackageContent(_table, _source, parts, _options, RunsInPlace);
        var packed = parts.Select(part => Blame.On(part.Partition, () => new DownloadPart(Find(part.Partition).PhysicalRange, content.DataOf(part)))).ToArray();
        var kind = _options.Kind ?? (_table.Any(record => record.Name == PackageContent.Manifest) ? DownloadKind.Bkdl : DownloadKind.Bl1);
        if (kind == DownloadKind.Blx)
        {
            throw new BekenImageException(FindingCode.UpdateFormRefused,
                "a package BLXDLV10 is for a chip that makes its own key, and brings data for OTP; none was met, and it is not built here");
        }
        if (kind != DownloadKind.Bl1)
        {
            findings?.Add(new Finding(FindingSeverity.Warning, FindingCode.BuildFromSources,
                $"how the parts of a package {(kind == DownloadKind.Bkdl ? "BKDLV10." : "BL2DLV10")} are made is known from the SDK's scripts alone", 0));
        }
        return DownloadWriter.Pack(kind, packed);
    }

    /// <summary>Builds an update package.</summary>
    /// <param name="signed">The signed image of the app; for a device that overwrites it, the signed image of the packed app (<see cref="OverwriteBody"/>).</param>
    /// <exception cref="BekenImageException">It is no such image, or the table has no partition for it.</exception>
    public byte[] BuildUpdate(byte[] signed)
    {
        var image = PackageContent.SignedImage(signed ?? throw new ArgumentNullException(nameof(signed)));
        bool overwrites = !RunsInPlace;
        bool isPacked = OverwriteBody.TryRead(image.Payload, out _);
        if (overwrites != isPacked)
        {
            throw new BekenImageException(FindingCode.BuildPartUnfit, overwrites
                ? "the partition table has no second slot, so that an update overwrites the app; it is the signed image of the packed app, and this one is not packed"
                : "the partition table has a second slot, which takes the signed image of the app itself, and this one is packed");
        }
        uint counter = _options.SecurityCounter ?? image.SecurityCounter ?? throw new BekenImageException(FindingCode.BuildPartMissing,
            "the signed image states no security counter, which the package's header needs");
        var slot = Find(overwrites ? PackageContent.Ota : PackageContent.PrimaryAll);
        byte[] body = _options.EnciphersUpdate
            ? PackageContent.ToPages(PackageContent.Encipher(signed, CodePartitionData.FirstPage(slot.PhysicalRange), _options.AesKey ??
                throw new BekenImageException(FindingCode.BuildPartMissing, "the update is to be enciphered, and there is no key")))
            : signed;
        return McuUpdateWriter.Pack([new McuUpdatePart(slot.Offset, body, counter)]);
    }

    private SecurePartition Find(string name) => _table.FirstOrDefault(record => record.Name == name) ?? throw new BekenImageException(
        FindingCode.BuildTableMissing, $"the partition table has no partition '{name}': {string.Join(", ", _table.Select(record => record.Name))}");
}
