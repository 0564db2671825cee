// Small jobs, ten lines each:
//
//     dotnet run --project samples/Recipes -- edit IMAGE MAC NAME SSID PASSWORD OUT
//     dotnet run --project samples/Recipes -- layout CHIP
//     dotnet run --project samples/Recipes -- lint FIRMWARE DUMP
//     dotnet run --project samples/Recipes -- key PAGES
//     dotnet run --project samples/Recipes -- pack APP PACKAGE
//     dotnet run --project samples/Recipes -- split IMAGE
//     dotnet run --project samples/Recipes -- pages PAGES
//     dotnet run --project samples/Recipes -- report IMAGE PAGE
//     dotnet run --project samples/Recipes -- boot IMAGE

using System;
using System.IO;
using BekenImage;

public static class Program
{
    public static int Main(string[] args)
    {
        switch (args.Length > 1 ? args[0] : string.Empty)
        {
            case "edit" when args.Length == 7 && MacAddress.TryParse(args[2], out MacAddress mac):
                File.WriteAllBytes(args[6], EditRecipe.Run(FlashImage.Load(args[1]), mac, args[3], args[4], args[5]));
                return 0;
            case "layout" when BekenChips.TryParse(args[1], out BekenChip chip):
                foreach (string area in LayoutRecipe.Run(chip, FirmwareFlavor.OpenBeken))
                    Console.WriteLine(area);
                return 0;
            case "lint" when args.Length == 3:
                foreach (string reason in LintRecipe.Run(File.ReadAllBytes(args[1]), File.ReadAllBytes(args[2])))
                    Console.WriteLine(reason);
                return 0;
            case "key":
                Console.WriteLine(KeyRecipe.Run(File.ReadAllBytes(args[1]))?.ToString() ?? "unknown");
                return 0;
            case "pack" when args.Length == 3:
                File.WriteAllBytes(args[2], PackageRecipe.Pack(File.ReadAllBytes(args[1]), "1.00"));
                return 0;
            case "split":
                SplitRecipe.Run(File.ReadAllBytes(args[1]), files =>
                {
                    foreach (string name in files.Keys)
                        Console.WriteLine(name);
                });
                return 0;
            case "pages":
                PagesRecipe.Run(File.ReadAllBytes(args[1]));
                return 0;
            case "report" when args.Length == 3:
                Console.WriteLine(ReportRecipe.Run(args[1], args[2]));
                return 0;
            case "boot":
                return BootRecipe.Run(FlashImage.Load(args[1])) ? 0 : 1;
            default:
                Console.Error.WriteLine("usage: Recipes edit IMAGE MAC NAME SSID PASSWORD OUT | layout CHIP | lint FIRMWARE DUMP | key PAGES | pack APP PACKAGE | split IMAGE | " +
                    "pages PAGES | report IMAGE PAGE | boot IMAGE");
                return 2;
        }
    }
}
