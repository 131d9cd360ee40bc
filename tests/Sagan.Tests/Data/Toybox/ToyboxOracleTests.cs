using Sagan.Data.Toybox;

namespace Sagan.Tests.Data.Toybox;

public sealed class ToyboxOracleTests
{
    private const int Pictures = 8;
    private const long Seed = 2024;

    [Theory]
    [MemberData(nameof(ClassesAndResolutions))]
    public void Sound_pictures_score_well_below_the_lower_threshold(string name, int resolution)
    {
        double[] defects = Defects(name, resolution, flawed: false);

        Assert.All(defects, defect => Assert.InRange(defect, 0, ToyboxOracle.SoundBelow - 0.05));
    }

    [Theory]
    [MemberData(nameof(ClassesAndResolutions))]
    public void Pictures_with_one_wrong_part_score_above_the_upper_threshold(string name, int resolution)
    {
        double[] defects = Defects(name, resolution, flawed: true);

        Assert.All(defects, defect => Assert.InRange(defect, ToyboxOracle.FlawedAbove + 0.02, 1));
    }

    [Fact]
    public void Floats_from_minus_one_to_one_score_like_bytes()
    {
        for (int classIndex = 0; classIndex < ToyboxPictures.ClassCount; classIndex++)
        {
            byte[] bytes = Draw(classIndex, 3, 32, flawed: true);
            float[] floats = [.. bytes.Select(value => (value / 127.5f) - 1)];

            Assert.Equal(ToyboxOracle.Defect(classIndex, bytes, 32), ToyboxOracle.Defect(classIndex, floats, 32), 1e-3);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(64)]
    public void An_empty_picture_has_the_worst_score_in_every_class(int resolution)
    {
        float[] grey = new float[3 * resolution * resolution];
        float[] broken = [.. grey.Select(_ => float.NaN)];

        for (int classIndex = 0; classIndex < ToyboxPictures.ClassCount; classIndex++)
        {
            Assert.Equal(1, ToyboxOracle.Defect(classIndex, grey, resolution));
            Assert.Equal(1, ToyboxOracle.Defect(classIndex, broken, resolution));
        }
    }

    [Fact]
    public void Noise_has_the_worst_score_in_every_class()
    {
        Random random = new(5);
        byte[] noise = new byte[3 * 32 * 32];
        random.NextBytes(noise);

        for (int classIndex = 0; classIndex < ToyboxPictures.ClassCount; classIndex++)
            Assert.Equal(1, ToyboxOracle.Defect(classIndex, noise, 32));
    }

    [Fact]
    public void A_face_without_eyes_is_no_face()
    {
        byte[] cross = Draw(Index("cross"), 1, 64, flawed: false);

        Assert.Equal(1, ToyboxOracle.Defect(Index("face"), cross, 64));
    }

    [Fact]
    public void A_little_noise_does_not_condemn_a_sound_picture()
    {
        Random random = new(6);
        for (int classIndex = 0; classIndex < ToyboxPictures.ClassCount; classIndex++)
        {
            byte[] picture = Draw(classIndex, 2, 32, flawed: false);
            byte[] noisy = [.. picture.Select(value => (byte)Math.Clamp(value + random.Next(-12, 13), 0, 255))];

            Assert.InRange(ToyboxOracle.Defect(classIndex, noisy, 32), 0, ToyboxOracle.SoundBelow);
        }
    }

    [Fact]
    public void A_span_of_the_wrong_length_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ToyboxOracle.Defect(0, new byte[100], 32));

        Assert.Contains("[3, 32, 32]; the span has 100", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, int> ClassesAndResolutions
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string name in ToyboxPictures.ClassNames)
            {
                data.Add(name, 32);
                data.Add(name, 64);
                data.Add(name, 128);
            }

            return data;
        }
    }

    private static double[] Defects(string name, int resolution, bool flawed)
    {
        int classIndex = Index(name);
        return [.. Enumerable.Range(0, Pictures).Select(i => ToyboxOracle.Defect(classIndex, Draw(classIndex, i, resolution, flawed), resolution))];
    }

    private static byte[] Draw(int classIndex, int pictureIndex, int resolution, bool flawed)
    {
        byte[] chw = new byte[3 * resolution * resolution];
        Canvas.Render(ToyboxPictures.Compose(classIndex, pictureIndex, Seed, flawed), resolution, chw);
        return chw;
    }

    private static int Index(string name) => ToyboxPictures.ClassNames.ToList().IndexOf(name);
}
