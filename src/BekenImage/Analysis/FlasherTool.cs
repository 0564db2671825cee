namespace BekenImage;

/// <summary>A program that writes flash.</summary>
public enum FlasherTool
{
    /// <summary>BK7231GUIFlashTool, also called EasyFlasher.</summary>
    EasyFlasher,

    /// <summary>ltchiptool.</summary>
    LtChipTool,

    /// <summary>bk7231tools.</summary>
    Bk7231Tools,

    /// <summary>A programmer on the flash chip's pins.</summary>
    Programmer,
}
