namespace BekenImage.Planning;

/// <summary>When a sector's turn comes. In this order a device boots or can be recovered as long as possible, and never is without its calibration.</summary>
internal enum PlanPhase
{
    /// <summary>A bootloader for a device that has none: from then on it is recoverable.</summary>
    LostBootloader,

    /// <summary>The device's calibration goes to its new place while it still is in the old one.</summary>
    Calibration,

    /// <summary>Calibration that changes where it is.</summary>
    CalibrationInPlace,

    /// <summary>What is staged for an update goes: a bootloader could install it over the new app.</summary>
    StagedUpdate,

    /// <summary>Apps and their headers. In between the device does not boot.</summary>
    Programs,

    /// <summary>What the firmware reads.</summary>
    Data,

    /// <summary>What only was of use to what the device ran before.</summary>
    LeftOver,

    /// <summary>Last, as for so long the old one takes downloads.</summary>
    Bootloader,
}
