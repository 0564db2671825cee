namespace BekenImage.Formats.Rf;

/// <summary>How an RF value depends on the device it was made for.</summary>
public enum RfItemNature
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>The same in every table.</summary>
    Constant,

    /// <summary>The same for a chip type or firmware generation.</summary>
    Model,

    /// <summary>The device's identity: its MAC.</summary>
    Identity,

    /// <summary>Measured on this one device.</summary>
    Calibration,

    /// <summary>Transmit power per channel, measured on this one device at some channels and interpolated between them.</summary>
    PowerTable,
}
