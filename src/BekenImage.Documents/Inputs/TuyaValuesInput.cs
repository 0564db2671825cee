namespace BekenImage.Documents.Inputs;

/// <summary>The values of a Tuya storage, as <c>extract IMAGE tuya</c> writes them.</summary>
internal static class TuyaValuesInput
{
    private const string Needs = "each of its values needs 'name', and 'text' or 'hex'";

    public static IReadOnlyList<TuyaGivenValue> Read(PlainObject document) => document.Find("values") is List<object?> values
        ? values.Select(value =>
            ReadValue(value is List<NamedValue> ? PlainObject.Of(value) : throw PlainObject.Unfit(Needs))).ToArray()
        : throw PlainObject.Unfit("it has no list 'values', as the document of a Tuya storage has");

    private static TuyaGivenValue ReadValue(PlainObject value)
    {
        string? name = value.Text("name"), hex = value.Text("hex");
        // Bytes that were not shown: as a text that stands for what is there.
        if (name is not null && hex == SecretMask.Text)
            return new TuyaGivenValue(name, hex, null);
        byte[]? data = hex is null ? null : Bytes(hex) ?? throw PlainObject.Unfit(Needs);
        return name is not null && (data is not null || value.Text("text") is not null)
            ? new TuyaGivenValue(name, data is null ? value.Text("text") : null, data)
            : throw PlainObject.Unfit(Needs);
    }

    public static byte[]? Bytes(string hex)
    {
        if (hex.Length % 2 != 0 || !hex.All(Uri.IsHexDigit))
            return null;
        return Enumerable.Range(0, hex.Length / 2).Select(i =>
            (byte)(16 * Uri.FromHex(hex[2 * i]) + Uri.FromHex(hex[2 * i + 1]))).ToArray();
    }
}
