using BekenImage.Crypto;
using BekenImage.Images;

namespace BekenImage.Analysis;

/// <summary>
/// A repair is offered when it was made in memory, exactly as it is typed, and took its problem away. One that is refused for want of the
/// key or the chip gets what the backup or the image knows of them. What needs something that is not here yet is offered untried.
/// </summary>
/// <param name="image">The image as its file holds it.</param>
/// <param name="backup">A backup; null where there is none.</param>
internal sealed class RepairTrial(FlashImage image, FlashImage? backup)
{
    private const string StaysMessage = "what was tried on a copy leaves it as it is";

    private readonly Lazy<BekenKey?> _key = new(() => (backup is null ? null : DeviceKey.Of(backup)) ?? image.Programs.Bootloader?.Key);

    /// <summary>The same problem with the repair that takes it away, or why none does.</summary>
    /// <param name="problem">The problem, with what may repair it.</param>
    /// <param name="stays">Whether a problem is there in what was made of the image; null where that is not asked.</param>
    public DeviceProblem Try(DeviceProblem problem, Func<FlashImage, bool>? stays)
    {
        string? refusal = null;
        foreach (var repair in problem.Repairs)
        {
            if (FirstThatWorks(repair, stays, ref refusal) is { } works)
                return problem.With(works, null);
        }
        return problem.With(null, refusal);
    }

    private ImageRepair? FirstThatWorks(ImageRepair repair, Func<FlashImage, bool>? stays, ref string? refusal)
    {
        if (repair.Needs.Count > 0)
            return repair;
        for (ImageRepair? next = repair; next is not null;)
        {
            repair = next;
            try
            {
                var made = FlashImage.Parse(repair.Make(image, backup));
                // The chip has the backup's key: what starts under another is no repair.
                bool isForeign = Foreign(made).Except(Foreign(image)).Any();
                if (!isForeign && stays?.Invoke(made) != true)
                    return repair;
                refusal ??= StaysMessage;
                next = isForeign ? WithKey(repair) : null;
            }
            catch (BekenImageException error)
            {
                refusal ??= error.Message;
                next = error.Code switch
                {
                    FindingCode.KeyDoesNotFit or FindingCode.KeyUnknown => WithKey(repair),
                    FindingCode.ChipUnknown when backup is { Chip: not BekenChip.Unknown and var chip } => repair.With(chip),
                    _ => null,
                };
            }
        }
        return null;
    }

    private IEnumerable<string> Foreign(FlashImage other) =>
        backup is null ? [] : DeviceKey.Foreign(backup, other).Select(program => program.Name);

    private ImageRepair? WithKey(ImageRepair repair) => _key.Value is { } key ? repair.With(key) : null;
}
