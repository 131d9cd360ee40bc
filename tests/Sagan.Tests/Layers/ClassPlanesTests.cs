using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

public class ClassPlanesTests
{
    [Fact]
    public void The_class_lies_behind_the_map_as_planes_of_one_value()
    {
        using Scope scope = Scope.Open();
        using ClassPlanes planes = ClassPlanes.OneHot(3);
        Tensor x = Tensor.Full([2, 2, 2, 1], 7);

        float[] laid = planes.Forward(x, Tensor.From([1L, 2L], 2)).ToArray<float>();

        Assert.Equal([7, 7, 7, 7, 0, 0, 1, 1, 0, 0, 7, 7, 7, 7, 0, 0, 0, 0, 1, 1], laid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Shares_of_a_single_class_are_that_class(bool embedded)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using ClassPlanes planes = embedded ? ClassPlanes.Embedded(3, 4, new XavierInitializer(), SpectralNorm.Default) : ClassPlanes.OneHot(3);
        planes.Initialize(random);
        using ModeScope evaluation = planes.Eval();
        Tensor x = Tensor.Normal([2, 2, 2, 3], random);

        Tensor byLabel = planes.Forward(x, Tensor.From([1L, 2L], 2));
        Tensor byShare = planes.Forward(x, Tensor.From([0f, 1, 0, 0, 0, 1], 2, 3));

        Assert.Equal(2 + planes.Planes, byLabel.Size(1));
        Closeness.Require("planes", byLabel, byShare, 1e-6);
    }
}
