namespace BekenImage.Formats.FlashVars;

/// <summary>State of an EasyFlash entry. Flash bits can only be cleared, so the lowest cleared bit of the status byte tells it.</summary>
public enum EasyFlashStatus
{
    /// <summary>No bit is cleared: nothing was written.</summary>
    Unused,

    /// <summary>Bit 0x80: being written when the power went.</summary>
    Writing,

    /// <summary>Bit 0x40: valid.</summary>
    Valid,

    /// <summary>Bit 0x20: about to be deleted; valid until a newer copy is complete.</summary>
    Deleting,

    /// <summary>Bit 0x10: deleted.</summary>
    Deleted,

    /// <summary>Bit 0x08: its header was found to be wrong.</summary>
    HeaderError,
}
