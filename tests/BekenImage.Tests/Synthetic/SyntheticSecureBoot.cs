using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BekenImage.Tests.Synthetic;

/// <summary>Tables, manifests and images written field by field from the byte tables, signed by the platform; shares nothing with the library.</summary>
internal sealed class SyntheticSecureBoot : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] PublicKey
    {
        get
        {
            var point = _key.ExportParameters(false).Q;
            return [4, .. point.X!, .. point.Y!];
        }
    }

    public byte[] PublicKeyDer => _key.ExportSubjectPublicKeyInfo();

    public static byte[] Record(string name, byte type, uint offset, uint length, ushort flags)
    {
        var record = new byte[32];
        record.AsSpan(0, 20).Fill(0xFF);
        Encoding.ASCII.GetBytes(name).CopyTo(record, 0);
        record[20] = type;
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(22), offset);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(26), length);
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(30), flags);
        return record;
    }

    public static byte[] OldRecord(string name, uint offset, uint length)
    {
        var record = new byte[32];
        record.AsSpan(0, 24).Fill(0xFF);
        Encoding.ASCII.GetBytes(name).CopyTo(record, 0);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(24), offset);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(28), length);
        return record;
    }

    public static byte[] Table(params byte[][] records) =>
        [.. Enumerable.Repeat((byte)0xFF, 0x400), .. records.SelectMany(record => record), .. Enumerable.Repeat((byte)0xFF, 64)];

    public byte[] Manifest(byte[] image, uint address, Action<byte[]>? change = null)
    {
        var bytes = Enumerable.Repeat((byte)0xFF, 0x1000).ToArray();
        bytes.AsSpan(0, 0xD5).Clear();
        uint[] words = [0xA1BC2FD8, 0x00010001, 4, 0xD5, 0x00030619, 1, 0, 0, address, address, (uint)image.Length, address];
        for (int i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), words[i]);
        SHA256.HashData(image).CopyTo(bytes, 0x30);
        PublicKey.CopyTo(bytes, 0x54);
        change?.Invoke(bytes);
        _key.SignData(bytes.AsSpan(0, 0x95), HashAlgorithmName.SHA256).CopyTo(bytes, 0x95);
        return bytes;
    }

    /// <summary>An image as the vendor's imgtool makes it: the signature is over the hash as a message.</summary>
    public byte[] McuBoot(byte[] payload, int headerSize = 0x200, bool hashSigned = true)
    {
        byte[] protectedTlvs = [.. Tlv(0x50, [5, 0, 0, 0]), .. Tlv(0x60, [0xA1, 0x01, 0x02])];
        var header = new byte[headerSize];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x96F3B83D);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x08), (ushort)headerSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(0x0A), (ushort)(protectedTlvs.Length + 4));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(0x0C), (uint)payload.Length);
        header[0x15] = 2;
        header[0x16] = 1;
        byte[] signed = [.. header, .. payload, .. Info(0x6908, protectedTlvs)];
        byte[] hash = SHA256.HashData(signed);
        byte[] signature = hashSigned
            ? _key.SignData(hash, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            : _key.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence);
        byte[] tlvs = [.. Tlv(0x10, hash), .. Tlv(0x02, PublicKeyDer), .. Tlv(0x22, signature)];
        return [.. signed, .. Info(0x6907, tlvs)];
    }

    public static byte[] Tlv(ushort tag, byte[] value) => [(byte)tag, (byte)(tag >> 8), (byte)value.Length, (byte)(value.Length >> 8), .. value];

    public void Dispose() => _key.Dispose();

    private static byte[] Info(ushort magic, byte[] entries) => Tlv(magic, entries) is var bytes
        ? [bytes[0], bytes[1], (byte)(entries.Length + 4), (byte)(entries.Length + 4 >> 8), .. entries] : [];
}
