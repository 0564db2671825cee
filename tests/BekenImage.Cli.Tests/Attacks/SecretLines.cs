namespace BekenImage.Cli.Tests.Attacks;

/// <summary>
/// Command lines of every verb over an image with secrets. Words in capitals are files (<see cref="SecretBench"/>); a line with OUT writes
/// what the image holds, one with DOC a document about it; one with a question mark may be refused, and then says why. Without --json each runs with it, too.
/// </summary>
internal static class SecretLines
{
    private static readonly Dictionary<string, string[]> Lines = new(StringComparer.Ordinal)
    {
        ["inspect"] = ["inspect IMAGE", "inspect IMAGE -o DOC", "inspect IMAGE --json -o DOC", "inspect IMAGE OTHER --summary", "inspect IMAGE --csv", "inspect ARMINO --key AESKEY"],
        ["report"] = ["report IMAGE", "report IMAGE --html -o DOC", "report IMAGE --markdown -o DOC", "report IMAGE OTHER -o DOC", "report IMAGE OTHER --markdown", "report ARMINO --key AESKEY"],
        ["verify"] = ["verify IMAGE", "verify IMAGE --backup -o DOC", "verify ARMINO --key AESKEY"],
        ["lint"] = ["lint FIRMWARE --against IMAGE", "lint IMAGE --against OTHER -o DOC"],
        ["doctor"] = ["doctor IMAGE", "doctor OTHER --backup IMAGE -o DOC"],
        ["diff"] = ["diff IMAGE OTHER", "diff OTHER IMAGE", "diff IMAGE FIRMWARE -o DOC"],
        ["plan"] = ["plan IMAGE OTHER", "plan IMAGE OTHER -o OUT", "plan blank IMAGE --for programmer -o OUT", "plan IMAGE OTHER --for ltchiptool -o OUT"],
        ["boot"] = ["boot IMAGE", "boot IMAGE --trace", "boot IMAGE -o OUT", "boot IMAGE --log OUT"],
        ["key recover"] = ["key recover IMAGE", "key recover IMAGE -o DOC"],
        ["combine"] = ["combine IMAGE FIRMWARE --keep all -o OUT", "combine FACTORY FIRMWARE --set wifiPass=GIVEN -o OUT", "?combine IMAGE FIRMWARE --from-tuya -o OUT"],
        ["build"] = ["build qio --chip BK7231N --key tuya --bootloader BOOT --app APP -o OUT", "?build ua --chip BK7231N --key tuya --app IMAGE -o OUT"],
        ["demo"] = ["demo", "demo -o OUT"],
        ["split"] = ["split IMAGE -o OUT", "split ARMINO --key AESKEY -o OUT"],
        ["merge"] = ["merge PARTS -o OUT"],
        ["extract"] =
        [
            "extract IMAGE obk-config -o OUT", "extract IMAGE tuya -o DOC", "extract IMAGE tuya --raw -o OUT", "extract IMAGE net -o OUT", "extract IMAGE app -o OUT",
            "extract IMAGE littlefs -o OUT", "extract IMAGE littlefs --raw -o OUT", "extract IMAGE tuya-protected -o OUT", "extract IMAGE flash-vars -o OUT",
            "extract IMAGE fast-connect -o OUT", "extract IMAGE 0x140000+0x1000 -o OUT", "extract IMAGE 0x170000+0x1000 -o OUT", "extract ARMINO app --key AESKEY -o OUT",
        ],
        ["put"] = ["put IMAGE 0x12A000+0x20 SMALL -o OUT", "put CLEAN 0x1D1000+0xE00 CONFIG -o OUT", "put IMAGE tuya TUYAJSON -o OUT"],
        ["normalize"] = ["normalize IMAGE -o OUT", "normalize DOUBLE -o OUT"],
        ["sanitize"] = ["sanitize IMAGE -o DOC", "sanitize OTHER -o DOC"],
        ["rekey"] = ["rekey IMAGE --to zero -o OUT"],
        ["fal show"] = ["fal show IMAGE", "fal show IMAGE -o DOC"],
        ["fal set"] = ["fal set IMAGE --table TABLE -o OUT"],
        ["rf show"] = ["rf show IMAGE", "rf show IMAGE -o DOC"],
        ["rf set-mac"] = ["rf set-mac IMAGE c8:47:8c:12:34:56 -o OUT"],
        ["rf compare"] = ["rf compare IMAGE OTHER"],
        ["rf restore"] = ["rf restore IMAGE --from OTHER -o OUT"],
        ["obk show"] = ["obk show IMAGE", "obk show IMAGE -o DOC", "obk show CONFIG"],
        ["obk set"] = ["obk set IMAGE pins.6=Btn:2 -o OUT", "obk set IMAGE wifiPass=GIVEN -o OUT", "obk set IMAGE --from OBKJSON -o OUT"],
        ["obk roles"] = ["obk roles"],
        ["obk flags"] = ["obk flags"],
        ["obk channels"] = ["obk channels"],
        ["tuya show"] = ["tuya show IMAGE", "tuya show IMAGE --as-obk", "tuya show TUYAJSON -o DOC"],
        ["tuya list"] = ["tuya list IMAGE", "tuya list IMAGE -o DOC", "tuya list TUYAJSON"],
        ["tuya get"] = ["tuya get IMAGE gw_bi", "tuya get IMAGE gw_wsm", "?tuya get IMAGE gw_di", "?tuya get IMAGE gw_ai", "?tuya get IMAGE tuya_seed", "tuya get TUYAJSON gw_bi -o DOC"],
        ["tuya set"] = ["tuya set IMAGE ty_name lamp -o OUT", "tuya set IMAGE auth_key GIVEN -o OUT"],
        ["fs list"] = ["fs list IMAGE", "fs list IMAGE -o DOC"],
        ["fs extract"] = ["fs extract IMAGE -o OUT"],
        ["fs add"] = ["fs add IMAGE b.txt=SMALL -o OUT", "fs add CLEAN config.json=CONFIGJSON -o OUT"],
        ["fs create"] = ["fs create FILES -o OUT --size 64K"],
        ["ota pack"] = ["?ota pack IMAGE -o OUT --app-version 1", "ota pack APP -o OUT --app-version 1"],
        ["ota unpack"] = ["ota unpack PACKAGE -o OUT"],
        ["ota info"] = ["ota info PACKAGE", "?ota info IMAGE -o DOC"],
        ["ug pack"] = ["ug pack PACKAGE -o OUT --app-version 1"],
        ["ug unpack"] = ["ug unpack UG -o OUT"],
        ["uf2 pack"] = ["uf2 pack PACKAGE --chip BK7231N --board generic-bk7231n-qfn32-tuya -o OUT"],
        ["uf2 unpack"] = ["uf2 unpack UF2 -o OUT"],
        ["uf2 info"] = ["uf2 info UF2", "uf2 info UF2 -o DOC"],
        ["encrypt"] = ["encrypt IMAGE --key tuya --address 0 -o OUT", "encrypt IMAGE --key tuya --address 0 --crc -o OUT", "encrypt IMAGE --key AESKEY --address 0 -o OUT", "encrypt IMAGE --key tuya --address 0 --vendor -o OUT"],
        ["decrypt"] = ["decrypt ENCRYPTED --key tuya --address 0 -o OUT", "decrypt ENCRYPTEDPAGES --key tuya --address 0 --crc -o OUT"],
        ["crc add"] = ["crc add IMAGE -o OUT"],
        ["crc strip"] = ["crc strip PAGES -o OUT"],
        ["crc repair"] = ["crc repair PAGES -o OUT", "crc repair BADPAGES -o OUT"],
        ["crc check"] = ["crc check PAGES"],
        ["explain"] = ["explain BKI3005"],
        ["chips"] = ["chips"],
        ["layout"] = ["layout BK7231N openbeken"],
        ["completion"] = ["completion bash"],
    };

    /// <summary>Every line, each with its verb.</summary>
    public static IEnumerable<(string Verb, string Line)> All => Lines.SelectMany(pair => Of(pair.Key).Select(line => (pair.Key, line)));

    public static IEnumerable<string> Verbs => Lines.Keys;

    /// <summary>A new verb has no line: then its test fails.</summary>
    private static IEnumerable<string> Of(string verb)
    {
        foreach (string line in Lines[verb])
        {
            yield return line;
            if (!line.Contains("--json", StringComparison.Ordinal) && !line.Contains("--csv", StringComparison.Ordinal) && !line.Contains("--summary", StringComparison.Ordinal) && !(verb == "report" && !line.Contains("DOC", StringComparison.Ordinal)))
                yield return line + " --json";
        }
    }
}
