using Sagan.Layers;
using Sagan.Layers.Tracing;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>A network that judges: (pictures [N, C, R, R] in [-1, 1], labels [N] or null) → logits [N].</summary>
public abstract class Discriminator : ConditionalLayer
{
    private protected Discriminator(ImageSpec images, bool isConditional)
    {
        Images = images;
        IsConditional = isConditional;
        Rename("discriminator");
    }

    /// <summary>What it judges.</summary>
    public ImageSpec Images { get; }

    /// <summary>Whether it looks at the labels.</summary>
    public bool IsConditional { get; }

    /// <summary>Its last layer.</summary>
    private protected abstract DiscriminatorHead Head { get; }

    /// <summary>Everything the network says of pictures: logits, features, and scores of the classes where its head gives them.</summary>
    /// <param name="pictures">[N, C, R, R] in [-1, 1].</param>
    /// <param name="condition">Labels, [N] of Int64; null in an unconditional network.</param>
    public Judgement Judge(Tensor pictures, Tensor? condition)
    {
        using Scope scope = Scope.Open();
        ForwardWatcher? watcher = ForwardWatcher.Current;
        watcher?.Enter(this);
        Judgement judgement = Examine(pictures, condition);
        watcher?.Leave(judgement.Logits);
        return judgement with
        {
            Logits = scope.Keep(judgement.Logits),
            Classes = judgement.Classes is { } classes ? scope.Keep(classes) : null,
            Features = scope.Keep(judgement.Features!),
        };
    }

    /// <summary>Tells the time; a network that changes as training goes on follows it.</summary>
    /// <param name="images">The clock: real pictures shown so far.</param>
    internal virtual void Follow(long images)
    {
    }

    /// <inheritdoc/>
    protected sealed override Tensor Run(Tensor x, Tensor? condition) => Examine(x, condition).Logits;

    /// <summary>What its last layer makes of the features.</summary>
    private protected virtual Judgement Decide(Tensor features, Tensor? condition) => Head.Judge(features, condition);

    /// <summary>What the head reads.</summary>
    /// <param name="x">Pictures, [N, C, R, R] in [-1, 1], channels last.</param>
    /// <param name="condition">Labels, [N] of Int64; null in an unconditional network.</param>
    /// <returns>[N, F].</returns>
    private protected abstract Tensor Features(Tensor x, Tensor? condition);

    private Judgement Examine(Tensor pictures, Tensor? condition)
    {
        RequireChannels(pictures, 4, Images.Channels);
        Tensor features = Features(pictures.Contiguous(MemoryFormat.ChannelsLast), condition);
        return Decide(features, condition) with { Features = features };
    }
}
