using BekenImage.Combining;

namespace BekenImage;

/// <summary>
/// Combines a dump of a device with another firmware into an image that boots on that device: its bootloader stays, the app is encrypted
/// with its key and gets the RBL header its bootloader looks for, its calibration goes where the firmware looks, and nothing is invented.
/// </summary>
public sealed class ImageCombiner
{
    private readonly FlashImage _factory;
    private readonly FlashImage _firmware;
    private readonly CombineOptions _options;

    /// <summary>Takes the two inputs.</summary>
    /// <param name="factory">A dump of the device; a rotated or doubled one is read as if it were not.</param>
    /// <param name="firmware">What is to run on it: a QIO, UA, app, RBL or UG image, or a plain application.</param>
    /// <param name="options">What the caller wants; null for the safe defaults.</param>
    public ImageCombiner(FlashImage factory, FlashImage firmware, CombineOptions? options = null)
    {
        _factory = factory ?? throw new ArgumentNullException(nameof(factory));
        _firmware = firmware ?? throw new ArgumentNullException(nameof(firmware));
        _options = options ?? new CombineOptions();
    }

    private CombineInput[] Inputs => [new(_options.FactoryName, _factory), new(_options.FirmwareName, _firmware)];

    /// <summary>Works out who owns each byte of the result. Never throws on content: what stands against it is in the plan.</summary>
    public CombinePlan Plan()
    {
        var findings = new List<Finding>();
        try
        {
            return CombinePlanner.For(_factory, _firmware, _options, findings).Plan(Inputs);
        }
        catch (BekenImageException refusal)
        {
            findings.Add(new Finding(FindingSeverity.Error, refusal.Code, refusal.Message, refusal.Offset) { Subject = refusal.Subject });
            return new CombinePlan(CombineMode.Convert, Inputs, [], default, findings, refusal);
        }
    }
}
