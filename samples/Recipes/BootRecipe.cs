using System;
using BekenImage;

/// <summary>What the bootloader of an image says of the app behind it.</summary>
public static class BootRecipe
{
    public static bool Run(FlashImage image)
    {
        BootReport report = ImageBooter.Boot(image);
        Console.WriteLine(report.Verdict);
        return report.Accepted == true;
    }
}
