using BekenImage.Chips;
using BekenImage.Formats.Uf2;

namespace BekenImage.Images;

/// <summary>The chips a UF2 file says it is for, by its board and its family id.</summary>
internal static class Uf2Chips
{
    /// <summary>One of each family it may be for; none where board and id contradict each other; null where they say nothing known here.</summary>
    public static IReadOnlyList<BekenChip>? Stated(Uf2Package package)
    {
        var byId = ChipRegistry.Families.Where(family => package.Family is { } id && family.Signs.Uf2Family == id).ToArray();
        if (ChipRegistry.FamilyOfBoard(package.Board) is { } board)
            return package.Family is null || byId.Contains(board) ? [board.Head] : [];
        return byId.Length == 0 ? null : byId.Select(family => family.Head).ToArray();
    }
}
