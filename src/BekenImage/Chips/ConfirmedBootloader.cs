namespace BekenImage.Chips;

/// <summary>
/// A bootloader that one sign does not tell: it prints nothing, or a name that others carry too. Both signs that are stated must be there.
/// </summary>
internal sealed class ConfirmedBootloader
{
    /// <summary>The name it prints before its version; null for one that prints nothing.</summary>
    public string? SdkName { get; init; }

    /// <summary>The first word of one that prints nothing.</summary>
    public uint? ResetBranch { get; init; }

    /// <summary>
    /// The block of PWM registers its code programs. Beken's sources have it at <see cref="OldPwm"/> for BK7231 and 0x80 behind for every
    /// later chip. Source: the SDK's bootloader, pwm.h (SOC_BK7231).
    /// </summary>
    public uint? Pwm { get; init; }

    /// <summary>
    /// Its vectors pass every exception on to the app's, each by a literal 0x20 behind it, and it is RT-Thread's: seen in the loaders of
    /// BK7251 and BK7252 alone.
    /// </summary>
    public bool PassesExceptionsOn { get; init; }

    public const uint OldPwm = 0x00802A00;

    public const uint NewPwm = 0x00802A80;
}
