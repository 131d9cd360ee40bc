using Sagan.Training;
using Sagan.Training.Profiling;

namespace Sagan.Tests.Training.Profiling;

/// <summary>Where the time of a real run's iterations went.</summary>
public sealed class StepProfileTests(ProfiledRun run) : IClassFixture<ProfiledRun>
{
    [Fact]
    public void A_profiled_run_is_the_run_without_bit_for_bit()
    {
        using var plain = new SmallRun(ProfiledRun.Plain);

        plain.Start();

        SmallRun.AssertSameAt(64, plain, run.Files);
        SmallRun.AssertSameAt(128, plain, run.Files);
        Assert.False(File.Exists(plain.Directory.ProfileFile));
        Assert.False(File.Exists(plain.Directory.ProfileTraceFile));
    }

    [Fact]
    public void Five_iterations_are_measured_once()
    {
        Assert.Equal(5, run.Profile.Iterations);
        Assert.All(run.Profile.Recorded, entry => Assert.NotEmpty(entry.Calls));
        Assert.Equal(run.Profile.Recorded.Sum(entry => entry.Iteration.End - entry.Iteration.Start) / 5e6, run.Profile.Milliseconds, 1e-6);
    }

    [Fact]
    public void Own_times_of_all_calls_are_the_times_of_the_outermost()
    {
        foreach ((_, IReadOnlyList<OperatorCall> calls) in run.Profile.Recorded)
        {
            Assert.All(calls, call => Assert.True(call.Self >= 0, $"{call.Event.Name} is shorter than its parts"));
            Assert.Equal(calls.Where(call => call.Caller is null).Sum(call => call.Event.Duration), calls.Sum(call => call.Self));
        }
    }

    [Fact]
    public void The_tables_share_out_the_same_time()
    {
        StepProfile profile = run.Profile;
        double inOperators = profile.Operators.Sum(time => time.Milliseconds);

        Assert.Equal(profile.Milliseconds, profile.Phases.Sum(time => time.Milliseconds), 1e-6);
        Assert.Equal(inOperators, profile.Phases.Sum(time => time.InOperators), 1e-6);
        Assert.Equal(inOperators, profile.Layers.Sum(time => time.Milliseconds), 1e-6);
        Assert.Equal(profile.Milliseconds, inOperators + profile.OutsideOperators, 1e-6);
        Assert.True(profile.OutsideOperators > 0);
        Assert.All(profile.Phases, time => Assert.True(time.InOperators <= time.Milliseconds + 1e-6, $"{time.Phase}: more in operators than there is"));
    }

    [Fact]
    public void Every_phase_is_there_and_they_follow_one_another_without_gaps()
    {
        Assert.Equal(Enum.GetValues<StepPhase>().Cast<StepPhase?>().Append(null), run.Profile.Phases.Select(time => time.Phase));
        foreach ((RecordedIteration iteration, _) in run.Profile.Recorded)
        {
            Assert.Equal(iteration.Phases.Skip(1).Select(phase => phase.Start).Append(iteration.End), iteration.Phases.Select(phase => phase.End));
            Assert.Equal(StepPhase.DiscriminatorOptimizer, iteration.Phases[0].Phase);
            Assert.DoesNotContain(iteration.Operators, told => told.Start < iteration.Phases[0].Start);
        }
    }

    [Theory]
    [InlineData("discriminator.block1.conv2", 2, 2)]         // judged in both updates, each with gradients
    [InlineData("generator.block1.conv1", 2, 1)]             // draws in both, but has gradients in its own alone
    public void A_layer_s_convolution_is_found_under_its_path_and_so_are_its_gradients(string path, int forward, int backward)
    {
        OperatorCall[] calls = [.. run.Calls.Where(call => call.Layer?.Path == path)];

        Assert.Equal(forward, calls.Count(call => call.Event.Name == "aten::convolution" && !call.IsBackward));
        Assert.Equal(backward, calls.Count(call => call.Event.Name == "aten::convolution_backward" && call.IsBackward));
        Assert.Equal(2, Assert.Single(run.Profile.Layers, time => time.Path == path).Passes);
    }

    [Fact]
    public void No_convolution_lies_outside_layers()
    {
        OperatorCall[] convolutions = [.. run.Calls.Where(call => call.Event.Name.Contains("convolution", StringComparison.Ordinal))];

        Assert.NotEmpty(convolutions);
        Assert.DoesNotContain(convolutions, call => call.Layer is null);
    }

    [Fact]
    public void The_head_s_own_arithmetic_belongs_to_the_head()
    {
        Assert.Contains(run.Calls, call => call is { Layer.Path: "discriminator.head", IsBackward: false, Event.Name: "aten::sum" });
        Assert.Contains(run.Calls, call => call is { Layer.Path: "discriminator.head", IsBackward: true, Event.IsNode: true });
    }

    [Fact]
    public void Tables_are_written_with_the_longest_first()
    {
        string[] lines = File.ReadAllLines(run.Directory.ProfileFile);

        Assert.Equal(["## By phase", "## By operator", "## By layer"], lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.StartsWith("| G: backward | ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("| `generator.block1.conv1` | Conv2d | 2 | ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("| in no operator | ", StringComparison.Ordinal));
        Assert.Equal(run.Profile.Operators.OrderByDescending(time => time.Milliseconds), run.Profile.Operators);
    }

    [Fact]
    public void Our_own_nodes_are_called_as_libtorch_calls_its()
    {
        Assert.All([run.Directory.ProfileFile, run.Directory.ProfileTraceFile], file =>
        {
            string text = File.ReadAllText(file);
            Assert.Contains("ConditionalNormBackward", text, StringComparison.Ordinal);
            Assert.DoesNotContain("CppNode", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_run_that_ends_early_has_the_profile_of_what_was_measured()
    {
        using var short12 = new ProfiledRun(ProfiledRun.Plain, stopAfter: 96);
        using var short10 = new ProfiledRun(ProfiledRun.Plain, stopAfter: 80);

        Assert.Equal(2, short12.Profile.Iterations);
        Assert.True(File.Exists(short12.Directory.ProfileTraceFile));
        Assert.Empty(short10.Profiles);
        Assert.False(File.Exists(short10.Directory.ProfileFile));
    }
}
