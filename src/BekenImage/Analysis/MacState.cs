namespace BekenImage;

/// <summary>Whose MAC an image holds, as far as its RF table tells.</summary>
public enum MacState
{
    /// <summary>The image is not one of a device: there is no MAC to look for.</summary>
    NotApplicable,

    /// <summary>It holds no RF table, or one without a MAC.</summary>
    None,

    /// <summary>Multicast, all 00 or all FF: no station may have it.</summary>
    Invalid,

    /// <summary>Made up by firmware or tools: other devices have it too.</summary>
    Placeholder,

    /// <summary>That of a table which flashers write where a device has lost its own.</summary>
    Generic,

    /// <summary>That of a table of another family of chips.</summary>
    OtherChip,

    /// <summary>It may be the device's, but its table holds no calibration: it was made anew.</summary>
    Uncalibrated,

    /// <summary>The device's own: beside a calibration, and none of the above.</summary>
    Own,
}
