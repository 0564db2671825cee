namespace BekenImage.Documents;

/// <summary>What the document of <c>combine</c> says besides the plan: the inputs, and the two answers about the result.</summary>
public sealed class CombineReport
{
    /// <summary>Makes a report.</summary>
    /// <param name="factory">The device's dump.</param>
    /// <param name="firmware">The firmware.</param>
    /// <param name="options">The options of the plan; the names of the inputs are taken from them.</param>
    public CombineReport(FlashImage factory, FlashImage firmware, CombineOptions? options = null)
    {
        Factory = factory ?? throw new ArgumentNullException(nameof(factory));
        Firmware = firmware ?? throw new ArgumentNullException(nameof(firmware));
        Options = options ?? new CombineOptions();
    }

    /// <summary>The device's dump.</summary>
    public FlashImage Factory { get; }

    /// <summary>The firmware.</summary>
    public FlashImage Firmware { get; }

    /// <summary>The options of the plan.</summary>
    public CombineOptions Options { get; }

    /// <summary>The answer of <see cref="ImageVerifier"/> about the result; null where it was not asked.</summary>
    public VerifyResult? Verify { get; set; }

    /// <summary>The answer of <see cref="FirmwareLinter"/> about the result; null where it was not asked.</summary>
    public LintResult? Lint { get; set; }
}
