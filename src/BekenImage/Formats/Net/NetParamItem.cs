using System.Buffers.Binary;
using System.Globalization;
using BekenImage.IO;

namespace BekenImage.Formats.Net;

/// <summary>One item of a NET_PARAM table. Immutable; the data is a slice of the bytes that were read.</summary>
public sealed class NetParamItem
{
    internal NetParamItem(uint tag, int offset, ReadOnlyMemory<byte> data)
    {
        Tag = tag;
        Offset = offset;
        Data = data;
    }

    /// <summary>Its tag.</summary>
    public uint Tag { get; }

    /// <summary>Its name; the tag in hex where it is not known.</summary>
    public string Name => NetParamTags.NameOf(Tag);

    /// <summary>Where its 8-byte header begins, counted from the start of the table.</summary>
    public int Offset { get; }

    /// <summary>Where its data begins, counted from the start of the table.</summary>
    public int DataOffset => Offset + NetParamTable.HeaderSize;

    /// <summary>The value's bytes. Those of a secret item hold names and passwords.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>True when it holds network names, passwords or a broker's login.</summary>
    public bool IsSecret => NetParamTags.IsSecret(Tag);

    /// <summary>The value as text; <see cref="SecretMask.Text"/> for a secret item that is not empty.</summary>
    public string ValueText => IsSecret && Data.ToArray().Any(value => value != 0) ? SecretMask.Text : RevealText();

    /// <summary>The value as text, secrets included: a number, a MAC, or the texts in it, separated by blanks.</summary>
    public string RevealText()
    {
        if (Tag == NetParamTags.Mac && Data.Length >= MacAddress.Size)
            return new MacAddress(Data.Span.Slice(0, MacAddress.Size)).ToString();
        if (Data.Length == sizeof(uint))
            return BinaryPrimitives.ReadUInt32LittleEndian(Data.Span).ToString(CultureInfo.InvariantCulture);
        var texts = new List<string>();
        int start = 0;
        foreach (int size in NetParamTags.TextSizes(Tag))
        {
            if (start + size > Data.Length)
                break;
            texts.Add(Utf8Text.FromNulTerminated(Data.Span.Slice(start, size)));
            start += size;
        }
        return string.Join(" ", texts.Where(text => text.Length > 0));
    }

    /// <summary>Name and value, a secret masked.</summary>
    public override string ToString() => $"{Name} = {ValueText}";
}
