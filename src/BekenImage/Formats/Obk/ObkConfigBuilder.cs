namespace BekenImage.Formats.Obk;

/// <summary>
/// Changes a configuration field by field and makes a new one with a right checksum. What is not named stays byte for byte, also what
/// has no name. Not thread-safe.
/// </summary>
/// <remarks>A call that throws has changed nothing.</remarks>
public sealed class ObkConfigBuilder
{
    // Commands that were masked became blanks; scripts have no runs of this length otherwise.
    private const string MaskedCommand = "        ";

    private readonly ObkConfig _start;
    private readonly HashSet<string> _masked = new(StringComparer.Ordinal);
    private byte[] _bytes;

    /// <summary>Starts from a configuration, which stays as it is.</summary>
    /// <param name="start">One that was read, or <see cref="ObkConfigDefaults"/>.</param>
    public ObkConfigBuilder(ObkConfig start)
    {
        _start = start ?? throw new ArgumentNullException(nameof(start));
        _bytes = start.Bytes.ToArray();
    }

    /// <summary>How the pins of its chip are counted.</summary>
    internal ObkPinLayout Layout => _start.Layout;

    /// <summary>True where it starts from the firmware's defaults, which hold no password of the owner's.</summary>
    internal bool IsOfDefaults { get; init; }

    /// <summary>
    /// What is to be said about the values so far: those no firmware takes (<see cref="FindingCode.ObkValueUnlikely"/>), and passwords that
    /// were given masked (<see cref="FindingCode.ObkMasked"/>).
    /// </summary>
    public IReadOnlyList<Finding> Findings => Judge().ToArray();

    /// <summary>Sets one field.</summary>
    /// <param name="name">
    /// A name of <see cref="ObkFields"/>; <c>flags.N</c> or <c>flags.NAME</c> with true or false; <c>pins.N</c>, <c>channelTypes.N</c>,
    /// <c>startChannelValues.N</c>, <c>staticIP.N</c>, <c>ledRemap.N</c>, <c>ledCorr.N</c>, <c>cal.N</c> for one entry; <c>flags</c> for
    /// all flags by number or names; <c>version</c> with 5 to bring an older one up to date.
    /// </param>
    /// <param name="value">
    /// The plain value as <see cref="ObkConfig.ToFields"/> gives it, or its text. A whole map replaces all entries. A value that the field
    /// already has changes no byte of it; so does <see cref="SecretMask.Text"/> for a password, which stays as it is, and a
    /// start-up command as it is shown without its secrets.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="BekenImageException">
    /// There is no such field (<see cref="FindingCode.ObkUnknownField"/>), not in this version
    /// (<see cref="FindingCode.ObkFieldNotInVersion"/>), or the value does not fit (<see cref="FindingCode.ObkValueRefused"/>).
    /// </exception>
    public ObkConfigBuilder Set(string name, object? value)
    {
        if (name is null)
            throw new ArgumentNullException(nameof(name));
        if (IsVersion(name))
            return SetVersion(value);
        int dot = name.IndexOf('.');
        if (IsFlags(dot < 0 ? name : name.Substring(0, dot)))
            return SetFlags(name, dot < 0 ? null : name.Substring(dot + 1), value);
        var field = FindField(dot < 0 ? name : name.Substring(0, dot));
        // The value that is shown is always accepted back, also a text of bytes that are no UTF-8 or have no NUL.
        object current = Read(field, _bytes);
        if (value is string text && IsMasked(field, current, text))
        {
            if (!text.Equals(current))
                _masked.Add(field.Name);
            return this;
        }
        _masked.Remove(field.Name);
        if (dot < 0 && ObkPlainValue.AreEqual(current, value))
            return this;
        byte[] changed = (byte[])_bytes.Clone();
        if (dot < 0)
            ObkFieldCodec.Write(field, changed, _start.Layout, value);
        else
            ObkFieldCodec.WriteEntry(field, changed, _start.Layout, name.Substring(dot + 1), value);
        if (!ObkPlainValue.AreEqual(Read(field, _bytes), Read(field, changed)))
            _bytes = changed;
        return this;
    }

