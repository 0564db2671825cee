// Small jobs, ten lines each:
//
//     dotnet run --project samples/Recipes -- lint FIRMWARE DUMP
//     dotnet run --project samples/Recipes -- key PAGES
//     dotnet run --project samples/Recipes -- pack APP PACKAGE
//     dotnet run --project samples/Recipes -- split IMAGE

using System;
using System.IO;

public static class Program
{
    public static int Main(string[] args)
    {
        switch (args.Length > 1 ? args[0] : string.Empty)
        {
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
            default:
                Console.Error.WriteLine("usage: Recipes lint FIRMWARE DUMP | key PAGES | pack APP PACKAGE | split IMAGE");
                return 2;
        }
    }
}
