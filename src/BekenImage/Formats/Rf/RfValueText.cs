using System.Buffers.Binary;
using System.Globalization;

namespace BekenImage.Formats.Rf;

/// <summary>The values of RF elements as a person reads them.</summary>
internal static class RfValueText
{
    private const int FirstWiFiChannel = 1;
    private const int WiFiChannels = 14;

    public static string Of(RfItem item)
    {
        if (item.Tag == RfTags.Mac && item.Data.Length == MacAddress.Size)
            return new MacAddress(item.Data.Span).ToString();
        if (item.Tag == RfTags.Adc && item.Data.Length == sizeof(uint))
            return FormattableString.Invariant($"0x{UInt16(item, 0):x4}, 0x{UInt16(item, 2):x4}");
        if (RfPowerTable.TryRead(item, out var power))
            return Of(power);
        return item.Data.Length is > 0 and <= 32 && item.Data.Length % sizeof(uint) == 0
            ? string.Join(" ", Words(item))
            : Hex(item.Data.Span);
    }

    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[2 * bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            string pair = bytes[i].ToString("x2", CultureInfo.InvariantCulture);
            characters[2 * i] = pair[0];
            characters[2 * i + 1] = pair[1];
        }
        return new string(characters);
    }

    private static string Of(RfPowerTable table)
    {
        int first = table.Gains.Count == WiFiChannels ? FirstWiFiChannel : 0;
        string measured = table.MeasuredIndexes.Count == 0
            ? "none"
            : string.Join(", ", table.MeasuredIndexes.Select(index => (index + first).ToString(CultureInfo.InvariantCulture)));
        string gains = string.Join(" ", table.Gains.Select(gain => gain.ToString(CultureInfo.InvariantCulture)));
        return $"{gains} (measured channels: {measured})";
    }

    private static IEnumerable<string> Words(RfItem item)
    {
        for (int i = 0; i < item.Data.Length; i += sizeof(uint))
        {
            uint value = BinaryPrimitives.ReadUInt32LittleEndian(item.Data.Span.Slice(i));
            yield return item.Nature == RfItemNature.Unknown || item.Data.Length > 2 * sizeof(uint)
                ? FormattableString.Invariant($"0x{value:x}")
                : value.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static ushort UInt16(RfItem item, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(item.Data.Span.Slice(offset));
}
