using System.Buffers.Binary;
using BekenImage.IO;

namespace BekenImage.Formats.SecureBoot;

/// <summary>Writes manifests; who has the private key signs the first 0x95 bytes himself. Source: FORMAT.md, section 4.</summary>
public static class Bl1ManifestWriter
{
    /// <summary>A manifest of one image that runs in place.</summary>
    /// <param name="securityCounter">Version of the manifest.</param>
    /// <param name="staticAddress">Where the CPU sees the image.</param>
    /// <param name="image">The plain bytes of the image.</param>
    /// <param name="publicKey">65 bytes: 04, X, Y.</param>
    /// <param name="signature">64 bytes: r, s; or none yet, then they are 0xFF.</param>
    /// <exception cref="ArgumentException">Key or signature have another length.</exception>
    public static byte[] Write(
        uint securityCounter, uint staticAddress, ReadOnlySpan<byte> image, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != Bl1Manifest.SignatureOffset - Bl1Manifest.PublicKeyOffset)
            throw new ArgumentException("A public key has 65 bytes.", nameof(publicKey));
        if (signature.Length is not (0 or Bl1Manifest.Size - Bl1Manifest.SignatureOffset))
            throw new ArgumentException("A signature has 64 bytes.", nameof(signature));
        var bytes = new byte[Bl1Manifest.Size];
        Bl1Manifest.Magic.CopyTo(bytes);
        Put(0x04, Bl1Manifest.Version);
        Put(0x08, securityCounter);
        Put(Bl1Manifest.TotalLengthOffset, Bl1Manifest.Size);
        Put(Bl1Manifest.SchemesOffset, Bl1Manifest.KnownSchemes);
        Put(Bl1Manifest.ImageCountOffset, 1);
        Put(Bl1Manifest.StaticAddressOffset, staticAddress);
        Put(0x24, staticAddress);
        Put(Bl1Manifest.ImageLengthOffset, (uint)image.Length);
        Put(0x2C, staticAddress);
        Sha256Text.Hash(image).CopyTo(bytes, Bl1Manifest.ImageHashOffset);
        publicKey.CopyTo(bytes.AsSpan(Bl1Manifest.PublicKeyOffset));
        bytes.AsSpan(Bl1Manifest.SignatureOffset).Fill(0xFF);
        signature.CopyTo(bytes.AsSpan(Bl1Manifest.SignatureOffset));
        return bytes;

        void Put(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);
    }

    /// <inheritdoc cref="Write(uint, uint, ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public static byte[] Write(uint securityCounter, uint staticAddress, byte[] image, byte[] publicKey, byte[] signature) => Write(
        securityCounter, staticAddress, (image ?? throw new ArgumentNullException(nameof(image))).AsSpan(),
        (publicKey ?? throw new ArgumentNullException(nameof(publicKey))).AsSpan(),
        (signature ?? throw new ArgumentNullException(nameof(signature))).AsSpan());
}
