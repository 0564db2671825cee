namespace BekenImage.Images;

/// <content>The energy meter.</content>
internal sealed partial class TuyaWiringMapper
{
    /// <summary>
    /// A meter that gives pulses is started by its pins; one on the UART has no pins to OpenBeken and must be started. Which it is,
    /// chip_type says: none, 0 and 1 pulses, 2 CSE7766 (the HLW8032 speaks the same), 3 and 4 BL0942. UART pins without chip_type: BL0942.
    /// </summary>
    /// <returns>True for one on the UART.</returns>
    private bool MapMeter()
    {
        int? type = Field("chip_type")?.Number;
        bool hasPulses = _pins.Values.Any(pin => pin.Role.StartsWith("BL0937", StringComparison.Ordinal));
        bool hasUart = GpioOf(Field("ele_rx")) is not null || GpioOf(Field("ele_tx")) is not null;
        if (hasPulses || hasUart || type is 2 or 3 or 4)
            Use("chip_type");
        string? driver = type switch
        {
            2 => "CSE7766",
            3 or 4 => "BL0942",
            _ => hasUart ? "BL0942" : null,
        };
        if (driver is not null)
        {
            _commands.Add("startDriver " + driver);
            if (hasPulses)
                _notes.Add(FormattableString.Invariant($"The energy meter is a {driver} on the UART; the BL0937 roles do not fit it."));
        }
        else if (type == 1 && hasPulses)
        {
            _notes.Add("chip_type 1: the energy meter is an HLW8012, which OpenBeken reads as a BL0937.");
        }
        return driver is not null;
    }
}
