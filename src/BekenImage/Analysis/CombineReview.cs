namespace BekenImage;

/// <summary>
/// The end of a combination: the built image read back, and the device judged that has it: as a whole, or a part of a chip over what the
/// device held before. Immutable.
/// </summary>
public sealed class CombineReview
{
    internal CombineReview(FlashImage image, FlashImage device, VerifyResult verify, LintResult lint)
    {
        Image = image;
        Device = device;
        Verify = verify;
        Lint = lint;
    }

    /// <summary>The result, as it is written.</summary>
    public FlashImage? Image { get; }

    /// <summary>What the device holds once the result is flashed: the result itself where it is a whole chip.</summary>
    public FlashImage Device { get; }

    /// <summary>Whether the device would boot. Of a part of a chip it is not asked whether it is a backup.</summary>
    public VerifyResult? Verify { get; }

    /// <summary>Whether the firmware runs there, and what flashing it overwrites.</summary>
    public LintResult? Lint { get; }

    /// <summary>
    /// Why the result must not be flashed, though no guard refused its inputs: an image of a whole chip that would not boot. Null where nothing
    /// stands against it; of a part of a chip nothing is said, since it may be the way back for a device that does not boot as it is.
    /// </summary>
    public Finding? Obstacle => Image == Device && Verify is { Boots: false } verify
        ? new Finding(FindingSeverity.Error, FindingCode.ResultDoesNotBoot,
            $"the result would not boot: {string.Join("; ", verify.BootChecks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.Message))}",
            verify.BootChecks.First(check => check.Status == CheckStatus.Fail).Offset)
        : null;

    /// <summary>Builds what was planned and judges it.</summary>
    /// <param name="plan">A plan that can be built.</param>
    /// <exception cref="ImageGuardException">A guard refused it.</exception>
    /// <exception cref="BekenImageException">An input is not what is needed.</exception>
    public static CombineReview Of(CombinePlan plan)
    {
        if (plan is null)
            throw new ArgumentNullException(nameof(plan));
        var image = plan.ToImage();
        // A plan that can be built has its device.
        var factory = plan.Factory!;
        if (plan.Output == new FlashRange(0, factory.Bytes.Length))
            return new CombineReview(image, image, ImageVerifier.Verify(image), FirmwareLinter.Lint(image, image));
        var device = FlashImage.Parse(Flash(factory, plan), plan.ReadingOptions);
        var verify = ImageVerifier.Verify(device);
        return new CombineReview(
            image, device, new VerifyResult(verify.Boots, verify.BootloaderAccepts, backup: null, verify.BootChecks, []),
            FirmwareLinter.LintFlashed(image, factory, device, plan.KeptFiles));
    }

    private static byte[] Flash(FlashImage factory, CombinePlan plan)
    {
        byte[] flash = factory.Bytes.ToArray();
        plan.Bytes.CopyTo(flash, (int)plan.Output.Start);
        return flash;
    }
}
