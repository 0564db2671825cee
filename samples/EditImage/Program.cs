// Gives an OpenBeken image another MAC, a start-up command and a file, in one go.
//
//     dotnet run --project samples/EditImage -- image.bin 02:00:00:00:00:01 autoexec.bat changed.bin

using BekenImage;

if (args.Length != 4 || !MacAddress.TryParse(args[1], out var mac))
{
    Console.Error.WriteLine("usage: EditImage IMAGE MAC FILE OUT");
    return 2;
}

var image = FlashImage.Load(args[0]);
var draft = image.Edit()
    .SetMac(mac)
    .SetObk("startupCommand", "startDriver NTP")
    .AddFile("autoexec.bat", File.ReadAllBytes(args[2]));

// What is different, where, and why, before anything is written.
foreach (var change in draft.Changes)
    Console.WriteLine(change);

using var output = File.Create(args[3]);
draft.WriteTo(output);
return 0;
