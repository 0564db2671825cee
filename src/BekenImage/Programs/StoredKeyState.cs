namespace BekenImage.Programs;

/// <summary>Whether the flash key a bootloader stores is the one it should: <see cref="BootloaderUpdates.State"/>.</summary>
internal enum StoredKeyState
{
    /// <summary>No record of a known kind is in it.</summary>
    Unknown,

    /// <summary>It is the key the bootloader is under, or what the vendor's own hold there and no code reads.</summary>
    Fits,

    /// <summary>It is another one, and the bootloader's code enciphers updates with it.</summary>
    Differs,

    /// <summary>It is another one, which code of this kind was not seen to read.</summary>
    DiffersUnread,
}
