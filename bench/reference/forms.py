"""Which form of the training is meant: `public`, that of the public code for such networks, or `competent`."""
from biggan_pytorch import BigGanPyTorch
from competent import Competent
from mimicry import Mimicry

NAMES = ["public", "competent"]
PUBLIC = {"BigGanPyTorch": BigGanPyTorch, "Mimicry": Mimicry}


def find(name, workload):
    return Competent if name == "competent" else PUBLIC[workload["peer"]]
