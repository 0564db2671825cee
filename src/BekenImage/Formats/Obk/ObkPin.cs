using System.Globalization;

namespace BekenImage.Formats.Obk;

/// <summary>What one pin does. Immutable.</summary>
public readonly struct ObkPin : IEquatable<ObkPin>
{
    // No role has one of them in its name.
    internal static readonly char[] Separators = [';', ':'];

    /// <summary>Makes a pin.</summary>
    /// <param name="number">GPIO number.</param>
    /// <param name="role">Role number, see <see cref="ObkPinRoles"/>.</param>
    /// <param name="channel">First channel.</param>
    /// <param name="channel2">Second channel; only some roles have one.</param>
    public ObkPin(int number, byte role, byte channel, byte channel2 = 0)
    {
        Number = number;
        Role = role;
        Channel = channel;
        Channel2 = channel2;
    }

    /// <summary>GPIO number.</summary>
    public int Number { get; }

    /// <summary>Role number.</summary>
    public byte Role { get; }

    /// <summary>First channel.</summary>
    public byte Channel { get; }

    /// <summary>Second channel.</summary>
    public byte Channel2 { get; }

    /// <summary>The role's name, or its number as text.</summary>
    public string RoleName => ObkPinRoles.NameOf(Role);

    /// <summary>True when all three values are 0.</summary>
    public bool IsUnused => Role == 0 && Channel == 0 && Channel2 == 0;

    /// <summary>Reads role and channels as the device templates write them.</summary>
    /// <param name="number">GPIO number.</param>
    /// <param name="text">
    /// <c>ROLE</c>, <c>ROLE;CHANNEL</c> or <c>ROLE;CHANNEL;CHANNEL2</c>; the role by name or number. A colon is as good as the semicolon, at
    /// which every shell ends the command. Empty: unused.
    /// </param>
    /// <param name="pin">The pin, or an unused one.</param>
    /// <returns>False when the text is none of these.</returns>
    public static bool TryParse(int number, string? text, out ObkPin pin)
    {
        pin = new ObkPin(number, 0, 0);
        string[] parts = (text ?? string.Empty).Split(Separators);
        byte channel2 = 0;
        byte channel = 0;
        if (parts.Length > 3 || !ObkPinRoles.TryParse(parts[0], out byte role) ||
            (parts.Length > 1 && !TryParseChannel(parts[1], out channel)) ||
            (parts.Length > 2 && !TryParseChannel(parts[2], out channel2)))
            return false;
        pin = new ObkPin(number, role, channel, channel2);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(ObkPin other) =>
        Number == other.Number && Role == other.Role && Channel == other.Channel && Channel2 == other.Channel2;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ObkPin other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(((Number * 256 + Role) * 256 + Channel) * 256 + Channel2);

    /// <summary>Role and channels as the device templates write them: <c>Btn;2</c>, with a third part where the second channel is not 0.</summary>
    public override string ToString() => Channel2 == 0
        ? FormattableString.Invariant($"{RoleName};{Channel}")
        : FormattableString.Invariant($"{RoleName};{Channel};{Channel2}");

    /// <summary>True when number, role and channels are the same.</summary>
    public static bool operator ==(ObkPin left, ObkPin right) => left.Equals(right);

    /// <summary>True when number, role or a channel differs.</summary>
    public static bool operator !=(ObkPin left, ObkPin right) => !left.Equals(right);

    private static bool TryParseChannel(string text, out byte channel) =>
        byte.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out channel);
}
