using System.Diagnostics.CodeAnalysis;
using BekenImage.Crypto;
using BekenImage.Firmware;
using BekenImage.Formats.McuUpdate;
using BekenImage.Formats.SecureBoot;
using BekenImage.Formats.Ua;
using BekenImage.IO;
using BekenImage.Programs;

namespace BekenImage;

/// <summary>
/// An update file for BK7236 and its kin, in whichever form it comes; those with an RBL header at their start are
/// <see cref="FlashImage.UpdatePackage"/>. Immutable; keeps its bytes. Source: Firmware/FORMAT.md, section 7.
/// </summary>
public sealed class UpdateFile
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly UaPackage? _appUg;
    private readonly AbSlot? _slot;
    private readonly OverwriteBody? _packed;

    private UpdateFile(ReadOnlyMemory<byte> bytes, UpdateForm form, IReadOnlyList<Finding> findings)
    {
        _bytes = bytes;
        Form = form;
        Findings = findings;
    }

    private UpdateFile(ReadOnlyMemory<byte> bytes, McuUpdatePackage package)
        : this(bytes, UpdateForm.McuBootPackage, package.Findings) => Package = package;

    private UpdateFile(ReadOnlyMemory<byte> bytes, UaPackage package)
        : this(bytes, UpdateForm.AppUg, package.Findings) => _appUg = package;

    private UpdateFile(ReadOnlyMemory<byte> bytes, AbSlot slot)
        : this(bytes, UpdateForm.AbSlot, slot.Findings) => _slot = slot;

    private UpdateFile(ReadOnlyMemory<byte> bytes, UpdateForm form, OverwriteBody body, IReadOnlyList<Finding> findings)
        : this(bytes, form, findings) => _packed = body;

    /// <summary>Bytes of the file.</summary>
    public int Length => _bytes.Length;

    /// <summary>Its form.</summary>
    public UpdateForm Form { get; }

    /// <summary>The package, where it is one for MCUboot; else null.</summary>
    public McuUpdatePackage? Package { get; }

    /// <summary>What is wrong or remarkable; offsets count in the file.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Tells the form of a file; nothing is unpacked, and nothing is thrown whatever the bytes are.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="file">The file, or null.</param>
    /// <returns>False when it has none of these forms.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out UpdateFile? file)
    {
        file = Read(bytes);
        return file is not null;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out UpdateFile?)"/>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out UpdateFile? file) =>
        TryRead((ReadOnlyMemory<byte>)(bytes ?? throw new ArgumentNullException(nameof(bytes))), out file);

    /// <summary>
    /// Unpacks it: of a package for MCUboot the signed image, deciphered, and of a packed one the image that overwrites the app; of an
    /// <c>app_ug.bin</c> the update file (UA); of a slot the app.
    /// </summary>
    /// <param name="key">The device's AES key; null tries the published ones where one is needed.</param>
    /// <param name="variant">How the key is applied; null tries both.</param>
    /// <exception cref="BekenImageException">It is damaged, enciphered under another key, or a form that is not unpacked here.</exception>
    public byte[] Unpack(AesFlashKey? key = null, AesFlashVariant? variant = null)
    {
        if (Form == UpdateForm.Difference)
        {
            throw new BekenImageException(FindingCode.UpdateFormRefused,
                "it is a difference update of Tuya (diff2ya), which makes new firmware of old one; patches are not applied here");
        }
        if (Findings.FirstOrDefault(finding => finding.Severity == FindingSeverity.Error) is { } error)
            throw new BekenImageException(error.Code, error.Message, error.Offset);
        if (Package is { } package)
            return UnpackMcuBoot(package, key, variant);
        return _packed?.Unpack() ?? _appUg?.Unpack() ?? _slot!.App.ToArray();
    }

    /// <summary>The bytes as they were read.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>The form.</summary>
    public override string ToString() => Package?.ToString() ?? _packed?.ToString() ?? _appUg?.ToString() ?? _slot?.ToString() ?? "difference update";

    private static UpdateFile? Read(ReadOnlyMemory<byte> bytes)
    {
        if (McuUpdatePackage.TryRead(bytes, out var package))
            return new UpdateFile(bytes, package);
        if (Diff2YaHeader.TryRead(bytes.Span, out var difference))
            return new UpdateFile(bytes, UpdateForm.Difference, difference.Findings);
        if (McuBootImage.TryRead(bytes, out var image))
        {
            return OverwriteBody.TryRead(image.Payload, out var payload)
                ? new UpdateFile(bytes, UpdateForm.SignedOverwrite, payload, image.Verify().Concat(image.Findings).Distinct().ToArray()) : null;
        }
        if (UaPackage.TryRead(bytes, out var appUg))
            return new UpdateFile(bytes, appUg);
        if (AbSlot.TryRead(bytes, out var slot))
            return new UpdateFile(bytes, slot);
        return OverwriteBody.TryRead(bytes, out var body) ? new UpdateFile(bytes, UpdateForm.OverwriteBody, body, []) : null;
    }

    private static byte[] UnpackMcuBoot(McuUpdatePackage package, AesFlashKey? key, AesFlashVariant? variant)
    {
        if (package.Images.Count != 1)
        {
            throw new BekenImageException(FindingCode.UpdateFormRefused,
                FormattableString.Invariant($"the package holds {package.Images.Count} images; packages with one were met, and which of several is meant is not known"));
        }
        var image = package.Images[0];
        byte[] signed = image.IsClear ? image.Data.ToArray() : Decipher(image, key, variant);
        return McuBootImage.TryRead(signed, out var read) && OverwriteBody.TryRead(read.Payload, out var packed) ? packed.Unpack() : signed;
    }

    private static byte[] Decipher(McuUpdateImage image, AesFlashKey? key, AesFlashVariant? variant)
    {
        var scan = ProgramPages.Check(image.Data.Span);
        if (scan.Bad > 0 || scan.Total == 0 || image.Data.Length % FlashPages.PageSize != 0)
        {
            throw new BekenImageException(FindingCode.BadPage, FormattableString.Invariant(
                $"the body is neither a clear MCUboot image nor pages: {scan.Bad} of {scan.Total} pages {Counted.Have(scan.Bad)} a wrong CRC"), image.FileOffset);
        }
        byte[] stored = ProgramPages.Strip(image.Data.Span);
        var address = new PhysicalAddress(image.FlashAddress).RoundUpToPage().ToLogical();
        foreach (var candidate in key is null ? AesFlashKey.KnownKeys : [key])
        {
            foreach (var way in variant is { } told ? new[] { told } : [AesFlashVariant.WordSwapped, AesFlashVariant.Standard])
            {
                var plain = new byte[stored.Length];
                new AesFlashCipher(candidate, way).Decrypt((ulong)address.Value, stored, plain);
                if (plain.AsSpan().StartsWith(McuUpdateReader.McuBootMagic))
                    return plain;
            }
        }
        throw new BekenImageException(FindingCode.UpdateEnciphered,
            $"the body is enciphered, and {(key is null ? "none of the published keys opens it" : "the key does not open it")}", image.FileOffset);
    }
}
