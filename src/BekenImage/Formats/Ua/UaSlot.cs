namespace BekenImage.Formats.Ua;

/// <summary>An app of an update file, and the room its partition has. Immutable.</summary>
public sealed class UaSlot
{
    /// <summary>Makes a slot.</summary>
    /// <param name="app">Its plain bytes, without page CRCs.</param>
    /// <param name="logicalSize">Bytes its partition has room for, without page CRCs: 0x100000 for a partition of 0x110000.</param>
    public UaSlot(byte[] app, int logicalSize)
    {
        App = app ?? throw new ArgumentNullException(nameof(app));
        LogicalSize = logicalSize >= 0 ? logicalSize : throw new ArgumentOutOfRangeException(nameof(logicalSize));
    }

    /// <summary>Its plain bytes, without page CRCs.</summary>
    public ReadOnlyMemory<byte> App { get; }

    /// <summary>Bytes its partition has room for, without page CRCs.</summary>
    public int LogicalSize { get; }

    /// <summary>Length and room.</summary>
    public override string ToString() => FormattableString.Invariant($"0x{App.Length:x} bytes in a slot of 0x{LogicalSize:x}");
}
