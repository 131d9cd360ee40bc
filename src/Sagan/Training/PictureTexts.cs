using System.Globalization;
using Sagan.Models;

namespace Sagan.Training;

/// <summary>What a PNG says about itself in its text chunks: enough to draw it again.</summary>
/// <param name="snapshot">What draws.</param>
/// <param name="truncation">Of the latents; null: none.</param>
public sealed class PictureTexts(Snapshot snapshot, Truncation? truncation)
{
    /// <summary>The snapshot, and how it draws.</summary>
    public Dictionary<string, string> OfModel()
    {
        var texts = new Dictionary<string, string>();
        if (truncation is not null)
            texts["sagan:truncation"] = string.Create(CultureInfo.InvariantCulture, $"{truncation.Threshold} {truncation.ModeName}");
        texts["Software"] = "Sagan";
        texts["sagan:model"] = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(snapshot.Path)} at {snapshot.Clock} images");
        return texts;
    }

    /// <summary>The same for one picture, with its seed and, where there are classes, its class.</summary>
    public Dictionary<string, string> OfPicture(SampleRequest request)
    {
        Dictionary<string, string> texts = OfModel();
        texts["sagan:seed"] = request.Seed.ToString(CultureInfo.InvariantCulture);
        if (snapshot.Model.Conditional)
            texts["sagan:class"] = ClassText(request.Label);
        return texts;
    }

    /// <summary>Number and name of a class.</summary>
    public string ClassText(int label) => string.Create(CultureInfo.InvariantCulture, $"{label} {snapshot.ClassNames[label]}");
}
