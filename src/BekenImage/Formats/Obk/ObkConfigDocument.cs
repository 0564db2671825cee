namespace BekenImage.Formats.Obk;

/// <summary>
/// What a JSON document asks of a configuration: some or all of its fields, or a device template. Immutable. JSON text itself is the
/// caller's: members come in as plain values.
/// </summary>
public sealed class ObkConfigDocument
{
    /// <summary>Members that describe a document of <c>obk show</c> and are no fields.</summary>
    private static readonly HashSet<string> Envelope = new(StringComparer.Ordinal)
    {
        "schema", "verb", "file", "offset", "length", "layout", "crcOk", "findings",
    };

    private readonly IReadOnlyList<NamedValue> _fields;
    private readonly ObkConfig? _config;

    /// <summary>Takes the members of a JSON object.</summary>
    /// <param name="members">
    /// Names and plain values (string, bool, long, double, lists, maps as lists of pairs): a device template, fields as
    /// <see cref="ObkConfig.ToFields"/> names them, or an object with such fields as its member <c>obkConfig</c>.
    /// </param>
    /// <param name="known">What is odd about the text they were read of; kept for a template.</param>
    /// <exception cref="BekenImageException">A template's pins or flags are none (<see cref="FindingCode.ObkValueRefused"/>).</exception>
    public ObkConfigDocument(IEnumerable<NamedValue> members, IEnumerable<Finding>? known = null)
    {
        if (members is null)
            throw new ArgumentNullException(nameof(members));
        var all = members.ToArray();
        if (all.FirstOrDefault(member => member.Name == "obkConfig").Value is IEnumerable<NamedValue> inner)
            all = inner.ToArray();
        if (ObkDeviceTemplate.IsTemplate(all.Select(member => member.Name)))
            Template = ObkDeviceTemplate.FromMembers(all, known);
        _fields = Template is null ? all.Where(member => !Envelope.Contains(member.Name)).ToArray() : [];
    }

    /// <summary>All fields of a configuration.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="knowsPins">False where its chip is not known: then its pins count as those of the configuration that is changed.</param>
    internal ObkConfigDocument(ObkConfig config, bool knowsPins)
    {
        _config = knowsPins ? null : config;
        _fields = knowsPins ? config.ToFields(showSecrets: true) : [];
    }

    /// <summary>The template, where the document is one; else null.</summary>
    public ObkDeviceTemplate? Template { get; }

    /// <summary>What of the document could not be taken; empty where it is no template.</summary>
    public IReadOnlyList<Finding> Findings => Template?.Findings ?? [];

    /// <summary>Makes the changes.</summary>
    /// <param name="builder">What receives them. A call that throws has changed nothing of it.</param>
    /// <exception cref="BekenImageException">A field does not exist, or a value does not fit it.</exception>
    public void ApplyTo(ObkConfigBuilder builder)
    {
        if (builder is null)
            throw new ArgumentNullException(nameof(builder));
        if (Template is not null)
            Template.ApplyTo(builder);
        else if (_config is not null)
            builder.SetAll(ObkConfigReader.Read(_config.Bytes, _config.Offset, builder.Layout).ToFields(showSecrets: true));
        else
            builder.SetAll(_fields);
    }
}
