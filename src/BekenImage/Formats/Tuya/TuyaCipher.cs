using System.Buffers.Binary;
using System.Text;
using BekenImage.Crypto;

namespace BekenImage.Formats.Tuya;

/// <summary>The keys of Tuya's storage, and the byte sums it uses everywhere instead of CRCs.</summary>
internal static class TuyaCipher
{
    /// <summary>First word of a key block and of a protected block; only the range of the sum tells them apart.</summary>
    public const uint KeyMagic = 0x13579753;

    public static readonly byte[] MasterKey = Encoding.ASCII.GetBytes("qwertyuiopasdfgh");

    private static readonly byte[] Part2 = Encoding.ASCII.GetBytes("HHRRQbyemofrtytf");

    /// <summary>How an inner key becomes a data key: Beken's way first, then those of other platforms.</summary>
    public static IReadOnlyList<TuyaKeyDerivation> Derivations { get; } =
    [
        new("8710_2M", (inner, part2, i) => inner + part2 + "8710"[i % 4]),
        new("8721D", (inner, part2, i) => inner + part2 + "8721"[i % 4]),
        new("8711AM_4M", (inner, part2, i) => inner + part2 + "8711"[i % 4]),
        new("RDA5981_2M", (inner, part2, i) => inner + part2 + "RDA5"[i % 4]),
        new("inner + part 2", (inner, part2, _) => inner + part2),
        new("inner + 2 x part 2", (inner, part2, _) => inner + 2 * part2),
    ];

    public static byte[] DeriveKey(ReadOnlySpan<byte> innerKey, TuyaKeyDerivation derivation)
    {
        var key = new byte[AesEcb128.KeySize];
        for (int i = 0; i < key.Length; i++)
            key[i] = (byte)(derivation.Byte(innerKey[i], Part2[i], i) & 0xFF);
        return key;
    }

    /// <summary>The sum of bytes modulo 2^32.</summary>
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        foreach (byte value in bytes)
            sum = unchecked(sum + value);
        return sum;
    }

    /// <summary>True when the word at 4 is the sum of everything from 8 on: data blocks, protected blocks and superblocks.</summary>
    public static bool IsSumRight(ReadOnlySpan<byte> sector) => BinaryPrimitives.ReadUInt32LittleEndian(sector.Slice(4)) == Sum(sector.Slice(8));

    public static void RenewSum(Span<byte> sector) => BinaryPrimitives.WriteUInt32LittleEndian(sector.Slice(4), Sum(sector.Slice(8)));
}

/// <summary>One way to make a data key of an inner key, byte by byte.</summary>
internal sealed class TuyaKeyDerivation
{
    public TuyaKeyDerivation(string name, Func<int, int, int, int> combine)
    {
        Name = name;
        Byte = combine;
    }

    public string Name { get; }

    /// <summary>Inner key byte, part 2 byte, index: the key byte, modulo 256.</summary>
    public Func<int, int, int, int> Byte { get; }
}
