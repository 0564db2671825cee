namespace BekenImage;

/// <summary>Chips whose flash is laid out alike: how addresses are counted, what enciphers, what a program begins with.</summary>
public enum ChipGeneration
{
    /// <summary>
    /// The BK72xx of beken_freertos_sdk: an ARM968E-S with its exception vectors, the flash cipher of four coefficients, a partition table
    /// that counts striped partitions logically, RBL headers.
    /// </summary>
    Bk72xx,

    /// <summary>
    /// Those of the Armino SDK: a Cortex-M33 or RISC-V core, AES-XTS over each page, physical partition tables, MCUboot under secure boot.
    /// </summary>
    Armino,
}
