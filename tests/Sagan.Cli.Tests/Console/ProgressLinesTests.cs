using Sagan.Cli.Console;
using Sagan.Data;

namespace Sagan.Cli.Tests.Console;

/// <summary>What a pipe is told of long work.</summary>
public sealed class ProgressLinesTests : IDisposable
{
    private readonly StringWriter _written = new();
    private readonly SetClock _clock = new();
    private readonly ProgressLines _lines;

    public ProgressLinesTests() => _lines = new ProgressLines(_written, _clock);

    [Fact]
    public void What_is_soon_over_says_nothing()
    {
        At(0, new DataProgress("Listing", 0, null));
        At(2.9, new DataProgress("Reading sizes", 500, 500));

        Assert.Equal("", _written.ToString());
    }

    [Fact]
    public void What_takes_long_says_what_it_does_and_now_and_then_how_far_it_is()
    {
        At(3.1, new DataProgress("Features of toybox", 1_024, 50_000));
        At(33.0, new DataProgress("Features of toybox", 20_000, 50_000));
        At(33.2, new DataProgress("Features of toybox", 20_064, 50_000));
        At(60.0, new DataProgress("Drawing", 1, 2));
        At(63.3, new DataProgress("Listing", 0, null));

        Assert.Equal(["Features of toybox: 1,024 of 50,000", "Features of toybox: 20,064 of 50,000", "Listing"], _written.ToString().Split(Environment.NewLine)[..^1]);
    }

    public void Dispose() => _written.Dispose();

    private void At(double seconds, DataProgress progress)
    {
        _clock.Seconds = seconds;
        _lines.Report(progress);
    }

    private sealed class SetClock : TimeProvider
    {
        internal double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
