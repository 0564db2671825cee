namespace BekenImage;

/// <summary>What stands for a secret that is not shown: one text for every format, so that a reader and a search know it.</summary>
public static class SecretMask
{
    /// <summary>Eight stars. Given back as a value, it leaves what is there.</summary>
    public const string Text = "********";
}
