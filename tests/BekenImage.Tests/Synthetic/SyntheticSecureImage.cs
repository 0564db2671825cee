using System.Buffers.Binary;

namespace BekenImage.Tests.Synthetic;

/// <summary>
/// A flash under secure boot as the format notes lay it out (armino.md, 4.4 "published secure", 5 and 6.1): a manifest, the second bootloader
/// and a signed program, each in pages at the first multiple of 34 of its partition. Nothing of it is made by the library.
/// </summary>
internal sealed class SyntheticSecureImage : IDisposable
{
    public const int ManifestOffset = 0x3000;
    public const int Bl2Offset = 0x4000;
    public const int PrimaryOffset = 0x23000;
    public const int PrimaryLength = 0x40000;
    public const int FlashLength = 0x400000;

    private readonly SyntheticSecureBoot _signer = new();
    private readonly byte[]? _key;

    /// <param name="key">32 bytes; null where nothing is enciphered.</param>
    /// <param name="tableInPages">As in the images of 2022; else raw.</param>
    public SyntheticSecureImage(byte[]? key, bool tableInPages)
    {
        _key = key;
        Bl2 = SyntheticArmino.Program(0x5000, 0x3E00, 11);
        byte[] app = SyntheticArmino.Program(0x9000, 0x22000, 12);
        "BK7236\x10\0"u8.CopyTo(app.AsSpan(0x100));
        Primary = _signer.McuBoot([.. Erased(0xE0), .. app], headerSize: 0x1000);
        Flash = Erased(FlashLength);
        byte[] control = Erased(0xF00);
        Bl2.AsSpan(0, 64).CopyTo(control);
        PutCode(0, control);
        // Written behind the cipher.
        byte[] mark = SyntheticArmino.Pages([.. "BK7236\0"u8, .. Flash.AsSpan(0x110 + 7, 25)]);
        mark.CopyTo(Flash, 0x110);
        byte[] table = Table();
        if (tableInPages)
            PutCode(0x1000, table);
        else
            table.CopyTo(Flash, 0x1000);
        _signer.Manifest(Bl2, 0x02003E00).CopyTo(Flash, ManifestOffset);
        PutCode(Bl2Offset, [.. Erased(0x1C0), .. Bl2]);
        PutCode(PrimaryOffset, Primary);
    }

    public byte[] Flash { get; }

    public byte[] Bl2 { get; }

    public byte[] Primary { get; }

    public byte[] PublicKeyHash => System.Security.Cryptography.SHA256.HashData(_signer.PublicKey);

    public byte[] PublicKeyDerHash => System.Security.Cryptography.SHA256.HashData(_signer.PublicKeyDer);

    /// <summary>The download package that makes this flash: its parts are the sectors in use.</summary>
    public byte[] Package(string magic = "BKDLV10.")
    {
        (int Offset, int Length)[] parts = [(0, 0x1000), (0x1000, 0x1000), (ManifestOffset, 0x1000), (Bl2Offset, 0x18000), (PrimaryOffset, PrimaryLength)];
        var headers = new byte[32 + 32 * parts.Length];
        System.Text.Encoding.ASCII.GetBytes(magic).CopyTo(headers, 0);
        headers[15] = 1;
        headers[17] = 32;
        headers[19] = (byte)parts.Length;
        var body = new List<byte>();
        for (int i = 0; i < parts.Length; i++)
        {
            byte[] data = Flash.AsSpan(parts[i].Offset, parts[i].Length).ToArray();
            var header = headers.AsSpan(32 + 32 * i);
            uint[] words = [(uint)parts[i].Offset, (uint)parts[i].Length, (uint)parts[i].Offset, (uint)(headers.Length + body.Count), (uint)data.Length, Crc(data)];
            for (int word = 0; word < words.Length; word++)
                BinaryPrimitives.WriteUInt32BigEndian(header[(4 * word)..], words[word]);
            body.AddRange(data);
        }
        BinaryPrimitives.WriteUInt32BigEndian(headers.AsSpan(8), Crc(headers.AsSpan(12)));
        return [.. headers, .. body];
    }

    /// <summary>A plain flash with the same programs under a key.</summary>
    public byte[] EncipheredWith(byte[] key)
    {
        byte[] flash = (byte[])Flash.Clone();
        foreach (var (offset, length) in new[] { (0, 0xF00), (Bl2Offset, 0x1C0 + Bl2.Length), (PrimaryOffset, Primary.Length) })
        {
            int first = (offset + 33) / 34 * 34;
            int pages = (length + 31) / 32;
            byte[] plain = Enumerable.Range(0, pages).SelectMany(page => Flash.AsSpan(first + page * 34, 32).ToArray()).ToArray();
            SyntheticArmino.Pages(SyntheticArmino.Encrypt(key, first / 34 * 32, plain)).CopyTo(flash, first);
        }
        // Written behind the cipher.
        SyntheticArmino.Pages([.. "BK7236\0"u8, .. flash.AsSpan(0x110 + 7, 25)]).CopyTo(flash, 0x110);
        return flash;
    }

    public void Dispose() => _signer.Dispose();

    private void PutCode(int partition, byte[] plain)
    {
        int first = (partition + 33) / 34 * 34;
        byte[] padded = [.. plain, .. Erased((32 - plain.Length % 32) % 32)];
        byte[] stored = _key is null ? padded : SyntheticArmino.Encrypt(_key, first / 34 * 32, padded);
        SyntheticArmino.Pages(stored).CopyTo(Flash, first);
    }

    private static byte[] Table()
    {
        byte[] table = SyntheticSecureBoot.Table(
            SyntheticSecureBoot.OldRecord("bl1_control", 0, 0x1000), SyntheticSecureBoot.OldRecord("partition", 0x1000, 0x1000),
            SyntheticSecureBoot.OldRecord("sys_rf", 0x2000, 0x1000), SyntheticSecureBoot.OldRecord("primary_manifest", ManifestOffset, 0x1000),
            SyntheticSecureBoot.OldRecord("bl2", Bl2Offset, 0x18000), SyntheticSecureBoot.OldRecord("easyflash", 0x21000, 0x2000),
            SyntheticSecureBoot.OldRecord("primary_tfm_s", PrimaryOffset, 0x8000), SyntheticSecureBoot.OldRecord("primary_cpu0_app", 0x2B000, PrimaryLength - 0x8000),
            SyntheticSecureBoot.OldRecord("primary_all", PrimaryOffset, PrimaryLength));
        return table.AsSpan(0, 0x400 + 10 * 32).ToArray();
    }

    // As the boot ROM: without the final XOR.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return crc;
    }

    private static byte[] Erased(int count) => Enumerable.Repeat((byte)0xFF, count).ToArray();
}
