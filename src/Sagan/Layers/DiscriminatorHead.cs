using Sagan.Layers.Tracing;
using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>How a discriminator's last layer knows of classes.</summary>
public enum HeadKind
{
    /// <summary>Not at all: logit = w·h + b.</summary>
    Plain,

    /// <summary>Projection (Miyato and Koyama 2018, arXiv:1802.05637): logit = w·h + b + ⟨embedding of the class, h⟩.</summary>
    Projection,

    /// <summary>A second map scores the classes, without bias (Odena et al. 2017, arXiv:1610.09585; as StudioGAN has it).</summary>
    Classifier,

    /// <summary>
    /// One score for each class and one for "generated" (Kavalerov et al. 2021, arXiv:1912.04216); the logit is the margin of
    /// the picture's own class over "generated".
    /// </summary>
    MultiClass,
}

/// <summary>The last layer of a discriminator: features → <see cref="Judgement"/>.</summary>
public sealed class DiscriminatorHead : Module
{
    private readonly HeadKind _kind;
    private readonly int _classes;
    private readonly Linear _linear;
    private readonly Embedding? _embedding;
    private readonly Linear? _classifier;

    /// <param name="kind">How it knows of classes.</param>
    /// <param name="features">F.</param>
    /// <param name="classes">Number of classes; of no account in a plain head.</param>
    /// <param name="initializer">Of all weights.</param>
    /// <param name="spectral">Spectral norm of all weights, an embedding as a whole table; null for none.</param>
    /// <param name="bias">Whether the linear map has a bias.</param>
    public DiscriminatorHead(HeadKind kind, int features, int classes, Initializer initializer, SpectralNorm? spectral, bool bias = true)
    {
        _kind = kind;
        _classes = classes;
        int outputs = kind == HeadKind.MultiClass ? classes + 1 : 1;
        _linear = Child("linear", new Linear(features, outputs, initializer, spectral, bias));
        if (kind == HeadKind.Projection)
            _embedding = Child("embedding", new Embedding(classes, features, initializer, spectral));
        if (kind == HeadKind.Classifier)
            _classifier = Child("classifier", new Linear(features, classes, initializer, spectral, bias: false));
    }

    /// <summary>Judges features.</summary>
    /// <param name="h">[N, F].</param>
    /// <param name="labels">[N] of Int64, or class shares [N, classes] where the head is a projection; null in a plain head.</param>
    public Judgement Judge(Tensor h, Tensor? labels)
    {
        using Scope scope = Scope.Open();
        ForwardWatcher? watcher = ForwardWatcher.Current;
        watcher?.Enter(this);
        Judgement judgement = Run(h, labels);
        watcher?.Leave(judgement.Logits);
        return judgement with
        {
            Logits = scope.Keep(judgement.Logits),
            Classes = judgement.Classes is { } classes ? scope.Keep(classes) : null,
        };
    }

    private Judgement Run(Tensor h, Tensor? labels)
    {
        Tensor linear = _linear.Forward(h);                                             // [N, 1 or classes + 1]
        if (_kind == HeadKind.Plain)
            return new Judgement(linear.Squeeze(1), null, labels);

        Tensor required = Require(labels, h.Size(0));
        return _kind switch
        {
            HeadKind.Projection => new Judgement(
                linear.Squeeze(1) + (_embedding!.Forward(required) * h).Sum(1), null, required),
            HeadKind.Classifier => new Judgement(
                linear.Squeeze(1), _classifier!.Forward(h), required),
            _ => new Judgement(
                (linear * required.OneHot(_classes + 1).To(linear.DType)).Sum(1) - linear.Select(1, _classes),
                linear,
                required),
        };
    }
}
