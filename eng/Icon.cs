// Draws the packages' icon anew: a flash chip seen from above, its eight feet, and in it the flash map the command draws.
//
//     dotnet run eng/Icon.cs

using System.Buffers.Binary;
using System.IO.Compression;

const int Size = 128;
const int Over = 4; // Each pixel is the mean of 4 x 4 points.

(double Left, double Top, double Right, double Bottom, double Round, uint Color)[] shapes =
[
    .. Enumerable.Range(0, 4).SelectMany(foot => new[]
    {
        (2.0, 24.0 + 24 * foot, 22.0, 32.0 + 24 * foot, 2.0, 0xC9CED6u),
        (106.0, 24.0 + 24 * foot, 126.0, 32.0 + 24 * foot, 2.0, 0xC9CED6u),
    }),
    (16, 8, 112, 120, 9, 0x1F2933),
    // Bootloader, app, update, calibration, configuration: as long as they are on a 2 MB chip, drawn with a gap between them.
    (30, 22, 98, 30, 2, 0xE0A030),
    (30, 33, 98, 68, 2, 0x3C8DD9),
    (30, 71, 98, 91, 2, 0x5AA05A),
    (30, 94, 62, 106, 2, 0xC75146),
    (65, 94, 98, 106, 2, 0x8C6BB1),
];

byte[] rows = new byte[Size * (1 + 4 * Size)];
for (int y = 0; y < Size; y++)
{
    for (int x = 0; x < Size; x++)
        Pixel(x, y).CopyTo(rows, y * (1 + 4 * Size) + 1 + 4 * x);
}

// PNG, W3C second edition: signature, IHDR, IDAT, IEND.
using var png = new MemoryStream();
png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
byte[] header = new byte[13];
BinaryPrimitives.WriteInt32BigEndian(header, Size);
BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Size);
header[8] = 8; // bits for each sample
header[9] = 6; // red, green, blue, alpha
Chunk("IHDR"u8, header);
using var packed = new MemoryStream();
using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
    zlib.Write(rows);
Chunk("IDAT"u8, packed.ToArray());
Chunk("IEND"u8, []);
File.WriteAllBytes(Path.Combine(FindRoot(), "eng", "Packaging", "icon.png"), png.ToArray());

byte[] Pixel(int x, int y)
{
    int red = 0, green = 0, blue = 0, hits = 0;
    for (int point = 0; point < Over * Over; point++)
    {
        if (ColorAt(x + (point % Over + 0.5) / Over, y + (point / Over + 0.5) / Over) is not { } color)
            continue;
        hits++;
        red += (int)(color >> 16);
        green += (int)(color >> 8 & 0xFF);
        blue += (int)(color & 0xFF);
    }
    return hits == 0 ? new byte[4] : [(byte)(red / hits), (byte)(green / hits), (byte)(blue / hits), (byte)(255 * hits / (Over * Over))];
}

// What was drawn last lies on top. A corner is a quarter of a circle.
uint? ColorAt(double x, double y)
{
    for (int i = shapes.Length - 1; i >= 0; i--)
    {
        var (left, top, right, bottom, round, color) = shapes[i];
        double dx = Math.Max(Math.Max(left + round - x, x - (right - round)), 0), dy = Math.Max(Math.Max(top + round - y, y - (bottom - round)), 0);
        if (dx * dx + dy * dy <= round * round)
            return color;
    }
    return null;
}

void Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
{
    Span<byte> number = stackalloc byte[4];
    BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
    png.Write(number);
    png.Write(type);
    png.Write(data);
    BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. type, .. data]));
    png.Write(number);
}

static uint Crc(byte[] bytes)
{
    uint crc = 0xFFFFFFFF;
    foreach (byte value in bytes)
    {
        crc ^= value;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
    }
    return ~crc;
}

static string FindRoot()
{
    var folder = new DirectoryInfo(Environment.CurrentDirectory);
    while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BekenImage.sln")))
        folder = folder.Parent;
    return folder?.FullName ?? throw new InvalidOperationException("BekenImage.sln is not in any folder above this one.");
}
