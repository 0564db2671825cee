using BekenImage.Tests.Synthetic;
using CsCheck;

namespace BekenImage.Tests.Laws;

/// <summary>Regions cover an image exactly once, whatever has become of it.</summary>
public class RegionPropertyTests
{
    private const int Sector = 0x1000;

    /// <summary>Damage: where, as a part of 4096; which; a seed.</summary>
    private static readonly Gen<(int Where, int Kind, int Seed)[]> Damage = Gen.Select(Gen.Int[0, 4095], Gen.Int[0, 5], Gen.Int[1, 1000]).Array[0, 6];

    private static readonly Lazy<FlashImage> Firmware = new(() => FlashImage.Parse(Synthetic.Images.ObkM));

    [Fact]
    public void Regions_OfDamagedImages_CoverThemExactlyOnce() => Gen.Select(GeneratedImages.AnyName, Damage, Gen.Int[1, 300]).Sample(
        (name, damage, cells) =>
        {
            var image = GeneratedImages.All[name].Value;
            var damaged = FlashImage.Parse(Damaged(image.Source.ToArray(), damage), image.Options);
            var map = FlashMap.Of(damaged);
            AssertCovers(map.Regions.Select(region => region.Range), (damaged.IsArchive ? damaged.Contained! : damaged).Length);
            AssertCovers(map.Strip(cells).Select(cell => cell.Range), map.Length);
            Assert.All(damaged.Partitions, partition => Assert.InRange(partition.Range.End, 0, damaged.Length));
        }, iter: Rounds.Of(15), threads: 1);

    [Fact]
    public void Regions_OfAnyBytes_CoverThemExactlyOnce() => Gen.Byte.Array[1, 0x1800].Sample(
        bytes => AssertCovers(FlashMap.Of(FlashImage.Parse(bytes)).Regions.Select(region => region.Range), bytes.Length), iter: Rounds.Of(30), threads: 1);

    [Fact]
    public void Regions_OfAPlan_CoverTheCombinedImageExactlyOnce() => Damage.Sample(
        damage =>
        {
            CombinePlan plan;
            byte[] combined;
            try
            {
                plan = new ImageCombiner(FlashImage.Parse(Damaged(Synthetic.Images.Dreo, damage)), Firmware.Value).Plan();
                combined = plan.ToArray();
            }
            catch (BekenImageException)
            {
                return;
            }
            AssertCovers(plan.Regions.Select(region => region.Range), combined.Length);
        }, iter: Rounds.Of(5), threads: 1);

    private static void AssertCovers(IEnumerable<FlashRange> ranges, long length)
    {
        long at = 0;
        foreach (var range in ranges)
        {
            Assert.Equal(at, range.Start);
            Assert.False(range.IsEmpty);
            at = range.End;
        }
        Assert.Equal(length, at);
    }

    private static byte[] Damaged(byte[] bytes, (int Where, int Kind, int Seed)[] damage)
    {
        foreach (var (where, kind, seed) in damage)
        {
            int at = (int)((long)where * bytes.Length / 4096);
            var place = bytes.AsSpan(at, Math.Min(Sector, bytes.Length - at));
            switch (kind)
            {
                case 0:
                    place.Fill(0xFF);
                    break;
                case 1:
                    SyntheticPrograms.Noise(Sector, seed).AsSpan(0, place.Length).CopyTo(place);
                    break;
                case 2:
                    place[seed % place.Length] ^= 0x10;
                    break;
                case 3:
                    // A sector that stands somewhere else too: two of what there should be one of.
                    place.ToArray().CopyTo(bytes.AsSpan(seed * 0x400 % Math.Max(1, bytes.Length - place.Length)));
                    break;
                case 4:
                    bytes = bytes[..Math.Max(1, at)];
                    break;
                default:
                    bytes = [.. bytes[at..], .. bytes[..at]];
                    break;
            }
        }
        return bytes;
    }
}
