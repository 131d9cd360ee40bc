"""Drawing pictures from a snapshot of Sagan's with the reference's generator."""
import json

import torch

import forms
import networks
import weights


def load(workload_path, snapshot_path, form):
    """The averaged generator of a snapshot, in evaluation mode."""
    with open(workload_path, encoding="utf-8") as file:
        workload = json.load(file)
    kind = forms.find(form, workload)
    generator = networks.Generator(workload, kind.layers(networks.epsilon(workload)))
    weights.load(generator, weights.read(snapshot_path)[0], "ema")
    if kind.channels_last:
        generator.memory_format = torch.channels_last
        generator.to(memory_format=torch.channels_last)
    return generator.eval(), workload["classes"]


@torch.no_grad()
def draw(generator, classes, count):
    """Pictures as bytes, [N, 3, R, R]."""
    z = torch.randn(count, generator.latent)
    labels = torch.arange(count) % classes
    return (generator(z, labels) * 127.5 + 128).clamp(0, 255).to(torch.uint8)
