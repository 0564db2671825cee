namespace BekenImage;

/// <summary>Says of a refusal which input it is about; the one nearest to the fault has the word.</summary>
internal static class Blame
{
    /// <summary>The dump of the device.</summary>
    public const string Factory = "factory";

    /// <summary>What is to run on it.</summary>
    public const string Firmware = "firmware";

    /// <summary>The key the caller gave.</summary>
    public const string Key = "key";

    /// <summary>The fields the caller wants in OpenBeken's configuration.</summary>
    public const string ObkChanges = "obk-changes";

    /// <summary>What a device holds before a plan is carried out.</summary>
    public const string Current = "current";

    /// <summary>What a device is to hold.</summary>
    public const string Target = "target";

    /// <summary>A dump of the device from before.</summary>
    public const string Backup = "backup";

    public static T About<T>(this T error, string? subject)
        where T : BekenImageException
    {
        error.Subject ??= subject;
        return error;
    }

    /// <inheritdoc cref="On{T}(string?, Func{T})"/>
    public static void On(string? subject, Action work) => On(subject, () =>
    {
        work();
        return true;
    });

    /// <summary>Does something with one input: what is wrong there is wrong with it.</summary>
    public static T On<T>(string? subject, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (BekenImageException error)
        {
            error.About(subject);
            throw;
        }
    }
}
