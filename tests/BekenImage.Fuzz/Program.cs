using BekenImage.Fuzz.Engine;
using BekenImage.Fuzz.Long;

// Without arguments of its own it is a test program: a short run of every target, and every input that ever failed. With them it is the
// long run; docs/fuzzing.md tells the options.
return LongOptions.TryParse(args, out var options)
    ? options.IsWorker ? Worker.Run(options) : LongRun.Run(options)
    : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, BekenImage.Fuzz.SelfRegisteredExtensions.AddSelfRegisteredExtensions);
