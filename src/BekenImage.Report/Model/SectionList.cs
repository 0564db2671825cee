namespace BekenImage.Report.Model;

/// <summary>The sections behind the map, in the order in which one asks; those with nothing to say are left out.</summary>
internal static class SectionList
{
    public static IReadOnlyList<Section> Of(
        FlashImage file, FlashImage image, VerifyResult verify, BootReport? boot, IReadOnlyList<Finding> findings, bool showSecrets) =>
    [
        .. new[]
        {
            CheckSections.Verdict(verify),
            CheckSections.Findings(findings),
            BootSections.Of(boot),
            ProgramSections.Programs(image),
            ProgramSections.Containers(image),
            ProgramSections.SecureBoot(image),
            DeviceSections.Rf(image),
            ObkSections.Config(image, showSecrets),
            TuyaSections.Wiring(image),
            TuyaSections.Values(image, showSecrets),
            DeviceSections.Network(image, showSecrets),
            FileSections.LittleFs(image),
            FileSections.Members(file),
        }.OfType<Section>(),
    ];
}
