"""Noise in the place of real pictures: rows of one tensor, so that loading costs next to nothing."""
import torch

COUNT = 1000


class Pictures:
    def __init__(self, workload, device):
        size = workload["resolution"]
        self.device = device
        self.pixels = torch.randint(0, 256, (COUNT, 3, size, size), dtype=torch.uint8)
        self.labels = torch.randint(0, workload["classes"], (COUNT,))

    def next(self, batch):
        index = torch.randint(0, COUNT, (batch,))
        return self.pixels[index].to(self.device).float() / 127.5 - 1, self.labels[index].to(self.device)
