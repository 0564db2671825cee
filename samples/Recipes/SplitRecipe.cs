using System;
using System.Collections.Generic;
using System.Linq;
using BekenImage;

/// <summary>Takes an image apart, lets somebody change the parts, and puts it together again.</summary>
public static class SplitRecipe
{
    public static byte[] Run(byte[] bytes, Action<IDictionary<string, byte[]>> edit)
    {
        SplitImage split = ImageSplitter.Split(FlashImage.Parse(bytes));
        Dictionary<string, byte[]> files = split.Contents.ToDictionary(file => file.Key, file => file.Value.ToArray());
        edit(files);

        // A part that is missing counts as not edited. What was not touched comes back byte for byte.
        return ImageMerger.Merge(split.Manifest, name => files.TryGetValue(name, out byte[]? file) ? file : default(ReadOnlyMemory<byte>?));
    }
}
