namespace BekenImage.Verifying;

/// <summary>
/// Tuya's <c>gw_bi</c> holds what its cloud knows the device by. A copy that was made to be shared has zeros there: written back, it leaves a
/// device that Tuya's firmware can no longer register.
/// </summary>
internal static class CloudIdentityCheck
{
    private const string Name = "cloud-identity";

    private static readonly string[] Members = ["\"uuid\":\"", "\"auth_key\":\""];

    public static IEnumerable<VerifyCheck> Of(FlashImage image)
    {
        if (image.TuyaStorage?.Find("gw_bi")?.Text is { } identity && Array.Exists(Members, member => IsBlank(identity, member)))
        {
            yield return new(FindingCode.TuyaIdentityBlank, Name, CheckStatus.Warn,
                "Tuya's identity is blanked, as in a copy made to be shared: written back, the device is lost to Tuya's cloud");
        }
    }

    private static bool IsBlank(string text, string member)
    {
        int start = text.IndexOf(member, StringComparison.Ordinal);
        if (start < 0)
            return false;
        start += member.Length;
        int end = text.IndexOf('"', start);
        return end > start && text.Substring(start, end - start).All(digit => digit == '0');
    }
}
