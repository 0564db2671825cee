using BekenImage.Report.Model;

namespace BekenImage.Report.Html;

/// <summary>A module drawn from above, its pins where they are, with what each is used for; as a list where the outline is not known.</summary>
internal static class PinsSvg
{
    private const double Scale = 11;
    private const double RowHeight = 22;
    private const double TopRoom = 8;
    private const double SidePitch = 24;
    private const double BottomStep = 20;
    private const double CharacterWidth = 7.4;

    public static void Write(HtmlWriter html, PinsBlock block)
    {
        html.Open("div", "pinbox").Line();
        if (block.Module is { } module)
            Drawing(html, module, block.Uses);
        html.Open("ul", "pins");
        foreach (var use in block.Uses)
        {
            html.Open("li").Open("span", "gpio").Text(WifiModule.Gpio(use.Gpio)).Close().Text(" ").Open("b").Text(use.Role).Close()
                .Text(" ").Element("span", use.Sentence + (block.Module is { } known ? Place(known, use.Gpio) : string.Empty), "note").Close();
        }
        html.Close().Close().Line();
        if (block.Module is null && block.Uses.Count > 0)
            html.Element("p", "The image does not say which module it is, or nobody has drawn it: these are GPIO numbers of the chip.", "hint").Line();
    }

    private static string Place(WifiModule module, int gpio)
    {
        string signal = WifiModule.Gpio(gpio);
        int[] pins = module.Pins.Where(pin => pin.Signal == signal).Select(pin => pin.Pin).ToArray();
        if (pins.Length > 0)
            return $" Pin {string.Join(" and ", pins.Select(pin => Words.Number(pin)))} of the module.";
        return module.Pads.Any(pad => pad.Signal == signal) ? $" Test pad {module.Pads.First(pad => pad.Signal == signal).Name} of the module." : " Not brought out on this module.";
    }

    private static void Drawing(HtmlWriter html, WifiModule module, IReadOnlyList<PinUse> uses)
    {
        html.Open("figure", "module");
        if (module.Width > 0)
            Board(html, module, uses);
        else
            Strip(html, module, uses);
        html.Open("figcaption").Text($"{module.Name} ({module.Chip}), seen from the front{(module.Edges.Any(edge => edge.Pins.Any(pin => pin.IsBack)) ? "; dashed pins are on the back" : string.Empty)}.");
        if (module.Pads.Count > 0)
            html.Text($" Test pads: {string.Join(", ", module.Pads.Select(pad => $"{pad.Name} = {pad.Signal}{Used(uses, pad.Signal)}"))}.");
        html.Close().Close().Line();
    }

    private static string Used(IReadOnlyList<PinUse> uses, string signal) =>
        uses.FirstOrDefault(use => WifiModule.Gpio(use.Gpio) == signal) is { } use ? $" ({use.Role})" : string.Empty;

    private static void Board(HtmlWriter html, WifiModule module, IReadOnlyList<PinUse> uses)
    {
        int sidePins = module.Edges.Where(edge => edge.Side != "bottom").Select(edge => edge.Pins.Count).DefaultIfEmpty(0).Max();
        int bottomPins = module.Edges.Where(edge => edge.Side == "bottom").Select(edge => edge.Pins.Count).DefaultIfEmpty(0).Max();
        double width = Math.Max(module.Width * Scale, bottomPins * BottomStep + 16);
        double height = Math.Max(module.Height * Scale, sidePins * SidePitch + 70);
        bool hasSides = sidePins > 0;
        double left = hasSides ? Room(module, uses, "left") : 20;
        double total = left + width + (hasSides ? Room(module, uses, "right") : 20);
        double bottom = TopRoom + height;
        double depth = bottom + Room(module, uses, "bottom");
        html.Open("svg", "board").Attribute("viewBox", $"0 0 {HtmlWriter.Coordinate(total)} {HtmlWriter.Coordinate(depth)}").Attribute("width", total).Attribute("height", depth)
            .Attribute("role", "img").Attribute("aria-label", $"Pins of the module {module.Name}").Line();
        html.Open("rect", "pcb").Attribute("x", left).Attribute("y", TopRoom).Attribute("width", width).Attribute("height", height).Attribute("rx", 4).CloseVoid(isSvg: true);
        double antenna = Math.Min(44, height * 0.28);
        html.Open("path", "antenna").Attribute("d", Antenna(left + 14, TopRoom + 10, width - 28, antenna - 14)).CloseVoid(isSvg: true);
        html.Open("rect", "can").Attribute("x", left + 22).Attribute("y", TopRoom + antenna + 6).Attribute("width", width - 44).Attribute("height", Math.Max(20, height - antenna - 46)).Attribute("rx", 3).CloseVoid(isSvg: true);
        html.Open("text", "silk").Attribute("x", left + width / 2).Attribute("y", TopRoom + antenna + (height - antenna) / 2).Attribute("text-anchor", "middle").Text(module.Name).Close().Line();
        foreach (var edge in module.Edges)
        {
            for (int index = 0; index < edge.Pins.Count; index++)
            {
                var (pin, isBack) = edge.Pins[index];
                string signal = module.SignalOf(pin);
                string role = Role(uses, signal);
                if (edge.Side == "bottom")
                {
                    double x = left + width / 2 + (index - (edge.Pins.Count - 1) / 2.0) * BottomStep;
                    Pad(html, x - 6, bottom - 14, 12, 14, signal, role, isBack);
                    html.Open("text", Label(signal, role)).Attribute("transform", $"translate({HtmlWriter.Coordinate(x + 4)} {HtmlWriter.Coordinate(bottom + 8)}) rotate(90)").Text(Caption(pin, signal, role)).Close();
                }
                else
                {
                    double y = bottom - 22 - (edge.Pins.Count - 1 - index) * SidePitch;
                    bool isLeft = edge.Side == "left";
                    Pad(html, isLeft ? left : left + width - 14, y - 6, 14, 12, signal, role, isBack);
                    html.Open("text", Label(signal, role)).Attribute("x", isLeft ? left - 8 : left + width + 8).Attribute("y", y + 4)
                        .Attribute("text-anchor", isLeft ? "end" : "start").Text(Caption(pin, signal, role)).Close();
                }
            }
            html.Line();
        }
        html.Close();
    }

