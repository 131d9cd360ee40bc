using Sagan.Data;

namespace Sagan.Tests.Data;

public sealed class HeldOutPicturesTests
{
    [Fact]
    public void Both_parts_together_are_the_whole_and_hold_out_the_same_pictures_every_time()
    {
        using Dataset whole = new ToyboxConfig { PerClass = 5 }.Open();

        (DatasetPart training, DatasetPart heldOut) = HeldOutPictures.Split(whole, 12);
        (_, DatasetPart again) = HeldOutPictures.Split(whole, 12);

        Assert.Equal((38, 12), (training.Count, heldOut.Count));
        Assert.Equal(Pictures(whole).Order(), Pictures(training).Concat(Pictures(heldOut)).Order());
        Assert.Equal(Pictures(heldOut), Pictures(again));
        Assert.Equal(heldOut.Fingerprint, again.Fingerprint);
        Assert.NotEqual(heldOut.Fingerprint, training.Fingerprint);
    }

    [Fact]
    public void Holding_out_more_takes_more_of_the_same()
    {
        using Dataset whole = new ToyboxConfig { PerClass = 5 }.Open();

        (_, DatasetPart few) = HeldOutPictures.Split(whole, 5);
        (_, DatasetPart many) = HeldOutPictures.Split(whole, 20);

        Assert.Empty(Pictures(few).Except(Pictures(many)));
        Assert.True(Enumerable.Range(0, many.Count).Select(many.LabelOf).Distinct().Count() > 4);
    }

    [Fact]
    public void More_than_half_is_refused()
    {
        using Dataset whole = new ToyboxConfig { PerClass = 5 }.Open();

        Assert.Contains("at most half", Assert.Throws<DataException>(() => HeldOutPictures.Split(whole, 26)).Message, StringComparison.Ordinal);
    }

    private static string[] Pictures(Dataset dataset)
    {
        byte[] chw = new byte[dataset.BytesPerPicture];
        return [.. Enumerable.Range(0, dataset.Count).Select(i =>
        {
            dataset.Read(i, chw);
            return $"{dataset.LabelOf(i)}:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(chw))}";
        })];
    }
}
