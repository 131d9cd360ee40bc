"""The residual projection GANs in plain PyTorch, as a user of PyTorch would write them from the papers.

SNGAN with projection (arXiv:1802.05637): spectral norm in the discriminator only, whose blocks are as wide inside as at
their input. SAGAN (arXiv:1805.08318): spectral norm in both networks, blocks as wide inside as at their output, attention.
Names of parts are those of Sagan's snapshots; see weights.py.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import spectral_norm


def plain(module):
    return module


class ConditionalBatchNorm(nn.Module):
    """Batch norm whose gain and bias are looked up by class."""

    def __init__(self, channels, classes, eps, momentum):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, eps=eps, momentum=momentum, affine=False)
        self.gain = nn.Embedding(classes, channels)
        self.bias = nn.Embedding(classes, channels)
        nn.init.ones_(self.gain.weight)
        nn.init.zeros_(self.bias.weight)

    def forward(self, x, y):
        gain = self.gain(y)[:, :, None, None]
        bias = self.bias(y)[:, :, None, None]
        return self.norm(x) * gain + bias


class Attention(nn.Module):
    """Attention over positions; keys and values are max-pooled 2x2."""

    def __init__(self, channels):
        super().__init__()
        self.query = spectral_norm(nn.Conv2d(channels, channels // 8, 1, bias=False))
        self.key = spectral_norm(nn.Conv2d(channels, channels // 8, 1, bias=False))
        self.value = spectral_norm(nn.Conv2d(channels, channels // 2, 1, bias=False))
        self.output = spectral_norm(nn.Conv2d(channels // 2, channels, 1, bias=False))
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
    def __init__(self, inputs, outputs, norm, weight_norm):
        super().__init__()
        self.norm1 = norm(inputs)
        self.conv1 = weight_norm(nn.Conv2d(inputs, outputs, 3, padding=1))
        self.norm2 = norm(outputs)
        self.conv2 = weight_norm(nn.Conv2d(outputs, outputs, 3, padding=1))
        self.shortcut = weight_norm(nn.Conv2d(inputs, outputs, 1))

    def forward(self, x, y):
        h = F.relu(self.norm1(x, y))
        h = self.conv1(F.interpolate(h, scale_factor=2, mode="nearest"))
        h = self.conv2(F.relu(self.norm2(h, y)))
        return h + self.shortcut(F.interpolate(x, scale_factor=2, mode="nearest"))


class InputBlock(nn.Module):
    """First block of the discriminator: no activation before its first convolution."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv1 = spectral_norm(nn.Conv2d(inputs, outputs, 3, padding=1))
        self.conv2 = spectral_norm(nn.Conv2d(outputs, outputs, 3, padding=1))
        self.shortcut = spectral_norm(nn.Conv2d(inputs, outputs, 1))

    def forward(self, x):
        h = F.avg_pool2d(self.conv2(F.relu(self.conv1(x))), 2)
        return h + self.shortcut(F.avg_pool2d(x, 2))


class DownBlock(nn.Module):
    def __init__(self, inputs, outputs, hidden, halves):
        super().__init__()
        self.halves = halves
        self.conv1 = spectral_norm(nn.Conv2d(inputs, hidden, 3, padding=1))
        self.conv2 = spectral_norm(nn.Conv2d(hidden, outputs, 3, padding=1))
        self.shortcut = spectral_norm(nn.Conv2d(inputs, outputs, 1)) if halves or inputs != outputs else None

    def forward(self, x):
        h = self.conv2(F.relu(self.conv1(F.relu(x))))
        skip = x if self.shortcut is None else self.shortcut(x)
        if self.halves:
            h, skip = F.avg_pool2d(h, 2), F.avg_pool2d(skip, 2)
        return h + skip


class ProjectionHead(nn.Module):
    def __init__(self, channels, classes, bias):
        super().__init__()
        self.linear = spectral_norm(nn.Linear(channels, 1, bias=bias))
        self.embedding = spectral_norm(nn.Embedding(classes, channels))

    def forward(self, x, y):
        h = F.relu(x).sum(dim=(2, 3))
        return self.linear(h).squeeze(1) + (self.embedding(y) * h).sum(dim=1)