    /// <summary>
    /// Sets many fields, as a JSON document names them. Flags may be there in three forms (<c>flags</c>, <c>flagNames</c>, <c>genericFlags</c>
    /// with <c>genericFlags2</c>); the form that differs from now counts.
    /// </summary>
    /// <param name="fields">Names and plain values.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="BekenImageException">As <see cref="Set"/>; or the forms of the flags were changed and disagree.</exception>
    public ObkConfigBuilder SetAll(IEnumerable<NamedValue> fields)
    {
        if (fields is null)
            throw new ArgumentNullException(nameof(fields));
        byte[] before = (byte[])_bytes.Clone();
        string[] maskedBefore = _masked.ToArray();
        ulong flagsBefore = ObkFlags.Read(_bytes);
        var wholeFlags = new List<ulong>();
        try
        {
            // The version first: an upgrade makes room for the others.
            foreach (var field in fields.OrderBy(field => IsVersion(field.Name) ? 0 : 1))
            {
                if (IsFlags(field.Name))
                    wholeFlags.Add(ObkFlags.FromPlainValue(field.Name, field.Value));
                else
                    Set(field.Name, field.Value);
            }
            wholeFlags.Add(ObkFlags.Read(_bytes));
            ulong[] changed = wholeFlags.Where(flags => flags != flagsBefore).Distinct().ToArray();
            if (changed.Length > 1)
                throw ObkPlainValue.Refused(ObkFlags.Name, "its forms were changed and disagree; change one of them only");
            if (changed.Length == 1)
                ObkFlags.Write(_bytes, changed[0]);
            return this;
        }
        catch
        {
            _bytes = before;
            _masked.Clear();
            _masked.UnionWith(maskedBefore);
            throw;
        }
    }

    /// <summary>Makes the configuration. It keeps offset, layout and length; the checksum is renewed.</summary>
    /// <exception cref="BekenImageException">
    /// A password was given masked, and there is none to keep (<see cref="FindingCode.ObkMasked"/>): it would be lost.
    /// </exception>
    public ObkConfig Build()
    {
        if (_masked.Where(name => !IsThereToKeep(name)).ToArray() is { Length: > 0 } lost)
        {
            throw new BekenImageException(FindingCode.ObkMasked,
                $"{Quote(lost)} given masked ({SecretMask.Text} stands for a secret that was not shown), and there is nothing to keep; give the secrets themselves", _start.Offset);
        }
        byte[] bytes = (byte[])_bytes.Clone();
        bytes[ObkConfig.ChecksumOffset] = ObkChecksum.Compute(bytes.AsSpan(ObkConfig.VersionOffset));
        return new ObkConfig(bytes, _start.Offset, _start.Layout);
    }

    // A default password is not the owner's.
    private bool IsThereToKeep(string name) => ObkFields.Find(name) is { IsSecret: true } field
        ? !IsOfDefaults && Read(field, _bytes) is string { Length: > 0 }
        : true;

    private IEnumerable<Finding> Judge()
    {
        if (_masked.Count > 0)
        {
            yield return Warn(FindingCode.ObkMasked,
                $"{Quote(_masked)} given masked ({SecretMask.Text} stands for a secret that was not shown): what the configuration has is kept");
        }
        const string script = "startupCommand";
        var command = ObkFields.Find(script)!;
        string before = (string)Read(command, _start.Bytes.ToArray()), after = (string)Read(command, _bytes);
        if (before != after && after.Contains(MaskedCommand))
            yield return Warn(FindingCode.ObkMasked, $"'{script}' has long blanks, as where commands with passwords were masked; it was stored without them");
        byte[] start = new byte[_bytes.Length];
        _start.Bytes.Span.CopyTo(start);
        foreach (string unlikely in ObkFields.All.Where(field => field.ExistsIn(_bytes.Length)).SelectMany(field => ObkLimits.Judge(field, start, _bytes, _start.Layout)))
            yield return Warn(FindingCode.ObkValueUnlikely, unlikely + "; it is stored all the same");
    }

