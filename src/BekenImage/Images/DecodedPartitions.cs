using System.Collections.Concurrent;
using BekenImage.Addressing;
using BekenImage.Crypto;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>The plain bytes of an image's partitions, each decoded when first asked for, once. Thread-safe.</summary>
internal sealed class DecodedPartitions(ReadOnlyMemory<byte> image)
{
    // By what decides: entries of a table may share a range.
    private readonly ConcurrentDictionary<(FlashRange Code, long Start, bool IsPaged, BekenKey? Key, AesFlashKey? Aes), Lazy<ReadOnlyMemory<byte>>> _programs = new();

    /// <summary>The data of a program, deciphered where its key is known; a raw partition's bytes.</summary>
    public ReadOnlyMemory<byte> Decode(Partition partition) => partition.LogicalStart is null
        ? partition.Range.Of(image)
        : _programs.GetOrAdd(
            (partition.Code, partition.LogicalStart.Value.Value, partition.Storage.IsPaged, partition.Key, partition.AesKey),
            _ => new Lazy<ReadOnlyMemory<byte>>(() => DecodeNow(partition))).Value;

    /// <summary>The data of a program as stored: without page CRCs, not deciphered.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="maximumLength">No more pages than this many bytes of data need.</param>
    public ReadOnlyMemory<byte> Strip(Partition partition, long maximumLength = long.MaxValue) =>
        partition.Storage is { IsPaged: true, IsEnciphered: false }
            ? Leading(Decode(partition), maximumLength)
            : partition.Storage.IsPaged
            ? ProgramPages.Strip(partition.Code.Of(image).Span, maximumLength)
            : partition.Range.Of(image).Slice(0, (int)Math.Min(partition.Length, maximumLength));

    // Whole pages, as they are counted where they must be decoded.
    private static ReadOnlyMemory<byte> Leading(ReadOnlyMemory<byte> decoded, long maximumLength) =>
        maximumLength >= decoded.Length ? decoded : decoded.Slice(0, PageGrid.DataOf(PageGrid.CountFor(maximumLength)));

    /// <summary>What is decoded of an image serves another one whose programs are the same.</summary>
    /// <param name="changed">That image, as long as this one.</param>
    public DecodedPartitions For(ReadOnlyMemory<byte> changed)
    {
        var decoded = new DecodedPartitions(changed);
        foreach (var program in _programs)
            decoded._programs[program.Key] = program.Value;
        return decoded;
    }

    private ReadOnlyMemory<byte> DecodeNow(Partition program)
    {
        var stored = program.Code.Of(image);
        // A file without pages that is not enciphered is its own plain form.
        return program.Storage is { IsPaged: false, IsEnciphered: false }
            ? stored
            : program.Storage.Decode(stored.Span, (uint)program.LogicalStart!.Value.Value);
    }
}
