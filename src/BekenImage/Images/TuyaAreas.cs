using BekenImage.Formats.Tuya;

namespace BekenImage.Images;

/// <summary>Tuya's areas of an image and what is odd about them.</summary>
internal sealed class TuyaAreas
{
    private readonly Lazy<IReadOnlyList<TuyaFoundUserParameters>> _userParameters;

    private TuyaAreas(TuyaContents contents, ReadOnlyMemory<byte> image, Lazy<ReadOnlyMemory<byte>> app, IReadOnlyList<Finding> findings)
    {
        Contents = contents;
        Findings = findings;
        _userParameters = new(() =>
        {
            var found = TuyaUserParametersFinder.Find(contents, app.Value.Span);
            // A piece of a chip, or an app that stays enciphered: then what lies about may be all there is.
            return found.Count > 0 || !app.Value.IsEmpty ? found : TuyaUserParametersFinder.FindInFlash(image.Span);
        });
    }

    public TuyaContents Contents { get; }

    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>The texts of user_param_key, also those in the deciphered app, the most authoritative first.</summary>
    public IReadOnlyList<TuyaFoundUserParameters> UserParameters => _userParameters.Value;

    /// <param name="image">The un-rotated image.</param>
    /// <param name="app">The deciphered app; asked for only when user_param_key is.</param>
    /// <param name="phase">Where the image's first sector begins.</param>
    public static TuyaAreas Read(ReadOnlyMemory<byte> image, Lazy<ReadOnlyMemory<byte>> app, int phase)
    {
        var findings = new List<Finding>();
        return new TuyaAreas(TuyaReader.Read(image.Span, findings, phase), image, app, findings);
    }
}
