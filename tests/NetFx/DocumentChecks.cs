using DumpReading;

namespace BekenImage.NetFx
{
    /// <summary>The sample library of the documents, at work where flashers run.</summary>
    internal static class DocumentChecks
    {
        private static readonly DumpReader Reader = new DumpReader(DeviceDump.Make(), "dump.bin");

        public static void DumpIsInspected()
        {
            string json = Reader.Inspect();
            Check.Equal(true, json.Contains("\"verb\": \"inspect\"") && json.Contains("\"flavor\": \"openbeken\""), "the inspect document");
            Check.Equal(true, json.Contains("\"name\": \"gw_di\""), "the stored value's name is in it");
        }

        public static void TemplateIsMade() => Check.Equal(true, Reader.Template().Contains("\"vendor\": \"Tuya\""), "the template");

        public static void DumpWithoutCalibrationIsNoBackup() => Check.Equal(false, Reader.IsBackup(), "backup");
    }
}
