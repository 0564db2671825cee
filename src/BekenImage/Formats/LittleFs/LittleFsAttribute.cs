namespace BekenImage.Formats.LittleFs;

/// <summary>A user attribute of a file, a directory or the volume. Immutable.</summary>
public sealed class LittleFsAttribute
{
    /// <summary>Makes an attribute.</summary>
    /// <param name="type">Its number.</param>
    /// <param name="value">Its bytes; at most 1022. Not copied.</param>
    public LittleFsAttribute(byte type, ReadOnlyMemory<byte> value)
    {
        Type = type;
        Value = value;
    }

    /// <summary>Makes an attribute.</summary>
    /// <param name="type">Its number.</param>
    /// <param name="value">Its bytes; at most 1022. Not copied.</param>
    public LittleFsAttribute(byte type, byte[] value)
        : this(type, (value ?? throw new ArgumentNullException(nameof(value))).AsMemory())
    {
    }

    /// <summary>Its number.</summary>
    public byte Type { get; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Value { get; }
}
