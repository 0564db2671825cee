using BekenImage.Crypto;
using BekenImage.Editing;
using BekenImage.Formats.Fal;
using BekenImage.Formats.LittleFs;
using BekenImage.Formats.Obk;
using BekenImage.Formats.Rf;

namespace BekenImage;

/// <summary>
/// The one way to change an image. Every change is a method that gives the draft back, so that changes chain; each sees what those before
/// it did. The guards fire before anything is written: a method that throws has changed nothing, and the draft goes on as it was. Every
/// byte that no change names stays, and so do length and rotation. Not thread-safe; the image it was made from stays as it is.
/// </summary>
/// <remarks>
/// What is known of the programs is not read again after a change of data. Guards, as those of <see cref="ImageCombiner"/>: nothing goes
/// into the bootloader but by the method that names it, out of the flash, over another area, or to an address that is not known.
/// </remarks>
public sealed class ImageDraft
{
    private readonly List<ImageChange> _changes = [];
    private readonly List<Finding> _findings = [];
    private FlashImage _image;

    internal ImageDraft(FlashImage image)
    {
        _image = image;
    }

    /// <summary>What was changed so far, in the order in which it was.</summary>
    public IReadOnlyList<ImageChange> Changes => _changes.AsReadOnly();

    /// <summary>What is to be said about the changes.</summary>
    public IReadOnlyList<Finding> Findings => _findings.AsReadOnly();

    // ---- partitions and programs -------------------------------------------------------------------------------------------------

    /// <summary>Replaces a partition.</summary>
    /// <param name="what">Its name, as <see cref="FlashImage.Partitions"/> lists it.</param>
    /// <param name="bytes">
    /// For a raw partition its bytes; what a shorter file leaves is erased. For a striped one either stored pages, or a plain program,
    /// which is encrypted, paged, and described by its RBL header anew.
    /// </param>
    /// <exception cref="BekenImageException">There is no such partition, or the bytes do not suit it.</exception>
    /// <exception cref="ImageGuardException">
    /// It is the bootloader, the bytes do not fit or would land on another area, or the image would not boot any more. Where only who holds a
    /// signing key could help that, it is an error in <see cref="Findings"/>.
    /// </exception>
    public ImageDraft Put(string what, byte[] bytes) => Put(what, bytes, isPlain: false);

    /// <inheritdoc cref="Put(string, byte[])"/>
    /// <param name="what">Its name, as <see cref="FlashImage.Partitions"/> lists it.</param>
    /// <param name="bytes">As above.</param>
    /// <param name="isPlain">True: the bytes are plain. False: stored pages are recognised as such, everything else is plain.</param>
    public ImageDraft Put(string what, byte[] bytes, bool isPlain)
    {
        NotNull(what, nameof(what));
        NotNull(bytes, nameof(bytes));
        return Apply(edit => PartitionEdit.Replace(edit, what, null, bytes, isPlain));
    }

    /// <inheritdoc cref="Put(string, byte[], bool)"/>
    /// <param name="partition">One of the image's partitions.</param>
    /// <param name="bytes">As above.</param>
    /// <param name="isPlain">As above.</param>
    public ImageDraft Put(Partition partition, byte[] bytes, bool isPlain = false)
    {
        NotNull(partition, nameof(partition));
        NotNull(bytes, nameof(bytes));
        return Apply(edit => PartitionEdit.Replace(edit, partition.Name, partition.Offset, bytes, isPlain));
    }

    /// <summary>Replaces a range by bytes as they are to be stored.</summary>
    /// <param name="range">Physical, un-rotated.</param>
    /// <param name="bytes">As many bytes as the range has.</param>
    /// <exception cref="BekenImageException">The bytes do not fill the range.</exception>
    /// <exception cref="ImageGuardException">The range touches the bootloader or leaves the flash, or the image would not boot any more.</exception>
    public ImageDraft Put(FlashRange range, byte[] bytes)
    {
        NotNull(bytes, nameof(bytes));
        return Apply(edit => PartitionEdit.Replace(edit, range, bytes));
    }

    /// <summary>
    /// Puts another bootloader into its slot: enciphered with the device's key, its RBL header made to fit. The app is not moved to where
    /// the new bootloader's table says.
    /// </summary>
    /// <param name="bootloader">An image that begins with a bootloader of the same family, or a bootloader file.</param>
    /// <exception cref="BekenImageException">There is no usable bootloader in it, or the device's key is not known.</exception>
    /// <exception cref="ImageGuardException">It is for another family of chips, or this image has no place for a bootloader.</exception>
    public ImageDraft ReplaceBootloader(FlashImage bootloader)
    {
        NotNull(bootloader, nameof(bootloader));
        return Apply(edit => BootloaderEdit.Replace(edit, bootloader));
    }

