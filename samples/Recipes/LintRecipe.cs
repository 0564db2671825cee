using System.Collections.Generic;
using System.Linq;
using BekenImage;

/// <summary>Would this firmware run on that device, flashed as it is? The reasons against it; none when it would.</summary>
public static class LintRecipe
{
    public static IReadOnlyList<string> Run(byte[] firmware, byte[] dump)
    {
        LintResult result = FirmwareLinter.Lint(FlashImage.Parse(firmware), FlashImage.Parse(dump));
        return result.Checks.Where(check => check.Status == CheckStatus.Fail).Select(check => check.ToString()).ToArray();
    }
}
