using System.Globalization;
using System.Text;

namespace BekenImage.Cli.Tests.Docs;

/// <summary>A small SVG on a ground of its own, so that it is readable on light and on dark pages: boxes, text, arrows.</summary>
internal sealed class PictureWriter
{
    private const double CharacterWidth = 6.3;

    private readonly StringBuilder _svg = new();

    public PictureWriter(int width, int height, string title)
    {
        _svg.Append(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" ");
        _svg.Append("role=\"img\" aria-labelledby=\"t\">\n");
        _svg.Append(CultureInfo.InvariantCulture, $"<title id=\"t\">{Escaped(title)}</title>\n");
        _svg.Append("<style>text{font:11px ui-monospace,Menlo,Consolas,monospace;fill:#1f2328}");
        _svg.Append(".small{fill:#57606a}.head{font-weight:bold}</style>\n");
        _svg.Append("<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" ");
        _svg.Append("orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#57606a\"/></marker></defs>\n");
        _svg.Append(CultureInfo.InvariantCulture,
            $"<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#f6f8fa\" stroke=\"#d0d7de\"/>\n");
    }

    public void Box(double x, double y, double width, double height, string fill) => _svg.Append(CultureInfo.InvariantCulture,
        $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" fill=\"{fill}\" stroke=\"#57606a\"/>\n");

    /// <summary>A box with its name in it, where it has room for it.</summary>
    public void Box(double x, double y, double width, double height, string fill, string name)
    {
        Box(x, y, width, height, fill);
        if (name.Length * CharacterWidth < width)
            Text(x + width / 2, y + height / 2 + 4, name, anchor: "middle");
    }

    public void Text(double x, double y, string text, string style = "", string anchor = "start")
    {
        string look = style.Length > 0 ? $" class=\"{style}\"" : string.Empty;
        string place = anchor == "start" ? string.Empty : $" text-anchor=\"{anchor}\"";
        _svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\"{look}{place}>{Escaped(text)}</text>\n");
    }

    public void Arrow(double fromX, double fromY, double toX, double toY) => _svg.Append(CultureInfo.InvariantCulture,
        $"<path d=\"M{fromX:0.#} {fromY:0.#}L{toX:0.#} {toY:0.#}\" fill=\"none\" stroke=\"#57606a\" stroke-width=\"1.5\" ")
        .Append("marker-end=\"url(#a)\"/>\n");

    public override string ToString() => _svg + "</svg>\n";

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