    /// <summary>
    /// Puts another partition table into the bootloader, and renews the RBL header that covers it. It changes the bootloader: what the
    /// table says wrong, the device does wrong. Nothing is moved to where the new table says.
    /// </summary>
    /// <param name="partitions">As many entries as there are now. One that says what the present one says keeps its bytes, its CRC included.</param>
    /// <exception cref="BekenImageException">There is no bootloader with a table, its key is not known, or the entries do not fit.</exception>
    /// <exception cref="ImageGuardException">
    /// A new entry overlaps another or the bootloader, begins in the calibration, ends behind the flash, lies off the grid, has no length; or
    /// bootloader or app are missing.
    /// </exception>
    public ImageDraft SetPartitionTable(IReadOnlyList<FalPartition> partitions)
    {
        NotNull(partitions, nameof(partitions));
        return Apply(edit => BootloaderEdit.SetTable(edit, partitions));
    }

    /// <summary>
    /// Moves the programs to another flash key: bootloader with the key words it stores, app, every other striped program, their RBL
    /// headers and pages. Every other byte stays, also old code behind a program. Moved back, what the vendor's tools made is byte for
    /// byte as it was.
    /// </summary>
    /// <param name="key">The other device's key.</param>
    /// <exception cref="BekenImageException">There is no program in it, its key is not known or wrong, or its bootloader is not understood.</exception>
    public ImageDraft Rekey(BekenKey key) => Apply(edit => RekeyEdit.Apply(edit, key));

    // ---- data --------------------------------------------------------------------------------------------------------------------

    /// <summary>
    /// Sets the MAC in every copy the firmware may read: the RF table where the firmware looks, every other that has the same MAC as the
    /// one that counts, and the MAC item of NET_PARAM tables. Calibration stays.
    /// </summary>
    /// <param name="mac">The MAC.</param>
    /// <exception cref="BekenImageException">There is no RF table to put it in, or no station may have that MAC.</exception>
    /// <exception cref="ImageGuardException">A table lies in the bootloader.</exception>
    public ImageDraft SetMac(MacAddress mac) => Apply(edit => RfEdit.SetMac(edit, mac));

    /// <summary>Puts an RF table where the image's own firmware looks, and 0xFF behind it up to the end of the sector.</summary>
    /// <param name="table">The table to restore.</param>
    /// <param name="mac">The MAC it shall have; null keeps its own.</param>
    /// <param name="allowUncalibrated">True to take a table with chip information only.</param>
    /// <exception cref="BekenImageException">The table is not one to restore, or no station may have that MAC.</exception>
    /// <exception cref="ImageGuardException">It is not known where the firmware looks, or another area or the end of the flash is there.</exception>
    public ImageDraft RestoreRf(RfTable table, MacAddress? mac = null, bool allowUncalibrated = false) =>
        RestoreRf(table, mac, allowUncalibrated, BekenChip.Unknown);

    /// <inheritdoc cref="RestoreRf(RfTable, MacAddress?, bool)"/>
    /// <param name="table">The table to restore.</param>
    /// <param name="mac">The MAC it shall have; null keeps its own.</param>
    /// <param name="allowUncalibrated">True to take a table with chip information only.</param>
    /// <param name="chip">The chip of the device it was read from: one of another family gives a warning. Unknown where that is not known.</param>
    public ImageDraft RestoreRf(RfTable table, MacAddress? mac, bool allowUncalibrated, BekenChip chip)
    {
        NotNull(table, nameof(table));
        return Apply(edit => RfEdit.Restore(edit, table, chip, mac, allowUncalibrated));
    }

    /// <summary>Sets one field of OpenBeken's configuration; where there is none, one is made from the firmware's defaults.</summary>
    /// <param name="name">The field, as <see cref="ObkConfigBuilder.Set(string, object?)"/> names it: <c>wifiSsid</c>, <c>pins.6</c>.</param>
    /// <param name="value">Its value as text.</param>
    /// <inheritdoc cref="SetObkConfig(Action{ObkConfigBuilder}, bool)" path="/exception"/>
    public ImageDraft SetObk(string name, string value) => SetObkConfig(builder => builder.Set(name, value));

    /// <summary>Changes OpenBeken's configuration, or makes one from the firmware's defaults where its firmware looks.</summary>
    /// <param name="change">Sets fields.</param>
    /// <param name="fromDefaults">True to start from the firmware's defaults even where there is a configuration.</param>
    /// <exception cref="BekenImageException">
    /// A value was refused, the checksum of the present configuration is wrong, or there are no defaults for the chip.
    /// </exception>
    /// <exception cref="ImageGuardException">It is not known where the firmware looks, or another area or the end of the flash is there.</exception>
    public ImageDraft SetObkConfig(Action<ObkConfigBuilder> change, bool fromDefaults = false)
    {
        NotNull(change, nameof(change));
        return Apply(edit => ObkEdit.Set(edit, change, fromDefaults));
    }

    /// <summary>Makes the changes a document asks for: some or all fields, or a device template.</summary>
    /// <param name="document">The document.</param>
    /// <param name="fromDefaults">True to start from the firmware's defaults even where there is a configuration.</param>
    /// <inheritdoc cref="SetObkConfig(Action{ObkConfigBuilder}, bool)" path="/exception"/>
    public ImageDraft SetObkConfig(ObkConfigDocument document, bool fromDefaults = false)
    {
        NotNull(document, nameof(document));
        return SetObkConfig(document.ApplyTo, fromDefaults);
    }

