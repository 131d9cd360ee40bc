using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Tests.Fixtures;

/// <summary>BigGAN-PyTorch's discriminator at 32 with <c>--D_attn 16</c>: attention stands behind every block.</summary>
/// <remarks>
/// Its table says 16 for all four maps, of which only the first is 16x16; our networks take the resolution at its word. With
/// thin blocks its first block is thin, too: 3 channels inside, where sngan_projection and we have as many as at its output.
/// </remarks>
internal sealed class BigGanPyTorch32 : Discriminator
{
    private readonly List<Layer> _layers = [];

    internal BigGanPyTorch32(ImageSpec images, int channels, bool thin, Initializer start, SpectralNorm norm)
        : base(images, isConditional: true)
    {
        BlockInitializers blocks = BlockInitializers.All(start);
        Layer first = thin ? new ThinInputBlock(images.Channels, channels, start, norm) : new InputBlock(images.Channels, channels, blocks, norm);
        for (int i = 1; i <= 4; i++)
        {
            _layers.Add(Child($"block{i}", i == 1 ? first : new DownBlock(channels, channels, channels, i == 2, blocks, norm)));
            _layers.Add(Child($"attention{i}", new SelfAttention(channels, start, norm)));
        }

        Head = Child("head", new DiscriminatorHead(HeadKind.Projection, channels, images.Classes, start, norm));
    }

    private protected override DiscriminatorHead Head { get; }

    private protected override Tensor Features(Tensor x, Tensor? condition) =>
        _layers.Aggregate(x, (h, layer) => layer.Forward(h)).Relu().Sum(2, 3);

    private sealed class ThinInputBlock : Layer
    {
        private readonly Conv2d _conv1, _conv2, _shortcut;

        internal ThinInputBlock(int inputs, int outputs, Initializer start, SpectralNorm norm)
        {
            _conv1 = Child("conv1", new Conv2d(inputs, inputs, 3, start, norm));
            _conv2 = Child("conv2", new Conv2d(inputs, outputs, 3, start, norm));
            _shortcut = Child("shortcut", new Conv2d(inputs, outputs, 1, start, norm));
        }

        protected override Tensor Run(Tensor x) =>
            Pooling.AveragePool2x2(_conv2.Forward(_conv1.Forward(x).Relu())) + _shortcut.Forward(Pooling.AveragePool2x2(x));
    }
}
