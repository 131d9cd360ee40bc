using Sagan.Metrics;
using Sagan.Metrics.Statistics;

namespace Sagan.Tests.Metrics;

/// <summary>Every number of expected.json, within the tolerance that its README states.</summary>
public class MetricFixtureTests
{
    /// <summary>Of 64 features all methods agree to twelve digits.</summary>
    private const double FullRank = 1e-9;

    /// <summary>Of 2,048 features of 600 and 500 pictures they differ by as much among themselves.</summary>
    private const double Singular = 5e-6;

    /// <summary>What sums of kernels lose in single precision, in which torch-fidelity and stylegan3 compute them.</summary>
    private const double SingleKernel = 6e-6;

    /// <summary>Values that were rounded to single precision.</summary>
    private const double Single = 1e-7;

    [SharedFact("fixtures/metrics/expected.json")]
    public void Every_expected_number_comes_out()
    {
        var expectations = new MetricExpectations();

        foreach (string key in (string[])["numpy", "scipy", "torch", "sklearn"])
            expectations.PassOver($"versions.{key}", "a text: what the tools ran on");
        Expect(expectations, 64, FullRank);
        Expect(expectations, 2048, Singular);
        ExpectIntraClass(expectations);
        ExpectInceptionScore(expectations);
        ExpectFiles(expectations);

        Assert.Empty(expectations.Complaints(MetricFixtures.Expected()));
    }

    [SharedFact("fixtures/metrics/is_permutation_seed2020.npy")]
    public void The_same_pictures_are_drawn_as_in_Python()
    {
        Assert.Equal(MetricFixtures.Places("is_permutation_seed2020"), new NumpyRandom(2020).Permutation(503));
        foreach ((int width, int size) in ((int, int)[])[(64, 300), (2048, 200)])
        {
            FeatureSet a = MetricFixtures.Features($"features{width}_a"), b = MetricFixtures.Features($"features{width}_b");
            (int[] First, int[] Second)[] subsets = [.. KernelDistance.Draw(a, b, new KernelDistanceConfig { Subsets = 10, SubsetSize = size })];

            Assert.Equal(MetricFixtures.Places($"kid_subsets{width}_a"), subsets.SelectMany(subset => subset.First));
            Assert.Equal(MetricFixtures.Places($"kid_subsets{width}_b"), subsets.SelectMany(subset => subset.Second));
        }
    }

    private static void Expect(MetricExpectations expectations, int width, double tolerance)
    {
        FeatureSet a = MetricFixtures.Features($"features{width}_a"), b = MetricFixtures.Features($"features{width}_b");
        string path = $"features{width}";
        expectations.Expect($"{path}.n_a", a.Count, 0);
        expectations.Expect($"{path}.n_b", b.Count, 0);
        expectations.Expect($"{path}.dim", a.Width, 0);

        FrechetDistance exact = FrechetDistance.Between(a, b);
        ExpectStatistics(expectations, path, a.Statistics(), b.Statistics(), exact.MeanPart);
        ExpectFrechet(expectations, $"{path}.fid", a, b, exact, tolerance);
        ExpectKernel(expectations, $"{path}.kid", a, b);
        ExpectNeighbours(expectations, $"{path}.prdc", a, b);
    }

    private static void ExpectStatistics(MetricExpectations expectations, string path, FeatureStatistics a, FeatureStatistics b, double meanPart)
    {
        const double Printed = 1e-11;

        for (int i = 0; i < 4; i++)
            expectations.Expect($"{path}.mean_a_first4.{i}", a.Mean[i], Printed);
        int[] places = [0, 1, a.Width + 1];
        for (int i = 0; i < places.Length; i++)
            expectations.Expect($"{path}.cov_a_00_01_11.{i}", a.Covariance[places[i]], Printed);
        expectations.Expect($"{path}.trace_cov_a", a.Trace, Printed);
        expectations.Expect($"{path}.trace_cov_b", b.Trace, Printed);
        expectations.Expect($"{path}.mean_dist_sq", meanPart, Printed);
    }

