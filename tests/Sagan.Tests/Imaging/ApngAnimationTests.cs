using System.Buffers.Binary;
using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class ApngAnimationTests
{
    private static readonly Raster[] s_frames = [.. Enumerable.Range(0, 4).Select(seed => TestPictures.Noise(33, 21, 3, seed))];

    [Fact]
    public void Programs_that_know_only_png_see_the_first_frame_and_the_texts()
    {
        byte[] apng = ApngAnimation.Encode(s_frames, 20, new Dictionary<string, string> { ["sagan:seed"] = "3" });

        Assert.Equal(s_frames[0].Pixels, PngCodec.Decode(apng).Pixels);
        Assert.Equal("3", PngCodec.ReadTexts(apng)["sagan:seed"]);
    }

    [Fact]
    public void Every_frame_can_be_cut_out_as_a_png()
    {
        List<PngChunk> chunks = PngChunk.Read(ApngAnimation.Encode(s_frames, 20, new Dictionary<string, string>()));
        int[] starts = [.. chunks.Index().Where(chunk => chunk.Item.Type == "fcTL").Select(chunk => chunk.Index)];

        Assert.Equal(4, starts.Length);
        for (int i = 1; i < 4; i++)
        {
            IEnumerable<PngChunk> data = chunks[starts[i]..(i < 3 ? starts[i + 1] : chunks.Count)].Where(chunk => chunk.Type == "fdAT");
            using var png = new MemoryStream();
            png.Write(PngChunk.Signature);
            foreach (PngChunk chunk in data.Select(chunk => new PngChunk("IDAT", chunk.Body[4..])).Prepend(chunks[0]).Append(new PngChunk("IEND", [])))
                chunk.Write(png);
            Assert.Equal(s_frames[i].Pixels, PngCodec.Decode(png.ToArray()).Pixels);
        }
    }

    [Fact]
    public void Control_comes_before_data_and_all_are_numbered_in_a_row()
    {
        List<PngChunk> chunks = PngChunk.Read(ApngAnimation.Encode(s_frames, 12.5, new Dictionary<string, string>()));
        int[] numbers = [.. chunks.Where(chunk => chunk.Type is "fcTL" or "fdAT").Select(chunk => BinaryPrimitives.ReadInt32BigEndian(chunk.Body))];

        Assert.Equal(["IHDR", "acTL"], chunks.Take(2).Select(chunk => chunk.Type));
        Assert.Equal([0, 0, 0, 4, 0, 0, 0, 0], chunks[1].Body);
        Assert.Equal(Enumerable.Range(0, numbers.Length), numbers);
        Assert.True(chunks.FindIndex(chunk => chunk.Type == "fcTL") < chunks.FindIndex(chunk => chunk.Type == "IDAT"));
        Assert.All(chunks.Where(chunk => chunk.Type == "fcTL"), control =>
        {
            Assert.Equal((33, 21), (BinaryPrimitives.ReadInt32BigEndian(control.Body.AsSpan(4)), BinaryPrimitives.ReadInt32BigEndian(control.Body.AsSpan(8))));
            Assert.Equal((80, 1000), (BinaryPrimitives.ReadInt16BigEndian(control.Body.AsSpan(20)), BinaryPrimitives.ReadInt16BigEndian(control.Body.AsSpan(22))));
        });
    }
}
