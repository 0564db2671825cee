using System.Buffers.Binary;
using System.Globalization;
using BekenImage.IO;

namespace BekenImage.Formats.Obk;

/// <summary>Fields to plain values and back; the types are those of <see cref="ObkFieldType"/>, in its order.</summary>
internal static class ObkFieldCodec
{
    public static object Read(ObkField field, ReadOnlySpan<byte> config, ObkPinLayout layout)
    {
        var bytes = config.Slice(field.OffsetIn(layout), field.SizeIn(layout, config.Length));
        return field.Type switch
        {
            ObkFieldType.Text => Utf8Text.FromNulTerminated(bytes),
            ObkFieldType.UInt8 => (long)bytes[0],
            ObkFieldType.UInt16 => (long)BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            ObkFieldType.UInt32 => (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            ObkFieldType.Int32 => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
            ObkFieldType.Mac => new MacAddress(bytes).ToString(),
            ObkFieldType.Pins => ReadPins(bytes).Where(pin => !pin.IsUnused).Select(pin => Pair(pin.Number, pin.ToString())).ToArray(),
            ObkFieldType.ChannelTypes => ReadChannelTypes(bytes),
            ObkFieldType.ChannelValues => ReadChannelValues(bytes),
            ObkFieldType.Bytes => bytes.ToArray().Select(value => (object)(long)value).ToArray(),
            ObkFieldType.Addresses => ReadAddresses(bytes),
            _ => ReadFloats(bytes),
        };
    }

    /// <summary>Writes a whole field; of maps, what is not named becomes 0.</summary>
    /// <exception cref="BekenImageException">The value does not fit.</exception>
    public static void Write(ObkField field, Span<byte> config, ObkPinLayout layout, object? value)
    {
        var bytes = config.Slice(field.OffsetIn(layout), field.SizeIn(layout, config.Length));
        if (field.Type is ObkFieldType.Pins or ObkFieldType.ChannelTypes or ObkFieldType.ChannelValues)
        {
            var entries = ObkPlainValue.ToMap(field.Name, value, CountIn(field, layout)).ToArray();
            bytes.Clear();
            foreach (var entry in entries)
                WriteEntry(field, bytes, layout, entry.Key, entry.Value);
            return;
        }
        WriteSingle(field, bytes, value);
    }

    /// <summary>Writes one entry of a map or list.</summary>
    /// <exception cref="BekenImageException">The value does not fit, or the field has no entries.</exception>
    public static void WriteEntry(ObkField field, Span<byte> config, ObkPinLayout layout, string key, object? value)
    {
        var bytes = config.Slice(field.OffsetIn(layout), field.SizeIn(layout, config.Length));
        if (CountIn(field, layout) == 0)
            throw ObkPlainValue.Refused(field.Name, "the field has no numbered entries");
        WriteEntry(field, bytes, layout, ObkPlainValue.ToIndex(field.Name, key, CountIn(field, layout)), value);
    }

    public static IReadOnlyList<ObkPin> ReadPins(ReadOnlySpan<byte> bytes)
    {
        int count = bytes.Length / 3;
        var pins = new ObkPin[count];
        for (int pin = 0; pin < count; pin++)
            pins[pin] = new ObkPin(pin, bytes[pin], bytes[count + pin], bytes[2 * count + pin]);
        return pins;
    }

    private static int CountIn(ObkField field, ObkPinLayout layout) => field.Type switch
    {
        ObkFieldType.Pins => ObkFields.PinsIn(layout),
        ObkFieldType.ChannelTypes or ObkFieldType.ChannelValues => ObkFields.Channels,
        ObkFieldType.Bytes => field.SizeIn(layout, ObkConfig.CurrentLength),
        ObkFieldType.Addresses or ObkFieldType.Floats => field.SizeIn(layout, ObkConfig.CurrentLength) / sizeof(uint),
        _ => 0,
    };

