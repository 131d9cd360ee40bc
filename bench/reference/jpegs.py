"""Makes a folder of JPEGs in class folders: textures as detailed as photographs, which noise alone would not be."""
import argparse
import os

import numpy
from PIL import Image

CLASSES = 4
QUALITY = 90

# Photographs are wider than high, as most of ImageNet's; thumbnails are square.
SHAPES = {32: (32, 32), 500: (500, 375)}


def texture(random, width, height):
    """Noise of several sizes, the finer the weaker: files come out about as long as a camera's."""
    picture, strength, cells = numpy.zeros((height, width, 3), numpy.float32), 60.0, 4
    while cells < width:
        coarse = random.integers(0, 256, (cells, cells, 3), dtype=numpy.uint8)
        fine = Image.fromarray(coarse).resize((width, height), Image.BICUBIC)
        picture += (numpy.asarray(fine, numpy.float32) / 255 - 0.5) * strength
        strength, cells = strength * 0.85, cells * 2
    return Image.fromarray(numpy.clip(picture + 128, 0, 255).astype(numpy.uint8))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--size", type=int, choices=list(SHAPES), default=32, help="pixels of the long side")
    parser.add_argument("--count", type=int, default=1024)
    arguments = parser.parse_args()

    random = numpy.random.default_rng(0)
    for i in range(arguments.count):
        folder = os.path.join(arguments.folder, f"class{i % CLASSES}")
        os.makedirs(folder, exist_ok=True)
        texture(random, *SHAPES[arguments.size]).save(os.path.join(folder, f"{i:05}.jpg"), quality=QUALITY)


if __name__ == "__main__":
    main()