    private static void ExpectFrechet(MetricExpectations expectations, string path, FeatureSet first, FeatureSet second, FrechetDistance exact, double tolerance)
    {
        FeatureStatistics a = first.Statistics(), b = second.Statistics();
        var reference = new FrechetReference(a);
        FrechetDistance found = reference.To(b);
        double distance = found.Value;
        foreach (string tool in (string[])["pytorch_fid", "studiogan", "torch_fidelity_float64_mean", "sngan_projection", "edm", "biggan_numpy", "ours_eigvals_product", "ours_sym_sqrt"])
            expectations.Expect($"{path}.{tool}", distance, tolerance);
        expectations.Expect($"{path}.stylegan3_biased_cov", FrechetDistance.Between(a.DividedByCount(), b.DividedByCount()).Value, tolerance);

        // These two average in single precision, and square the difference of the means in it.
        double means = SingleMean(first).Zip(SingleMean(second), (one, other) => ((double)one - other) * ((double)one - other)).Sum();
        double rounded = found.CovariancePart + means;
        expectations.ExpectWithin($"{path}.clean_fid_float32_features", rounded, (tolerance * rounded) + (Single * means));
        expectations.ExpectWithin($"{path}.torch_fidelity", rounded, (tolerance * rounded) + (Single * means));

        // The exact form has every digit in either case.
        expectations.Expect($"{path}.ours_nuclear_norm_svd", exact.Value, FullRank);
        expectations.Expect($"{path}.sym_sqrt_with_eps1e-6_on_both", FrechetDistance.Between(WithRidge(a), WithRidge(b)).Value, tolerance);

        // Zero is the difference of two traces of this size.
        double zero = 2 * a.Trace * tolerance;
        expectations.ExpectWithin($"{path}.self_a_a_sym_sqrt", reference.To(a).Value, zero);
        expectations.ExpectWithin($"{path}.self_a_a_pytorch_fid", FrechetDistance.Between(first, first).Value, zero);

        // Newton's iteration in single precision is off by 9e-5 here, and fails where covariances are singular (the README: do not copy).
        if (first.Count > first.Width)
            expectations.Expect($"{path}.biggan_torch_newton_schulz_float32", distance, 1e-4);
        else
            expectations.PassOver($"{path}.biggan_torch_newton_schulz_float32", "NaN there: that tool fails on singular covariances");
    }

    private static void ExpectKernel(MetricExpectations expectations, string path, FeatureSet a, FeatureSet b)
    {
        FeatureSet first = a.At(Enumerable.Range(0, b.Count));
        double unbiased = KernelDistance.Estimate(first, b);
        expectations.Expect($"{path}.subset_full_m", b.Count, 0);
        expectations.PassOver($"{path}.note", "a text");
        expectations.PassOver($"{path}.subsets.count", "what is given, not what comes out");
        expectations.PassOver($"{path}.subsets.size", "what is given, not what comes out");
        expectations.Expect($"{path}.full_torch_fidelity_float32_kernel", unbiased, SingleKernel * 1.05);
        foreach (string tool in (string[])["torch_fidelity_float64_kernel", "mimicry_float64", "clean_fid_float64"])
            expectations.Expect($"{path}.full_{tool}", unbiased, FullRank);
        expectations.Expect($"{path}.full_biased_float64", KernelDistance.Estimate(first, b, KernelEstimator.Biased), FullRank);
        expectations.Expect($"{path}.full_u_statistic_float64", KernelDistance.Estimate(first, b, KernelEstimator.UStatistic), FullRank);
        expectations.Expect($"{path}.full_unequal_sizes_float64", KernelDistance.Estimate(a, b), FullRank);
        expectations.Expect($"{path}.rbf_sigma10_float64", KernelDistance.Estimate(first, b, kernel: new GaussianKernel()), FullRank);

        // stylegan3 draws the generated pictures first, and as many as there are where they are fewer than 1,000.
        var stylegan = new KernelDistanceConfig { Subsets = 100, SubsetSize = Math.Min(1000, b.Count), Seed = 0 };
        expectations.Expect($"{path}.stylegan3_100x1000_seed0", KernelDistance.Between(b, a, stylegan).Value, SingleKernel);

        KernelDistance subsets = KernelDistance.Between(a, b, new KernelDistanceConfig { Subsets = 10, SubsetSize = a.Width == 64 ? 300 : 200 });
        for (int i = 0; i < 10; i++)
            expectations.Expect($"{path}.subsets.float64_each.{i}", subsets.Each[i], FullRank);
        expectations.Expect($"{path}.subsets.float64_mean", subsets.Value, FullRank);
        expectations.Expect($"{path}.subsets.float64_std", subsets.Deviation, FullRank);
        expectations.Expect($"{path}.subsets.torch_fidelity_mean", subsets.Value, SingleKernel);
        expectations.ExpectWithin($"{path}.subsets.torch_fidelity_std", subsets.Deviation, SingleKernel * subsets.Value);
    }

