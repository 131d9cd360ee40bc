"""One picture from a snapshot to a PNG file, as a script that somebody runs: whoever starts it takes the time."""
import argparse

import torch
from PIL import Image

import drawing


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", help="what `Sagan.Benchmarks step NAME --describe` prints, in a file")
    parser.add_argument("snapshot", help="what `Sagan.Benchmarks snapshot` writes")
    parser.add_argument("picture", help="the PNG file to write")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    generator, classes = drawing.load(arguments.workload, arguments.snapshot, "public")
    pixels = drawing.draw(generator, classes, 1)[0].permute(1, 2, 0).contiguous().numpy()
    Image.fromarray(pixels).save(arguments.picture)


if __name__ == "__main__":
    main()
