using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Formats.Rbl;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>
/// Moves an image to another flash key: bootloader with the key words it stores, app, every other striped program, their RBL headers and
/// pages. Every other byte stays, also old code behind a program. Source: Firmware/FORMAT.md, sections 2 to 4.
/// </summary>
public static class ImageRekeyer
{
    /// <summary>Moves an image to another key.</summary>
    /// <param name="image">The image: a dump, QIO, UA or app, a bootloader or a piece with a program.</param>
    /// <param name="key">The other device's key.</param>
    /// <returns>The image under the other key; moved back, what the vendor's tools made is byte for byte as it was.</returns>
    /// <exception cref="BekenImageException">There is no program in it, its key is not known or wrong, or its bootloader is not understood.</exception>
    public static RekeyResult Rekey(FlashImage image, BekenKey key)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        var job = new Job(image, key);
        foreach (var program in image.Programs.Partitions.Where(program => program.LogicalStart is not null))
            job.Move(program);
        if (job.Programs.Count == 0)
            throw new BekenImageException(FindingCode.WrongKind, "no program under the flash key is in it; a dump, QIO, UA, app or bootloader is needed");
        return new RekeyResult(SectorPatch.Rotate(image, job.Bytes), job.Programs, job.Findings);
    }

    private sealed class Job(FlashImage image, BekenKey key)
    {
        public byte[] Bytes { get; } = image.Bytes.ToArray();

        public List<string> Programs { get; } = [];

        public List<Finding> Findings { get; } = [];

        public void Move(Partition program)
        {
            if (program.Pages is { Valid: 0 } || !HasKey(program))
                return;
            if (program.IsStriped)
                MovePages(program);
            else
                MovePayload(program, image.Bytes.Slice((int)program.Offset, (int)program.Length).Span, isFilled: false).CopyTo(Bytes, (int)program.Offset);
            Programs.Add(program.Name);
        }

        private bool HasKey(Partition program)
        {
            bool isMain = program.Name is PartitionNames.Bootloader or PartitionNames.App;
            if (program.Key is { } from && ArmVectors.Match(Stored(program, FlashPages.PageSize), from, (uint)program.LogicalStart!.Value.Value))
                return true;
            if (isMain && program.Key is null)
                throw new BekenImageException(FindingCode.KeyUnknown, $"the key of '{program.Name}' is not known; give it", program.Offset);
            if (isMain)
                throw new BekenImageException(FindingCode.KeyUnknown, $"'{program.Name}' does not begin with ARM vectors under the key that is given", program.Offset);
            Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.KeyUnknown, "no code under a known key begins here; it was left as it is", program.Offset, program.Name));
            return false;
        }

        private byte[] MovePayload(Partition program, ReadOnlySpan<byte> stored, bool isFilled)
        {
            var from = program.Key!.Value;
            if (program.Name != PartitionNames.Bootloader)
                return ProgramCipher.Move(stored, from, key, (uint)program.LogicalStart!.Value.Value, isFilled);
            if (!BootloaderPayload.TryRead(stored, from, out var payload))
            {
                throw new BekenImageException(FindingCode.BuildBootloaderUnfit,
                    "the bootloader holds no partition table at its end, so it is not known which of its bytes are enciphered", program.Offset);
            }
            byte[] moved = payload!.WithVendorKey(key).ToArray();
            return [.. moved, .. stored.Slice(moved.Length)];
        }

        private void MovePages(Partition program)
        {
            byte[] before = Stored(program, program.Length);
            var (length, isFilled) = Measure(program, before);
            length = Math.Min(length, before.Length);
            byte[] after = [.. MovePayload(program, before.AsSpan(0, length), isFilled), .. before.AsSpan(length)];
            var slot = Bytes.AsSpan((int)program.Offset, (int)program.Length);
            int kept = ProgramPages.Write(slot, after, (length + FlashPages.DataSize - 1) / FlashPages.DataSize);
            if (kept > 0)
            {
                Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.BadPage, FormattableString.Invariant(
                    $"{kept} pages with a wrong CRC were left as they are"), program.Offset, program.Name));
            }
            FlashPages.Decode(slot.Slice(0, after.Length / FlashPages.DataSize * FlashPages.PageSize), after);
            foreach (var container in Headers(program))
                RenewHeader(program, container, before, after);
        }

        // What the program's header covers, if it is this program's; else what the pages say.
        private (int Length, bool IsFilled) Measure(Partition program, byte[] before)
        {
            if (Headers(program).FirstOrDefault(container => IsOf(container.Header, before)) is { } own)
                return ((int)own.Header.RawSize, false);
            var payload = ProgramPayload.Find(image, program);
            if (payload.Container is { PayloadHashOk: true })
                return ((int)payload.Length, false);
            return ((int)Math.Max(payload.Length, (long)program.Pages!.Value.LeadingValid * FlashPages.DataSize), true);
        }

        private byte[] Stored(Partition program, long physicalLength)
        {
            var bytes = image.Bytes.Slice((int)program.Offset, (int)Math.Min(program.Length, physicalLength)).Span;
            return program.IsStriped ? ProgramPages.Strip(bytes) : bytes.ToArray();
        }

        // Where a firmware of another layout is installed, its app's header lies behind the end the bootloader's table gives the app.
        private IEnumerable<RblContainer> Headers(Partition program) => image.Containers.Where(container =>
            container is { IsStriped: true, HeaderCrcOk: true } &&
            (program.Range.Contains(container.Offset) || container.Offset >= program.Range.End && container.Header.Name == program.Name));

        private static bool IsOf(RblHeader header, ReadOnlySpan<byte> stored) =>
            !header.DescribesPackage && header.RawSize > 0 && RblChecks.PayloadCrcOk(header, stored) && RblChecks.PayloadHashOk(header, stored);

        // A header an update left covers the package and the plain app, which are the same under every key.
        private void RenewHeader(Partition program, RblContainer container, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
        {
            var header = container.Header;
            if (header.DescribesPackage)
                return;
            if (IsOf(header, before))
            {
                FlashPages.Encode(RblWriter.Renew(header, before, after).Bytes.Span, Bytes.AsSpan((int)container.Offset, RblHeader.StripedSize));
                return;
            }
            if (program.Range.Contains(container.Offset) && container is not { PayloadCrcOk: true, PayloadHashOk: true })
            {
                Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.RblPayloadHash,
                    "this RBL header describes something else than what lies before it; it was left as it is", container.Offset, program.Name));
            }
        }
    }
}