    /// <summary>Stores a Tuya value, in place of the one of that name or new, with its copies in protected blocks and UF files.</summary>
    /// <param name="name">The key.</param>
    /// <param name="value">The value; NULs behind it are kept as they were. The crc inside <c>user_param_key</c> is renewed.</param>
    /// <exception cref="BekenImageException">There is nothing to store it in, it does not fit, or it is no such text.</exception>
    /// <exception cref="ImageGuardException">A sector lies where another area is.</exception>
    public ImageDraft SetTuya(string name, string value)
    {
        NotNull(name, nameof(name));
        NotNull(value, nameof(value));
        return Apply(edit => TuyaEdit.Set(edit, name, value));
    }

    /// <summary>Stores the bytes of a Tuya value.</summary>
    /// <param name="name">The key.</param>
    /// <param name="data">The bytes as they are to be stored.</param>
    /// <exception cref="BekenImageException">There is nothing to store it in, or it does not fit.</exception>
    /// <exception cref="ImageGuardException">A sector lies where another area is.</exception>
    public ImageDraft SetTuya(string name, byte[] data)
    {
        NotNull(name, nameof(name));
        NotNull(data, nameof(data));
        return Apply(edit => TuyaEdit.Set(edit, name, data));
    }

    /// <summary>
    /// Puts a file into OpenBeken's LittleFS, in place of the one of that path; where there is no volume, one is made where the image's
    /// firmware looks.
    /// </summary>
    /// <param name="path">The file's path in the volume.</param>
    /// <param name="bytes">Its content.</param>
    /// <inheritdoc cref="EditFiles" path="/exception"/>
    public ImageDraft AddFile(string path, byte[] bytes)
    {
        NotNull(path, nameof(path));
        NotNull(bytes, nameof(bytes));
        return EditFiles([LittleFsEntry.File(path, bytes)], null);
    }

    /// <summary>Removes a file of OpenBeken's LittleFS, or a directory with all it holds.</summary>
    /// <param name="path">Its path in the volume.</param>
    /// <inheritdoc cref="EditFiles" path="/exception"/>
    public ImageDraft RemoveFile(string path)
    {
        NotNull(path, nameof(path));
        return EditFiles([], [path]);
    }

    /// <summary>Removes and adds files of OpenBeken's LittleFS (<see cref="FlashImage.LittleFs"/>) in one go.</summary>
    /// <param name="put">Files and directories; those of the same path are replaced.</param>
    /// <param name="remove">Paths to remove first, a directory with all it holds. Null for none.</param>
    /// <exception cref="BekenImageException">The volume is damaged beyond what is replaced or removed
    /// (<see cref="FindingCode.LittleFsDamagedVolume"/>), or a path is refused.</exception>
    /// <exception cref="ImageGuardException">The files do not fit (<see cref="FindingCode.LittleFsDoesNotFit"/>, with both sizes), it is not
    /// known where a volume belongs (<see cref="FindingCode.AddressUnknown"/>), or something else is there.</exception>
    public ImageDraft EditFiles(IEnumerable<LittleFsEntry> put, IEnumerable<string>? remove = null)
    {
        NotNull(put, nameof(put));
        return Apply(edit => LittleFsEdit.Put(edit, put, remove));
    }

    // ---- the whole ---------------------------------------------------------------------------------------------------------------

    /// <summary>Undoes a rotated, doubled or over-long read; the draft is then from physical 0 on and as long as the chip.</summary>
    public ImageDraft Normalize()
    {
        var normalized = ImageNormalizer.Normalize(_image);
        if (normalized.Changes.Count == 0)
            return this;
        _image = FlashImage.Parse(normalized.Bytes, _image.Options);
        var whole = new FlashRange(0, _image.Length);
        _changes.AddRange(normalized.Changes.Select(change => new ImageChange(whole, "image", null, change, 0)));
        return this;
    }

    /// <summary>The changed image. Later changes of the draft do not change it.</summary>
    public FlashImage ToImage() => _image;

    /// <summary>The bytes of the changed image, rotated as the image it was made from.</summary>
    public byte[] ToArray() => _image.Source.ToArray();

    /// <summary>Writes the bytes of the changed image to a stream, at its position.</summary>
    /// <param name="stream">A writable stream; it stays open.</param>
    public void WriteTo(Stream stream)
    {
        NotNull(stream, nameof(stream));
        byte[] bytes = ToArray();
        stream.Write(bytes, 0, bytes.Length);
    }

    /// <summary>Makes one change, whole or not at all.</summary>
    internal ImageDraft Apply(Action<DraftEdit> change)
    {
        var edit = new DraftEdit(_image);
        change(edit);
        if (edit.Image != _image)
            throw new InvalidOperationException("The draft was changed while one of its changes was being made.");
        _findings.AddRange(edit.Findings);
        if (edit.Changes.Count == 0)
            return this;
        _image = edit.ToImage();
        _changes.AddRange(edit.Changes);
        return this;
    }

    private static void NotNull(object? argument, string name)
    {
        if (argument is null)
            throw new ArgumentNullException(name);
    }
}
