"""Makers of layers whose weights are divided by their largest singular value, or are left alone.

All have conv(inputs, outputs, kernel, bias), linear(inputs, outputs, bias) and embedding(count, size). Which layers of a
network are normalised is the network's matter; how, that of the form in which it is written.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import spectral_norm


class Plain:
    """No norm."""

    def conv(self, inputs, outputs, kernel, bias=True):
        return nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=bias)

    def linear(self, inputs, outputs, bias=True):
        return nn.Linear(inputs, outputs, bias=bias)

    def embedding(self, count, size):
        return nn.Embedding(count, size)


class TorchNorm:
    """torch's own spectral norm, as users of PyTorch have it, and mimicry."""

    def __init__(self, eps):
        self.eps = eps

    def conv(self, *arguments, **options):
        return spectral_norm(Plain().conv(*arguments, **options), eps=self.eps)

    def linear(self, *arguments, **options):
        return spectral_norm(Plain().linear(*arguments, **options), eps=self.eps)

    def embedding(self, *arguments):
        return spectral_norm(Plain().embedding(*arguments), eps=self.eps)


class OwnNorm:
    """Layers that iterate and divide themselves at every forward pass, as BigGAN-PyTorch's."""

    def __init__(self, eps):
        self.eps = eps

    def conv(self, inputs, outputs, kernel, bias=True):
        return OwnConv2d(inputs, outputs, kernel, padding=kernel // 2, bias=bias).prepare(self.eps)

    def linear(self, inputs, outputs, bias=True):
        return OwnLinear(inputs, outputs, bias=bias).prepare(self.eps)

    def embedding(self, count, size):
        return OwnEmbedding(count, size).prepare(self.eps)


class PowerIteration:
    """A layer's weight over its largest singular value, by one step of the power iteration a forward pass in training.

    In evaluation the stored vectors are used as they are; BigGAN-PyTorch takes another step from them there, too, and
    forgets it, so that drawing pictures costs it more than it costs this.
    """

    def prepare(self, eps):
        rows = self.weight.shape[0]
        self.eps = eps
        self.register_buffer("u", torch.randn(1, rows))
        self.register_buffer("v", torch.randn(1, self.weight.numel() // rows))
        self.register_buffer("sigma", torch.ones(1), persistent=False)
        return self

    def normalized(self):
        matrix = self.weight.view(self.weight.shape[0], -1)
        u, v = self.u, self.v
        if self.training:
            with torch.no_grad():
                v = F.normalize(torch.matmul(u, matrix), eps=self.eps)
                u = F.normalize(torch.matmul(v, matrix.t()), eps=self.eps)
                self.u[:] = u
                self.v[:] = v
        sigma = torch.squeeze(torch.matmul(torch.matmul(v, matrix.t()), u.t()))
        if self.training:
            # Kept for the log, as there.
            with torch.no_grad():
                self.sigma[:] = sigma
        return self.weight / sigma


class OwnConv2d(PowerIteration, nn.Conv2d):
    def forward(self, x):
        return F.conv2d(x, self.normalized(), self.bias, self.stride, self.padding)


class OwnLinear(PowerIteration, nn.Linear):
    def forward(self, x):
        return F.linear(x, self.normalized(), self.bias)


class OwnEmbedding(PowerIteration, nn.Embedding):
    def forward(self, x):
        return F.embedding(x, self.normalized())
