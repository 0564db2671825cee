using System.Text.Json;

namespace BekenImage.TestSupport;

/// <summary>
/// The real images tests may use: the folder named by <c>BEKENIMAGE_CORPUS</c>, or <c>../shared/corpus</c> seen from the repository root.
/// Where it is absent the test is skipped, and counted as skipped.
/// </summary>
internal static class Corpus
{
    public static string? Folder { get; } = Find("BEKENIMAGE_CORPUS", "corpus", "manifest.json");

    /// <summary>Outputs of the vendor's tools; beside the corpus.</summary>
    public static string? VectorFolder { get; } = Find("BEKENIMAGE_VECTORS", "vectors", "app.bin");

    /// <summary>The bytes of a corpus file; skips the test when there is no corpus.</summary>
    public static byte[] Read(string file) => File.ReadAllBytes(PathOf(file));

    public static string PathOf(string file)
    {
        Require();
        return Path.Combine(Folder!, file);
    }

    public static byte[] ReadVector(string file)
    {
        Assert.SkipWhen(VectorFolder is null, "The vendor's vectors are not here (set BEKENIMAGE_VECTORS).");
        return File.ReadAllBytes(Path.Combine(VectorFolder!, file));
    }

    public static void Require() => Assert.SkipWhen(Folder is null, "The corpus of real images is not here (set BEKENIMAGE_CORPUS).");

    /// <summary>The facts about each file, worked out by an independent implementation.</summary>
    public static JsonElement Manifest(string file)
    {
        Require();
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, "manifest.json")));
        return document.RootElement.EnumerateArray().Single(entry => entry.GetProperty("file").GetString() == file).Clone();
    }

    /// <summary>Every corpus file, for theories. The names are listed here so that a missing corpus shows as skipped tests, not as none.</summary>
    public static TheoryData<string> Files => new(
        "BK7231N_LSPA9_Clone_First.bin",
        "BK7231N_Tuya_Afyeev_GD4301_EVCharger_TuyaMCU_3.1.17.bin",
        "BK7231N_Tuya_Arlec_Razer_RGBStrip_PWM_TuyaOS_3.3.44.bin",
        "BK7231Q_Tuya_MOES_Relay_WA2_1.1.3.bin",
        "BK7231T_TuyaConfig_PC44HA.bin",
        "BK7231T_Tuya_Brilo_8464455.bin",
        "BK7231T_Tuya_Globe_37783.bin",
        "BK7231T_Tuya_LED_Moon_rotated.bin",
        "BL2028N_Dreo_DR-HTF004S_Fan_PAI-053.bin",
        "OpenBK7231M_QIO_1.18.300.bin",
        "OpenBK7231N_QIO_1.18.300.bin",
        "OpenBK7231N_QIO_1.18.300_obkStartupCommand_setPinRolePWMdual.bin",
        "OpenBK7231T_QIO_1.18.300.bin",
        "OpenBK7238_QIO_1.18.300.bin");

    private static string? Find(string variable, string name, string proof)
    {
        string? given = Environment.GetEnvironmentVariable(variable);
        if (!string.IsNullOrEmpty(given))
            return File.Exists(Path.Combine(given, proof)) ? given : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "BekenImage.sln")))
                continue;
            string beside = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", name));
            return File.Exists(Path.Combine(beside, proof)) ? beside : null;
        }
        return null;
    }
}
