using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Imaging;
using Sagan.Metrics.Features;
using Sagan.Runs;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>Samples beside their nearest real pictures: the sheet, the table, the sentence.</summary>
/// <param name="snapshot">What drew.</param>
/// <param name="dataset">The real pictures.</param>
/// <param name="extractor">By whose features.</param>
/// <param name="requests">The samples.</param>
/// <param name="found">What lies near them.</param>
/// <param name="output">The PNG; the table goes beside it.</param>
internal sealed class NearestReport(Snapshot snapshot, Dataset dataset, FeatureExtractor extractor, SampleRequest[] requests, NearestReal found, string output)
{
    private string TableFile => Path.ChangeExtension(output, ".csv");

    private bool HasClasses => snapshot.Model.Conditional;

    private int[] Close => [.. Enumerable.Range(0, requests.Length).Where(found.IsClose)];

    /// <summary>Writes the sheet, each sample at the left, and the distances.</summary>
    internal void Write(IReadOnlyList<Raster> samples, Dictionary<string, string> texts)
    {
        IEnumerable<Raster> cells = samples.Zip(found.Samples).SelectMany(row => row.Second.Select(near => Read(near.Index)).Prepend(row.First));
        int neighbours = found.Samples[0].Count;
        texts["sagan:nearest"] = $"{dataset.Name} by {extractor.Signature}";
        SampleSheet.Write(
            output, [.. cells], neighbours + 1, [.. requests.Select((_, sample) => RowName(sample))], texts,
            ["sample", .. Enumerable.Range(1, neighbours).Select(place => $"real {place}")]);
        found.WriteTable(TableFile, [.. requests.Select(request => request.Seed)], [.. requests.Select(request => request.Label)]);
    }

    /// <summary>For people: a line each sample, then what they say together.</summary>
    internal string Text()
    {
        var text = new StringBuilder();
        foreach ((int sample, IReadOnlyList<NearPicture> near) in found.Samples.Index())
        {
            text.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name(sample),-28}  nearest {near[0].Index,7} {ClassOf(near[0].Label),-16} at {near[0].Distance:0.####}, {near[0].Relative:0.00} of the typical distance{(found.IsClose(sample) ? "  <- close" : "")}"));
        }

        text.AppendLine().AppendLine(Sentence());
        return text.Append($"Sheet in {output}, distances in {TableFile}; features {extractor.Name}, resized as {extractor.Preparation}").ToString();
    }

    /// <summary>For programs.</summary>
    internal JsonObject ToJson() => new()
    {
        ["sheet"] = output,
        ["table"] = TableFile,
        ["snapshot"] = snapshot.Path,
        ["data"] = dataset.Name,
        ["dataFingerprint"] = dataset.Fingerprint,
        ["extractor"] = extractor.Signature,
        ["typicalDistance"] = found.TypicalDistance,
        ["closeDistance"] = found.CloseDistance,
        ["conclusion"] = Sentence(),
        ["samples"] = new JsonArray([.. requests.Select((request, sample) => (JsonNode)new JsonObject
        {
            ["seed"] = request.Seed,
            ["class"] = HasClasses ? request.Label : null,
            ["close"] = found.IsClose(sample),
            ["nearest"] = new JsonArray([.. found.Samples[sample].Select(near => (JsonNode)new JsonObject
            {
                ["index"] = near.Index,
                ["class"] = near.Label,
                ["distance"] = near.Distance,
                ["relative"] = near.Relative,
            })]),
        })]),
    };

    private string Sentence()
    {
        string bound = string.Create(CultureInfo.InvariantCulture, $"(close: within {found.CloseDistance / found.TypicalDistance:0.00} of the typical distance of its pictures to their nearest)");
        if (Close is not [_, ..] close)
            return $"No sample is closer to a picture of {dataset.Name} than those are to each other {bound}.";

        string which = string.Join(", ", close.Select(Name));
        return $"{close.Length} of {requests.Length} samples {(close.Length == 1 ? "lies" : "lie")} closer to a picture of {dataset.Name} than those lie to each other {bound}: {which}. Look at them: learned by heart, or of a kind that the data repeat.";
    }

    private string Name(int sample) => HasClasses ? $"seed {requests[sample].Seed} ({snapshot.ClassNames[requests[sample].Label]})" : $"seed {requests[sample].Seed}";

    private string RowName(int sample) => string.Create(CultureInfo.InvariantCulture, $"{Name(sample)} {found.Samples[sample][0].Relative:0.00}{(found.IsClose(sample) ? " !" : "")}");

    private string ClassOf(long label) => dataset.ClassNames.Count > 1 ? $"({dataset.ClassNames[(int)label]})" : "";

    private Raster Read(int index)
    {
        byte[] pixels = new byte[dataset.BytesPerPicture];
        dataset.Read(index, pixels);
        return Raster.FromPlanar(dataset.Width, dataset.Height, dataset.Channels, pixels);
    }
}
