namespace BekenImage.Crypto;

/// <summary>
/// The 125 settings of the cipher: each of its three stages is off or one of four variants. For a fixed setting the keystream is
/// <c>Linear(setting, address) ^ constant</c>, so a setting and one 32-bit word are a whole key.
/// </summary>
/// <remarks>A setting is a number: <c>(stage15 * 5 + stage16) * 5 + stage32</c>; each digit is 0 for off, else the selector plus 1.</remarks>
internal static class KeyRecoverySettings
{
    internal const int Count = 125;

    /// <summary>Choices a stage has: off, or four selectors.</summary>
    internal const int Choices = 5;

    /// <summary>Any top byte but 00 and FF switches the cipher on; this is the one canonical keys carry.</summary>
    private const uint ActiveControl = 0x47000000;

    internal static int Make(int stage15, int stage16, int stage32) => (stage15 * Choices + stage16) * Choices + stage32;

    internal static int Stage15(int setting) => setting / (Choices * Choices);

    internal static int Stage16(int setting) => setting / Choices % Choices;

    internal static int Stage32(int setting) => setting % Choices;

    /// <summary>
    /// The setting that does the same within a 64 KiB window: stage "15" with the bytes of the upper address half swapped. There is none
    /// where the stage is off.
    /// </summary>
    internal static bool TryTwin(int setting, out int twin)
    {
        int stage15 = Stage15(setting);
        twin = stage15 == 0 ? setting : Make(stage15 <= 2 ? stage15 + 2 : stage15 - 2, Stage16(setting), Stage32(setting));
        return stage15 != 0;
    }

    /// <summary>The setting a control word chooses; the cipher must not be bypassed.</summary>
    internal static int FromControl(uint control)
    {
        int stage15 = (control & 1) != 0 ? 0 : 1 + (int)(control >> 5 & 3);
        int stage16 = (control & 2) != 0 ? 0 : 1 + (int)(control >> 8 & 3);
        int stage32 = (control & 4) != 0 ? 0 : 1 + (int)(control >> 11 & 3);
        return Make(stage15, stage16, stage32);
    }

    /// <summary>
    /// The canonical key of a setting and a constant: coefficients 0 and 1 are 0, 2 is the constant, 3 has no bit that does nothing.
    /// Nothing on and no constant is the zero key.
    /// </summary>
    internal static BekenKey ToKey(int setting, uint constant) =>
        setting == 0 && constant == 0 ? BekenKey.Zero : new BekenKey(0, 0, constant, Control(setting));

    /// <summary>The part of the keystream that depends on the address.</summary>
    internal static uint Linear(int setting, uint address) => FlashCipher.Keystream(new BekenKey(0, 0, 0, Control(setting)), address);

    private static uint Control(int setting) =>
        ActiveControl |
        Select(Stage15(setting), shift: 5, off: 1) |
        Select(Stage16(setting), shift: 8, off: 2) |
        Select(Stage32(setting), shift: 11, off: 4);

    private static uint Select(int choice, int shift, uint off) => choice == 0 ? off : (uint)(choice - 1) << shift;
}
