using Sagan.Data;

namespace Sagan.Tests.Data;

public sealed class HeldOutShareTests
{
    [Theory]
    [InlineData(100, 0.1, 10)]
    [InlineData(100, 0.001, 2)]
    [InlineData(5, 0.9, 3)]
    public void Every_class_gives_its_share_and_no_picture_is_in_both_parts(int count, double share, int heldOut)
    {
        using var whole = new FormulaDataset(count);

        (DatasetPart kept, DatasetPart held) = HeldOutShare.Split(whole, share);

        Assert.Equal((count - heldOut, heldOut), (kept.Count, held.Count));
        byte[][] all = [.. Pictures(kept), .. Pictures(held)];
        Assert.Equal(Pictures(whole).Select(Convert.ToHexString).Order(), all.Select(Convert.ToHexString).Order());
        Assert.Contains(0, Enumerable.Range(0, held.Count).Select(held.LabelOf));
        Assert.Contains(1, Enumerable.Range(0, held.Count).Select(held.LabelOf));
    }

    [Fact]
    public void The_choice_is_the_same_every_time_and_the_parts_tell_themselves_apart()
    {
        using var whole = new FormulaDataset(60);

        (DatasetPart kept, DatasetPart held) = HeldOutShare.Split(whole, 0.25);
        (_, DatasetPart again) = HeldOutShare.Split(whole, 0.25);

        Assert.Equal(Pictures(held), Pictures(again));
        Assert.Distinct([whole.Fingerprint, kept.Fingerprint, held.Fingerprint]);
        Assert.Equal(held.Fingerprint, again.Fingerprint);
        Assert.Equal("formula (held out)", held.Name);
    }

    private static byte[][] Pictures(Dataset dataset) => [.. Enumerable.Range(0, dataset.Count).Select(i =>
    {
        byte[] chw = new byte[dataset.BytesPerPicture];
        dataset.Read(i, chw);
        return chw;
    })];
}
