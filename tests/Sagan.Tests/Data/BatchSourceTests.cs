using Sagan.Data;

namespace Sagan.Tests.Data;

public sealed class BatchSourceTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    [InlineData(8, 3)]
    public void The_number_of_workers_changes_nothing(int workers, int ringDepth)
    {
        using var dataset = new FormulaDataset(37);
        List<byte[]> expected = Take(dataset, 20, workers: 1, ringDepth: 2);

        List<byte[]> actual = Take(dataset, 20, workers, ringDepth);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Pictures_and_labels_belong_together()
    {
        using var dataset = new FormulaDataset(37);
        using var batches = new BatchSource(dataset, 5, seed: 1);
        var shuffle = new Shuffle(37, seed: 1);

        for (int b = 0; b < 20; b++)
        {
            PixelBatch batch = batches.Next();
            for (int i = 0; i < 5; i++)
            {
                int index = shuffle.At(batch.Position + i).Index;
                Assert.Equal(index % 2, batch.Labels[i]);
                Assert.Equal((byte)(7 * index), batch.Pixels[6 * i]);
            }
        }
    }

    [Fact]
    public void A_restart_continues_where_the_first_run_stopped()
    {
        using var dataset = new FormulaDataset(37);
        List<byte[]> expected = Take(dataset, 12);
        long position;
        using (var first = new BatchSource(dataset, 5, seed: 9, flip: true))
        {
            for (int i = 0; i < 7; i++)
                first.Next();
            position = first.Position;
        }

        List<byte[]> continued = Take(dataset, 5, start: position);

        Assert.Equal(35, position);
        Assert.Equal(expected[7..], continued);
    }

    [Fact]
    public void Flipping_mirrors_rows_of_about_half_of_the_pictures()
    {
        using var dataset = new FormulaDataset(37);
        using var plain = new BatchSource(dataset, 1000, seed: 2);
        using var flipped = new BatchSource(dataset, 1000, seed: 2, flip: true);

        byte[] a = plain.Next().Pixels;
        byte[] b = flipped.Next().Pixels;

        int mirrored = 0;
        for (int i = 0; i < 6000; i += 6)
        {
            byte[] original = a[i..(i + 6)];
            byte[] mirror = [original[2], original[1], original[0], original[5], original[4], original[3]];
            bool isMirror = b.AsSpan(i, 6).SequenceEqual(mirror);
            Assert.True(isMirror || b.AsSpan(i, 6).SequenceEqual(original));
            mirrored += isMirror ? 1 : 0;
        }

        // Binomial: 500, deviation 16.
        Assert.InRange(mirrored, 420, 580);
    }

    [Fact]
    public void Flips_depend_on_the_position_and_not_on_the_batch()
    {
        using var dataset = new FormulaDataset(37);
        using var small = new BatchSource(dataset, 3, seed: 2, flip: true);
        using var large = new BatchSource(dataset, 12, seed: 2, flip: true);

        List<byte> fromSmall = [.. Enumerable.Range(0, 12).SelectMany(_ => small.Next().Pixels)];
        List<byte> fromLarge = [.. Enumerable.Range(0, 3).SelectMany(_ => large.Next().Pixels)];

        Assert.Equal(fromLarge, fromSmall);
    }

    [Fact]
    public void A_failure_of_a_worker_surfaces_when_its_batch_is_asked_for()
    {
        var shuffle = new Shuffle(37, seed: 1);
        int position = Enumerable.Range(0, 37).Single(p => shuffle.At(p).Index == 20);
        using var dataset = new FormulaDataset(37, failsAt: 20);
        using var batches = new BatchSource(dataset, 4, seed: 1, workers: 3);

        for (int i = 0; i < position / 4; i++)
            batches.Next();

        Assert.Equal("the disk is gone", Assert.Throws<IOException>(batches.Next).Message);
        Assert.Throws<IOException>(batches.Next);
        Assert.Equal(position / 4 * 4, batches.Position);
    }

    [Fact]
    public void A_batch_stays_untouched_until_the_next_is_asked_for()
    {
        using var dataset = new FormulaDataset(37);
        using var batches = new BatchSource(dataset, 4, seed: 1, workers: 4, ringDepth: 2);

        for (int i = 0; i < 200; i++)
        {
            PixelBatch batch = batches.Next();
            byte[] before = [.. batch.Pixels];
            Thread.Yield();
            Assert.Equal(before, batch.Pixels);
        }
    }

    [Fact]
    public void Nothing_is_handed_out_after_disposal()
    {
        using var dataset = new FormulaDataset(3);
        var batches = new BatchSource(dataset, 2, seed: 1, workers: 2);
        batches.Next();

        batches.Dispose();

        Assert.Throws<ObjectDisposedException>(batches.Next);
    }

    private static List<byte[]> Take(Dataset dataset, int count, int workers = 1, int ringDepth = 4, long start = 0)
    {
        using var batches = new BatchSource(dataset, 5, seed: 9, flip: true, start, workers, ringDepth);
        return [.. Enumerable.Range(0, count).Select(_ => Copy(batches.Next()))];
    }

    private static byte[] Copy(PixelBatch batch) => [.. batch.Pixels, .. batch.Labels.Select(label => (byte)label)];
}
