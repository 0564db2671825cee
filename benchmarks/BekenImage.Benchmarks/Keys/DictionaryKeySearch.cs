using System.Buffers.Binary;
using System.Text;
using BekenImage.Crypto;

namespace BekenImage.Benchmarks.Keys;

/// <summary>
/// The plain way to look for a key, for comparison: under each of the 125 settings, at every word, each of fourteen strings that stand in
/// bootloaders. A string's first whole word gives the constant, its others must agree.
/// </summary>
internal static class DictionaryKeySearch
{
    private static readonly string[] Strings =
    [
        "unknown compression method", "Custom verify RAW firmware failed!", "0123456789ABCDEF", "OTA firmware(%s) upgrade startup.",
        "rt_ota_part_fw_verify", "part_fw_hash_verify", "rt_ota_check_upgrade", "invalid literal/lengths set", "unknown header flags set",
        "too many length or distance symbols", "The partition '%s' erase success.", "invalid literal/length code",
        "RT-Thread OTA package(V%s) initialize success.", "RT-Thread OTA package(V%s) initialize failed(%d).",
    ];

    // The words of each string, for each of the four ways it can lie on the word grid.
    private static readonly uint[][] Needles = [.. Strings.SelectMany(Aligned)];

    internal static BekenKey? Find(ReadOnlySpan<byte> bootloader)
    {
        var words = new uint[bootloader.Length / 4];
        for (int setting = 0; setting < KeyRecoverySettings.Count; setting++)
        {
            for (int i = 0; i < words.Length; i++)
                words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bootloader.Slice(i * 4)) ^ KeyRecoverySettings.Linear(setting, (uint)i * 4);
            for (int i = 0; i < words.Length; i++)
            {
                foreach (uint[] needle in Needles)
                {
                    if (IsAt(words, i, needle))
                        return KeyRecoverySettings.ToKey(setting, words[i] ^ needle[0]);
                }
            }
        }
        return null;
    }

    private static bool IsAt(uint[] words, int start, uint[] needle)
    {
        if (start + needle.Length > words.Length)
            return false;
        uint constant = words[start] ^ needle[0];
        for (int i = 1; i < needle.Length; i++)
        {
            if ((words[start + i] ^ needle[i]) != constant)
                return false;
        }
        return true;
    }

    private static IEnumerable<uint[]> Aligned(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        for (int skip = 0; skip < 4; skip++)
        {
            var words = new uint[(bytes.Length - skip) / 4];
            for (int i = 0; i < words.Length; i++)
                words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(skip + i * 4));
            yield return words;
        }
    }
}