    private Finding Warn(FindingCode code, string message) => new(FindingSeverity.Warning, code, message, _start.Offset, PartitionNames.ObkConfig);

    private static string Quote(ICollection<string> names) =>
        string.Join(", ", names.Select(name => $"'{name}'")) + (names.Count == 1 ? " was" : " were");

    private static bool IsMasked(ObkField field, object current, string value) =>
        field.IsSecret ? value == SecretMask.Text : field.Name == "startupCommand" && value == ObkSecrets.RemoveFromScript((string)current);

    private static bool IsVersion(string name) => string.Equals(name, "version", StringComparison.OrdinalIgnoreCase);

    private static bool IsFlags(string name) =>
        string.Equals(name, ObkFlags.Name, StringComparison.OrdinalIgnoreCase) ||
        string.Equals(name, ObkFlags.NamesName, StringComparison.OrdinalIgnoreCase);

    private ObkConfigBuilder SetFlags(string name, string? flag, object? value)
    {
        ulong flags = ObkFlags.Read(_bytes);
        if (flag is null)
        {
            flags = ObkFlags.FromPlainValue(name, value);
        }
        else
        {
            ulong bit = 1UL << ObkFlags.ToNumber(name, flag);
            flags = ObkPlainValue.ToTruth(name, value) ? flags | bit : flags & ~bit;
        }
        ObkFlags.Write(_bytes, flags);
        return this;
    }

    private object Read(ObkField field, byte[] bytes) => ObkFieldCodec.Read(field, bytes, _start.Layout);

    private ObkField FindField(string name)
    {
        var field = ObkFields.Find(name) ?? throw UnknownField(name);
        if (!field.ExistsIn(_bytes.Length))
        {
            throw new BekenImageException(FindingCode.ObkFieldNotInVersion, FormattableString.Invariant(
                $"OpenBeken config of version {_start.Version} has no field '{field.Name}' yet; set version to {ObkConfig.CurrentVersion} first"),
                _start.Offset);
        }
        return field;
    }

    private BekenImageException UnknownField(string name)
    {
        string nearest = Suggestions.Ask(ObkFields.Nearest(name));
        return new(FindingCode.ObkUnknownField,
            $"OpenBeken config has no field '{name}'{(nearest.Length == 0 ? "." : "; " + nearest)} The fields are {string.Join(", ", ObkFields.All.Select(known => known.Name))}",
            _start.Offset);
    }

    /// <summary>
    /// Does what the firmware does when it loads an older version: below 3 the MQTT client id becomes the short name, below 5 the web
    /// password is emptied. The bytes behind an old configuration become zeros.
    /// </summary>
    private ObkConfigBuilder SetVersion(object? value)
    {
        long current = _bytes[ObkConfig.VersionOffset];
        long wanted = ObkPlainValue.ToInteger("version", value, 0, uint.MaxValue);
        if (wanted == _start.Version || wanted == current)
            return this;
        if (wanted != ObkConfig.CurrentVersion || _start.Version > ObkConfig.CurrentVersion)
            throw ObkPlainValue.Refused("version", FormattableString.Invariant($"only an older one can be brought to {ObkConfig.CurrentVersion}"));
        byte[] bytes = new byte[ObkConfig.CurrentLength];
        _bytes.CopyTo(bytes, 0);
        bytes[ObkConfig.VersionOffset] = ObkConfig.CurrentVersion;
        var layout = _start.Layout;
        if (_start.Version < 3)
        {
            object shortName = ObkFieldCodec.Read(ObkFields.Find("shortDeviceName")!, bytes, layout);
            ObkFieldCodec.Write(ObkFields.Find("mqttClientId")!, bytes, layout, shortName);
        }
        ObkFieldCodec.Write(ObkFields.Find("webPassword")!, bytes, layout, string.Empty);
        _bytes = bytes;
        return this;
    }
}
