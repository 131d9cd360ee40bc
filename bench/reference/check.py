"""Whether the reference computes what Sagan computes, from the same weights and inputs."""
import json
import sys

import torch

import networks
import step
import weights

# Of the largest value. Both sides differ by the order of sums only: 1.3e-5 was the most that was seen.
TOLERANCE = 3e-5


def compare(name, actual, expected):
    difference = ((actual - expected).abs().max() / expected.abs().max()).item()
    print(f"  {name:24} differs by {difference:.1e} (at most {TOLERANCE:.0e})")
    return difference <= TOLERANCE


def gradient_norm(network):
    return torch.stack([parameter.grad.norm() for parameter in network.parameters()]).norm()


def check(path, channels_last):
    tensors, metadata = weights.read(path)
    workload = json.loads(metadata["workload"])
    print(f"{workload['name']}{', channels-last' if channels_last else ''}: "
          f"G {workload['generatorParameters']:,} D {workload['discriminatorParameters']:,} parameters")
    generator, discriminator = networks.build(workload, channels_last)
    weights.load(generator, tensors, "generator")
    weights.load(discriminator, tensors, "discriminator")
    z, labels, pictures = tensors["z"], tensors["labels"], tensors["pictures"]

    with torch.no_grad():
        good = compare("G(z), evaluation", generator.eval()(z, labels), tensors["generated"])
        good &= compare("D(x), evaluation", discriminator.eval()(pictures, labels), tensors["logits"])

    # One update of each network, without the optimizers: batch statistics, power iterations, losses, gradients.
    generator.train()
    discriminator.train()
    with torch.no_grad():
        fake = generator(z, labels)
    loss = step.discriminator_loss(discriminator, workload["config"]["jointPass"], pictures, labels, fake, labels)
    loss.backward()
    good &= compare("D's loss, training", loss.detach(), tensors["loss.discriminator"])
    good &= compare("D's gradient, training", gradient_norm(discriminator), tensors["gradient.discriminator"])

    discriminator.requires_grad_(False)
    loss = step.generator_loss(generator, discriminator, z, labels)
    loss.backward()
    good &= compare("G's loss, training", loss.detach(), tensors["loss.generator"])
    good &= compare("G's gradient, training", gradient_norm(generator), tensors["gradient.generator"])
    return good


if __name__ == "__main__":
    results = [check(path, channels_last) for path in sys.argv[1:] for channels_last in (False, True)]
    if not all(results):
        sys.exit("The reference does not compute the same: its times say nothing.")
