using System.Diagnostics;
using System.Security.Cryptography;

namespace BekenImage.Fuzz.Engine;

/// <summary>A promise that was not kept without anything being thrown: a round trip, a cost.</summary>
internal sealed class FuzzFaultException(string message) : Exception(message);

/// <summary>What a run found, and the input that shows it.</summary>
internal sealed record FuzzFault(string Target, Exception Exception, byte[] Input)
{
    /// <summary>Two faults with the same signature are one: the kind, and the innermost frames that are not the platform's.</summary>
    public string Signature { get; } = Sign(Exception);

    /// <summary>A short name for files, the same for the same signature.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Signature)))[..10];

    private static string Sign(Exception exception)
    {
        var frames = new StackTrace(exception, false).GetFrames()
            .Select(frame => frame.GetMethod())
            .Where(method => method?.DeclaringType?.Namespace is { } name && name.StartsWith("BekenImage", StringComparison.Ordinal))
            // What lies outside the product is inlined or not, from run to run.
            .TakeWhile(method => !method!.DeclaringType!.Namespace!.StartsWith("BekenImage.Fuzz.", StringComparison.Ordinal) || exception is FuzzFaultException)
            .Select(method => $"{method!.DeclaringType!.Name}.{method.Name}")
            .Where(frame => !frame.StartsWith("Promise.", StringComparison.Ordinal))
            .Take(3);
        string text = exception is FuzzFaultException ? exception.Message.Split(':')[0] : string.Empty;
        return $"{exception.GetType().Name} {text} {string.Join(" < ", frames)}";
    }
}
