"""The same metrics as their well-known Python forms compute them: scipy's sqrtm, and scikit-learn's distances."""
import argparse
import gc
import os
import time

import numpy
import scipy.linalg
from sklearn.metrics import pairwise_distances

WIDTH = 2048
BATCH = 16


def make(folder, count):
    """Features like a network's: some directions that matter, noise, nothing below zero."""
    random = numpy.random.RandomState(0)
    mixing = random.standard_normal((64, WIDTH))
    for name, shift in (("real", 0.0), ("generated", 0.1)):
        features = (random.standard_normal((count, 64)) + shift) @ mixing / 8 + random.standard_normal((count, WIDTH)) / 4
        features = numpy.maximum(features, 0).astype(numpy.float32)
        numpy.savez(os.path.join(folder, f"{name}.npz"), feats=features)
        mean, covariance = features.mean(0, dtype=numpy.float64), numpy.cov(features, rowvar=False)
        numpy.savez(os.path.join(folder, f"{name}_statistics.npz"), mu=mean, sigma=covariance)


def make_pictures(folder, count):
    """Coarse noise, which a network sees more in than in fine noise, and a network of random weights."""
    import torch

    import inception

    torch.manual_seed(0)
    coarse = torch.nn.functional.interpolate(torch.randn(count, 3, 8, 8), scale_factor=4, mode="bilinear")
    pictures = (coarse * 64 + 128).clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1).contiguous()
    numpy.save(os.path.join(folder, "pictures.npy"), pictures.numpy())
    inception.draw(pictures[:32], os.path.join(folder, "random.pth"))


def read(folder, name):
    with numpy.load(os.path.join(folder, f"{name}.npz")) as arrays:
        return {key: arrays[key] for key in arrays.files}


def frechet(folder):
    real, generated = read(folder, "real_statistics"), read(folder, "generated_statistics")

    def compute():
        difference = real["mu"] - generated["mu"]
        root = scipy.linalg.sqrtm(real["sigma"] @ generated["sigma"])
        value = difference @ difference + numpy.trace(real["sigma"] + generated["sigma"]) - 2 * numpy.trace(root.real)
        return f"{value:.8f}"

    return compute


def neighbourhoods(real, generated, neighbours):
    """Counts of precision, recall, density and coverage, as prdc has them."""
    def radii(features):
        distances = pairwise_distances(features, metric="euclidean")
        nearest = numpy.argpartition(distances, neighbours + 1, axis=-1)[..., : neighbours + 1]
        return numpy.take_along_axis(distances, nearest, axis=-1).max(axis=-1)

    of_real, of_generated = radii(real), radii(generated)
    across = pairwise_distances(real, generated, metric="euclidean")
    held = across < of_real[:, None]
    precise = held.any(axis=0).sum()
    recalled = (across < of_generated[None, :]).any(axis=1).sum()
    covered = (across.min(axis=1) < of_real).sum()
    return precise, recalled, held.sum(), covered


def prdc(folder, neighbours=5):
    real = read(folder, "real")["feats"].astype(numpy.float64)
    generated = read(folder, "generated")["feats"].astype(numpy.float64)
    return lambda: ",".join(str(count) for count in neighbourhoods(real, generated, neighbours))


def extraction(folder, layout):
    """Inception's features of pictures: torch as a user runs it, in one memory order."""
    import torch

    import inception

    layout = {"contiguous": torch.contiguous_format, "channels-last": torch.channels_last}[layout]
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    network = inception.load(os.path.join(folder, "random.pth"), layout)
    pictures = torch.from_numpy(numpy.load(os.path.join(folder, "pictures.npy")))
    return lambda: f"{inception.extract(network, pictures, BATCH, layout).abs().mean():.5f}"


def memory(key):
    """Megabytes that the process holds (VmRSS), or held at most (VmHWM)."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) >> 10 for line in file if line.startswith(key))


def forget_peak():
    """What reading took is no part of the peak (proc(5), clear_refs)."""
    with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["make", "make-pictures", "frechet", "prdc", "extraction"])
    parser.add_argument("folder")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--layout", choices=["contiguous", "channels-last"], default="contiguous")
    options = parser.parse_args()
    if options.what.startswith("make"):
        {"make": make, "make-pictures": make_pictures}[options.what](options.folder, options.count)
        return

    compute = extraction(options.folder, options.layout) if options.what == "extraction" else {"frechet": frechet, "prdc": prdc}[options.what](options.folder)
    if options.what == "extraction":
        compute()
    gc.collect()
    forget_peak()
    before, start, busy = memory("VmRSS"), time.perf_counter(), time.process_time()
    value = compute()
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    print(f"seconds={seconds:.3f} cpu={cpu:.3f} before={before} peak={memory('VmHWM')} value={value}")


if __name__ == "__main__":
    main()
