namespace BekenImage.Planning;

/// <summary>Flash as NOR flash is: erasing sets every bit, programming clears some.</summary>
internal static class FlashSimulator
{
    public static void Run(byte[] flash, FlashStep step) => Run(flash, step.Action, step.Range, step.Bytes.Span);

    public static void Run(byte[] flash, FlashStepAction action, FlashRange range, ReadOnlySpan<byte> bytes)
    {
        var place = flash.AsSpan((int)range.Start, (int)range.Length);
        if (action == FlashStepAction.Erase)
        {
            place.Fill(0xFF);
            return;
        }
        for (int i = 0; i < place.Length; i++)
            place[i] &= bytes[i];
    }
}
