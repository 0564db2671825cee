namespace BekenImage.Formats.Uf2;

/// <summary>Who takes a part of a UF2 file. Source: FORMAT.md, section 3.</summary>
public enum Uf2Scheme
{
    /// <summary>A running device with one firmware: on Beken the update package for <c>download</c>.</summary>
    DeviceSingle,

    /// <summary>A running device, for the first of two firmwares.</summary>
    DeviceDual1,

    /// <summary>A running device, for the second of two.</summary>
    DeviceDual2,

    /// <summary>A cable, for a device with one firmware: on Beken the paged, enciphered app.</summary>
    FlasherSingle,

    /// <summary>A cable, for the first of two firmwares.</summary>
    FlasherDual1,

    /// <summary>A cable, for the second of two.</summary>
    FlasherDual2,
}
