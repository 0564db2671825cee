using System.Collections.Generic;
using System.Linq;
using BekenImage;
using BekenImage.Formats.Rbl;

/// <summary>Makes an update package that a bootloader with the usual AES key unpacks, and opens it again.</summary>
public static class PackageRecipe
{
    public static byte[] Pack(byte[] app, string version) =>
        OtaWriter.Pack(app, new OtaPackOptions { Version = version, Compression = RblCompression.Gzip });

    public static byte[] Unpack(byte[] package)
    {
        if (!OtaPackage.TryRead(package, out OtaPackage? ota))
            throw new BekenImageException("this is no update package");
        if (!ota.TryUnpack(null, out byte[]? app, out IReadOnlyList<Finding> findings))
            throw new BekenImageException(string.Join("; ", findings.Select(finding => finding.ToString())));
        return app;
    }
}
