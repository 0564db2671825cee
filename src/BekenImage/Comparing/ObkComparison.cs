using BekenImage.Formats.FlashVars;
using BekenImage.Formats.Obk;
using BekenImage.IO;
using BekenImage.Sanitizing;

namespace BekenImage.Comparing;

/// <summary>OpenBeken's configuration and flash variables.</summary>
internal static class ObkComparison
{
    public static void Run(ComparedSide a, ComparedSide b, DifferenceList list)
    {
        static IEnumerable<FoundContent<ObkConfig>> Configs(ComparedSide side) =>
            side.Content.Content.Sectors.ObkConfigs.Select(config => new FoundContent<ObkConfig>(config, config.Offset, config.Bytes));

        ContentMatch.Compare(a, b, list, DifferenceArea.ObkConfig, null, Configs(a), Configs(b),
            config => FormattableString.Invariant($"version {config.Version}, {Counted.Of(config.Pins.Count(pin => !pin.IsUnused), "pin")}"),
            (first, second) => new ConfigFields(first.Value, second.Value, list).Compare());
        CompareVariables(a, b, list);
    }

    private static void CompareVariables(ComparedSide a, ComparedSide b, DifferenceList list)
    {
        var owners = a.Owners.Of(DifferenceArea.FlashVars).Concat(b.Owners.Of(DifferenceArea.FlashVars)).ToArray();
        if (!owners.Any(owner => owner.Differs))
            return;
        var first = Values(a.Content, list.ShowSecrets);
        var second = Values(b.Content, list.ShowSecrets);
        int before = list.Count;
        if (first.Count == 0 || second.Count == 0)
        {
            if (first.Count > 0 || second.Count > 0)
            {
                var there = first.Count > 0 ? first : second;
                object count = Counted.Of(there.Count, "variable");
                bool isRemoved = first.Count > 0;
                var place = (isRemoved ? a : b).Owners.Of(DifferenceArea.FlashVars).FirstOrDefault();
                list.Add(DifferenceArea.FlashVars, isRemoved ? DifferenceKind.Removed : DifferenceKind.Added, null, isRemoved ? count : null, isRemoved ? null : count,
                    isRemoved ? place?.Range.Start : null, isRemoved ? null : place?.Range.Start, place?.Range.Length);
            }
        }
        else
        {
            NamedContents.Compare(DifferenceArea.FlashVars, first, second, list);
        }
        if (list.Count == before)
            return;
        foreach (var owner in owners)
            owner.IsExplained = true;
    }

    private static List<NamedContent> Values(FlashImage image, bool showSecrets)
    {
        var values = new List<NamedContent>();
        foreach (string name in image.FlashVarsStore?.Names ?? [])
        {
            if (name == EasyFlashStore.VariablesName && image.FlashVarsStore!.Variables is not null)
                continue;
            var entry = image.FlashVarsStore!.Find(name)!;
            values.Add(new NamedContent(name, entry.Value, entry.IsSecret && !showSecrets ? SecretMask.Text : ShownContent.Of(entry.Value), entry.Position + image.FlashVarsStore.Offset));
        }
        var variables = image.FlashVarsStore?.Variables ?? image.FlashVarsJournal?.Variables;
        foreach (var field in variables?.ToFields() ?? [])
        {
            string text = PlainText.Of(field.Value);
            values.Add(new NamedContent(field.Name, System.Text.Encoding.UTF8.GetBytes(text), text, null));
        }
        return values;
    }
}

/// <summary>The fields of two configurations.</summary>
internal sealed class ConfigFields(ObkConfig first, ObkConfig second, DifferenceList list)
{
    // Mark, checksum and version come first; each is compared by what it says.
    private const int HeaderSize = 8;

    // Shorter ones are in other texts by chance.
    private const int ShortestPrivate = 6;

    private readonly Lazy<List<string>> _private = new(() => ObkSecretTexts.Of(first).Concat(ObkSecretTexts.Of(second))
        .Where(text => text.Length >= ShortestPrivate).Distinct().ToList());

