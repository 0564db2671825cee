using System.Collections.Generic;
using System.Linq;
using BekenImage;

/// <summary>Where a firmware of that kind looks on that chip, for a flasher that holds no image yet.</summary>
public static class LayoutRecipe
{
    public static IReadOnlyList<string> Run(BekenChip chip, FirmwareFlavor flavor)
    {
        // Null where nothing is known: there is no default address.
        ChipLayout? layout = ChipLayout.For(chip, flavor);
        return layout == null ? new string[0] : layout.Areas.Select(area => area.ToString()).ToArray();
    }
}
