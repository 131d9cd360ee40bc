"""Which form of the training is meant: `public`, that of the public code for such networks, `competent`, or `mixed` (precision)."""
from biggan_pytorch import BigGanPyTorch
from competent import Competent
from mimicry import Mimicry
from mixed import Mixed

EXACT = ["public", "competent"]   # in the precision of their weights
NAMES = [*EXACT, "mixed"]
WRITTEN_WELL = {"competent": Competent, "mixed": Mixed}
PUBLIC = {"BigGanPyTorch": BigGanPyTorch, "Mimicry": Mimicry}


def find(name, workload):
    return WRITTEN_WELL.get(name) or PUBLIC[workload["peer"]]
