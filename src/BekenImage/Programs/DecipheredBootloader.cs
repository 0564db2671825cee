using BekenImage.Crypto;
using BekenImage.Formats.Fal;

namespace BekenImage.Programs;

/// <summary>
/// Bootloader files that somebody deciphered with more zeal than the chip does: every byte, also those that lie plain in flash. Then the
/// partition table and the N family's marker look scrambled, and the same key brings them back. Source: Firmware/FORMAT.md, section 3.
/// </summary>
internal static class DecipheredBootloader
{
    /// <summary>Undoes it.</summary>
    /// <param name="file">A file that begins with plain vectors.</param>
    /// <param name="key">The key of the device it is for; the one it stores and the known ones are tried too.</param>
    /// <returns>
    /// The bytes as they lie in flash and the key they are under, where the table says so; else plain bytes, with the marker as it should
    /// be, and no key. They may still hold no table.
    /// </returns>
    public static (byte[] Bytes, BekenKey? Key) Restore(ReadOnlySpan<byte> file, BekenKey key)
    {
        byte[] plain = file.ToArray();
        if (FalReader.Find(file) is null)
        {
            foreach (var candidate in Candidates(file, key))
            {
                var stored = new byte[file.Length];
                FlashCipher.Apply(candidate, 0, file, stored);
                if (FalReader.Find(stored) is not null)
                    return (stored, candidate);
            }
        }
        if (KeyOfMarker(file, key) is { } under)
            CipherMarker(plain, under).CopyTo(plain, BootloaderPayload.MarkerOffset);
        return (plain, null);
    }

    /// <summary>What to say of a file in which no partition table is found.</summary>
    public static BekenImageException WithoutTable(ReadOnlySpan<byte> file, BekenKey key)
    {
        string why = KeyOfMarker(file, key) is { } under
            ? $"the bootloader file was deciphered whole, under {(under.Name is { } name ? $"the key {name}" : "the key it stores")}, and holds no partition " +
              "table behind its code; without one it is not known where the app belongs. One that was read from a device, or is part of a QIO, holds it"
            : "the bootloader file holds no partition table, neither plain nor deciphered; all of it is needed, up to that table";
        return new BekenImageException(FindingCode.BuildBootloaderUnfit, why);
    }

    private static BekenKey? KeyOfMarker(ReadOnlySpan<byte> file, BekenKey key)
    {
        if (file.Length < BootloaderPayload.MarkerOffset + BootloaderPayload.MarkerSize || BootloaderPayload.HasMarker(file))
            return null;
        foreach (var candidate in Candidates(file, key))
        {
            if (BootloaderPayload.IsMarker(CipherMarker(file, candidate)))
                return candidate;
        }
        return null;
    }

    private static byte[] CipherMarker(ReadOnlySpan<byte> file, BekenKey key)
    {
        var marker = new byte[BootloaderPayload.MarkerSize];
        FlashCipher.Apply(key, BootloaderPayload.MarkerOffset, file.Slice(BootloaderPayload.MarkerOffset, marker.Length), marker);
        return marker;
    }

    private static List<BekenKey> Candidates(ReadOnlySpan<byte> file, BekenKey key)
    {
        var candidates = new List<BekenKey> { key };
        if (BootloaderKeys.Read(file, key).FlashKey is { } stored)
            candidates.Add(stored);
        candidates.AddRange(BekenKey.Named.Select(named => named.Key));
        return candidates.FindAll(candidate => !candidate.IsIdentity);
    }
}
