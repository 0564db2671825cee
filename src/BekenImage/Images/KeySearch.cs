using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>Recovers keys nobody has published, from the programs of an image. Asked only where no known key gives vectors.</summary>
internal static class KeySearch
{
    /// <summary>The key of some programs together; they may be clipped, damaged, or alone.</summary>
    public static KeyRecoveryResult Recover(ReadOnlyMemory<byte> image, IEnumerable<Partition> programs)
    {
        var stretches = programs.Select(program => new KeyRecoveryStretch(Strip(image, program), (uint)(program.LogicalStart?.Value ?? 0))).ToArray();
        var result = KeyRecovery.Recover(stretches);
        if (result.Candidates.Count == 0 || programs.FirstOrDefault(program => program.Name == PartitionNames.Bootloader) is not { } bootloader)
            return result;
        byte[] plain = Strip(image, bootloader);
        FlashCipher.Apply(result.Candidates[0], (uint)(bootloader.LogicalStart?.Value ?? 0), plain, plain);
        return result.WithStoredKey(plain);
    }

    /// <summary>
    /// The keys under which bytes begin with a program, whether it is in pages or not; only where vectors prove it, those of a table that
    /// names the key, or such as appear under one that statistics name. Of several that fit what
    /// was seen all but one give wrong bytes elsewhere: they tell that a program begins here, but none of them is the key. Empty where none does.
    /// </summary>
    /// <param name="file">The file, or a part of it.</param>
    /// <param name="addresses">Logical addresses at which the program may begin.</param>
    public static IReadOnlyList<BekenKey> RecoverStart(ReadOnlySpan<byte> file, params uint[] addresses)
    {
        const int window = 0x20000;
        byte[] data;
        if (PagedFile.IsPaged(file))
        {
            data = ProgramPages.Strip(file, window);
        }
        else
        {
            data = file.Slice(0, Math.Min(window, file.Length)).ToArray();
        }
        foreach (uint address in addresses)
        {
            var result = KeyRecovery.Recover(data, address);
            bool named = result.Evidence is KeyRecoveryEvidence.VectorTable or KeyRecoveryEvidence.VectorTables && result.Candidates.Count > 0;
            if (named || ArmVectors.FindKey(data, address, result.Candidates) is not null)
                return result.Candidates;
        }
        return [];
    }

    // Up to the last page in use: what is erased behind it says nothing.
    private static byte[] Strip(ReadOnlyMemory<byte> image, Partition program)
    {
        var stored = program.Range.Of(image).Span;
        if (!program.IsStriped)
            return stored.ToArray();
        int pages = PageGrid.CountIn(stored.Length);
        while (pages > 0 && ByteRuns.IsErased(stored.Slice((pages - 1) * FlashPages.PageSize, FlashPages.PageSize)))
            pages--;
        return ProgramPages.Strip(stored.Slice(0, pages * FlashPages.PageSize));
    }
}
