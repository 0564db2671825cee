using BekenImage.Crypto;

namespace BekenImage.NetFx
{
    internal static class KeyChecks
    {
        // Made up; settings and constant occur on no known device.
        private static readonly BekenKey Key = new BekenKey(0x1b2c3d4e, 0x5a697887, 0x0f1e2d3c, 0x47a5c310);

        public static void KeyOfVectorsIsRecovered() => Recover(DeviceDump.Program(), KeyRecoveryEvidence.VectorTable);

        public static void KeyOfCodeIsRecovered() => Recover(DeviceDump.Code(0x20000), KeyRecoveryEvidence.CodeStatistics);

        private static void Recover(byte[] program, KeyRecoveryEvidence evidence)
        {
            var stored = new byte[program.Length];
            FlashCipher.Apply(Key, DeviceDump.AppAddress, program, stored);
            KeyRecoveryResult result = KeyRecovery.Recover(stored, DeviceDump.AppAddress);
            Check.Equal(KeyRecoveryStatus.Recovered, result.Status, "status");
            Check.Equal(evidence, result.Evidence, "evidence");
            var plain = new byte[program.Length];
            FlashCipher.Apply(result.Key.Value, DeviceDump.AppAddress, stored, plain);
            Check.Bytes(program, plain, "the program under the recovered key");
        }
    }
}
