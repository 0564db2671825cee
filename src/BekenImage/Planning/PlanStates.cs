using BekenImage.Images;

namespace BekenImage.Planning;

/// <summary>
/// What a device is in each state on the way. Verify has the word, but a program is never called whole that is neither the old nor the new
/// one: a mixture of two may have sound pages and no hash that tells. So it is asked only where bootloader and app are each one of the two.
/// </summary>
internal sealed class PlanStates
{
    private static readonly string[] BootloaderChecks = ["bootloader-vectors", "bootloader-pages", "manifest", "manifest-hash", "manifest-signature", "manifest-key"];

    private readonly Known?[] _known;
    private readonly FlashImage _result;
    private readonly FlashRange[] _decisive;
    private int _questions = MostQuestions;

    /// <summary>Reading an image takes milliseconds; behind these a device that might boot counts as recoverable.</summary>
    private const int MostQuestions = 32;

    public PlanStates(PlanInputs inputs, PlannedResult result)
    {
        _result = result.Image;
        After = new Known(result.Image, result.Protected);
        _known = [inputs.Current is { } current && !ReferenceEquals(current, result.Image) ? new Known(current, result.Protected) : null, After];
        Before = inputs.Current is null ? StoppedState.NeedsBootloader : (_known[0] ?? After).State;
        Starts = _known.Where(known => known is not null).SelectMany(known => known!.Starts).Distinct().ToArray();
        _decisive = _known.Where(known => known is not null).SelectMany(known => known!.Decisive).Concat(result.Protected).Distinct().ToArray();
    }

    public StoppedState Before { get; }

    public Known After { get; }

    /// <summary>Where programs begin, of one or the other.</summary>
    public IReadOnlyCollection<long> Starts { get; }

    /// <summary>
    /// True where a state is decided: what the chip starts by, programs in use and their headers, of one or the other. All else, pages behind
    /// them and data, may change without a word of verify's. What only happens to lie in the app's partition is asked for its place, not its phase.
    /// </summary>
    public bool IsDecidedBy(FlashRange range) => _decisive.Any(range.Overlaps);

    /// <summary>What the device is with a state of the flash.</summary>
    public StoppedState Of(byte[] flash)
    {
        if (After.AreIn(_decisive, flash))
            return After.State;
        if (!_known.Any(known => known is { HasBootloader: true } && known.IsBootloaderIn(flash)))
            return StoppedState.NeedsBootloader;
        if (!_known.Any(known => known is not null && known.IsAppIn(flash)) || --_questions < 0)
            return StoppedState.Recoverable;
        var image = FlashImage.Parse((byte[])flash.Clone(), Options());
        return ImageVerifier.Verify(image).Boots ? StoppedState.Boots : StoppedState.Recoverable;
    }

    // A key that was only recovered from code is not found again without that code.
    private FlashImageOptions Options()
    {
        var options = _result.Options.Copy();
        var source = _known.FirstOrDefault(known => known?.Image.Key.Source == KeySource.Recovered);
        if (!options.IsKeyGiven && source is not null)
            options.Key = source.Image.Key.Value;
        return options;
    }

    /// <summary>One end of the plan: what it is, and which bytes make its programs.</summary>
    internal sealed class Known
    {
        private readonly FlashRange[] _bootloader;
        private readonly FlashRange[] _app;

        public Known(FlashImage image, IReadOnlyList<FlashRange> starting)
        {
            Image = image;
            Verified = ImageVerifier.Verify(image);
            var programs = image.Programs.Partitions.Where(program => program is { LogicalStart: not null, IsPart: false }).ToArray();
            Starts = programs.Select(program => program.Code.Start).ToArray();
            var payloads = programs.Select(program => ProgramPayload.Find(image, program).PhysicalRange).ToArray();
            // Under secure boot the tables and manifests are as needed as the loader.
            bool isWhole = image.Programs.Secure is not null;
            _bootloader = (isWhole ? starting : payloads.Where(payload => starting.Any(payload.Overlaps))).ToArray();
            _app = payloads.Where(payload => !starting.Any(payload.Overlaps)).ToArray();
            // Where a program without a header ends is told by what follows it.
            Decisive = payloads.Select(payload => new FlashRange(payload.Start, payload.Length + FlashGeometry.SectorSize))
                .Concat(image.Containers.Where(container => container.IsBehindPayload).Select(header => FlashRange.FromBounds(header.Offset, header.End)))
                .Concat(_bootloader).ToArray();
            HasBootloader = _bootloader.Length > 0 && Verified.BootChecks.All(check => check.Status != CheckStatus.Fail || !BootloaderChecks.Contains(check.Name));
            State = Verified.Boots ? StoppedState.Boots : HasBootloader ? StoppedState.Recoverable : StoppedState.NeedsBootloader;
        }

        public FlashImage Image { get; }

        public VerifyResult Verified { get; }

        public StoppedState State { get; }

        /// <summary>True when its bootloader is whole.</summary>
        public bool HasBootloader { get; }

        public IReadOnlyList<long> Starts { get; }

        /// <summary>Its programs as far as they are in use, and their headers.</summary>
        public IReadOnlyList<FlashRange> Decisive { get; }

        public bool IsBootloaderIn(byte[] flash) => AreIn(_bootloader, flash);

        public bool IsAppIn(byte[] flash) => _app.Length > 0 && AreIn(_app, flash);

        /// <summary>True when a flash holds in these ranges what this one does.</summary>
        public bool AreIn(FlashRange[] ranges, byte[] flash) => ranges.Select(range => range.Intersect(new FlashRange(0, flash.Length)))
            .All(range => range.Of(Image.Bytes).Span.SequenceEqual(flash.AsSpan((int)range.Start, (int)range.Length)));
    }
}
