using System.Numerics;
using Sagan.Augmentations;
using Sagan.Tensors;

namespace Sagan.Tests.Augmentations;

public class ColourChangeTests
{
    [Fact]
    public void Maps_act_on_red_green_and_blue_and_each_on_its_picture()
    {
        using Scope scope = Scope.Open();
        Tensor pictures = Tensor.From([1f, 2, 3, 1, 2, 3], 2, 3, 1, 1);
        Matrix4x4 turnAndShift = Matrix4x4.CreateFromAxisAngle(Vector3.One / MathF.Sqrt(3), MathF.PI * 2 / 3) * Matrix4x4.CreateTranslation(10, 20, 30);

        float[] changed = ColourChange.Change(pictures, [Matrix4x4.CreateScale(2), turnAndShift]).ToArray<float>();

        // A third of a turn around grey hands red to green, green to blue, blue to red.
        Assert.Equal([2, 4, 6, 13, 21, 32], changed.Select(value => MathF.Round(value, 4)));
    }

    [Fact]
    public void A_picture_with_one_channel_takes_the_mean_of_what_three_equal_ones_become()
    {
        using Scope scope = Scope.Open();
        Matrix4x4 map = Matrix4x4.CreateScale(1, 2, 3) * Matrix4x4.CreateTranslation(0.3f, 0.6f, 0.9f);

        Tensor single = ColourChange.Change(Tensor.From([0.5f], 1, 1, 1, 1), [map]);
        Tensor triple = ColourChange.Change(Tensor.From([0.5f, 0.5f, 0.5f], 1, 3, 1, 1), [map]);

        Assert.Equal(triple.Mean().Item(), single.Item(), 1e-6);
    }

    [Fact]
    public void Hue_and_saturation_leave_the_sum_of_the_channels_alone()
    {
        using Scope scope = Scope.Open();
        Tensor pictures = Tensor.From([0.9f, -0.2f, 0.1f], 1, 3, 1, 1);
        Matrix4x4 hue = Matrix4x4.CreateFromAxisAngle(Vector3.One / MathF.Sqrt(3), 1.1f);

        Assert.Equal(0.8, ColourChange.Change(pictures, [hue]).Sum().Item(), 1e-5);
    }
}
