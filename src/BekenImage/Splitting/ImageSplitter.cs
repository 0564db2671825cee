using BekenImage.Crypto;
using BekenImage.IO;
using BekenImage.Images;
using BekenImage.Splitting;

namespace BekenImage;

/// <summary>Takes an image apart: every byte is in exactly one raw file, and each program in a partition also has a plain one.</summary>
public static class ImageSplitter
{
    /// <summary>Takes an image apart.</summary>
    /// <param name="image">The image; also one in which nothing is recognised, which becomes a single gap.</param>
    /// <exception cref="BekenImageException">It was read with a key that is not its own (<see cref="FindingCode.KeyUnknown"/>).</exception>
    public static SplitImage Split(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        image.Content.CheckGivenKey();
        var owned = RangeOwners.Resolve(image.Bytes.Length, image.Partitions);
        var split = new Splitter(image, owned);
        foreach (var range in owned)
            split.Add(range);
        if (image is { Kind: ImageKind.Package, IsArchive: false, IsPackagedFlash: false })
            split.AddParts();
        return split.Finish();
    }

    private sealed class Splitter(FlashImage image, IEnumerable<OwnedRange> ranges)
    {
        private readonly SafeNames _names = new();
        private readonly List<SplitFile> _files = [];
        private readonly Dictionary<string, ReadOnlyMemory<byte>> _contents = [];
        private readonly List<Finding> _findings = [];
        private readonly Dictionary<Partition, int> _pieces = [];
        private readonly Dictionary<Partition, int> _pieceCounts = ranges
            .Where(range => range.Owner is not null)
            .GroupBy(range => range.Owner!)
            .ToDictionary(group => group.Key, group => group.Count());

        public void Add(OwnedRange owned)
        {
            var bytes = owned.Range.Of(image.Bytes);
            var raw = new SplitFile(RawName(owned), SplitRole.Raw, owned.Owner?.Name, owned.Range, bytes.Length, Sha256Text.Of(bytes.Span))
            {
                Tail = owned.Owner is { IsStriped: true } ? owned.Range.End % FlashPages.PageSize : 0,
            };
            _files.Add(raw);
            _contents.Add(raw.Name, bytes);
            if (owned.Owner is { } partition && owned.Range.Start == partition.Offset && (partition.IsStriped || LogicalReads.IsSlot(image, partition)))
                AddPlain(partition, owned.Range);
        }

        public void AddParts()
        {
            // An empty part, of a package cut in its headers, would be a file that nothing reads back.
            foreach (var member in image.Members.Where(member => !member.Bytes.IsEmpty))
            {
                string name = _names.Take(member.Name, member.Kind == ImageKind.Ota ? ".rbl" : ".part.bin");
                _files.Add(new SplitFile(
                    name, SplitRole.Part, member.Name, new FlashRange(0, image.Length), member.Bytes.Length, Sha256Text.Of(member.Bytes.Span)));
                _contents.Add(name, member.Bytes);
            }
        }

        public SplitImage Finish() => new(
            new SplitManifest(image.Length, image.Rotation, image.Sha256, _files) { Package = image.Origin.Package?.Envelope() }, _contents, _findings);

        // Plain means: the cipher applied to every byte, also where flash holds plain ones, so that merging undoes it exactly.
        private void AddPlain(Partition partition, FlashRange piece)
        {
            if (partition.Storage.Cipher is not { } cipher)
            {
                _findings.Add(new Finding(FindingSeverity.Warning, FindingCode.KeyUnknown,
                    "the key is not known; only the stored bytes were written", partition.Offset, partition.Name));
                return;
            }
            piece = piece.Intersect(partition.Code);
            if (PlainProgram.Read(image, partition, piece.Length) is not { } program)
                return;
            var file = new SplitFile(
                _names.Take(partition.Name, ".bin"), SplitRole.Plain, partition.Name, program.Pages, program.Bytes.Length, Sha256Text.Of(program.Bytes))
            {
                Cipher = cipher,
                LogicalStart = partition.LogicalStart!.Value.Value,
                PartitionRange = piece,
                HeaderOffset = program.HeaderOffset,
            };
            _files.Add(file);
            _contents.Add(file.Name, program.Bytes);
        }

        private string RawName(OwnedRange owned)
        {
            if (owned.Owner is not { } partition)
                return _names.Take(FormattableString.Invariant($"gap-0x{owned.Range.Start:x6}"), ".raw.bin");
            if (_pieceCounts[partition] == 1)
                return _names.Take(partition.Name, ".raw.bin");
            _pieces.TryGetValue(partition, out int piece);
            _pieces[partition] = ++piece;
            return _names.Take(FormattableString.Invariant($"{partition.Name}.{piece}"), ".raw.bin");
        }
    }
}
