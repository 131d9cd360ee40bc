"""Scores of folders of pictures by the definitions of pytorch-fid, torch-fidelity and prdc, beside cards that Sagan wrote."""
import argparse
import json
import os
import sys

import numpy
import scipy.linalg
import torch
from PIL import Image

import inception
import metrics

BATCH = 16


def pictures(folder):
    paths = [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names]
    return torch.from_numpy(numpy.stack([numpy.asarray(Image.open(path).convert("RGB")) for path in sorted(paths)]))


def features(network, folder):
    return inception.extract(network, pictures(folder), BATCH).numpy().astype(numpy.float64)


def fid(real, generated):
    """As pytorch-fid."""
    root = scipy.linalg.sqrtm(numpy.cov(real, rowvar=False) @ numpy.cov(generated, rowvar=False))
    difference = real.mean(0) - generated.mean(0)
    return difference @ difference + real.var(0, ddof=1).sum() + generated.var(0, ddof=1).sum() - 2 * numpy.trace(root.real)


def kid(real, generated, subsets=100, most=1000):
    """As torch-fidelity: its seed, its order of draws, the unbiased estimate."""
    def kernel(x, y):
        return (x @ y.T / x.shape[1] + 1) ** 3

    def inside(values):
        return (values.sum() - numpy.trace(values)) / (len(values) * (len(values) - 1))

    random, size, estimates = numpy.random.RandomState(2020), min(most, len(real), len(generated)), []
    for _ in range(subsets):
        x = generated[random.choice(len(generated), size, replace=False)]
        y = real[random.choice(len(real), size, replace=False)]
        estimates.append(inside(kernel(x, x)) + inside(kernel(y, y)) - 2 * kernel(x, y).mean())
    return numpy.mean(estimates)


def scores(real, generated):
    precise, recalled, pairs, covered = metrics.neighbourhoods(real, generated, neighbours=5)
    return {
        "fid": fid(real, generated), "kid": kid(real, generated),
        "precision": precise / len(generated), "recall": recalled / len(real),
        "density": pairs / (5 * len(generated)), "coverage": covered / len(real),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["draw", "compare"])
    parser.add_argument("network", help="weights, .pth")
    parser.add_argument("real")
    parser.add_argument("generated", nargs="*", help="folders; the cards of each lie beside it, with .json at the end of the name")
    parser.add_argument("--tolerance", type=float, default=1e-4, help="relative")
    options = parser.parse_args()
    if options.what == "draw":
        inception.draw(pictures(options.real)[:64], options.network)
        return

    network = inception.load(options.network)
    real, failed = features(network, options.real), False
    for folder in options.generated:
        with open(f"{folder}.json", encoding="utf-8") as file:
            ours = {name: value for card in json.load(file) for name, value in card["values"].items()}
        for name, value in scores(real, features(network, folder)).items():
            difference = abs(ours[name] - value) / max(abs(value), 1e-300)
            failed |= not difference <= options.tolerance and ours[name] != value
            print(f"| {os.path.basename(folder)} | {name} | {ours[name]:.9g} | {value:.9g} | {difference:.1e} |", flush=True)
    if failed:
        sys.exit(f"folders: scores differ by more than {options.tolerance:g}")


main()
