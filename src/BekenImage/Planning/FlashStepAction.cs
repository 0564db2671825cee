namespace BekenImage;

/// <summary>What a step of a plan does.</summary>
public enum FlashStepAction
{
    /// <summary>Every byte becomes 0xFF.</summary>
    Erase,

    /// <summary>Bytes are programmed, where flash is erased.</summary>
    Write,
}
