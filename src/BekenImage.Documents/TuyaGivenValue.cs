namespace BekenImage.Documents;

/// <summary>A value that a document asks to be stored. Immutable.</summary>
public sealed class TuyaGivenValue
{
    internal TuyaGivenValue(string name, string? text, byte[]? data)
    {
        Name = name;
        Text = text;
        Data = data;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its text; null where it is given as bytes.</summary>
    public string? Text { get; }

    /// <summary>Its bytes; null where it is given as text.</summary>
    public byte[]? Data { get; }
}
