namespace Sagan.Plots;

/// <summary>How charts look, in viewers with a light and with a dark background. A viewer that knows neither shows the light one.</summary>
/// <remarks>Line colours after Okabe and Ito's palette, which people of any colour vision can tell apart.</remarks>
internal static class ChartStyle
{
    /// <summary>Lines that have colours of their own.</summary>
    internal const int Colours = 6;

    internal const string Css = """
        text { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; font-size: 12px; fill: #57606a }
        .card { fill: #ffffff; stroke: #d8dee4 }
        .title { font-size: 16px; font-weight: 600; fill: #1f2328 }
        .grid { stroke: #e7ebef; stroke-width: 1 }
        .axis { stroke: #8c959f; stroke-width: 1 }
        .reference { stroke: #8c959f; stroke-width: 1; stroke-dasharray: 2 3 }
        .marker { stroke: #cf222e; stroke-width: 1; stroke-dasharray: 4 3 }
        .marked { fill: #cf222e; font-size: 11px }
        polyline { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round }
        .label { font-weight: 600 }
        .lead { fill: none; stroke-width: 0.8; opacity: 0.6 }
        .other { stroke: #b6bec7; stroke-width: 1; opacity: 0.75 }
        .c0 { stroke: #0072b2 } .c1 { stroke: #d55e00 } .c2 { stroke: #009e73 } .c3 { stroke: #b5548b } .c4 { stroke: #b07800 } .c5 { stroke: #3a3f46 }
        .d0 { fill: #0072b2 } .d1 { fill: #d55e00 } .d2 { fill: #009e73 } .d3 { fill: #b5548b } .d4 { fill: #b07800 } .d5 { fill: #3a3f46 }
        @media (prefers-color-scheme: dark) {
          text { fill: #9aa4af }
          .card { fill: #14181d; stroke: #30363d }
          .title { fill: #e6edf3 }
          .grid { stroke: #242a31 }
          .axis, .reference { stroke: #6b7580 }
          .marker { stroke: #ff7b72 }
          .marked { fill: #ff7b72 }
          .other { stroke: #4d5661 }
          .c0 { stroke: #58a6ff } .c1 { stroke: #ff9a57 } .c2 { stroke: #3fc79a } .c3 { stroke: #e39bc6 } .c4 { stroke: #e3b341 } .c5 { stroke: #d5dbe2 }
          .d0 { fill: #58a6ff } .d1 { fill: #ff9a57 } .d2 { fill: #3fc79a } .d3 { fill: #e39bc6 } .d4 { fill: #e3b341 } .d5 { fill: #d5dbe2 }
        }
        """;
}
