namespace BekenImage.Boot.Cpu;

/// <summary>The kinds of shift, by their two bits.</summary>
internal enum ArmShift : uint
{
    Left,
    Right,
    Arithmetic,
    Rotate,
}
