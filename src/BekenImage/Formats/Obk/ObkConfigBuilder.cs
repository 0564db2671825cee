namespace BekenImage.Formats.Obk;

/// <summary>
/// Changes a configuration field by field and makes a new one with a right checksum. What is not named stays byte for byte, also what
/// has no name. Not thread-safe.
/// </summary>
/// <remarks>A call that throws has changed nothing.</remarks>
public sealed class ObkConfigBuilder
{
    private readonly ObkConfig _start;
    private byte[] _bytes;

    /// <summary>Starts from a configuration, which stays as it is.</summary>
    /// <param name="start">One that was read, or <see cref="ObkConfigDefaults"/>.</param>
    public ObkConfigBuilder(ObkConfig start)
    {
        _start = start ?? throw new ArgumentNullException(nameof(start));
        _bytes = start.Bytes.ToArray();
    }

    /// <summary>Sets one field.</summary>
    /// <param name="name">
    /// A name of <see cref="ObkFields"/>; <c>flags.N</c> or <c>flags.NAME</c> with true or false; <c>pins.N</c>, <c>channelTypes.N</c>,
    /// <c>startChannelValues.N</c>, <c>staticIP.N</c>, <c>ledRemap.N</c>, <c>ledCorr.N</c>, <c>cal.N</c> for one entry; <c>flags</c> for
    /// all flags by number or names; <c>version</c> with 5 to bring an older one up to date.
    /// </param>
    /// <param name="value">
    /// The plain value as <see cref="ObkConfig.ToFields"/> gives it, or its text. A whole map replaces all entries. A value that the field
    /// already has changes no byte of it; so does <see cref="SecretMask.Text"/> for a password, and a
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
        if (value is string text && IsMasked(field, current, text) || (dot < 0 && ObkPlainValue.AreEqual(current, value)))
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
            throw;
        }
    }

    /// <summary>Makes the configuration. It keeps offset, layout and length; the checksum is renewed.</summary>
    public ObkConfig Build()
    {
        byte[] bytes = (byte[])_bytes.Clone();
        bytes[ObkConfig.ChecksumOffset] = ObkChecksum.Compute(bytes.AsSpan(ObkConfig.VersionOffset));
        return new ObkConfig(bytes, _start.Offset, _start.Layout);
    }

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
        var field = ObkFields.Find(name) ?? throw new BekenImageException(FindingCode.ObkUnknownField,
            $"OpenBeken config has no field '{name}'; the fields are {string.Join(", ", ObkFields.All.Select(known => known.Name))}", _start.Offset);
        if (!field.ExistsIn(_bytes.Length))
        {
            throw new BekenImageException(FindingCode.ObkFieldNotInVersion, FormattableString.Invariant(
                $"OpenBeken config of version {_start.Version} has no field '{field.Name}' yet; set version to {ObkConfig.CurrentVersion} first"),
                _start.Offset);
        }
        return field;
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
