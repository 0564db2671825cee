using BekenImage.Crypto;
using BekenImage.Formats.Rbl;
using BekenImage.Formats.Ug;

namespace BekenImage.Images;

/// <summary>
/// The update package of an image: the file itself, the one a UG file wraps, or one staged in the download partition; and the keys that may
/// open it.
/// </summary>
internal static class UpdatePackages
{
    public static OtaPackage? Find(FlashImage image)
    {
        if (image is { Kind: ImageKind.Package, IsPackagedFlash: false })
            return image.Contained is { } inside ? Find(inside) : null;
        if (image.Kind == ImageKind.Ota)
            return OtaPackage.TryRead(image.Bytes, out var file) ? file : null;
        if (image.Kind == ImageKind.Ug)
            return UgPackage.TryRead(image.Bytes, out var wrapper) && wrapper!.TryReadOta(out var wrapped) ? wrapped : null;
        var staged = image.Containers
            .Where(container => !container.IsBehindPayload && container.HeaderCrcOk)
            .OrderByDescending(container => container.Partition == PartitionNames.Download)
            .FirstOrDefault();
        return staged is not null && OtaPackage.TryRead(image.Bytes.Slice((int)staged.Offset), out var package, staged.Offset) ? package : null;
    }

    /// <summary>Keys in the order in which they are tried: the one given, those the bootloaders of some images store, the vendor's default.</summary>
    /// <param name="given">The key the caller knows; null for none.</param>
    /// <param name="stored">Those that bootloaders store; null where one stores none.</param>
    public static IReadOnlyList<OtaKey> Keys(OtaKey? given, params OtaKey?[] stored) =>
        given is not null ? [given] : [.. stored.OfType<OtaKey>(), OtaKey.Default];

    /// <summary>Opens the package of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="given">Its AES key; null tries those of <paramref name="devices"/>, then the vendor's default.</param>
    /// <param name="devices">Images whose bootloader may store the key.</param>
    /// <exception cref="BekenImageException">There is none, its UG wrapper or itself is damaged, or no key opens it.</exception>
    public static byte[] Open(FlashImage image, OtaKey? given, params FlashImage?[] devices)
    {
        image = image.OpenPackage();
        // A device refuses a UG file whose sums are wrong before it looks at what is inside.
        if (image.Kind == ImageKind.Ug && UgPackage.TryRead(image.Bytes, out var wrapper))
            wrapper!.Unpack();
        var package = Find(image) ?? throw new BekenImageException(FindingCode.WrongKind, "there is no update package in it");
        return Unpack(package, Keys(given, devices.Select(device => device is null ? null : StoredKey(device)).ToArray()));
    }

    /// <summary>The AES key the bootloader of an image stores; null when there is no readable bootloader, or it stores none.</summary>
    public static OtaKey? StoredKey(FlashImage image) => StoredKey(image.Programs, image.Content.Decoded);

    /// <param name="programs">The programs of an image.</param>
    /// <param name="decoded">What they decode to.</param>
    public static OtaKey? StoredKey(ProgramLayout programs, DecodedPartitions decoded) =>
        programs.Bootloader is { Key: { } key } bootloader ? OtaKey.Of(BootloaderKeys.Read(decoded.Decode(bootloader).Span, key)) : null;

    /// <summary>Opens a package with the first key that fits.</summary>
    /// <exception cref="BekenImageException">None does, or the package is damaged: what the last one came to.</exception>
    private static byte[] Unpack(OtaPackage package, IReadOnlyList<OtaKey> keys)
    {
        for (int i = 0; i < keys.Count - 1; i++)
        {
            if (package.TryUnpack(new OtaUnpackOptions { Key = keys[i], MaximumLength = OtaUnpackOptions.Budget(package.Length) }, out byte[]? firmware, out _))
                return firmware!;
        }
        return package.Unpack(new OtaUnpackOptions { Key = keys[keys.Count - 1], MaximumLength = OtaUnpackOptions.Budget(package.Length) });
    }

    /// <summary>Whether the package unpacks to what its header's hash covers; null where it cannot be opened.</summary>
    /// <param name="header">The header.</param>
    /// <param name="bytes">The package, header included.</param>
    /// <param name="keys">The keys to try.</param>
    public static bool? HashOk(RblHeader header, ReadOnlyMemory<byte> bytes, IReadOnlyList<OtaKey> keys)
    {
        if (!header.HeaderCrcOk || !OtaPackage.TryRead(bytes, out var package))
            return null;
        foreach (var key in keys)
        {
            if (package!.TryUnpack(new OtaUnpackOptions { Key = key, MaximumLength = OtaUnpackOptions.Budget(package.Length) }, out _, out var findings))
                return true;
            if (findings.Any(finding => finding.Code == FindingCode.RblPayloadHash))
                return false;
        }
        return null;
    }
}
