namespace BekenImage.Formats.Obk;

/// <summary>How many pins the configuration has room for. The bytes do not tell; the chip does.</summary>
public enum ObkPinLayout
{
    /// <summary>32 pins: BK7231N, M, T, U, BL2028N and BK7238.</summary>
    Pins32,

    /// <summary>48 pins: BK7252 and BK7252N. The fields from startChannelValues to unusedSectorAB lie 0x30 higher.</summary>
    Pins48,
}
