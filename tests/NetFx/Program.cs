using System;
using System.Collections.Generic;

namespace BekenImage.NetFx
{
    /// <summary>Runs every check and prints <c>N passed, N failed</c>, which tests/Run adds to its sum.</summary>
    internal static class Program
    {
        private static readonly IReadOnlyList<KeyValuePair<string, Action>> Checks = new Dictionary<string, Action>
        {
            ["Image_OfADevice_IsInspected"] = ImageChecks.ImageOfADeviceIsInspected,
            ["App_OfADevice_IsDecodedToItsPlainBytes"] = ImageChecks.AppIsDecodedToItsPlainBytes,
            ["App_PutBack_IsTheSameImage"] = ImageChecks.AppPutBackIsTheSameImage,
            ["Update_PackedWithAes_IsThePlatformsCiphertext"] = AesChecks.UpdateIsThePlatformsCiphertext,
            ["Update_Opened_IsTheFirmware"] = AesChecks.UpdateOpenedIsTheFirmware,
            ["TuyaStorage_EncipheredByThePlatform_IsRead"] = AesChecks.TuyaStorageIsRead,
            ["TuyaStorage_WithAValueChanged_IsReadAgain"] = AesChecks.TuyaValueIsChanged,
            ["Key_OfAProgramWithVectors_IsRecovered"] = KeyChecks.KeyOfVectorsIsRecovered,
            ["Key_OfCodeAlone_IsRecovered"] = KeyChecks.KeyOfCodeIsRecovered,
            ["Document_OfADump_IsMade"] = DocumentChecks.DumpIsInspected,
            ["Template_OfADump_IsMade"] = DocumentChecks.TemplateIsMade,
            ["Report_OfADump_IsMade"] = LookChecks.PageIsMade,
            ["Bootloader_OfOneInstruction_IsRun"] = LookChecks.ProgramIsRun,
            ["Backup_WithoutCalibration_IsNone"] = DocumentChecks.DumpWithoutCalibrationIsNoBackup,
        }.ToList();

        private static int Main()
        {
            int passed = 0, failed = 0;
            foreach (KeyValuePair<string, Action> check in Checks)
            {
                try
                {
                    check.Value();
                    passed++;
                }
                catch (Exception error)
                {
                    failed++;
                    Console.WriteLine("failed " + check.Key + ": " + error);
                }
            }
            Console.WriteLine(passed + " passed, " + failed + " failed");
            return failed == 0 && passed > 0 ? 0 : 1;
        }

        private static IReadOnlyList<T> ToList<T>(this IEnumerable<T> items) => new List<T>(items);
    }
}
