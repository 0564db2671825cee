namespace BekenImage.Formats.SecureBoot;

/// <summary>Which number of a secure partition's type stands for code: the two packers have swapped them.</summary>
public enum SecureTypeOrder
{
    /// <summary>The table does not tell: version 1, or no record whose nature is known by its name.</summary>
    Unknown,

    /// <summary>0 code, 1 data: beken_utils (BK7236, BK7258).</summary>
    CodeIsZero,

    /// <summary>0 data, 1 code: bksecure (BK7236N, BK7239N). From sources; no such table was met.</summary>
    CodeIsOne,
}
