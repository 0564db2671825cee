using BekenImage.Formats.Net;
using BekenImage.Formats.Rf;
using BekenImage.IO;

namespace BekenImage.Comparing;

/// <summary>What a device's sectors hold: RF tables, NET_PARAM tables, fast-connect records.</summary>
internal static class DeviceComparison
{
    public static void Run(ComparedSide a, ComparedSide b, DifferenceList list)
    {
        static IEnumerable<FoundContent<RfTable>> Rf(ComparedSide side) =>
            side.Content.RfTables.Select(table => new FoundContent<RfTable>(table, table.Offset, table.Bytes));
        static IEnumerable<FoundContent<NetParamTable>> Net(ComparedSide side) =>
            side.Content.NetParamTables.Select(table => new FoundContent<NetParamTable>(table, table.Offset, table.Bytes));
        static IEnumerable<FoundContent<FastConnectRecord>> FastConnect(ComparedSide side) => side.Content.FastConnectRecords.Select(record =>
            new FoundContent<FastConnectRecord>(record, record.Offset, new FlashRange(record.Offset, record.Length).Of(side.Content.Bytes)));

        ContentMatch.Compare(a, b, list, DifferenceArea.Rf, null, Rf(a), Rf(b),
            table => FormattableString.Invariant($"MAC {table.MacText ?? "missing"}, {Counted.Of(table.Items.Count, "item")}, {table.Describe()}"),
            (first, second) => CompareRf(first.Value, second.Value, list));
        ContentMatch.Compare(a, b, list, DifferenceArea.Net, null, Net(a), Net(b),
            table => Counted.Of(table.Items.Count, "item"), (first, second) => CompareNet(first.Value, second.Value, list));
        ContentMatch.Compare(a, b, list, DifferenceArea.FastConnect, null, FastConnect(a), FastConnect(b),
            record => FormattableString.Invariant($"channel {record.Channel}"), (first, second) => CompareRecord(first.Value, second.Value, list));
    }

    private static void CompareRf(RfTable first, RfTable second, DifferenceList list)
    {
        foreach (var item in RfComparison.Compare(first, second).Where(item => !item.IsEqual))
        {
            list.Add(DifferenceArea.Rf, KindOf(item.First, item.Second), item.Name, item.First?.ValueText, item.Second?.ValueText,
                first.Offset + item.First?.DataOffset, second.Offset + item.Second?.DataOffset, (item.Second ?? item.First)!.Data.Length);
        }
    }

    private static DifferenceKind KindOf(object? first, object? second) =>
        first is null ? DifferenceKind.Added : second is null ? DifferenceKind.Removed : DifferenceKind.Changed;

    // The n-th item of a tag belongs to the n-th.
    private static void CompareNet(NetParamTable first, NetParamTable second, DifferenceList list)
    {
        string Shown(NetParamItem item) => list.ShowSecrets ? item.RevealText() : item.ValueText;

        var rest = second.Items.ToList();
        foreach (var item in first.Items)
        {
            var other = rest.Find(candidate => candidate.Tag == item.Tag);
            if (other is not null)
                rest.Remove(other);
            if (other is null || !other.Data.Span.SequenceEqual(item.Data.Span))
            {
                list.Add(DifferenceArea.Net, KindOf(item, other), item.Name, Shown(item), other is null ? null : Shown(other),
                    first.Offset + item.DataOffset, second.Offset + other?.DataOffset, item.Data.Length);
            }
        }
        foreach (var item in rest)
            list.Add(DifferenceArea.Net, DifferenceKind.Added, item.Name, null, Shown(item), null, second.Offset + item.DataOffset, item.Data.Length);
    }

    private static void CompareRecord(FastConnectRecord first, FastConnectRecord second, DifferenceList list)
    {
        void Field(string name, object a, object b)
        {
            if (!a.Equals(b))
                list.Add(DifferenceArea.FastConnect, DifferenceKind.Changed, name, a, b, first.Offset, second.Offset, first.Length);
        }

        void Secret(string name, string a, string b)
        {
            if (a == b)
                return;
            if (list.ShowSecrets)
                Field(name, a, b);
            else
                list.Add(DifferenceArea.FastConnect, DifferenceKind.Changed, name, Masked(a), Masked(b), first.Offset, second.Offset, first.Length);
        }

        Secret("ssid", first.RevealSsid(), second.RevealSsid());
        Secret("bssid", first.RevealBssid().ToString(), second.RevealBssid().ToString());
        Secret("passphrase", first.RevealPassphrase(), second.RevealPassphrase());
        Secret("psk", first.RevealPsk(), second.RevealPsk());
        Field("channel", (long)first.Channel, (long)second.Channel);
        Field("securityType", (long)first.SecurityType, (long)second.SecurityType);
        Field("obfuscated", first.IsObfuscated, second.IsObfuscated);
    }

    private static string Masked(string value) => value.Length == 0 ? string.Empty : SecretMask.Text;
}
