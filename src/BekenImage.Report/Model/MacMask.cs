using System.Text.RegularExpressions;

namespace BekenImage.Report.Model;

/// <summary>Keeps the maker's half of MACs: in a forum the other half tells one device from all others.</summary>
internal sealed class MacMask
{
    private static readonly Regex Written = new(
        "(?<![0-9A-Fa-f])([0-9A-Fa-f]{2})([:-])([0-9A-Fa-f]{2})\\2([0-9A-Fa-f]{2})(?:\\2[0-9A-Fa-f]{2}){3}(?![0-9A-Fa-f])",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    // Without separators a MAC is only known as one where it is one of this image's.
    private readonly IReadOnlyList<string> _own;

    private MacMask(IReadOnlyList<string> own) => _own = own;

    public static MacMask Of(FlashImage image) => new(
    [
        .. image.RfTables.Select(table => table.Mac).OfType<MacAddress>()
            .Concat(image.NetParamTables.Select(table => table.Mac).OfType<MacAddress>())
            .Concat(image.FastConnectRecords.Select(record => record.RevealBssid()))
            .Select(mac => mac.ToString().Replace(":", string.Empty)).Where(mac => mac is not ("000000000000" or "ffffffffffff")).Distinct(),
    ]);

    public string Hide(string text)
    {
        string hidden = Written.Replace(text, "$1$2$3$2$4$2xx$2xx$2xx");
        foreach (string mac in _own)
        {
            for (int at; (at = hidden.IndexOf(mac, StringComparison.OrdinalIgnoreCase)) >= 0;)
                hidden = hidden.Substring(0, at + 6) + "xxxxxx" + hidden.Substring(at + mac.Length);
        }
        return hidden;
    }
}
