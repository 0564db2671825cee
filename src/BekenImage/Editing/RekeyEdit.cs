using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.IO;
using BekenImage.Images;
using BekenImage.Programs;

namespace BekenImage.Editing;

/// <summary>
/// Moves the programs of an image to another flash key: bootloader with the key words it stores, app, every other striped program, their
/// RBL headers and pages. Every other byte stays, also old code behind a program. Source: Firmware/FORMAT.md, sections 2 to 4.
/// </summary>
internal sealed class RekeyEdit(DraftEdit edit, BekenKey key)
{
    private int Count { get; set; }

    public static void Apply(DraftEdit edit, BekenKey key)
    {
        FamilyGuard.RequireBk72xx(edit.Image, "moving its programs to another key");
        var job = new RekeyEdit(edit, key);
        foreach (var program in edit.Image.Programs.Partitions.Where(program => program.LogicalStart is not null))
            job.Move(program);
        if (job.Count == 0)
            throw new BekenImageException(FindingCode.WrongKind, "no program under the flash key is in it; a dump, QIO, UA, app or bootloader is needed");
        edit.Key = key;
    }

    private void Write(Partition program, long offset, ReadOnlySpan<byte> bytes)
    {
        string name = key.Name ?? "that was given";
        WriteChanged(program, offset, bytes, IsMoved(program) ? $"moved to the key {name}" : $"the key it stores belongs to the key {name} now");
    }

    // Under the key it has a program is as it was, but for a record that did not fit.
    private void WriteChanged(Partition program, long offset, ReadOnlySpan<byte> bytes, string why)
    {
        if (!edit.Bytes.Span.Slice((int)offset, bytes.Length).SequenceEqual(bytes))
            edit.WriteProgram(program, offset, bytes, why);
    }

    private bool IsMoved(Partition program) => !program.Key!.Value.IsEquivalentTo(key);

    private void Move(Partition program)
    {
        if (program.Pages is { Valid: 0 } || !HasKey(program))
            return;
        if (program.IsStriped)
            MovePages(program);
        else
            Write(program, program.Offset, MovePayload(program, program.Range.Of(edit.Image.Bytes).Span, isFilled: false));
        Count++;
        if (program.Name == PartitionNames.Bootloader)
            JudgeUpdates(program);
    }

    // Read back: a page that was left as it is may hold the record.
    private void JudgeUpdates(Partition program)
    {
        var bytes = program.Range.Of(edit.Bytes).Span;
        bool isRead = BootloaderPayload.TryRead(program.IsStriped ? ProgramPages.Strip(bytes) : bytes.ToArray(), key, out var moved);
        if (!isRead)
            return;
        var updates = BootloaderUpdates.Of(moved!);
        if (IsMoved(program) && updates.Doubt is { } doubt)
            edit.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.UpdateKeyUncertain, doubt, program.Offset, program.Name));
        else if (updates.Mismatch is { } mismatch)
            edit.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.StoredKeyDiffers, mismatch, program.Offset, program.Name));
    }

    private bool HasKey(Partition program)
    {
        bool isMain = program.Name is PartitionNames.Bootloader or PartitionNames.App;
        if (program.Key is { } from && ArmVectors.Match(Stored(program, FlashPages.PageSize), from, (uint)program.LogicalStart!.Value.Value))
            return true;
        if (isMain && program.Key is null)
            throw new BekenImageException(FindingCode.KeyUnknown, $"the key of '{program.Name}' is not known; it must be given", program.Offset);
        if (isMain)
            throw new BekenImageException(FindingCode.KeyUnknown, $"'{program.Name}' does not begin with ARM vectors under the key that is given", program.Offset);
        edit.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.KeyUnknown, "no code under a known key begins here; it was left as it is", program.Offset, program.Name));
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
        byte[] slot = program.Range.Of(edit.Image.Bytes).ToArray();
        int kept = ProgramPages.Write(slot, after, PageGrid.CountFor(length));
        Write(program, program.Offset, slot);
        if (kept > 0)
        {
            edit.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.BadPage, FormattableString.Invariant(
                $"{Counted.Of(kept, "page")} with a wrong CRC {(kept == 1 ? "was left as it is" : "were left as they are")}"), program.Offset, program.Name));
        }
        after = ProgramPages.Strip(slot);
        foreach (var container in Headers(program))
            RenewHeader(program, container, before, after);
    }

    // What the program's header covers, if it is this program's; else what the pages say.
    private (int Length, bool IsFilled) Measure(Partition program, byte[] before)
    {
        if (Headers(program).FirstOrDefault(container => IsOf(container.Header, before)) is { } own)
            return ((int)own.Header.RawSize, false);
        var payload = ProgramPayload.Find(edit.Image, program);
        if (payload.Container is { PayloadHashOk: true })
            return ((int)payload.Length, false);
        return ((int)Math.Max(payload.Length, (long)program.Pages!.Value.LeadingValid * FlashPages.DataSize), true);
    }

    private byte[] Stored(Partition program, long physicalLength)
    {
        var bytes = edit.Image.Bytes.Slice((int)program.Offset, (int)Math.Min(program.Length, physicalLength)).Span;
        return program.IsStriped ? ProgramPages.Strip(bytes) : bytes.ToArray();
    }

    // Where a firmware of another layout is installed, its app's header lies behind the end the bootloader's table gives the app.
    private IEnumerable<RblContainer> Headers(Partition program) => edit.Image.Containers.Where(container =>
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
            WriteChanged(program, container.Offset, RblWriter.ToPages(RblWriter.Renew(header, before, after).Bytes.Span), "the RBL header describes the program as it is now stored");
            return;
        }
        if (program.Range.Contains(container.Offset) && container is not { PayloadCrcOk: true, PayloadHashOk: true })
        {
            edit.Findings.Add(new Finding(FindingSeverity.Warning, FindingCode.RblPayloadHash,
                "this RBL header describes something else than what lies before it; it was left as it is", container.Offset, program.Name));
        }
    }
}
