using System.Globalization;

namespace Sagan.Training.Profiling;

/// <summary>A profile in words and tables.</summary>
internal static class ProfileText
{
    private const int BriefOperators = 10;

    // Of an iteration: operators below are summed up.
    private const double LeastShare = 0.001;

    private static readonly Dictionary<StepPhase, string> s_phases = new()
    {
        [StepPhase.Load] = "load pictures",
        [StepPhase.DiscriminatorDrawing] = "D: draw pictures",
        [StepPhase.DiscriminatorForward] = "D: forward",
        [StepPhase.DiscriminatorBackward] = "D: backward",
        [StepPhase.DiscriminatorOptimizer] = "D: optimizer",
        [StepPhase.GeneratorForward] = "G: forward",
        [StepPhase.GeneratorBackward] = "G: backward",
        [StepPhase.GeneratorOptimizer] = "G: optimizer",
        [StepPhase.Average] = "average",
        [StepPhase.Statistics] = "statistics",
        [StepPhase.Release] = "free tensors",
    };

    /// <summary>What people call a phase.</summary>
    internal static string NameOf(StepPhase phase) => s_phases[phase];

    /// <summary>The lines for a console: phases, and the first operators.</summary>
    internal static IReadOnlyList<string> Brief(StepProfile profile) =>
    [
        $"Where an iteration's {Number(profile.Milliseconds)} ms go (mean of {profile.Iterations})",
        "",
        .. Phases(profile).ToPlain(int.MaxValue),
        "",
        .. Operators(profile).ToPlain(BriefOperators),
    ];

    /// <summary>The whole file.</summary>
    internal static string Markdown(StepProfile profile)
    {
        string[] lines =
        [
            "# Where a step's time goes",
            "",
            $"{profile.Setting}. An iteration took {Number(profile.Milliseconds)} ms; all times are milliseconds an iteration, means of {profile.Iterations}.",
            .. profile.OnDevice ? OnDevice : (string[])[],
            "",
            "## By phase",
            "",
            "By the clock, and what of it was spent inside libtorch's operators. D is the discriminator's update, G the generator's.",
            "",
            .. Phases(profile).ToMarkdown(),
            "",
            "## By operator",
            "",
            "Times are an operator's own, without the operators that it calls. Names without `aten::` or `sagan::` are nodes of the backward pass, and the engine that runs them.",
            "",
            .. Operators(profile).ToMarkdown(),
            "",
            "## By layer",
            "",
            "Operators that ran in a layer itself, not in its parts, in all passes of an iteration; and the gradients that follow from them.",
            "",
            .. Layers(profile).ToMarkdown(),
            "",
        ];
        return string.Join('\n', lines);
    }

    private static string[] OnDevice =>
    [
        "",
        "Times are the host's. Arithmetic goes on after an operator has returned, so operators and layers show what it costs to call them; "
        + "the device was waited for where phases begin, so the times of phases are right, and their sum is a little more than an iteration takes without a profile.",
    ];

    private static ProfileTable Phases(StepProfile profile)
    {
        var table = new ProfileTable(["phase", "ms", "share", "in operators"]);
        foreach (PhaseTime time in profile.Phases)
            table.Add(time.Phase is { } phase ? NameOf(phase) : "between phases", Number(time.Milliseconds), Share(profile, time.Milliseconds), Number(time.InOperators));
        table.Add("all", Number(profile.Milliseconds), Share(profile, profile.Milliseconds), Number(profile.Milliseconds - profile.OutsideOperators));
        return table;
    }

    private static ProfileTable Operators(StepProfile profile)
    {
        var table = new ProfileTable(["operator", "calls", "ms", "share"]);
        (string Name, double Calls, double Milliseconds)[] rows =
            [.. profile.Operators.Select(time => ($"`{time.Name}`", time.Calls, time.Milliseconds)), ("in no operator", 0, profile.OutsideOperators)];
        var shown = rows.Where(row => row.Milliseconds >= LeastShare * profile.Milliseconds).OrderByDescending(row => row.Milliseconds).ToArray();
        foreach ((string name, double calls, double milliseconds) in shown)
            table.Add(name, Count(calls), Number(milliseconds), Share(profile, milliseconds));

        double rest = profile.Milliseconds - shown.Sum(row => row.Milliseconds);
        table.Add($"{rows.Length - shown.Length} others", Count(rows.Except(shown).Sum(row => row.Calls)), Number(rest), Share(profile, rest));
        table.Add("all", Count(rows.Sum(row => row.Calls)), Number(profile.Milliseconds), Share(profile, profile.Milliseconds));
        return table;
    }

    private static ProfileTable Layers(StepProfile profile)
    {
        var table = new ProfileTable(["layer", "kind", "passes", "forward", "backward", "together", "share"], texts: 2);
        foreach (LayerTime time in profile.Layers)
        {
            table.Add(
                time.Kind.Length == 0 ? "outside layers" : $"`{(time.Path.Length > 0 ? time.Path : time.Kind)}`",
                time.Kind,
                Count(time.Passes),
                Number(time.Forward),
                Number(time.Backward),
                Number(time.Milliseconds),
                Share(profile, time.Milliseconds));
        }

        table.Add("in no operator", "", "", "", "", Number(profile.OutsideOperators), Share(profile, profile.OutsideOperators));
        table.Add("all", "", "", Number(profile.Layers.Sum(time => time.Forward)), Number(profile.Layers.Sum(time => time.Backward)), Number(profile.Milliseconds), Share(profile, profile.Milliseconds));
        return table;
    }

    // A difference of equals is no "-0.00".
    private static string Number(double milliseconds) => (Math.Round(milliseconds, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Count(double count) => count == 0 ? "" : count.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Share(StepProfile profile, double milliseconds) =>
        (milliseconds / profile.Milliseconds).ToString("0.0 %", CultureInfo.InvariantCulture);
}
