"""The parts of residual GANs in plain PyTorch. Names of weights are those of Sagan's snapshots; see weights.py.

`layers` is a maker of norms.py; `norm` makes a conditional batch norm of so many channels.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F


class ClassBatchNorm(nn.Module):
    """Batch norm whose gain and bias are looked up by class (SNGAN, SAGAN). mimicry has both in one table."""

    def __init__(self, channels, classes, eps, momentum):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, eps=eps, momentum=momentum, affine=False)
        self.gain_table = nn.Embedding(classes, channels)
        self.bias_table = nn.Embedding(classes, channels)
        nn.init.ones_(self.gain_table.weight)
        nn.init.zeros_(self.bias_table.weight)

    def forward(self, x, y):
        gain = self.gain_table(y)[:, :, None, None]
        bias = self.bias_table(y)[:, :, None, None]
        return self.norm(x) * gain + bias


class VectorBatchNorm(nn.Module):
    """Batch norm whose gain and bias are linear in a vector (BigGAN)."""

    def __init__(self, channels, size, eps, momentum, layers):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, eps=eps, momentum=momentum, affine=False)
        self.gain = layers.linear(size, channels, bias=False)
        self.bias = layers.linear(size, channels, bias=False)

    def forward(self, x, y):
        gain = (1 + self.gain(y))[:, :, None, None]
        bias = self.bias(y)[:, :, None, None]
        return self.norm(x) * gain + bias


class Attention(nn.Module):
    """Attention over positions; keys and values are max-pooled 2x2."""

    def __init__(self, channels, layers):
        super().__init__()
        self.query = layers.conv(channels, channels // 8, 1, bias=False)
        self.key = layers.conv(channels, channels // 8, 1, bias=False)
        self.value = layers.conv(channels, channels // 2, 1, bias=False)
        self.output = layers.conv(channels // 2, channels, 1, bias=False)
        self.gamma = nn.Parameter(torch.zeros(()))

    def forward(self, x):
        n, _, height, width = x.shape
        query = self.query(x).flatten(2)
        key = F.max_pool2d(self.key(x), 2).flatten(2)
        value = F.max_pool2d(self.value(x), 2).flatten(2)
        attention = torch.softmax(torch.bmm(query.transpose(1, 2), key), dim=-1)
        attended = torch.bmm(value, attention.transpose(1, 2)).view(n, -1, height, width)
        return x + self.gamma * self.output(attended)


class UpBlock(nn.Module):
    def __init__(self, inputs, outputs, norm, layers):
        super().__init__()
        self.norm1 = norm(inputs)
        self.conv1 = layers.conv(inputs, outputs, 3)
        self.norm2 = norm(outputs)
        self.conv2 = layers.conv(outputs, outputs, 3)
        self.shortcut = layers.conv(inputs, outputs, 1)

    def forward(self, x, y):
        h = F.relu(self.norm1(x, y))
        h = self.conv1(F.interpolate(h, scale_factor=2, mode="nearest"))
        h = self.conv2(F.relu(self.norm2(h, y)))
        return h + self.shortcut(F.interpolate(x, scale_factor=2, mode="nearest"))


class InputBlock(nn.Module):
    """First block of the discriminator: no activation before its first convolution."""

    def __init__(self, inputs, outputs, layers):
        super().__init__()
        self.conv1 = layers.conv(inputs, outputs, 3)
        self.conv2 = layers.conv(outputs, outputs, 3)
        self.shortcut = layers.conv(inputs, outputs, 1)

    def forward(self, x):
        h = F.avg_pool2d(self.conv2(F.relu(self.conv1(x))), 2)
        return h + self.shortcut(F.avg_pool2d(x, 2))


class DownBlock(nn.Module):
    def __init__(self, inputs, outputs, hidden, halves, layers):
        super().__init__()
        self.halves = halves
        self.conv1 = layers.conv(inputs, hidden, 3)
        self.conv2 = layers.conv(hidden, outputs, 3)
        self.shortcut = layers.conv(inputs, outputs, 1) if halves or inputs != outputs else None

    def forward(self, x):
        h = self.conv2(F.relu(self.conv1(F.relu(x))))
        skip = x if self.shortcut is None else self.shortcut(x)
        if self.halves:
            h, skip = F.avg_pool2d(h, 2), F.avg_pool2d(skip, 2)
        return h + skip


class ProjectionHead(nn.Module):
    def __init__(self, channels, classes, bias, layers):
        super().__init__()
        self.linear = layers.linear(channels, 1, bias=bias)
        self.embedding = layers.embedding(classes, channels)

    def forward(self, x, y):
        h = F.relu(x).sum(dim=(2, 3))
        return self.linear(h).squeeze(1) + (self.embedding(y) * h).sum(dim=1)
