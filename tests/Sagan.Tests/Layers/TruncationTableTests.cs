using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Layers;

public class TruncationTableTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 4, 1)]
    [InlineData(0.5, 2, 1)]
    [InlineData(0.3125, 1, 0.75)]
    public void A_truncation_lies_between_two_rows(double truncation, int low, double lowShare)
    {
        var table = new TruncationTable { Rows = 5 };

        (int at, int above, double share) = table.Place(truncation);

        Assert.Equal((low, Math.Min(low + 1, 4), lowShare), (at, above, share));
    }

    // Beside a row by 1e-15 the swapped weights take the other row; on a row they leave it alone.
    [Fact]
    public void Swapped_weights_are_those_of_the_other_row_and_rows_stay()
    {
        var table = new TruncationTable { Mixing = RowMixing.Swapped };

        Assert.Equal((15, 16, 0.25), Rounded(table.Place(0.305)));
        Assert.Equal((20, 21, 1), Rounded(table.Place(0.4)));
        Assert.Equal((14, 15, 0), Rounded(table.Place(0.28)));
        Assert.Equal((28, 29, 1), Rounded(table.Place(0.58)));
        Assert.Equal((50, 50, 1), Rounded(table.Place(1)));

        static (int Low, int High, double Share) Rounded((int Low, int High, double Share) place) => (place.Low, place.High, Math.Round(place.Share, 9));
    }

    [Fact]
    public void Choosing_sets_what_evaluation_normalises_with()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using var norm = new BatchNorm(1, epsilon: 0, table: new TruncationTable { Rows = 3 });
        using var random = new RandomSource(1);
        norm.Initialize(random);
        norm.To(DType.Float64);
        Fill(norm, "statistics.means", [0, 2, 6]);
        Fill(norm, "statistics.variances", [1, 4, 16]);
        using ModeScope eval = norm.Eval();
        Tensor x = Tensor.From([14.0], 1, 1, 1, 1);

        TruncationTable.Choose(norm, 0.5);
        double atRow = norm.Forward(x).Item();
        TruncationTable.Choose(norm, 0.75);
        double between = norm.Forward(x).Item();

        Assert.Equal((14 - 2) / 2.0, atRow, 1e-12);
        Assert.Equal((14 - 4) / Math.Sqrt(10), between, 1e-12);
    }

    [Fact]
    public void Batch_norms_without_a_table_keep_their_statistics()
    {
        using Scope scope = Scope.Open();
        using var norm = new BatchNorm(1);
        using var random = new RandomSource(1);
        norm.Initialize(random);
        Fill(norm, "statistics.mean", [3]);

        TruncationTable.Choose(norm, 0.5);

        Assert.Equal(3, norm.State().Single(own => own.Name == "statistics.mean").Value.Value.Detach().ToArray<float>()[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => TruncationTable.Choose(norm, 1.5));
    }

    [Fact]
    public void Tables_and_drawn_channels_that_cannot_be_are_refused()
    {
        var images = new ImageSpec(3, 32, 2);
        var model = new BigGanDeepConfig { GeneratorWidth = 4 };

        string rows = Assert.Throws<ConfigException>(() => (model with { TruncationTable = new TruncationTable { Rows = 1 } }).BuildGenerator(images)).Message;
        string channels = Assert.Throws<ConfigException>(() => (model with { DrawnChannels = 2 }).BuildGenerator(images)).Message;

        Assert.Contains("model.truncationTable.rows", rows, StringComparison.Ordinal);
        Assert.Contains("model.drawnChannels", channels, StringComparison.Ordinal);
    }

    private static void Fill(Module module, string name, double[] values)
    {
        using GradMode noGrad = Autograd.NoGrad();
        Tensor own = module.State().Single(state => state.Name == name).Value.Value;
        own.CopyFrom(Tensor.From<double>(values, [values.Length]).Reshape(own.Shape));
    }
}
