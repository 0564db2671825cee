namespace BekenImage;

/// <summary>
/// The end of a combination: the built image read back, verified, and held against the device it is for. Immutable.
/// </summary>
public sealed class CombineReview
{
    private CombineReview(FlashImage? image, VerifyResult? verify, LintResult? lint)
    {
        Image = image;
        Verify = verify;
        Lint = lint;
    }

    /// <summary>The result; null for an app partition alone, which says nothing without the bootloader it is for.</summary>
    public FlashImage? Image { get; }

    /// <summary>Whether the result would boot; null where there is no <see cref="Image"/>.</summary>
    public VerifyResult? Verify { get; }

    /// <summary>Whether the result's firmware runs there; null where there is no <see cref="Image"/>.</summary>
    public LintResult? Lint { get; }

    /// <summary>Builds what was planned and judges it.</summary>
    /// <param name="plan">A plan that can be built.</param>
    /// <exception cref="ImageGuardException">A guard refused it.</exception>
    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    public static CombineReview Of(CombinePlan plan)
    {
        if (plan is null)
            throw new ArgumentNullException(nameof(plan));
        var image = plan.ToImage();
        if (plan.Output.Start != 0)
            return new CombineReview(null, null, null);
        // A whole chip answers for itself; a part of one is held against the device it will be flashed on.
        bool isWhole = image.Kind == ImageKind.Dump || plan.Factory is null;
        var lint = isWhole ? FirmwareLinter.Lint(image, image) : FirmwareLinter.Lint(image, plan.Factory!, plan.KeptFiles);
        return new CombineReview(image, ImageVerifier.Verify(image), lint);
    }
}