    private static void ExpectNeighbours(MetricExpectations expectations, string path, FeatureSet real, FeatureSet generated)
    {
        NearestNeighbours ofReal = NearestNeighbours.Within(real, 5), ofGenerated = NearestNeighbours.Within(generated, 5);
        foreach (int k in (int[])[3, 5])
        {
            PrecisionRecall outside = PrecisionRecall.Between(ofReal, ofGenerated, k), inside = PrecisionRecall.Between(ofReal, ofGenerated, k, Border.Inside);
            expectations.Expect($"{path}.k{k}.studiogan.precision", outside.Precision, 1e-11);
            expectations.Expect($"{path}.k{k}.studiogan.recall", outside.Recall, 1e-11);
            expectations.Expect($"{path}.k{k}.studiogan.density", outside.Density, 1e-11);
            expectations.Expect($"{path}.k{k}.studiogan.coverage", outside.Coverage, 1e-11);
            foreach (string precision in (string[])["float32", "float64"])
            {
                expectations.Expect($"{path}.k{k}.torch_fidelity_{precision}.precision", inside.Precision, Single);
                expectations.Expect($"{path}.k{k}.torch_fidelity_{precision}.recall", inside.Recall, Single);
            }

            expectations.Expect($"{path}.k{k}.counts_studiogan.precision", outside.PreciseCount, 0);
            expectations.Expect($"{path}.k{k}.counts_studiogan.recall", outside.RecalledCount, 0);
            expectations.Expect($"{path}.k{k}.counts_studiogan.density_times_k_n", outside.PairCount, 0);
            expectations.Expect($"{path}.k{k}.counts_studiogan.coverage", outside.CoveredCount, 0);
            for (int i = 0; i < 5; i++)
                expectations.Expect($"{path}.k{k}.radius_real_first5.{i}", Math.Sqrt(ofReal.Of(i)[k - 1].SquaredDistance), 1e-11);
            expectations.PassOver($"{path}.k{k}.min_relative_margin_to_any_radius", "how near a wrong count is, which the counts show");
        }
    }

    private static void ExpectIntraClass(MetricExpectations expectations)
    {
        long[] labelsA = MetricFixtures.Labels("labels64_a"), labelsB = MetricFixtures.Labels("labels64_b");
        IntraClassFrechet result = IntraClassFrechet.Between(MetricFixtures.Features("features64_a"), labelsA, MetricFixtures.Features("features64_b"), labelsB);
        for (int i = 0; i < 4; i++)
        {
            expectations.Expect($"intra_fid64.per_class.{i}", result.Classes[i].Value, FullRank);
            expectations.Expect($"intra_fid64.counts_a.{i}", result.Classes[i].FirstCount!.Value, 0);
            expectations.Expect($"intra_fid64.counts_b.{i}", result.Classes[i].SecondCount!.Value, 0);
        }

        expectations.Expect("intra_fid64.mean", result.Mean, FullRank);
    }

