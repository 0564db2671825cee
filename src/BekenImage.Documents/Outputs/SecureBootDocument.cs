using BekenImage.Documents.Json;
using BekenImage.Formats.SecureBoot;

namespace BekenImage.Documents.Outputs;

/// <summary>What secure boot goes by, in the document of <c>inspect</c>.</summary>
internal static class SecureBootDocument
{
    public static void Write(JsonWriter json, FlashImage image)
    {
        json.Object("secureBoot", image.SecureBoot, secure =>
        {
            var keys = image.KnownSecureBootKeys;
            json.Object("manifest", secure.Manifest, manifest => WriteManifest(json, secure, manifest, keys));
            json.Object("mcuboot", secure.Slots.Count > 0 ? secure.Slots[0] : null, slot => WriteSlot(json, slot, keys));
            json.Array("slots", secure.Slots, slot => WriteSlot(json, slot, keys));
        });
        json.Object("secureTable", image.SecureBoot?.Table, table =>
        {
            json.Number("offset", image.SecureBoot!.TableOffset);
            json.Number("version", table.Version);
            json.Array("partitions", table.Partitions, record =>
            {
                json.Text("name", record.Name);
                json.Number("type", record.Type);
                json.Number("subType", record.SubType);
                json.Number("offset", record.Offset);
                json.Number("length", record.Length);
                json.Number("flags", record.Flags);
                json.Boolean("encrypted", record.IsEncrypted);
                json.Boolean("flashEncrypted", record.IsFlashEncrypted);
            });
        });
    }

    private static void WriteManifest(JsonWriter json, SecureBootContents secure, Bl1Manifest manifest, SecureBootKeys? keys)
    {
        json.Number("offset", secure.ManifestPartition!.Offset);
        json.Number("version", manifest.SecurityCounter);
        json.Number("address", manifest.StaticAddress);
        json.Number("length", manifest.ImageLength);
        json.Text("sha256", manifest.StatedHash);
        json.Boolean("hashOk", secure.ManifestProgram is { } program ? manifest.HashFits(program.Span) : null);
        json.Boolean("signatureOk", manifest.CheckSignature().IsValid);
        json.Text("publicKeySha256", manifest.PublicKeyHash);
        json.Boolean("keyTrusted", keys?.IsBl1Key(manifest.PublicKeyHash));
    }

    private static void WriteSlot(JsonWriter json, SecureSlot slot, SecureBootKeys? keys)
    {
        var image = slot.Image;
        json.Text("partition", slot.Partition.Name);
        json.Number("offset", slot.Partition.Offset);
        json.Text("version", image.Version);
        json.Number("length", image.Length);
        json.Number("securityCounter", image.SecurityCounter);
        json.Text("sha256", image.StatedHash);
        json.Boolean("hashOk", image.HashOk);
        json.Boolean("signatureOk", image.CheckSignature().IsValid);
        json.Text("publicKeySha256", image.PublicKeyHash);
        json.Boolean("keyTrusted", image.PublicKeyHash is { } hash ? keys?.IsBl2Key(hash) : null);
    }
}
