using BekenImage.Cli.Output;
using BekenImage.Crypto;
using BekenImage.Formats.Download;

namespace BekenImage.Cli.Commands;

/// <summary>What a <c>build</c> was asked for.</summary>
internal sealed record BuildJob(Writing Writing, string Kind, BekenChip Chip)
{
    private readonly List<Finding> _remarks = [];

    public Terminal Terminal => Writing.Terminal;

    public string Output => Writing.Output;

    public const string Qio = "qio";
    public const string Ua = "ua";
    public const string Pages = "app";
    public const string Package = "package";

    public string? App { get; init; }

    public string? App1 { get; init; }

    public string? App2 { get; init; }

    public string? Bootloader { get; init; }

    /// <summary>The key as it was given; null where none was.</summary>
    public GivenKey? Given { get; init; }

    /// <summary>The coefficients of the older chips.</summary>
    public BekenKey? Key => Given?.Coefficients;

    /// <summary>The AES key of the newer chips; null where nothing is enciphered.</summary>
    public AesFlashKey? AesKey => Given is { IsAes: true } given ? given.NeedAes() : null;

    /// <summary>The files that are read for the key.</summary>
    public string[] KeyFiles => Given?.Files ?? [];

    public string? Name { get; init; }

    public string? AppVersion { get; init; }

    public string? BootVersion { get; init; }

    public long? Timestamp { get; init; }

    public long? BootTimestamp { get; init; }

    public string? HeadersFrom { get; init; }

    public string? Config { get; init; }

    public string? Table { get; init; }

    public IReadOnlyList<NamedFile> Parts { get; init; } = [];

    public string? Target { get; init; }

    public DownloadKind? Magic { get; init; }

    public uint? SecurityCounter { get; init; }

    public bool EnciphersUpdate { get; init; }

    public void Remark(string? file, Finding finding)
    {
        _remarks.Add(finding);
        Terminal.Note($"{file}: {Words.Of(finding.Severity)}: {finding.CodeText}: {finding.Message}");
    }

    /// <summary>Writes the result.</summary>
    /// <param name="image">Its bytes.</param>
    /// <param name="inputs">The files it must not be.</param>
    /// <param name="place">Where it goes.</param>
    public int Write(byte[] image, string[] inputs, string place)
    {
        Writing.Save(image, inputs);
        Writing.Tell($"{Plural.Of(image.Length, "byte")}, {place}");
        Writing.Print(image, _remarks);
        return ExitCodes.Done;
    }
}

/// <summary>A file for something that has a name.</summary>
internal sealed record NamedFile(string Name, string File);
