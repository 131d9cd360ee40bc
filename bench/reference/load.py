"""Two epochs over class folders of JPEGs with torch's DataLoader, decoded by Pillow as torchvision's ImageFolder does it.

The steps of the usual transform are written out, for Debian has no torchvision for its torch: short side to the resolution
(bilinear), cut to the square in the middle, to a tensor in [0, 1], then to [-1, 1]. Workers live on from epoch to epoch.
"""
import argparse
import os
import time

import numpy
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

import usage


class JpegFolder(Dataset):
    def __init__(self, folder, resolution):
        self.resolution = resolution
        self.files = [(os.path.join(folder, name, file), label)
                      for label, name in enumerate(sorted(os.listdir(folder)))
                      for file in sorted(os.listdir(os.path.join(folder, name)))]

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index):
        path, label = self.files[index]
        with open(path, "rb") as file:
            picture = Image.open(file).convert("RGB")
        return self.tensor(self.square(picture)), label

    def square(self, picture):
        width, height = picture.size
        short = min(width, height)
        if short != self.resolution:
            width, height = width * self.resolution // short, height * self.resolution // short
            picture = picture.resize((width, height), Image.BILINEAR)
        left, top = (width - self.resolution) // 2, (height - self.resolution) // 2
        if left or top:
            picture = picture.crop((left, top, left + self.resolution, top + self.resolution))
        return picture

    @staticmethod
    def tensor(picture):
        pixels = torch.from_numpy(numpy.array(picture, copy=True)).permute(2, 0, 1).contiguous()
        return pixels.to(torch.float32).div(255).sub_(0.5).div_(0.5)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--resolution", type=int, default=64)
    parser.add_argument("--workers", type=int, default=2, help="loading processes")
    parser.add_argument("--batch", type=int, default=64)
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    start, busy, epochs = time.perf_counter(), usage.cpu(), []
    loader = DataLoader(
        JpegFolder(arguments.folder, arguments.resolution), batch_size=arguments.batch, shuffle=True, drop_last=True,
        num_workers=arguments.workers, persistent_workers=arguments.workers > 0)
    for _ in range(2):
        for _ in loader:
            pass
        now = time.perf_counter()
        epochs.append(now - start)
        start = now

    images = len(loader) * arguments.batch
    # The workers' time counts once they have ended.
    del loader
    times = os.times()
    cpu = times.user + times.system + times.children_user + times.children_system - busy
    first, later = epochs
    print(f"images={images} first={first:.4f} later={later:.4f} both={first + later:.4f} cpu={cpu:.4f}")


if __name__ == "__main__":
    main()
