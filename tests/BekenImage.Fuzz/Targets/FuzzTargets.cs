using BekenImage.Fuzz.Engine;

namespace BekenImage.Fuzz.Targets;

/// <summary>The list of all targets.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        .. CryptoTargets.All, .. CompressionTargets.All, .. PackageTargets.All, .. DataTargets.All, .. TuyaTargets.All, .. LittleFsTargets.All,
        .. SecureBootTargets.All, .. DocumentTargets.All, .. ImageTargets.All,
    ];

    public static IFuzzTarget Find(string name) =>
        All.FirstOrDefault(target => target.Name == name) ?? throw new ArgumentException($"There is no target '{name}'. There are: {string.Join(", ", All.Select(target => target.Name))}.");
}
