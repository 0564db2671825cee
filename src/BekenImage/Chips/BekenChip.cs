namespace BekenImage;

/// <summary>The chips this library knows. <see cref="BekenChips.Names"/> lists what else they are called.</summary>
public enum BekenChip
{
    /// <summary>Not known, or signs that disagree.</summary>
    Unknown,

    /// <summary>BK7231T; its bootloader calls itself BK7231S.</summary>
    BK7231T,

    /// <summary>BK7231N with an encryption key.</summary>
    BK7231N,

    /// <summary>BK7231M: a BK7231N without a key.</summary>
    BK7231M,

    /// <summary>BK7231U.</summary>
    BK7231U,

    /// <summary>BK7231Q, the oldest.</summary>
    BK7231Q,

    /// <summary>BL2028N: a BK7231N in other clothes, mostly without a key.</summary>
    BL2028N,

    /// <summary>BK7238, also sold as T1.</summary>
    BK7238,

    /// <summary>BK7252, also called BK7251 and BK7252U.</summary>
    BK7252,

    /// <summary>BK7252N, also sold as T4.</summary>
    BK7252N,

    /// <summary>BK7236, also sold as T3. With it begins the generation of the Armino SDK: other core, other cipher, other tables.</summary>
    BK7236,

    /// <summary>BK7258, also sold as T5.</summary>
    BK7258,

    /// <summary>BK7239N, and BK7236N.</summary>
    BK7239N,
}
