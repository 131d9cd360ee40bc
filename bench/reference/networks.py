"""The residual projection GANs in plain PyTorch, as a user of PyTorch would write them from the papers.

SNGAN with projection (arXiv:1802.05637): spectral norm in the discriminator only, whose blocks are as wide inside as at
their input. SAGAN (arXiv:1805.08318): spectral norm in both networks, blocks as wide inside as at their output, attention.
BigGAN (arXiv:1809.11096): SAGAN's blocks, batch norms that read a shared class embedding beside a chunk of the latents.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

import norms
import widths
from blocks import Attention, ClassBatchNorm, DownBlock, InputBlock, ProjectionHead, UpBlock, VectorBatchNorm


class Generator(nn.Module):
    """A 4x4 map, then blocks that double it."""

    def __init__(self, workload, layers):
        super().__init__()
        model = workload["config"]["model"]
        details = model["details"]
        eps, momentum = details["batchNormEpsilon"], details["batchNormMomentum"]
        classes, attention = workload["classes"], model.get("generatorAttention") or []
        channels = widths.up(workload)
        self.latent, self.first = model["latentSize"], channels[0]
        self.hierarchical = model["kind"] == "biggan"
        layers = norms.Plain() if model["kind"] == "sngan" else layers

        if self.hierarchical:
            self.chunk = self.latent // len(channels)
            self.shared = nn.Embedding(classes, model["sharedSize"])
            size = model["sharedSize"] + self.chunk

        def norm(width):
            return VectorBatchNorm(width, size, eps, momentum, layers) if self.hierarchical else ClassBatchNorm(width, classes, eps, momentum)

        self.linear = layers.linear(self.chunk if self.hierarchical else self.latent, self.first * 16)
        self.stages = []
        for i, (inputs, outputs) in enumerate(zip(channels, channels[1:])):
            self.add_stage(f"block{i + 1}", UpBlock(inputs, outputs, norm, layers))
            if 8 << i in attention:
                self.add_stage(f"attention{8 << i}", Attention(outputs, layers))
        self.norm = nn.BatchNorm2d(channels[-1], eps=eps, momentum=momentum)
        self.conv = layers.conv(channels[-1], 3, 3)
        self.memory_format = torch.contiguous_format

    def add_stage(self, name, part):
        self.stages.append(name)
        self.add_module(name, part)

    def forward(self, z, y):
        first, conditions = self.conditions(z, y)
        h = self.linear(first).view(-1, self.first, 4, 4).contiguous(memory_format=self.memory_format)
        for name in self.stages:
            part = getattr(self, name)
            h = part(h, next(conditions)) if isinstance(part, UpBlock) else part(h)
        return torch.tanh(self.conv(F.relu(self.norm(h))))

    def conditions(self, z, y):
        """What the 4x4 map is made from, and what each block reads."""
        if not self.hierarchical:
            return z, iter([y] * len(self.stages))
        told = self.shared(y)
        first, *chunks = torch.split(z, self.chunk, dim=1)
        return first, iter([torch.cat([told, chunk], 1) for chunk in chunks])


class Discriminator(nn.Module):
    """Blocks that halve the maps, the last ones none, then a projection."""

    def __init__(self, workload, layers):
        super().__init__()
        model = workload["config"]["model"]
        channels, halvings = widths.down(workload)
        wide = model["kind"] != "sngan"
        attention = model.get("discriminatorAttention")
        if attention is None:
            attention = model.get("generatorAttention") or []

        self.stages = []
        size = workload["resolution"]
        for i, outputs in enumerate(channels):
            halves = i < halvings
            inputs = channels[i - 1]
            block = DownBlock(inputs, outputs, outputs if wide else inputs, halves, layers) if i else InputBlock(3, outputs, layers)
            self.add_stage(f"block{i + 1}", block)
            if halves and size >> (i + 1) in attention:
                self.add_stage(f"attention{size >> (i + 1)}", Attention(outputs, layers))
        self.head = ProjectionHead(channels[-1], workload["classes"], wide, layers)
        self.memory_format = torch.contiguous_format

    def add_stage(self, name, part):
        self.stages.append(name)
        self.add_module(name, part)

    def forward(self, x, y):
        h = x.contiguous(memory_format=self.memory_format)
        for name in self.stages:
            h = getattr(self, name)(h)
        return self.head(h, y)


def build(workload, layers, channels_last=False, device="cpu"):
    """Both networks, with the number of parameters that Sagan's have."""
    networks = Generator(workload, layers), Discriminator(workload, layers)
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


def epsilon(workload):
    """Lower bound of what weights are divided by."""
    return workload["config"]["model"]["details"]["spectralNorm"]["epsilon"]