    // As much as the longest label of an edge takes.
    private static double Room(WifiModule module, IReadOnlyList<PinUse> uses, string side) => 16 + CharacterWidth * module.Edges
        .Where(edge => edge.Side == side).SelectMany(edge => edge.Pins)
        .Select(pin => Caption(pin.Pin, module.SignalOf(pin.Pin), Role(uses, module.SignalOf(pin.Pin))).Length).DefaultIfEmpty(0).Max();

    private static void Strip(HtmlWriter html, WifiModule module, IReadOnlyList<PinUse> uses)
    {
        const double width = 620;
        int rows = (module.Pins.Count + 1) / 2;
        double height = rows * RowHeight + 8;
        html.Open("svg", "board").Attribute("viewBox", $"0 0 {HtmlWriter.Coordinate(width)} {HtmlWriter.Coordinate(height)}").Attribute("width", width).Attribute("height", height)
            .Attribute("role", "img").Attribute("aria-label", $"Pins of the module {module.Name}, in the order of their numbers").Line();
        for (int index = 0; index < module.Pins.Count; index++)
        {
            var (pin, signal) = module.Pins[index];
            string role = Role(uses, signal);
            double x = index < rows ? 10 : width / 2 + 10;
            double y = index % rows * RowHeight + 8;
            Pad(html, x, y, 14, 12, signal, role, isBack: false);
            html.Open("text", Label(signal, role)).Attribute("x", x + 22).Attribute("y", y + 10).Text(Caption(pin, signal, role)).Close();
        }
        html.Close();
    }

    private static string Role(IReadOnlyList<PinUse> uses, string signal) =>
        uses.FirstOrDefault(use => WifiModule.Gpio(use.Gpio) == signal)?.Role ?? string.Empty;

    private static string Caption(int pin, string signal, string role) =>
        $"{Words.Number(pin)} {(signal == "-" ? "n.c." : signal)}{(role.Length == 0 ? string.Empty : " " + DeviceSections.Cut(role, 22))}";

    private static string Label(string signal, string role) => role.Length > 0 ? "used" : signal.StartsWith("P", StringComparison.Ordinal) ? "io" : "power";

    private static void Pad(HtmlWriter html, double x, double y, double width, double height, string signal, string role, bool isBack) => html
        .Open("rect", "pad " + Label(signal, role) + (isBack ? " back" : string.Empty)).Attribute("x", x).Attribute("y", y).Attribute("width", width).Attribute("height", height)
        .Attribute("rx", 2).CloseVoid(isSvg: true);

    private static string Antenna(double x, double y, double width, double height)
    {
        const int turns = 7;
        double step = width / turns;
        var path = new System.Text.StringBuilder($"M{HtmlWriter.Coordinate(x)} {HtmlWriter.Coordinate(y + height)}");
        for (int turn = 0; turn < turns; turn++)
            path.Append($"V{HtmlWriter.Coordinate(turn % 2 == 0 ? y : y + height)}H{HtmlWriter.Coordinate(x + step * (turn + 1))}");
        return path.ToString();
    }
}
