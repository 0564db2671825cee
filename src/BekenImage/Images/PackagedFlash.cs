using System.Buffers.Binary;
using BekenImage.Formats.Download;
using BekenImage.Formats.McuUpdate;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage.Images;

/// <summary>
/// A headered package as the flash it makes, and the way back. What a downloader writes to an erased chip is an image like any other, with
/// physical addresses; the file around it keeps its headers, and what is changed is sealed anew. Only a package whose parts are all there,
/// each in a place of its own, is read so.
/// </summary>
internal sealed class PackagedFlash
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly IReadOnlyList<Part> _parts;
    private readonly Action<byte[]> _seal;

    private PackagedFlash(ReadOnlyMemory<byte> file, IReadOnlyList<Part> parts, Action<byte[]> seal)
    {
        _file = file;
        _parts = parts;
        _seal = seal;
    }

    /// <summary>Where each part comes to lie in flash.</summary>
    public IEnumerable<FlashRange> Ranges => _parts.Select(part => part.Flash);

    /// <summary>True for an update, which brings the program of a slot; false for what a downloader writes.</summary>
    public bool IsUpdate { get; private init; }

    /// <summary>What is wrong with the file around the flash.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>True for a file with the magic of such a package, readable or not.</summary>
    public static bool Is(ReadOnlyMemory<byte> file) => DownloadPackage.TryRead(file, out _) || McuUpdatePackage.TryRead(file, out _);

    /// <summary>The package in a file; null where it is none, is not whole, or holds a program without pages.</summary>
    public static PackagedFlash? TryRead(ReadOnlyMemory<byte> file)
    {
        if (DownloadPackage.TryRead(file, out var download))
        {
            bool isWhole = download.Images.Count == download.StatedCount && download.Images.All(image => image.IsComplete);
            return isWhole && Open(file, file.Length) is { } package ? package : null;
        }
        return McuUpdatePackage.TryRead(file, out var update) && update.Images.Count == update.StatedCount &&
            update.Images.All(image => image is { IsComplete: true, IsClear: false, Length: > 0 } && PagedFile.IsPaged(image.Data.Span))
            ? Open(file, file.Length) : null;
    }

    /// <summary>Makes a package anew of what <see cref="Envelope"/> gave and a flash.</summary>
    /// <param name="envelope">What was around the parts.</param>
    /// <param name="flash">The flash.</param>
    /// <param name="isEdited">False where it is the one the envelope was taken off: then nothing is sealed, and the file is the same.</param>
    /// <exception cref="BekenImageException">The envelope is that of no package, or of one for another flash.</exception>
    public static byte[] Rebuild(byte[] envelope, ReadOnlySpan<byte> flash, bool isEdited)
    {
        if (Open(envelope, FlashGeometry.MaximumImageLength) is not { } package || package._parts.Max(part => part.Flash.End) != flash.Length)
            throw new BekenImageException(FindingCode.WrongKind, "the manifest's package is none that makes this flash");
        var file = new byte[envelope.Length + package._parts.Sum(part => part.InFile.Length)];
        int taken = 0;
        long at = 0;
        foreach (var part in package._parts.OrderBy(part => part.InFile.Start))
        {
            taken += Fill(file, envelope, taken, FlashRange.FromBounds(at, part.InFile.Start));
            if (part.InFile.End > file.Length)
                throw new BekenImageException(FindingCode.WrongKind, "the manifest's package states more than it holds");
            flash.Slice((int)part.Flash.Start, (int)part.Flash.Length).CopyTo(file.AsSpan((int)part.InFile.Start));
            at = part.InFile.End;
        }
        Fill(file, envelope, taken, FlashRange.FromBounds(at, file.Length));
        package.Check(flash);
        if (isEdited)
            package._seal(file);
        return file;
    }

    /// <summary>0xFF, and each part in its place, up to the end of the last one.</summary>
    public byte[] ToFlash()
    {
        byte[] flash = ByteRuns.Erased(_parts.Select(part => part.Flash.End).DefaultIfEmpty(0).Max());
        foreach (var part in _parts)
            part.InFile.Of(_file).Span.CopyTo(flash.AsSpan((int)part.Flash.Start));
        return flash;
    }

    /// <summary>The package that makes another flash.</summary>
    /// <param name="flash">As long as this one's; other bytes only in the parts.</param>
    public ReadOnlyMemory<byte> ToFile(ReadOnlySpan<byte> flash)
    {
        byte[] file = _file.ToArray();
        bool isChanged = false;
        foreach (var part in _parts)
        {
            var now = flash.Slice((int)part.Flash.Start, (int)part.Flash.Length);
            var place = file.AsSpan((int)part.InFile.Start, (int)part.InFile.Length);
            isChanged |= !now.SequenceEqual(place);
            now.CopyTo(place);
        }
        if (isChanged)
            _seal(file);
        return file;
    }

    /// <summary>Refuses a flash that this package cannot make.</summary>
    /// <param name="flash">The flash.</param>
    /// <exception cref="ImageGuardException">It is of another length, or something lies where no part is (<see cref="FindingCode.OutsideFlash"/>).</exception>
    public void Check(ReadOnlySpan<byte> flash)
    {
        long at = 0;
        foreach (var range in Ranges.OrderBy(range => range.Start))
        {
            CheckErased(flash, at, range.Start);
            at = range.End;
        }
        if (flash.Length != at)
            throw new ImageGuardException(FindingCode.OutsideFlash, "the package has no room for what lies behind its last part; nothing was written", at);
    }

    /// <summary>Headers, and whatever else in the file is no part of the flash: what a split folder needs to make the package again.</summary>
    public byte[] Envelope()
    {
        var envelope = new List<byte>();
        long at = 0;
        foreach (var part in _parts.OrderBy(part => part.InFile.Start))
        {
            envelope.AddRange(FlashRange.FromBounds(at, part.InFile.Start).Of(_file).ToArray());
            at = part.InFile.End;
        }
        envelope.AddRange(_file.Slice((int)at).ToArray());
        return envelope.ToArray();
    }

    // By its headers alone.
    private static PackagedFlash? Open(ReadOnlyMemory<byte> file, long limit)
    {
        if (DownloadPackage.TryRead(file, out var download))
        {
            var parts = download.Images.Where(image => !image.IsForOtp && image.Length > 0)
                .Select(image => new Part(image.FlashRange, image.FileOffset)).ToArray();
            int headers = DownloadPackage.HeaderSize + download.Images.Count * DownloadImage.HeaderSize;
            return AreApart(parts, headers, limit) ? new PackagedFlash(file, parts, bytes => Seal(bytes, download)) { Findings = download.Findings } : null;
        }
        if (!McuUpdatePackage.TryRead(file, out var update))
            return null;
        // The body begins with the first page, which the loader writes where the grid of pages goes on.
        var bodies = update.Images.Select(image => new Part(
            new FlashRange(new PhysicalAddress(image.FlashAddress).RoundUpToPage().Value, image.Length), image.FileOffset)).ToArray();
        int end = McuUpdatePackage.HeaderSize + update.Images.Count * McuUpdateImage.HeaderSize;
        return AreApart(bodies, end, limit) ? new PackagedFlash(file, bodies, bytes => Seal(bytes, update)) { Findings = update.Findings, IsUpdate = true } : null;
    }

    private static int Fill(byte[] file, byte[] envelope, int taken, FlashRange place)
    {
        if (place.Length > envelope.Length - taken)
            throw new BekenImageException(FindingCode.WrongKind, "the manifest's package states more than it holds");
        envelope.AsSpan(taken, (int)place.Length).CopyTo(file.AsSpan((int)place.Start));
        return (int)place.Length;
    }

    private static void CheckErased(ReadOnlySpan<byte> flash, long start, long end)
    {
        if (start < end && !ByteRuns.IsErased(flash.Slice((int)start, (int)(end - start))))
        {
            throw new ImageGuardException(FindingCode.OutsideFlash, FormattableString.Invariant(
                $"the package has no part for 0x{start:x}..0x{end:x}, so nothing can be put there; nothing was written"), start);
        }
    }

    private static bool AreApart(IReadOnlyList<Part> parts, int headers, long limit) =>
        parts.Count > 0 && parts.All(part => part.Flash.End <= DownloadPackage.LargestFlash && part.InFile.Start >= headers && part.InFile.End <= limit) &&
        AreApart(parts.Select(part => part.Flash)) && AreApart(parts.Select(part => part.InFile));

    private static bool AreApart(IEnumerable<FlashRange> ranges)
    {
        long at = 0;
        foreach (var range in ranges.OrderBy(range => range.Start))
        {
            if (range.Start < at)
                return false;
            at = range.End;
        }
        return true;
    }

    private static void Seal(byte[] file, DownloadPackage package)
    {
        for (int i = 0; i < package.Images.Count; i++)
        {
            var image = package.Images[i];
            int header = DownloadPackage.HeaderSize + i * DownloadImage.HeaderSize;
            // Where none is stated it stays so: some packers write 0.
            if (image.Crc != 0 && !image.IsForOtp)
            {
                BinaryPrimitives.WriteUInt32BigEndian(
                    file.AsSpan(header + DownloadImage.CrcOffset), Crc32.ComputeRom(file.AsSpan((int)image.FileOffset, (int)image.Length)));
            }
        }
        int covered = package.HeaderCrcCoversImages ? DownloadPackage.HeaderSize + package.Images.Count * DownloadImage.HeaderSize : DownloadPackage.HeaderSize;
        BinaryPrimitives.WriteUInt32BigEndian(
            file.AsSpan(DownloadPackage.CrcOffset), Crc32.ComputeRom(file.AsSpan(DownloadPackage.VersionOffset, covered - DownloadPackage.VersionOffset)));
    }

    private static void Seal(byte[] file, McuUpdatePackage package)
    {
        for (int i = 0; i < package.Images.Count; i++)
        {
            var image = package.Images[i];
            int header = McuUpdatePackage.HeaderSize + i * McuUpdateImage.HeaderSize;
            BinaryPrimitives.WriteUInt32LittleEndian(
                file.AsSpan(header + McuUpdateImage.CrcOffset), Crc32.ComputeRom(file.AsSpan((int)image.FileOffset, (int)image.Length)));
        }
        int end = McuUpdatePackage.HeaderSize + package.Images.Count * McuUpdateImage.HeaderSize;
        BinaryPrimitives.WriteUInt32LittleEndian(
            file.AsSpan(McuUpdatePackage.CrcOffset), Crc32.ComputeRom(file.AsSpan(McuUpdatePackage.CounterOffset, end - McuUpdatePackage.CounterOffset)));
    }

    private sealed class Part(FlashRange flash, long fileOffset)
    {
        public FlashRange Flash { get; } = flash;

        public FlashRange InFile { get; } = new(fileOffset, flash.Length);
    }
}
