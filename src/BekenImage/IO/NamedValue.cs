namespace BekenImage;

/// <summary>A name and its plain value: a member of what is rendered as a JSON object, or was read from one. Immutable.</summary>
/// <remarks>Plain values are null, string, bool, long, double, lists of these, and for an object again a list of named values.</remarks>
public readonly struct NamedValue : IEquatable<NamedValue>
{
    private readonly string? _name;

    /// <summary>Makes a pair.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The plain value.</param>
    public NamedValue(string name, object? value)
    {
        _name = name ?? throw new ArgumentNullException(nameof(name));
        Value = value;
    }

    /// <summary>The name.</summary>
    public string Name => _name ?? string.Empty;

    /// <summary>The plain value.</summary>
    public object? Value { get; }

    /// <summary>True when the names are the same, and the values equal.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(NamedValue other) => Name == other.Name && Equals(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NamedValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(StringComparer.Ordinal.GetHashCode(Name) * 397 ^ (Value?.GetHashCode() ?? 0));

    /// <summary>The name; not the value, which may be a secret.</summary>
    public override string ToString() => Name;

    /// <summary>True when the names are the same, and the values equal.</summary>
    public static bool operator ==(NamedValue left, NamedValue right) => left.Equals(right);

    /// <summary>True when a name or a value differs.</summary>
    public static bool operator !=(NamedValue left, NamedValue right) => !left.Equals(right);
}
