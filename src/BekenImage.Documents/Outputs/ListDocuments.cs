using BekenImage.Documents.Json;
using BekenImage.Formats.Obk;

namespace BekenImage.Documents.Outputs;

/// <summary>What the library knows: explanations, OpenBeken's numbers, chips and their flash maps.</summary>
internal static class ListDocuments
{
    public static string Explain(Explanation explanation, string asked, bool indented) => Document.Write("explain", indented, json =>
    {
        json.Text("asked", asked);
        json.Text("kind", explanation.Code is null ? "term" : "finding");
        json.Text("term", explanation.Term);
        Document.WriteTexts(json, "otherNames", explanation.OtherNames);
        json.Text("meaning", explanation.Meaning);
        json.Text("cause", explanation.Cause);
        json.Text("cure", explanation.Cure);
        Document.WriteFindings(json, []);
    });

    public static string ObkRoles(bool indented) => List("obk roles", "roles", Numbers(ObkPinRoles.Count), indented, (json, number) =>
    {
        byte role = (byte)number;
        json.Number("number", number);
        json.Text("name", ObkPinRoles.NameOf(role));
        json.Number("channels", ObkPinRoles.ChannelCount(role));
        Document.WriteTexts(json, "otherNames", ObkPinRoles.OtherNamesOf(role));
    });

    public static string ObkFlags(bool indented) => List("obk flags", "flags", Numbers(Formats.Obk.ObkFlags.Count), indented, (json, number) =>
    {
        json.Number("number", number);
        json.Text("name", Formats.Obk.ObkFlags.NameOf(number));
        json.Text("meaning", Formats.Obk.ObkFlags.MeaningOf(number));
    });

    public static string ObkChannels(bool indented) => List("obk channels", "channelTypes", Numbers(ObkChannelTypes.Count), indented, (json, number) =>
    {
        json.Number("number", number);
        json.Text("name", ObkChannelTypes.NameOf((byte)number));
        json.Number("divisor", ObkChannelTypes.DivisorOf((byte)number));
    });

    public static string Chips(bool indented) => List("chips", "chips", BekenChips.All, indented, (json, chip) =>
    {
        json.Text("name", chip.Name);
        Document.WriteTexts(json, "otherNames", chip.OtherNames);
        json.Text("family", DocumentWords.Of(chip.Family));
        json.Text("generation", DocumentWords.Of(chip.Generation));
        json.Number("flashLength", chip.FlashLength);
        json.Boolean("downloadRom", chip.HasDownloadRom);
        Document.WriteTexts(json, "layouts", chip.Flavors.Select(DocumentWords.Of));
        json.Text("openBeken", chip.ObkFirmware?.Name);
    });

    public static string Layout(BekenChip chip, IReadOnlyList<FirmwareFlavor> flavors, bool indented) => Document.Write("layout", indented, json =>
    {
        json.Text("chip", DocumentWords.Of(chip));
        json.Array("layouts", flavors.Where(flavor => ChipLayout.For(chip, flavor) is not null), flavor =>
        {
            json.Text("flavor", DocumentWords.Of(flavor));
            json.Array("areas", ChipLayout.For(chip, flavor)!.Areas, area =>
            {
                json.Text("name", area.Name);
                json.Number("offset", area.Range.Start);
                json.Number("length", area.Range.Length);
            });
        });
        Document.WriteFindings(json, []);
    });

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(0, count);

    private static string List<T>(string verb, string name, IEnumerable<T> items, bool indented, Action<JsonWriter, T> write) =>
        Document.Write(verb, indented, json =>
        {
            json.Array(name, items, item => write(json, item));
            Document.WriteFindings(json, []);
        });
}
