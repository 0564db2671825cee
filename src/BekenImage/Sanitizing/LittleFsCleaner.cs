using BekenImage.Editing;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Obk;
using BekenImage.IO;
using BekenImage.Images;

namespace BekenImage.Sanitizing;

/// <summary>
/// Blanks secrets in the files of an image's LittleFS volumes. Each volume is written anew, so that what was deleted or replaced earlier
/// is gone too; of a damaged one what could be read stays.
/// </summary>
internal sealed class LittleFsCleaner
{
    /// <summary>Pages hold these words in their markup; to blank what follows would break them.</summary>
    private static readonly string[] PageExtensions = [".html", ".htm", ".js", ".css", ".svg"];

    private readonly SecretPatterns _secrets;
    private readonly ObkPinLayout _pins;
    private readonly List<(LittleFsVolume Volume, List<LittleFsEntry> Entries)> _volumes = [];
    private readonly List<FlashRange> _ranges = [];
    private readonly List<FlashRange> _withSecrets = [];
    private readonly List<Finding> _findings = [];

    public LittleFsCleaner(FlashImage image, SecretPatterns secrets, ObkPinLayout pins, IReadOnlyList<FlashRange> programs)
    {
        _secrets = secrets;
        _pins = pins;
        var found = LittleFsAreas.FindAll(image.Bytes, phase: image.Content.SectorPhase);
        var first = found.FirstOrDefault(volume => volume.Offset == image.LittleFs?.Offset);
        var pieces = RangeOwners.Resolve(image.Length, image.Partitions);
        // The one that counts first: what is left of an older volume around it gives way.
        foreach (var volume in found.OrderBy(volume => volume != first))
        {
            var range = volume.Range.Intersect(new FlashRange(0, image.Length));
            if (_ranges.Any(taken => taken.Overlaps(range)) || programs.Any(program => program.Overlaps(range)) || !pieces.All(piece => MayHold(piece, range)))
                continue;
            _ranges.Add(range);
            var attributes = CleanAttributes(volume.Attributes);
            var entries = volume.Entries.Select(entry => CleanTexts(volume, entry)).ToList();
            _volumes.Add((volume, entries));
            if (AnyDiffers(volume.Attributes, attributes) || volume.Entries.Zip(entries, Differs).Any(differs => differs))
                _withSecrets.Add(range);
        }
    }

    /// <summary>The ranges of the volumes; nothing else changes bytes there.</summary>
    public IReadOnlyList<FlashRange> Ranges => _ranges;

    /// <summary>Those of them that list something secret, or may: a page that holds the name of one.</summary>
    public IReadOnlyList<FlashRange> RangesWithSecrets => _withSecrets;

    /// <summary>Volumes of which something could not stay.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Writes the volumes, when all secrets of the image are known.</summary>
    public void Write(DraftEdit edit)
    {
        for (int i = 0; i < _volumes.Count; i++)
        {
            var (volume, entries) = _volumes[i];
            byte[]? clean = volume.IsClipped ? null : Rewrite(volume, entries.Select(BlankSecrets).ToList(), BlankedAttributes(CleanAttributes(volume.Attributes)));
            if (clean is null || _secrets.BlankIn(clean.ToArray(), new FlashRange(0, clean.Length)).Count > 0)
            {
                clean = ByteRuns.Erased(_ranges[i].Length);
                Warn(volume, "it cannot be written anew without secrets, so it was erased");
            }
            else if (volume.IsDamaged)
            {
                Warn(volume, "it is damaged; what could be read of it was written anew, the rest is erased");
            }
            edit.Replace(_ranges[i].Start, clean, PartitionNames.LittleFs, "the volume is written anew without secrets");
        }
    }

    private void Warn(LittleFsVolume volume, string what) => _findings.Add(new Finding(
        FindingSeverity.Warning, FindingCode.LittleFsDamagedVolume, "LittleFS volume: " + what, volume.Offset, PartitionNames.LittleFs));

    // What a superblock says of its size is a number from an image: a volume that would lie over another area is none.
    private static bool MayHold(OwnedRange piece, FlashRange volume) =>
        !piece.Range.Overlaps(volume) || piece.Owner is null || piece.Owner.Name is PartitionNames.Download or PartitionNames.App ||
        piece.Owner.Name.StartsWith(PartitionNames.LittleFs, StringComparison.Ordinal);

    // Two names may become one, or a damaged volume be too full for what it lists: then nothing of it can stay.
    private static byte[]? Rewrite(LittleFsVolume volume, List<LittleFsEntry> entries, LittleFsAttribute[] attributes)
    {
        try
        {
            return LittleFsWriter.Rewrite(volume, entries, attributes);
        }
        catch (BekenImageException)
        {
            return null;
        }
    }

    private static bool Differs(LittleFsEntry before, LittleFsEntry after) =>
        AnyDiffers(before.Attributes, after.Attributes) || !before.IsDirectory && !before.ToArray().AsSpan().SequenceEqual(after.ToArray());

