namespace BekenImage.Architecture.Tests;

/// <summary>The sources of this repository, examined once for all tests.</summary>
public sealed class TheHouse
{
    private readonly Lazy<House> _house = new(() => House.Examine(SourceProject.ReadAll(Repository.Root)));

    internal House House => _house.Value;
}
