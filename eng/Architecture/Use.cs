namespace BekenImage.Architecture;

/// <summary>A room of an assembly; the room is empty where the assembly has none.</summary>
internal readonly record struct Place(string Assembly, string Room)
{
    public override string ToString() => Room.Length == 0 ? Assembly : $"{Assembly}/{Room}";
}

/// <summary>One mention of something that another room declares.</summary>
internal sealed record Use(Place From, Place To, string File, int Line, string Symbol)
{
    public override string ToString() => $"{File}:{Line}: {From} uses {To}: {Symbol}";
}