    private static void ExpectInceptionScore(MetricExpectations expectations)
    {
        FeatureSet logits = MetricFixtures.Features("logits");
        expectations.Expect("inception_score.n", logits.Count, 0);
        expectations.Expect("inception_score.classes", logits.Width, 0);
        foreach (int splits in (int[])[1, 5, 10])
            Score($"torch_fidelity_splits{splits}_noshuffle", InceptionScoreConvention.TorchFidelity with { Splits = splits, ShuffleSeed = null }, FullRank);
        Score("torch_fidelity_splits10_shuffle_seed2020", InceptionScoreConvention.TorchFidelity, FullRank);
        foreach (int splits in (int[])[1, 10])
        {
            Score($"studiogan_splits{splits}_float64_std_is_ddof1", InceptionScoreConvention.StudioGan with { Splits = splits }, FullRank);
            Score($"biggan_splits{splits}_float64_drops_remainder", InceptionScoreConvention.BigGanPyTorch with { Splits = splits }, FullRank);
            Score($"biggan_splits{splits}_float32", InceptionScoreConvention.BigGanPyTorch with { Splits = splits }, Single);
            Score($"stylegan3_splits{splits}_float64", InceptionScoreConvention.OpenAi with { Splits = splits }, FullRank);
        }

        Score("sngan_projection_splits10_cols_1_1000_not_renormalised", InceptionScoreConvention.SnganProjection, FullRank);

        void Score(string name, InceptionScoreConvention convention, double tolerance)
        {
            InceptionScore score = InceptionScore.Of(logits, convention);
            expectations.Expect($"inception_score.{name}.mean", score.Value, tolerance);
            // A deviation has the errors of the scores that it is of.
            if (score.Deviation is { } deviation)
                expectations.ExpectWithin($"inception_score.{name}.std", deviation, tolerance * score.Value);
            else
                expectations.ExpectNothing($"inception_score.{name}.std", score.Deviation);
        }
    }

    private static void ExpectFiles(MetricExpectations expectations)
    {
        FeatureStatistics cache = StatisticsFile.Read(MetricFixtures.File("stats/stylegan3_gan_metrics.pkl")).Statistics;
        FeatureStatistics other = StatisticsFile.Read(MetricFixtures.File("stats/pytorch_fid.npz")).Statistics;
        expectations.Expect("stats_files.n", cache.Count!.Value, 0);
        for (int i = 0; i < 4; i++)
            expectations.Expect($"stats_files.stylegan3_pkl_mean_first4.{i}", cache.Mean[i], 1e-11);
        expectations.Expect("stats_files.stylegan3_pkl_cov00_biased", cache.DividedByCount().Covariance[0], 1e-11);
        expectations.Expect("stats_files.others_cov00_unbiased", other.Covariance[0], 1e-11);
        expectations.PassOver("stats_files.torch_fidelity_cache", "a text: StatisticsFileTests reads that file");
    }

    /// <summary>The mean as numpy averages rows of single precision, added one by one in single precision.</summary>
    private static float[] SingleMean(FeatureSet set)
    {
        var sums = new float[set.Width];
        for (int i = 0; i < set.Count; i++)
        {
            ReadOnlySpan<float> row = set.Row(i);
            for (int j = 0; j < sums.Length; j++)
                sums[j] += row[j];
        }

        return [.. sums.Select(sum => sum / set.Count)];
    }

    private static FeatureStatistics WithRidge(FeatureStatistics statistics)
    {
        double[] covariance = statistics.Covariance.ToArray();
        for (int i = 0; i < statistics.Width; i++)
            covariance[i * (statistics.Width + 1)] += 1e-6;
        return new FeatureStatistics(statistics.Mean.ToArray(), covariance, null);
    }
}
