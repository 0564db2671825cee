namespace BekenImage;

/// <summary>Whose firmware the app is.</summary>
public enum FirmwareFlavor
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Tuya: IoT SDK or TuyaOS.</summary>
    Tuya,

    /// <summary>OpenBeken.</summary>
    OpenBeken,

    /// <summary>Another firmware made with Beken's FreeRTOS SDK.</summary>
    BekenFreeRtos,

    /// <summary>LibreTiny, mostly as ESPHome.</summary>
    LibreTiny,

    /// <summary>Another firmware made with Beken's Armino SDK.</summary>
    BekenArmino,
}
