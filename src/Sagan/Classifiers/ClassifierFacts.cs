namespace Sagan.Classifiers;

/// <summary>What is known of a trained classifier besides its weights.</summary>
/// <param name="ClassNames">Names of the classes, in the order of labels.</param>
/// <param name="DataName">The data set it was trained on, for people.</param>
/// <param name="DataFingerprint">The same, exactly: see <c>Dataset.Fingerprint</c>.</param>
/// <param name="HeldOut">Share of every class of it that it was not trained on but tested; 0 where it was tested on other pictures.</param>
/// <param name="TrainedImages">Pictures it was shown, each time counted.</param>
/// <param name="TestImages">Pictures it was tested on and never trained on.</param>
/// <param name="Accuracy">Share of them whose class it told.</param>
public sealed record ClassifierFacts(
    IReadOnlyList<string> ClassNames, string DataName, string DataFingerprint, double HeldOut, long TrainedImages, long TestImages, double Accuracy);
