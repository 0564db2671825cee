using System.Globalization;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Tuya;

namespace BekenImage;

/// <summary>The wiring that Tuya's firmware left, as a device template of OpenBeken. Immutable.</summary>
public sealed class TuyaTemplate
{
    /// <summary>Flag 10, which OpenBeken sets in its defaults; templates are made with it.</summary>
    private const ulong DefaultFlags = 1 << 10;

    private TuyaTemplate(ObkDeviceTemplate template, TuyaWiring wiring)
    {
        Template = template;
        Wiring = wiring;
    }

    /// <summary>The template. Model and, but for a file that tells it, name are left empty: they are the user's.</summary>
    public ObkDeviceTemplate Template { get; }

    /// <summary>What it was made of.</summary>
    public TuyaWiring Wiring { get; }

    /// <summary>What a person should know about it: a sentence for each pin without a role, then what else could not be expressed.</summary>
    public IReadOnlyList<string> Notes => [.. Wiring.UnmappedPins.Select(pin => pin.ToString()), .. Wiring.Notes];

    /// <summary>The wiring of a device: <c>user_param_key</c>, wherever it lies, and the storage.</summary>
    /// <param name="image">A dump of the device.</param>
    /// <exception cref="BekenImageException">There is nothing of Tuya's in it (<see cref="FindingCode.TuyaNothingToWrite"/>).</exception>
    public static TuyaWiring WiringOf(FlashImage image)
    {
        if (image is null)
            throw new ArgumentNullException(nameof(image));
        var parameters = image.UserParameters.FirstOrDefault()?.Parameters;
        return !image.TuyaContents.IsEmpty || parameters is not null
            ? TuyaWiring.Create(parameters, image.TuyaStorage)
            : throw new BekenImageException(FindingCode.TuyaNothingToWrite, "there is nothing of Tuya's in it");
    }

    /// <summary>The template of a device.</summary>
    /// <param name="image">A dump of the device.</param>
    /// <exception cref="BekenImageException">There is nothing of Tuya's in it (<see cref="FindingCode.TuyaNothingToWrite"/>).</exception>
    public static TuyaTemplate Create(FlashImage image)
    {
        var wiring = WiringOf(image);
        return Create(wiring, wiring.Chip ?? (image.Chip == BekenChip.Unknown ? string.Empty : image.Chip.ToString()), "Tuya", string.Empty);
    }

    /// <summary>The template of a device that a file in JSON describes.</summary>
    /// <param name="description">What the file says.</param>
    public static TuyaTemplate FromDescription(TuyaDescription description)
    {
        if (description is null)
            throw new ArgumentNullException(nameof(description));
        return Create(description.Wiring, description.Wiring.Chip ?? description.Chip, description.Vendor.Length > 0 ? description.Vendor : "Tuya", description.Name);
    }

    private static TuyaTemplate Create(TuyaWiring wiring, string chip, string vendor, string name)
    {
        var pins = wiring.Pins.Select(pin => new NamedValue(
            pin.Gpio.ToString(CultureInfo.InvariantCulture), pin.ToString())).ToArray();
        var template = ObkDeviceTemplate.FromMembers(
        [
            new("vendor", vendor), new("bDetailed", "0"), new("name", name), new("model", string.Empty), new("chip", chip),
            new("board", wiring.Module ?? string.Empty), new("flags", (DefaultFlags | wiring.Flags).ToString(CultureInfo.InvariantCulture)),
            new("keywords", Array.Empty<object>()), new("pins", pins), new("command", StartupCommand(wiring)), new("image", string.Empty), new("wiki", string.Empty),
        ]);
        return new TuyaTemplate(template, wiring);
    }

    // OpenBeken runs one command at start; backlog makes one of several.
    private static string StartupCommand(TuyaWiring wiring) => wiring.StartupCommands.Count switch
    {
        0 => string.Empty,
        1 => wiring.StartupCommands[0],
        _ => "backlog " + string.Join("; ", wiring.StartupCommands),
    };
}
