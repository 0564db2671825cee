namespace BekenImage.Boot.Cpu;

/// <summary>Which flags satisfy which condition (ARM DDI 0100, A3.2.1): bit NZCV of the condition's mask.</summary>
internal static class ArmConditions
{
    // Bit number = N*8 + Z*4 + C*2 + V.
    private const ushort N = 0xFF00;
    private const ushort Z = 0xF0F0;
    private const ushort C = 0xCCCC;
    private const ushort V = 0xAAAA;
    private const ushort Ge = unchecked((ushort)~(N ^ V));

    public static readonly string[] Names =
        { "EQ", "NE", "CS", "CC", "MI", "PL", "VS", "VC", "HI", "LS", "GE", "LT", "GT", "LE", "", "NV" };

    private static readonly ushort[] Masks =
    {
        Z, // EQ
        unchecked((ushort)~Z), // NE
        C, // CS
        unchecked((ushort)~C), // CC
        N, // MI
        unchecked((ushort)~N), // PL
        V, // VS
        unchecked((ushort)~V), // VC
        unchecked((ushort)(C & ~Z)), // HI
        unchecked((ushort)~(C & ~Z)), // LS
        Ge, // GE
        unchecked((ushort)~Ge), // LT
        unchecked((ushort)(Ge & ~Z)), // GT
        unchecked((ushort)~(Ge & ~Z)), // LE
        0xFFFF, // AL
        0, // 1111 is no condition: the instructions there have rows of their own
    };

    public static bool Holds(uint condition, uint cpsr) => (Masks[condition] >> (int)(cpsr >> 28) & 1) != 0;
}