    private static bool AnyDiffers(IReadOnlyList<LittleFsAttribute> before, IReadOnlyList<LittleFsAttribute> after) =>
        before.Zip(after, (left, right) => !left.Value.Span.SequenceEqual(right.Value.Span)).Any(differs => differs);

    // JSON keeps its form; everything else may be a script, whose commands have no signs between name and value.
    private static string Clean(string text, ICollection<string>? removed) =>
        SecretTexts.IsJson(text) ? SecretTexts.Blank(text, removed) : ObkSecrets.RemoveFromScript(SecretTexts.Blank(text, removed));

    // An attribute is whatever a firmware keeps there; null where it stays.
    private static LittleFsAttribute? CleanAttribute(LittleFsAttribute attribute, ICollection<string>? removed)
    {
        string text = Text.FromLatin1(attribute.Value.Span);
        string clean = Clean(text, removed);
        return clean == text ? null : new LittleFsAttribute(attribute.Type, clean.Select(character => (byte)character).ToArray());
    }

    private static bool IsScript(LittleFsEntry entry, byte[] content) =>
        Array.IndexOf(content, (byte)0) < 0 && !PageExtensions.Any(extension => entry.Path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    private LittleFsEntry CleanTexts(LittleFsVolume volume, LittleFsEntry entry)
    {
        if (entry.IsDirectory)
            return entry.WithAttributes(CleanAttributes(entry.Attributes));
        byte[] content = entry.ToArray();
        if (content.AsSpan().StartsWith("-----BEGIN "u8))
        {
            content.AsSpan().Fill((byte)'0');
        }
        else if (ObkConfigReader.TryRead(content, 0, _pins, null, out var config))
        {
            foreach (string secret in ObkSecretTexts.Of(config))
                _secrets.Add(secret);
            ObkSecrets.Remove(config).Bytes.CopyTo(content);
        }
        else if (IsScript(entry, content))
        {
            var removed = new List<string>();
            string script = Text.FromLatin1(content);
            string assigned = SecretTexts.Blank(script, removed);
            string clean = Clean(script, null);
            RememberRemoved(assigned, clean);
            Remember(removed);
            content = clean.Select(character => (byte)character).ToArray();
        }
        else if (SecretTexts.FindName(Text.FromLatin1(content)) is { } name)
        {
            _withSecrets.Add(volume.Range.Intersect(_ranges[_ranges.Count - 1]));
            _findings.Add(new Finding(FindingSeverity.Warning, FindingCode.SecretsMayRemain,
                $"the file '{entry.Path}' may still hold a secret: something named '{name}' stands in it, and the file is of a form that is not changed", volume.Offset,
                PartitionNames.LittleFs));
        }
        PemKeys.Blank(content);
        return new LittleFsEntry(entry.RawPath, false, [content], content.Length, CleanAttributes(entry.Attributes));
    }

    private LittleFsAttribute[] CleanAttributes(IReadOnlyList<LittleFsAttribute> attributes)
    {
        var removed = new List<string>();
        var clean = attributes.Select(attribute => CleanAttribute(attribute, removed) ?? attribute).ToArray();
        Remember(removed);
        return clean;
    }

    private void Remember(List<string> removed)
    {
        foreach (string secret in removed)
            _secrets.Add(secret);
    }

    // What follows the command's word was its secret; the same may lie elsewhere.
    private void RememberRemoved(string script, string clean)
    {
        int at = 0;
        while (at < script.Length)
        {
            if (script[at] == clean[at])
            {
                at++;
                continue;
            }
            int end = script.IndexOfAny([';', '\r', '\n'], at);
            string command = script.Substring(at, (end < 0 ? script.Length : end) - at);
            int space = command.IndexOfAny([' ', '\t']);
            if (space >= 0)
                _secrets.Add(command.Substring(space).Trim(' ', '\t', '"'));
            at += command.Length;
        }
    }

    private LittleFsEntry BlankSecrets(LittleFsEntry entry)
    {
        byte[][] names = entry.RawPath.Select(Blanked).ToArray();
        return entry.IsDirectory
            ? new LittleFsEntry(names, true, [], 0, BlankedAttributes(entry.Attributes))
            : new LittleFsEntry(names, false, [Blanked(entry.ToArray())], entry.Size, BlankedAttributes(entry.Attributes));
    }

    private LittleFsAttribute[] BlankedAttributes(IReadOnlyList<LittleFsAttribute> attributes) =>
        attributes.Select(attribute => new LittleFsAttribute(attribute.Type, Blanked(attribute.Value.ToArray()))).ToArray();

    private byte[] Blanked(byte[] bytes)
    {
        byte[] copy = (byte[])bytes.Clone();
        _secrets.BlankIn(copy, new FlashRange(0, copy.Length));
        return copy;
    }
}
