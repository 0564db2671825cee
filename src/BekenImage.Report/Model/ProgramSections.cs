using BekenImage.Documents;

namespace BekenImage.Report.Model;

/// <summary>Bootloader, app, and what vouches for them.</summary>
internal static class ProgramSections
{
    public static Section? Programs(FlashImage image)
    {
        var programs = image.Partitions.Where(partition => partition.LogicalStart is not null || partition.IsStriped).ToArray();
        if (programs.Length == 0)
            return null;
        return new Section("programs", "Programs", "What the CPU runs: where it lies, under which key, and how both are known.",
        [
            new TableBlock(["Program", "Physical", "Length", "Logical", "Stored", "Key", "Place known from"], programs.Select(program => (IReadOnlyList<Cell>)
            [
                program.Name, Cell.Code(Words.Hex(program.Offset)), Cell.Code(Words.Hex(program.Length)),
                Cell.Code(program.LogicalStart is { } start ? Words.Hex(start.Value) : "-"),
                program.IsStriped ? "in pages of 34 bytes" : "plain bytes", KeyOf(program), ImageFacts.Source(program.Source),
            ])),
        ]);
    }

    public static Section? Containers(FlashImage image)
    {
        if (image.Containers.Count == 0)
            return null;
        return new Section("containers", "Containers", "RBL headers: what a bootloader checks programs and updates by.",
        [
            new TableBlock(["Header at", "In", "Name", "Version", "Made", "Packed", "Raw size", "Header CRC", "Payload CRC", "Hash"],
                image.Containers.Take(MostRows).Select(container => (IReadOnlyList<Cell>)
                [
                    Cell.Code(Words.Hex(container.Offset)), container.Partition ?? "-", container.Header.Name, container.Header.Version,
                    DocumentWords.Time(container.Header.Timestamp),
                    $"{DocumentWords.Of(container.Header.Compression)}, {DocumentWords.Of(container.Header.Encryption)}",
                    Words.Size(container.Header.RawSize), Words.Verdict(container.HeaderCrcOk), Words.Verdict(container.PayloadCrcOk), Words.Verdict(container.PayloadHashOk),
                ])),
            .. More(image.Containers.Count),
        ]);
    }

    public static Section? SecureBoot(FlashImage image)
    {
        if (image.SecureBoot is not { } secure || secure.Manifest is null && secure.Slots.Count == 0)
            return null;
        var rows = new List<IReadOnlyList<Cell>>();
        if (secure.Manifest is { } manifest)
        {
            rows.Add(["BL1 manifest", secure.ManifestPartition!.Name, Words.Number(manifest.SecurityCounter),
                Words.Verdict(secure.ManifestProgram is { } program ? manifest.HashFits(program.Span) : null),
                Words.Verdict(manifest.CheckSignature().IsValid), Cell.Code(manifest.PublicKeyHash)]);
        }
        foreach (var slot in secure.Slots)
        {
            rows.Add(["MCUboot image", slot.Partition.Name, slot.Image.Version, Words.Verdict(slot.Image.HashOk),
                Words.Verdict(slot.Image.CheckSignature().IsValid), Cell.Code(slot.Image.PublicKeyHash ?? "-")]);
        }
        return new Section("secure-boot", "Secure boot", "What the chip starts by: each link vouches for the next.",
            [new TableBlock(["Link", "Partition", "Version", "Hash", "Signature", "SHA-256 of the key"], rows)]);
    }

    /// <summary>An image may be full of headers; who looks at a page looks at some.</summary>
    public const int MostRows = 64;

    public static IEnumerable<Block> More(int count) =>
        count > MostRows ? [new TextBlock($"and {Words.Number(count - MostRows)} more", Tone.Muted)] : Array.Empty<Block>();

    private static string KeyOf(Partition program) =>
        program.Key is { } key ? key.DisplayName
        : program.AesKey is { } aes ? aes.Name is { } name ? name + " (AES-XTS)" : "AES-XTS, the device's own"
        : program.IsEncrypted ? "unknown" : "none";
}