    private static void WriteSingle(ObkField field, Span<byte> bytes, object? value)
    {
        string name = field.Name;
        switch (field.Type)
        {
            case ObkFieldType.Text:
                ObkText.Write(name, ObkPlainValue.ToText(name, value), bytes, field.MayFill);
                break;
            case ObkFieldType.UInt8:
                bytes[0] = (byte)ObkPlainValue.ToInteger(name, value, 0, byte.MaxValue);
                break;
            case ObkFieldType.UInt16:
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)ObkPlainValue.ToInteger(name, value, 0, ushort.MaxValue));
                break;
            case ObkFieldType.UInt32:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)ObkPlainValue.ToInteger(name, value, 0, uint.MaxValue));
                break;
            case ObkFieldType.Int32:
                BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)ObkPlainValue.ToInteger(name, value, int.MinValue, int.MaxValue));
                break;
            case ObkFieldType.Mac:
                if (!MacAddress.TryParse(ObkPlainValue.ToText(name, value), out var mac))
                    throw ObkPlainValue.Refused(name, "a MAC of six hex pairs is expected");
                mac.ToArray().AsSpan().CopyTo(bytes);
                break;
            default:
                WriteList(field, bytes, value);
                break;
        }
    }

    private static void WriteList(ObkField field, Span<byte> bytes, object? value)
    {
        var list = ObkPlainValue.ToList(field.Name, value, CountIn(field, ObkPinLayout.Pins32));
        for (int index = 0; index < list.Count; index++)
            WriteEntry(field, bytes, ObkPinLayout.Pins32, index, list[index]);
    }

    private static void WriteEntry(ObkField field, Span<byte> bytes, ObkPinLayout layout, int index, object? value)
    {
        string name = field.Name;
        switch (field.Type)
        {
            case ObkFieldType.Pins:
                WritePin(bytes, ObkFields.PinsIn(layout), ObkPlainValue.ToPin(name, index, value));
                break;
            case ObkFieldType.ChannelTypes:
                string typeName = ObkPlainValue.ToText(name, value);
                bytes[index] = ObkChannelTypes.TryParse(typeName, out byte type)
                    ? type
                    : throw ObkPlainValue.NotAmong(name, "channel type", typeName, ObkChannelTypes.Names);
                break;
            case ObkFieldType.ChannelValues:
                BinaryPrimitives.WriteInt16LittleEndian(
                    bytes.Slice(2 * index), (short)ObkPlainValue.ToInteger(name, value, short.MinValue, short.MaxValue));
                break;
            case ObkFieldType.Bytes:
                bytes[index] = (byte)ObkPlainValue.ToInteger(name, value, 0, byte.MaxValue);
                break;
            case ObkFieldType.Addresses:
                WriteAddress(name, bytes.Slice(4 * index, 4), ObkPlainValue.ToText(name, value));
                break;
            default:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.Slice(4 * index), ObkPlainValue.ToFloatBits(name, value));
                break;
        }
    }

    private static void WritePin(Span<byte> bytes, int count, ObkPin pin)
    {
        bytes[pin.Number] = pin.Role;
        bytes[count + pin.Number] = pin.Channel;
        bytes[2 * count + pin.Number] = pin.Channel2;
    }

    private static void WriteAddress(string name, Span<byte> bytes, string text)
    {
        string[] parts = text.Trim().Split('.');
        if (parts.Length != bytes.Length)
            throw ObkPlainValue.Refused(name, "an address like 192.168.0.10 is expected");
        for (int i = 0; i < parts.Length; i++)
            bytes[i] = (byte)ObkPlainValue.ToInteger(name, parts[i], 0, byte.MaxValue);
    }

    private static object ReadChannelTypes(ReadOnlySpan<byte> bytes)
    {
        var types = new List<NamedValue>();
        for (int channel = 0; channel < bytes.Length; channel++)
        {
            if (bytes[channel] != 0)
                types.Add(Pair(channel, ObkChannelTypes.NameOf(bytes[channel])));
        }
        return types;
    }

    private static object ReadChannelValues(ReadOnlySpan<byte> bytes)
    {
        var values = new List<NamedValue>();
        for (int channel = 0; channel < bytes.Length / sizeof(short); channel++)
        {
            long value = BinaryPrimitives.ReadInt16LittleEndian(bytes.Slice(sizeof(short) * channel));
            if (value != 0)
                values.Add(Pair(channel, value));
        }
        return values;
    }

    private static object ReadAddresses(ReadOnlySpan<byte> bytes)
    {
        var addresses = new object[bytes.Length / 4];
        for (int i = 0; i < addresses.Length; i++)
            addresses[i] = FormattableString.Invariant($"{bytes[4 * i]}.{bytes[4 * i + 1]}.{bytes[4 * i + 2]}.{bytes[4 * i + 3]}");
        return addresses;
    }

    private static object ReadFloats(ReadOnlySpan<byte> bytes)
    {
        var floats = new object[bytes.Length / sizeof(uint)];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = ObkPlainValue.FromFloatBits(BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(sizeof(uint) * i)));
        return floats;
    }

    private static NamedValue Pair(int number, object value) =>
        new(number.ToString(CultureInfo.InvariantCulture), value);
}
