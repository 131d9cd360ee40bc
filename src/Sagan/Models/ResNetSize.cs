namespace Sagan.Models;

/// <summary>Which table of channels a residual network of SNGAN or SAGAN has.</summary>
public enum ResNetSize
{
    /// <summary>That of all of ImageNet, and of CIFAR-10.</summary>
    Full,

    /// <summary>At 128x128, for ImageNet's 143 cats and dogs (resnet_small and snresnet_small of sngan_projection).</summary>
    Small,

    /// <summary>
    /// At 32x32, ours: channels double as maps halve, as in the networks for larger pictures; the published ones have equal
    /// widths there. For the same arithmetic the coarse maps, which decide what is drawn, have four times the channels.
    /// </summary>
    Pyramid,
}
