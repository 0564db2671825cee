namespace BekenImage.Formats.Rf;

/// <summary>What is known about the tag of an RF element. Immutable.</summary>
public sealed class RfTagInfo
{
    internal RfTagInfo(uint tag, int length, string name, RfItemNature nature, string meaning)
    {
        Tag = tag;
        Length = length;
        Name = name;
        Nature = nature;
        Meaning = meaning;
    }

    /// <summary>The tag.</summary>
    public uint Tag { get; }

    /// <summary>Number of data bytes in every table met.</summary>
    public int Length { get; }

    /// <summary>Name in the SDK.</summary>
    public string Name { get; }

    /// <summary>How the value depends on the device.</summary>
    public RfItemNature Nature { get; }

    /// <summary>What the value is, in a few words.</summary>
    public string Meaning { get; }
}
