using System.Xml.Linq;

namespace BekenImage.TestRun.Suites;

internal static class TrxReport
{
    /// <summary>What a runner counted; one failure more where its sums are not the number of results it lists.</summary>
    public static Tally Count(string file)
    {
        var report = XDocument.Load(file);
        var counters = report.Descendants().Single(element => element.Name.LocalName == "Counters");
        int Number(string name) => (int?)counters.Attribute(name) ?? 0;
        int listed = report.Descendants().Count(element => element.Name.LocalName == "UnitTestResult");
        var tally = new Tally(
            Number("passed"), Number("failed") + Number("error") + Number("timeout") + Number("aborted"), Number("notExecuted"));
        return tally.Passed + tally.Failed + tally.Skipped == listed ? tally : tally with { Failed = tally.Failed + 1 };
    }
}
