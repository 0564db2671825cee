using System.Globalization;
using System.Text;

namespace BekenImage.Report.Html;

/// <summary>
/// Writes HTML. There is no way to write anything raw: text goes through <see cref="Text"/>, values through <see cref="Attribute(string, string)"/>,
/// data through <see cref="Json"/>, and style and script are our own resources.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();
    private readonly Stack<string> _open = new();
    private bool _inTag;

    /// <summary>Begins an element; attributes may follow, then content, then <see cref="Close"/>.</summary>
    public HtmlWriter Open(string tag, string? cssClass = null)
    {
        EndTag();
        _html.Append('<').Append(tag);
        _open.Push(tag);
        _inTag = true;
        return cssClass is null ? this : Attribute("class", cssClass);
    }

    /// <summary>Adds an attribute to the element that was just begun.</summary>
    public HtmlWriter Attribute(string name, string value)
    {
        if (!_inTag)
            throw new InvalidOperationException(name);
        _html.Append(' ').Append(name).Append("=\"");
        Escape(VisibleText.Of(value), isQuoted: true);
        _html.Append('"');
        return this;
    }

    public HtmlWriter Attribute(string name, long value) => Attribute(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A coordinate, with as many decimals as can be seen.</summary>
    public HtmlWriter Attribute(string name, double value) => Attribute(name, Coordinate(value));

    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public HtmlWriter Text(string text)
    {
        EndTag();
        Escape(VisibleText.Of(text), isQuoted: false);
        return this;
    }

    /// <summary>A file's name: a line may be broken behind the signs that part its words.</summary>
    public HtmlWriter Name(string text)
    {
        EndTag();
        int start = 0;
        for (int at = 1; at < text.Length - 1; at++)
        {
            // Not before the letters that say what a file is.
            if (text[at] is not ('_' or '-') || text[at + 1] is '_' or '-')
                continue;
            Text(text.Substring(start, at + 1 - start)).Open("wbr").CloseVoid();
            start = at + 1;
        }
        return Text(text.Substring(start));
    }

    public HtmlWriter Close()
    {
        EndTag();
        _html.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Ends an element that has no content: in HTML without an end tag, in SVG closed in itself.</summary>
    public HtmlWriter CloseVoid(bool isSvg = false)
    {
        _html.Append(isSvg ? "/>" : ">");
        _inTag = false;
        _open.Pop();
        return this;
    }

    public HtmlWriter Element(string tag, string text, string? cssClass = null) => Open(tag, cssClass).Text(text).Close();

    public HtmlWriter Doctype()
    {
        _html.Append("<!DOCTYPE html>\n");
        return this;
    }

    public HtmlWriter Line()
    {
        EndTag();
        _html.Append('\n');
        return this;
    }

    /// <summary>
    /// JSON as the content of a script that is not run. Of all characters only <c>&lt;</c> could end it, and control characters are no HTML; in JSON
    /// both occur in texts alone, where they have another spelling.
    /// </summary>
    public HtmlWriter Json(string json)
    {
        EndTag();
        for (int at = 0; at < json.Length; at++)
        {
            int length = VisibleText.HarmlessLength(json, at);
            if (json[at] == '<' || length == 0 && json[at] != '\n')
                _html.Append("\\u").Append(((int)json[at]).ToString("x4", CultureInfo.InvariantCulture));
            else
                _html.Append(json, at, Math.Max(1, length));
            at += Math.Max(0, length - 1);
        }
        return this;
    }

    /// <summary>One of our own files as the content of a style or script element.</summary>
    public HtmlWriter Resource(Asset asset)
    {
        EndTag();
        _html.Append(asset.Content);
        return this;
    }

    /// <summary>What another writer wrote.</summary>
    public HtmlWriter Include(HtmlWriter written) => Include(written.ToString());

    /// <summary>Sections that a <see cref="CollectionEntry"/> keeps as this class wrote them.</summary>
    public HtmlWriter Include(CollectionEntry entry) => Include(entry.Sections);

    public override string ToString()
    {
        if (_open.Count > 0)
            throw new InvalidOperationException(_open.Peek());
        return _html.ToString();
    }

    private HtmlWriter Include(string written)
    {
        EndTag();
        _html.Append(written);
        return this;
    }

    private void EndTag()
    {
        if (_inTag)
            _html.Append('>');
        _inTag = false;
    }

    // Between tags a quotation mark is a letter like others; Tuya's values are full of them.
    private void Escape(string text, bool isQuoted)
    {
        foreach (char character in text)
        {
            _ = character switch
            {
                '&' => _html.Append("&amp;"),
                '<' => _html.Append("&lt;"),
                '>' => _html.Append("&gt;"),
                '"' when isQuoted => _html.Append("&quot;"),
                '\'' when isQuoted => _html.Append("&#39;"),
                _ => _html.Append(character),
            };
        }
    }
}
