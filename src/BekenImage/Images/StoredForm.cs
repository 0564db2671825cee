namespace BekenImage;

/// <summary>How the programs of a file are stored.</summary>
public enum StoredForm
{
    /// <summary>In 34-byte pages with their CRC, as in flash.</summary>
    Paged,

    /// <summary>Without page CRCs, as the CPU sees them: a file of a program, or a logical read of flash.</summary>
    Logical,
}
