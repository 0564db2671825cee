using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace BekenImage.Formats.Tuya;

/// <summary>Where a user_param_key text was found, in order of authority.</summary>
public enum TuyaUserParametersSource
{
    /// <summary>The value user_param_key of the storage: the device's setting.</summary>
    Storage,

    /// <summary>The UF file oem_cfg: a copy of it.</summary>
    OemConfigFile,

    /// <summary>The UF file user_param_key.</summary>
    UserParamFile,

    /// <summary>Compiled into the application: the firmware's default, which differs from the device's setting wherever both exist.</summary>
    Application,

    /// <summary>Another UF file whose text names pins as user_param_key does.</summary>
    OtherFile,

    /// <summary>Plain flash bytes that belong to nothing known; looked at where there is nothing else.</summary>
    Flash,
}

/// <summary>A user_param_key text and where it was found.</summary>
public sealed class TuyaFoundUserParameters
{
    internal TuyaFoundUserParameters(TuyaUserParametersSource source, TuyaUserParameters parameters, long position)
    {
        Source = source;
        Parameters = parameters;
        Position = position;
    }

    /// <summary>What holds it.</summary>
    public TuyaUserParametersSource Source { get; }

    /// <summary>The text.</summary>
    public TuyaUserParameters Parameters { get; }

    /// <summary>Physical offset of the index page or file; in an application: position in its deciphered bytes.</summary>
    public long Position { get; }
}

/// <summary>Finds user_param_key texts.</summary>
internal static class TuyaUserParametersFinder
{
    private const int TextLimit = 4096;
    private const int CountLimit = 64;

    private static readonly byte[][] Markers = [.. new[] { ",crc:", ",module:", "Jsonver:" }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Finds the texts of an image, the most authoritative first.</summary>
    /// <param name="contents">What was read from the image.</param>
    /// <param name="application">The deciphered application without page CRCs; may be empty.</param>
    /// <returns>The texts, none where the device has none (as with a TuyaMCU). Never throws on content.</returns>
    public static IReadOnlyList<TuyaFoundUserParameters> Find(TuyaContents contents, ReadOnlySpan<byte> application)
    {
        if (contents is null)
            throw new ArgumentNullException(nameof(contents));
        var found = new List<TuyaFoundUserParameters>();
        if (contents.Storage?.Find(TuyaUserParameters.Key) is { } value && TuyaUserParameters.TryParse(value.Data.Span, out var stored))
            found.Add(new TuyaFoundUserParameters(TuyaUserParametersSource.Storage, stored, value.Offset));
        for (int i = 0; i < TuyaUserParameters.FileNames.Count; i++)
        {
            var file = contents.FileSystem?.Find(TuyaUserParameters.FileNames[i]);
            if (file is { Offsets.Count: > 0 } && TuyaUserParameters.TryParse(file.Data.Span, out var copy))
                found.Add(new TuyaFoundUserParameters(TuyaUserParametersSource.OemConfigFile + i, copy, file.Offsets[0]));
        }
        foreach (var file in contents.FileSystem?.Files ?? [])
        {
            if (!TuyaUserParameters.FileNames.Contains(file.Name) && file.Offsets.Count > 0 && HasMarker(file.Data.Span) &&
                TuyaUserParameters.TryParse(file.Data.Span, out var other))
                found.Add(new TuyaFoundUserParameters(TuyaUserParametersSource.OtherFile, other, file.Offsets[0]));
        }
        found.AddRange(FindInApplication(application));
        return found;
    }

    /// <summary>Finds texts in bytes of which nothing is known.</summary>
    /// <param name="image">The bytes, from physical 0 on.</param>
    /// <returns>The texts that are printable as a whole: pages with CRCs in between are none.</returns>
    public static IReadOnlyList<TuyaFoundUserParameters> FindInFlash(ReadOnlySpan<byte> image) => FindInApplication(image)
        .Where(found => found.Parameters.Text.All(character => character is >= ' ' and <= '~'))
        .Select(found => new TuyaFoundUserParameters(TuyaUserParametersSource.Flash, found.Parameters, found.Position)).ToArray();

    private static bool HasMarker(ReadOnlySpan<byte> text)
    {
        foreach (byte[] marker in Markers)
        {
            if (text.IndexOf(marker) >= 0)
                return true;
        }
        return false;
    }

    /// <summary>Finds the texts of an image; the overload for callers without spans.</summary>
    /// <param name="contents">What was read from the image.</param>
    /// <param name="application">The deciphered application without page CRCs; null where there is none.</param>
    /// <returns>The texts, the most authoritative first. Never throws on content.</returns>
    public static IReadOnlyList<TuyaFoundUserParameters> Find(TuyaContents contents, byte[]? application) => Find(contents, application.AsSpan());

    /// <summary>Finds the texts compiled into an application.</summary>
    /// <param name="application">The deciphered application without page CRCs.</param>
    /// <returns>The texts, by position, at most 64. Never throws on content.</returns>
    /// <remarks>
    /// A text holds <c>,crc:</c>, <c>,module:</c> or <c>Jsonver:</c>, and something behind it: where a NUL follows, it is the parser's own
    /// constant. The text reaches from NUL to NUL.
    /// </remarks>
    public static IReadOnlyList<TuyaFoundUserParameters> FindInApplication(ReadOnlySpan<byte> application)
    {
        var found = new SortedDictionary<long, TuyaFoundUserParameters>();
        foreach (byte[] marker in Markers)
        {
            int position = 0;
            while (found.Count < CountLimit)
            {
                int hit = application.Slice(position).IndexOf(marker);
                if (hit < 0)
                    break;
                int start = position + hit;
                position = start + marker.Length;
                if (TryTakeText(application, start, ref position, out int textStart, out var parameters) && !found.ContainsKey(textStart))
                    found.Add(textStart, new TuyaFoundUserParameters(TuyaUserParametersSource.Application, parameters, textStart));
            }
        }
        return [.. found.Values];
    }

    /// <summary>The text around a marker; the position goes behind it, so that no byte is looked at often.</summary>
    private static bool TryTakeText(ReadOnlySpan<byte> application, int marker, ref int position, out int textStart,
        [NotNullWhen(true)] out TuyaUserParameters? parameters)
    {
        parameters = null;
        textStart = 0;
        if (position >= application.Length || application[position] == 0)
            return false;
        int lowest = Math.Max(0, marker - TextLimit);
        textStart = lowest + application.Slice(lowest, marker - lowest).LastIndexOf((byte)0) + 1;
        var tail = application.Slice(position, Math.Min(TextLimit, application.Length - position));
        int length = tail.IndexOf((byte)0);
        int end = position + (length < 0 ? tail.Length : length);
        position = end;
        var text = application.Slice(textStart, end - textStart);
        int brace = text.IndexOf((byte)'{');
        if (brace < 0)
            return false;
        textStart += brace;
        return TuyaUserParameters.TryParse(text.Slice(brace), out parameters);
    }
}
