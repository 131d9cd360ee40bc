"""Whether the reference computes what Sagan computes, from the same weights and inputs, in each of its forms that rounds as Sagan does."""
import argparse
import json

import torch

import forms
import weights

# Of the largest value, in single and in double precision. Both sides differ by the order of sums only.
VALUE_TOLERANCE = {torch.float32: 3e-5, torch.float64: 1e-10}

# Where two values of a pool, or a value and 0 in a ReLU, differ by less than rounding, either side may choose the other way,
# which moves gradients by more: 5.5e-5 was seen in single precision where double precision agrees to 1.3e-14.
GRADIENT_TOLERANCE = {torch.float32: 1e-4, torch.float64: 1e-10}


def compare(name, actual, expected, tolerances=VALUE_TOLERANCE):
    tolerance = tolerances[expected.dtype]
    difference = ((actual - expected).abs().max() / expected.abs().max()).item()
    print(f"  {name:24} differs by {difference:.1e} (at most {tolerance:.0e})")
    return difference <= tolerance


def gradient_norm(network):
    return torch.stack([parameter.grad.norm() for parameter in network.parameters()]).norm()


def check(path, form):
    tensors, metadata = weights.read(path)
    workload = json.loads(metadata["workload"])
    precision = tensors["z"].dtype
    torch.set_default_dtype(precision)
    training = forms.find(form, workload)(workload)
    generator, discriminator = training.generator, training.discriminator
    print(f"{workload['name']}, {form} form ({type(training).__name__}), {str(precision).removeprefix('torch.')}: "
          f"G {workload['generatorParameters']:,} D {workload['discriminatorParameters']:,} parameters")
    weights.load(generator, tensors, "generator")
    weights.load(discriminator, tensors, "discriminator")
    z, labels, pictures = tensors["z"], tensors["labels"], tensors["pictures"]

    with torch.no_grad():
        good = compare("G(z), evaluation", generator.eval()(z, labels), tensors["generated"])
        good &= compare("D(x), evaluation", discriminator.eval()(pictures, labels), tensors["logits"])

    # One update of each network, without the optimizers: batch statistics, power iterations, losses, gradients.
    generator.train()
    discriminator.train()
    loss = training.discriminator_loss(pictures, labels, z, labels)
    loss.backward()
    good &= compare("D's loss, training", loss.detach(), tensors["loss.discriminator"])
    good &= compare("D's gradient, training", gradient_norm(discriminator), tensors["gradient.discriminator"], GRADIENT_TOLERANCE)

    loss = training.generator_loss(z, labels)
    loss.backward()
    good &= compare("G's loss, training", loss.detach(), tensors["loss.generator"])
    good &= compare("G's gradient, training", gradient_norm(generator), tensors["gradient.generator"], GRADIENT_TOLERANCE)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", help="what `Sagan.Benchmarks sample-file` writes")
    results = [check(path, form) for path in parser.parse_args().files for form in forms.EXACT]
    if not all(results):
        raise SystemExit("The reference does not compute the same: its times say nothing.")


if __name__ == "__main__":
    main()
