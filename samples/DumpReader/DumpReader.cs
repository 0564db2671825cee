using BekenImage;
using BekenImage.Documents;

namespace DumpReading
{
    /// <summary>What a flasher shows of a dump it has just read.</summary>
    public sealed class DumpReader
    {
        private readonly FlashImage _image;
        private readonly string _name;

        /// <summary>Reads a dump; whatever is in it, this does not throw.</summary>
        public DumpReader(byte[] dump, string name)
        {
            _image = FlashImage.Parse(dump);
            _name = name;
        }

        /// <summary>Everything that is known of it, as <c>bekenimage inspect --json</c> prints it; secrets are masked.</summary>
        public string Inspect() => ImageDocuments.Inspect(_image, _name);

        /// <summary>True when the dump is one to keep: complete, sound, with the device's calibration.</summary>
        public bool IsBackup() => ImageVerifier.Verify(_image).Backup == true;

        /// <summary>OpenBeken's template of a Tuya device; null when nothing of Tuya's is in the dump.</summary>
        public string Template() => _image.TuyaContents.IsEmpty ? null : DeviceTemplates.FromTuya(_image);
    }
}
