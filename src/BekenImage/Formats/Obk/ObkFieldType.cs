namespace BekenImage.Formats.Obk;

/// <summary>How a field is stored, and which plain value stands for it in <see cref="ObkConfig.ToFields"/>.</summary>
public enum ObkFieldType
{
    /// <summary>Text of fixed size, NUL-terminated. A string.</summary>
    Text,

    /// <summary>An unsigned byte. A long.</summary>
    UInt8,

    /// <summary>Two bytes, unsigned. A long.</summary>
    UInt16,

    /// <summary>Four bytes, unsigned. A long.</summary>
    UInt32,

    /// <summary>Four bytes, signed. A long.</summary>
    Int32,

    /// <summary>Six bytes. A string like <c>c8:47:8c:00:00:00</c>.</summary>
    Mac,

    /// <summary>Roles and channels. A map from pin number to <c>ROLE;CHANNEL</c> or <c>ROLE;CHANNEL;CHANNEL2</c>; unused pins are left out.</summary>
    Pins,

    /// <summary>One byte per channel. A map from channel number to type name; channels of type 0 are left out.</summary>
    ChannelTypes,

    /// <summary>Two signed bytes per channel. A map from channel number to long; zeros are left out.</summary>
    ChannelValues,

    /// <summary>A row of unsigned bytes. A list of long.</summary>
    Bytes,

    /// <summary>A row of IPv4 addresses. A list of strings.</summary>
    Addresses,

    /// <summary>A row of 32-bit floats. A list of double; words that are no sensible float are strings like <c>0x0000000a</c>.</summary>
    Floats,
}
