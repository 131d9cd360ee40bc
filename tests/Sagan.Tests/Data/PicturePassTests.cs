using Sagan.Data;
using Sagan.Imaging;

namespace Sagan.Tests.Data;

public sealed class PicturePassTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void Results_come_in_order_however_many_travel_together(int count)
    {
        using var source = new Made(count);

        List<PassResult<string>> results = [.. Pass(source).Run(picture => $"{picture.Decode().Pixels[0]}")];

        Assert.Equal(Enumerable.Range(0, count), results.Select(result => result.Index));
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), results.Select(result => result.Value));
    }

    [Fact]
    public void A_bad_picture_fails_alone()
    {
        using var source = new Made(40);

        List<PassResult<string>> results = [.. Pass(source).Run(picture => picture.Index == 5 ? throw new ImageException("torn") : "whole")];

        Assert.Equal(39, results.Count(result => result.Value == "whole"));
        Assert.Equal((5, null, "torn"), (results[5].Index, results[5].Value, results[5].Failure));
    }

    [Fact]
    public void Other_failures_are_the_callers()
    {
        using var source = new Made(40);

        Assert.Throws<DataException>(() => Pass(source).Run<string>(picture => throw new DataException("full")).Count());
    }

    [Fact]
    public void Nobody_works_on_when_the_source_breaks()
    {
        int working = 0;
        using var source = new Made(40, breaksAt: 35);

        Assert.Throws<DataException>(() => Pass(source).Run(picture =>
        {
            Interlocked.Increment(ref working);
            Thread.Yield();
            Interlocked.Decrement(ref working);
            return "done";
        }).Count());

        Assert.Equal(0, working);
    }

    private static PicturePass Pass(PictureSource source) => new(source, "Testing", progress: null);

    /// <summary>Pictures of one pixel whose level is their index.</summary>
    private sealed class Made(int count, int breaksAt = -1) : PictureSource
    {
        public override string Name => "made";

        public override string Description => "made";

        public override IReadOnlyList<string> ClassNames => ["all"];

        public override IReadOnlyList<PictureEntry> Entries { get; } = [.. Enumerable.Range(0, count).Select(i => new PictureEntry($"{i}", 0))];

        public override IReadOnlyList<string> Notes => [];

        public override IEnumerable<Picture> Read()
        {
            for (int i = 0; i < count; i++)
            {
                if (i == breaksAt)
                    throw new DataException("broken");
                byte level = (byte)i;
                yield return Picture.Drawn(i, () => new Raster(1, 1, 1, [level]));
            }
        }

        public override IReadOnlyList<ImageHeader?> ReadHeaders() => throw new NotSupportedException();
    }
}