def is_pyramid(workload):
    """Whether channels double where maps halve; else all blocks are of one width."""
    return workload["config"]["model"].get("size") == "pyramid"


class Generator(nn.Module):
    """32x32: three doubling blocks."""

    def __init__(self, workload):
        super().__init__()
        model = workload["config"]["model"]
        details = model["details"]
        eps, momentum = details["batchNormEpsilon"], details["batchNormMomentum"]
        self.latent = model["latentSize"]
        widths = [model["generatorWidth"] * multiple for multiple in ([8, 4, 2, 1] if is_pyramid(workload) else [1, 1, 1, 1])]
        self.first = widths[0]
        weight_norm = spectral_norm if model["kind"] == "sagan" else plain
        attention = model.get("generatorAttention") or []

        self.linear = weight_norm(nn.Linear(self.latent, self.first * 16))
        self.stages = []
        for i in range(3):
            self.stages.append(f"block{i + 1}")
            self.add_module(self.stages[-1], UpBlock(
                widths[i], widths[i + 1],
                lambda channels: ConditionalBatchNorm(channels, workload["classes"], eps, momentum), weight_norm))
            if 8 << i in attention:
                self.stages.append(f"attention{8 << i}")
                self.add_module(self.stages[-1], Attention(widths[i + 1]))
        self.norm = nn.BatchNorm2d(widths[-1], eps=eps, momentum=momentum)
        self.conv = weight_norm(nn.Conv2d(widths[-1], 3, 3, padding=1))
        self.memory_format = torch.contiguous_format

    def forward(self, z, y):
        h = self.linear(z).view(-1, self.first, 4, 4).contiguous(memory_format=self.memory_format)
        for name in self.stages:
            part = getattr(self, name)
            h = part(h, y) if isinstance(part, UpBlock) else part(h)
        return torch.tanh(self.conv(F.relu(self.norm(h))))


class Discriminator(nn.Module):
    """32x32: two halving blocks and two that keep their size; in a pyramid three and one."""

    def __init__(self, workload):
        super().__init__()
        model = workload["config"]["model"]
        pyramid = is_pyramid(workload)
        widths = [model["discriminatorWidth"] * multiple for multiple in ([1, 2, 4, 8] if pyramid else [1, 1, 1, 1])]
        halvings = 3 if pyramid else 2
        wide = model["kind"] == "sagan"
        attention = model.get("discriminatorAttention")
        if attention is None:
            attention = model.get("generatorAttention") or []

        parts = [("block1", InputBlock(3, widths[0]))]
        for i in range(4):
            if i > 0:
                inputs, outputs = widths[i - 1], widths[i]
                parts.append((f"block{i + 1}", DownBlock(inputs, outputs, outputs if wide else inputs, i < halvings)))
            if i < halvings and 16 >> i in attention:
                parts.append((f"attention{16 >> i}", Attention(widths[i])))
        self.stages = [name for name, _ in parts]
        for name, part in parts:
            self.add_module(name, part)
        self.head = ProjectionHead(widths[-1], workload["classes"], bias=model["kind"] == "sagan")
        self.memory_format = torch.contiguous_format

    def forward(self, x, y):
        h = x.contiguous(memory_format=self.memory_format)
        for name in self.stages:
            h = getattr(self, name)(h)
        return self.head(h, y)


def build(workload, channels_last=False, device="cpu"):
    """Both networks, with the number of parameters that Sagan's have."""
    networks = Generator(workload), Discriminator(workload)
    for network, name in zip(networks, ("generator", "discriminator")):
        count = sum(parameter.numel() for parameter in network.parameters())
        expected = workload[f"{name}Parameters"]
        if count != expected:
            raise SystemExit(f"{workload['name']}: the reference's {name} has {count} parameters, Sagan's {expected}")
        if channels_last:
            network.memory_format = torch.channels_last
            network.to(memory_format=torch.channels_last)
        network.to(device)
    return networks