    public void Compare()
    {
        if (first.Version != second.Version)
            Add("version", DifferenceKind.Changed, (long)first.Version, (long)second.Version);
        if (first.ChecksumOk != second.ChecksumOk)
            Add("checksum", DifferenceKind.Changed, Verdict(first), Verdict(second));
        ulong flags = first.Flags ^ second.Flags;
        for (int flag = 0; flag < ObkFlags.Capacity; flag++)
        {
            if ((flags >> flag & 1) != 0)
                Add(FormattableString.Invariant($"flags.{flag}"), DifferenceKind.Changed, (first.Flags >> flag & 1) != 0, (second.Flags >> flag & 1) != 0);
        }
        foreach (var field in ObkFields.All.Where(field => field.Name is not ("genericFlags" or "genericFlags2")))
            Compare(field);
        if (!RestOf(first).AsSpan().SequenceEqual(RestOf(second)))
            Add("reserved", DifferenceKind.Changed, null, null);
    }

    private static string Verdict(ObkConfig config) => config.ChecksumOk ? "right" : "wrong";

    private void Compare(ObkField field)
    {
        var bytesA = BytesOf(first, field);
        var bytesB = BytesOf(second, field);
        if (bytesA.SequenceEqual(bytesB))
            return;
        int before = list.Count;
        var valuesA = PlainText.Parts(field.Name, first[field.Name]).ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
        var valuesB = PlainText.Parts(field.Name, second[field.Name]).ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
        foreach (string name in valuesA.Keys.Union(valuesB.Keys))
        {
            bool isInA = valuesA.TryGetValue(name, out object? a);
            bool isInB = valuesB.TryGetValue(name, out object? b);
            if (!Equals(a, b))
                Add(name, isInA ? isInB ? DifferenceKind.Changed : DifferenceKind.Removed : DifferenceKind.Added, Shown(field, a), Shown(field, b), field);
        }
        // A shorter text leaves the end of the one before it in the field, which no reader shows.
        if (list.Count == before)
            Add(field.Name + ".rest", DifferenceKind.Changed, null, null, field);
    }

    private object? Shown(ObkField field, object? value) => value switch
    {
        string { Length: > 0 } text when !list.ShowSecrets && (field.IsSecret || field.IsPrivate || HoldsPrivate(text)) => SecretMask.Text,
        string script when field.Name == "startupCommand" && !list.ShowSecrets => ObkSecrets.RemoveFromScript(script),
        _ => value,
    };

    // A comparison is shown to others: names of networks and logins are masked too, also where another text has them in it.
    private bool HoldsPrivate(string text) => _private.Value.Exists(name => text.IndexOf(name, StringComparison.Ordinal) >= 0);

    private void Add(string name, DifferenceKind kind, object? a, object? b, ObkField? field = null) => list.Add(
        DifferenceArea.ObkConfig, kind, name, a, b,
        first.Offset + (field?.OffsetIn(first.Layout) ?? 0), second.Offset + (field?.OffsetIn(second.Layout) ?? 0),
        field?.SizeIn(second.Layout, second.Length) ?? second.Length);

    private static ReadOnlySpan<byte> BytesOf(ObkConfig config, ObkField field) =>
        field.ExistsIn(config.Length) ? config.Bytes.Span.Slice(field.OffsetIn(config.Layout), field.SizeIn(config.Layout, config.Length)) : default;

    private static byte[] RestOf(ObkConfig config)
    {
        byte[] rest = config.Bytes.ToArray();
        rest.AsSpan(0, Math.Min(HeaderSize, rest.Length)).Clear();
        foreach (var field in ObkFields.All.Where(field => field.ExistsIn(config.Length)))
            rest.AsSpan(field.OffsetIn(config.Layout), field.SizeIn(config.Layout, config.Length)).Clear();
        return rest;
    }
}
