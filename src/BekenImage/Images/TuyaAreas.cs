using BekenImage.Formats.Tuya;

namespace BekenImage.Images;

/// <summary>Tuya's areas of an image and what is odd about them.</summary>
internal sealed class TuyaAreas
{
    private readonly Lazy<IReadOnlyList<TuyaFoundUserParameters>> _userParameters;

    private TuyaAreas(FlashImage image, TuyaContents contents, IReadOnlyList<Finding> findings)
    {
        Contents = contents;
        Findings = findings;
        _userParameters = new(() => TuyaUserParametersFinder.Find(contents, Application(image).Span));
    }

    public TuyaContents Contents { get; }

    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The texts of user_param_key, also those in the deciphered app, the most authoritative first.</summary>
    public IReadOnlyList<TuyaFoundUserParameters> UserParameters => _userParameters.Value;

    public static TuyaAreas Read(FlashImage image)
    {
        var findings = new List<Finding>();
        return new TuyaAreas(image, TuyaReader.Read(image.Bytes.Span, findings), findings);
    }

    private static ReadOnlyMemory<byte> Application(FlashImage image) =>
        image.Programs.App is { Key: not null } app ? image.Decode(app) : default;
}
